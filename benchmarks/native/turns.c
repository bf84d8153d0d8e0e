/*
 * Runs commands in turns (A B C A B C …), one at a time, and notes how long each took: from before it is started until its end is known.
 *
 * usage: turns ROUNDS WARM-UP [NAME=VALUE …] PROGRAM [ARGUMENT …] ::: [NAME=VALUE …] PROGRAM …
 * Prints a line for each command: its times in nanoseconds, in the order of the rounds. A command that does not end with 0 ends all.
 * Its own variables, and PATH and HOME, are all that a command has; its standard output goes nowhere.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <spawn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { MOST_COMMANDS = 16, MOST_VARIABLES = 16 };

struct command {
    char *variables[MOST_VARIABLES + 3];
    char **words;
    int64_t *times;
};

static int64_t now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * INT64_C(1000000000) + time.tv_nsec;
}

static int64_t run(const struct command *command, posix_spawn_file_actions_t *actions)
{
    pid_t pid;
    int status;
    int64_t begin = now();
    if (posix_spawn(&pid, command->words[0], actions, NULL, command->words, (char **)command->variables) != 0) {
        fprintf(stderr, "turns: %s can't be started\n", command->words[0]);
        exit(1);
    }
    waitpid(pid, &status, 0);
    int64_t took = now() - begin;
    if (status != 0) {
        fprintf(stderr, "turns: %s ended with status %d\n", command->words[0], status);
        exit(1);
    }
    return took;
}

static char *variable(const char *name)
{
    char *text;
    const char *value = getenv(name);
    if (asprintf(&text, "%s=%s", name, value ? value : "") < 0) exit(1);
    return text;
}

/* The words of a command, up to the separator, which becomes the end of its list. */
static char **take(char **words, struct command *command, int rounds)
{
    int count = 0;
    command->variables[count++] = variable("PATH");
    command->variables[count++] = variable("HOME");
    for (; *words && strchr(*words, '=') && count < MOST_VARIABLES + 2; words++) command->variables[count++] = *words;
    command->variables[count] = NULL;
    command->words = words;
    command->times = calloc((size_t)rounds, sizeof *command->times);
    while (*words && strcmp(*words, ":::") != 0) words++;
    if (words == command->words || !command->times) exit(64);
    if (*words) *words++ = NULL;
    return words;
}

int main(int count, char **words)
{
    static struct command commands[MOST_COMMANDS];
    if (count < 4) {
        fprintf(stderr, "usage: turns ROUNDS WARM-UP COMMAND ::: COMMAND …\n");
        return 64;
    }
    int rounds = atoi(words[1]);
    int warm_up = atoi(words[2]);
    int known = 0;
    for (char **rest = words + 3; *rest && known < MOST_COMMANDS;) rest = take(rest, &commands[known++], rounds);

    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    for (int round = -warm_up; round < rounds; round++) {
        for (int i = 0; i < known; i++) {
            int64_t took = run(&commands[i], &actions);
            if (round >= 0) commands[i].times[round] = took;
        }
    }
    for (int i = 0; i < known; i++) {
        for (int round = 0; round < rounds; round++) printf("%s%lld", round ? " " : "", (long long)commands[i].times[round]);
        printf("\n");
    }
    return 0;
}
