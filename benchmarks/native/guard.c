/*
 * Runs a program that ends with whoever started this: at the end of standard input, however the starter ended, the
 * program gets SIGTERM, and its whole process group SIGKILL two seconds later.
 *
 * usage: guard PROGRAM [WORD …] — the exit code is the program's
 */
#define _GNU_SOURCE
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum { GRACE_MS = 2000, NOT_STARTED = 127 };

static void start(char **words, pid_t parent)
{
    setpgid(0, 0);
    /* The parent may have died between the fork and this call. */
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) < 0 || getppid() != parent) _exit(1);
    close(STDIN_FILENO);
    execvp(words[0], words);
    fprintf(stderr, "%s: %s\n", words[0], strerror(errno));
    _exit(NOT_STARTED);
}

static int wait_for_either(int process)
{
    struct pollfd both[2] = { { .fd = process, .events = POLLIN }, { .fd = STDIN_FILENO, .events = POLLIN } };
    for (;;) {
        int ready = poll(both, 2, -1);
        if (ready < 0 && errno == EINTR) continue;
        if (ready < 0 || both[0].revents) return ready;
        char ignored[64];
        if (read(STDIN_FILENO, ignored, sizeof ignored) <= 0) return 0;
    }
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        fprintf(stderr, "usage: guard PROGRAM [WORD ...]\n");
        return 64;
    }
    /* A terminal's Ctrl-C reaches the whole foreground group; the starter's end is what counts here. */
    signal(SIGINT, SIG_IGN);
    signal(SIGTERM, SIG_IGN);
    pid_t parent = getpid();
    pid_t pid = fork();
    if (pid == 0) {
        signal(SIGINT, SIG_DFL);
        signal(SIGTERM, SIG_DFL);
        start(argv + 1, parent);
    }
    int process = pid < 0 ? -1 : (int)syscall(SYS_pidfd_open, pid, 0);
    if (process < 0) {
        fprintf(stderr, "guard: %s\n", strerror(errno));
        if (pid > 0) kill(pid, SIGKILL);
        return 1;
    }
    wait_for_either(process);

    struct pollfd ended = { .fd = process, .events = POLLIN };
    if (poll(&ended, 1, 0) == 0) {
        kill(pid, SIGTERM);
        poll(&ended, 1, GRACE_MS);
    }
    kill(-pid, SIGKILL);
    int status;
    if (waitpid(pid, &status, 0) < 0) return 1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
