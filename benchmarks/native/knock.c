/*
 * What a command costs that a C programmer writes: connect over loopback TCP, send 64 bytes, read 4, exit.
 *
 * usage: knock serve     the other side, in one process: prints its port, answers each connection in turn, ends with its standard input
 *        knock PORT      the command
 */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { QUESTION_BYTES = 64, ANSWER_BYTES = 4 };

static void fail(const char *what)
{
    perror(what);
    exit(1);
}

static void read_all(int handle, void *to, size_t count)
{
    for (char *at = to; count > 0;) {
        ssize_t got = read(handle, at, count);
        if (got <= 0) fail("read");
        at += got;
        count -= (size_t)got;
    }
}

static int serve(void)
{
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in address = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    socklen_t length = sizeof address;
    if (listener < 0 || bind(listener, (struct sockaddr *)&address, length) < 0 || listen(listener, 128) < 0) fail("listen");
    if (getsockname(listener, (struct sockaddr *)&address, &length) < 0) fail("getsockname");
    printf("%d\n", ntohs(address.sin_port));
    fflush(stdout);

    struct pollfd watched[] = { { .fd = listener, .events = POLLIN }, { .fd = STDIN_FILENO, .events = POLLIN } };
    while (poll(watched, 2, -1) >= 0 && watched[1].revents == 0) {
        if (watched[0].revents == 0) continue;
        char question[QUESTION_BYTES];
        int handle = accept(listener, NULL, NULL);
        if (handle < 0) fail("accept");
        read_all(handle, question, sizeof question);
        if (write(handle, question, ANSWER_BYTES) != ANSWER_BYTES) fail("write");
        close(handle);
    }
    return 0;
}

static int ask(uint16_t port)
{
    char question[QUESTION_BYTES] = "knock";
    char answer[ANSWER_BYTES];
    struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    int yes = 1;
    int handle = socket(AF_INET, SOCK_STREAM, 0);
    if (handle < 0 || connect(handle, (struct sockaddr *)&address, sizeof address) < 0) fail("connect");
    if (setsockopt(handle, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes) < 0) fail("setsockopt");
    if (write(handle, question, sizeof question) != sizeof question) fail("write");
    read_all(handle, answer, sizeof answer);
    return memcmp(question, answer, sizeof answer) == 0 ? 0 : 1;
}

int main(int count, char **words)
{
    if (count != 2) {
        fprintf(stderr, "usage: knock serve | PORT\n");
        return 64;
    }
    return strcmp(words[1], "serve") == 0 ? serve() : ask((uint16_t)atoi(words[1]));
}
