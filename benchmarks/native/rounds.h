/*
 * What the peers' members in C share: processes of their own that loop over the rounds without a pause, each noting
 * CLOCK_MONOTONIC right before its call and right after it. The pairs, as 64-bit nanoseconds, stay behind in
 * DIRECTORY/member-INDEX.times.
 */
#ifndef ROUNDS_H
#define ROUNDS_H

#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

struct plan {
    int members;
    long rounds;
    const char *directory;
};

typedef void member_code(const struct plan *plan, int index, int64_t *times);

static inline void fail(const char *what, const char *why)
{
    fprintf(stderr, "%s: %s\n", what, why);
    exit(1);
}

static inline int64_t now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

static inline int64_t *new_times(const struct plan *plan)
{
    int64_t *times = calloc(2 * (size_t)plan->rounds, sizeof *times);
    if (times == NULL) fail("times", "no memory");
    return times;
}

static inline void leave_times(const struct plan *plan, int index, const int64_t *times)
{
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%s/member-%d.times", plan->directory, index);
    FILE *file = fopen(path, "wb");
    size_t count = 2 * (size_t)plan->rounds;
    if (file == NULL || fwrite(times, sizeof *times, count, file) != count || fclose(file) != 0)
        fail(path, strerror(errno));
}

/* Runs each member in a process that ends with this one; 0 when all of them succeeded. */
static inline int run_members(const struct plan *plan, member_code *code)
{
    pid_t parent = getpid();
    for (int index = 0; index < plan->members; index++) {
        pid_t pid = fork();
        if (pid < 0) fail("fork", strerror(errno));
        if (pid > 0) continue;
        /* The parent may have died between the fork and this call. */
        if (prctl(PR_SET_PDEATHSIG, SIGKILL) < 0 || getppid() != parent) exit(1);
        int64_t *times = new_times(plan);
        code(plan, index, times);
        leave_times(plan, index, times);
        exit(0);
    }
    for (int i = 0; i < plan->members; i++) {
        int status;
        if (wait(&status) < 0) fail("wait", strerror(errno));
        /* The others would wait for the one that failed; they end with this process. */
        if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) return 1;
    }
    return 0;
}

/* MEMBERS ROUNDS SECONDS DIRECTORY, the last four words of each of these programs; SECONDS bounds the whole run. */
static inline int read_plan(char **words, struct plan *plan)
{
    plan->members = atoi(words[0]);
    plan->rounds = atol(words[1]);
    int seconds = atoi(words[2]);
    plan->directory = words[3];
    if (plan->members < 1 || plan->rounds < 1 || seconds < 1) return 0;
    alarm((unsigned)seconds);
    return 1;
}

#endif
