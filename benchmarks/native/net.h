/* Sockets and small helpers that the programs of the limit share. */
#ifndef NET_H
#define NET_H

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

/* Of a server the usual end; a client has it in the place of what it would print. */
enum { END_OF_STREAM = 3 };

struct address {
    union {
        struct sockaddr any;
        struct sockaddr_in tcp;
        struct sockaddr_un local;
    };
    socklen_t length;
};

static void fail(const char *what)
{
    fprintf(stderr, "%s: %s\n", what, errno ? strerror(errno) : "the other side broke the protocol");
    exit(1);
}

static void *allocate(size_t bytes)
{
    void *memory = calloc(1, bytes);
    if (memory == NULL) fail("memory");
    return memory;
}

/* PORT on the loopback, or unix:PATH. */
static struct address parse_address(const char *text)
{
    struct address a = { 0 };
    if (strncmp(text, "unix:", 5) == 0) {
        a.local.sun_family = AF_UNIX;
        snprintf(a.local.sun_path, sizeof a.local.sun_path, "%s", text + 5);
        a.length = sizeof a.local;
    } else {
        a.tcp.sin_family = AF_INET;
        a.tcp.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        a.tcp.sin_port = htons((uint16_t)atoi(text));
        a.length = sizeof a.tcp;
    }
    return a;
}

static void send_now(int fd, const struct address *a)
{
    int on = 1;
    if (a->any.sa_family == AF_INET && setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on) < 0) fail("TCP_NODELAY");
}

static void write_all(int fd, const char *from, size_t bytes)
{
    while (bytes > 0) {
        ssize_t sent = send(fd, from, bytes, MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR) continue;
        if (sent < 0) fail("send");
        from += sent;
        bytes -= (size_t)sent;
    }
}

/* What is there; 0 when there is nothing yet. The end of the stream ends the program: who goes has seen all that it waited for. */
static size_t read_some(int fd, char *to, size_t bytes)
{
    ssize_t got = recv(fd, to, bytes, MSG_DONTWAIT);
    if (got < 0 && (errno == EAGAIN || errno == EINTR)) return 0;
    if (got < 0) fail("receive");
    if (got == 0) exit(END_OF_STREAM);
    return (size_t)got;
}

static inline int64_t now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

static void allow_many_files(void)
{
    struct rlimit files;
    if (getrlimit(RLIMIT_NOFILE, &files) < 0) fail("RLIMIT_NOFILE");
    files.rlim_cur = files.rlim_max;
    if (setrlimit(RLIMIT_NOFILE, &files) < 0) fail("RLIMIT_NOFILE");
}

static void watch(int epoll, int fd, uint32_t number)
{
    struct epoll_event event = { .events = EPOLLIN, .data.u32 = number };
    if (epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event) < 0) fail("epoll_ctl");
}

#endif
