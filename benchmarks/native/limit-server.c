/*
 * The limit: one process with epoll, and nothing between it and the kernel.
 *
 * meet: reads an arrival of 16 bytes from each of MEMBERS connections, then writes a release of 16 bytes to each. With BYTES above 0
 * an arrival carries so many bytes more, and the release carries everybody's: an all-gather.
 * echo: accepts any number of connections, and sends back the first 16 bytes of each.
 *
 * usage: limit-server meet|echo ADDRESS MEMBERS BYTES SECONDS
 * ADDRESS is tcp or unix:PATH. The first line of its output is where it listens, as limit-client takes it. It ends when a member goes,
 * or after SECONDS.
 */
#define _GNU_SOURCE
#include "net.h"

enum { HEADER_BYTES = 16, MAX_EVENTS = 256 };

struct peer {
    int fd;
    size_t got;
};

static int listen_at(const char *text)
{
    struct address a = parse_address(strcmp(text, "tcp") == 0 ? "0" : text);
    int listener = socket(a.any.sa_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (listener < 0 || bind(listener, &a.any, a.length) < 0 || listen(listener, 4096) < 0) fail("listen");
    if (a.any.sa_family == AF_UNIX) {
        printf("%s\n", text);
    } else {
        if (getsockname(listener, &a.any, &a.length) < 0) fail("getsockname");
        printf("%u\n", ntohs(a.tcp.sin_port));
    }
    fflush(stdout);
    return listener;
}

static int take(int listener, const struct address *kind)
{
    int fd = accept4(listener, NULL, NULL, SOCK_CLOEXEC);
    if (fd < 0) fail("accept");
    send_now(fd, kind);
    return fd;
}

static void gather(int epoll, int members, size_t bytes, struct peer *peers, char *release)
{
    struct epoll_event events[MAX_EVENTS];
    for (int arrived = 0; arrived < members;) {
        int ready = epoll_wait(epoll, events, MAX_EVENTS, -1);
        if (ready < 0 && errno == EINTR) continue;
        if (ready < 0) fail("epoll_wait");
        for (int i = 0; i < ready; i++) {
            struct peer *peer = &peers[events[i].data.u32];
            char *place = release + HEADER_BYTES + events[i].data.u32 * bytes;
            peer->got += read_some(peer->fd, place + peer->got, bytes - peer->got);
            arrived += peer->got == bytes;
        }
    }
}

static void meet(int listener, const struct address *kind, int members, size_t bytes)
{
    struct peer *peers = allocate((size_t)members * sizeof *peers);
    size_t arrival = HEADER_BYTES + bytes;
    size_t whole = HEADER_BYTES + (size_t)members * arrival;
    char *release = allocate(whole);
    int epoll = epoll_create1(EPOLL_CLOEXEC);
    if (epoll < 0) fail("epoll_create1");
    for (int i = 0; i < members; i++) {
        peers[i].fd = take(listener, kind);
        watch(epoll, peers[i].fd, (uint32_t)i);
    }
    for (int64_t round = 0;; round++) {
        gather(epoll, members, arrival, peers, release);
        memcpy(release, &round, sizeof round);
        for (int i = 0; i < members; i++) {
            peers[i].got = 0;
            write_all(peers[i].fd, release, bytes == 0 ? HEADER_BYTES : whole);
        }
    }
}

static void echo(int listener, const struct address *kind)
{
    struct epoll_event events[MAX_EVENTS];
    char message[HEADER_BYTES];
    int epoll = epoll_create1(EPOLL_CLOEXEC);
    if (epoll < 0) fail("epoll_create1");
    watch(epoll, listener, (uint32_t)listener);
    while (1) {
        int ready = epoll_wait(epoll, events, MAX_EVENTS, -1);
        for (int i = 0; i < ready; i++) {
            int fd = (int)events[i].data.u32;
            if (fd == listener) {
                fd = take(listener, kind);
                watch(epoll, fd, (uint32_t)fd);
            } else if (read_some(fd, message, sizeof message) == sizeof message) {
                write_all(fd, message, sizeof message);
            } else {
                fail("a part of a message");
            }
        }
    }
}

int main(int argc, char **argv)
{
    if (argc != 6) {
        fprintf(stderr, "usage: limit-server meet|echo ADDRESS MEMBERS BYTES SECONDS\n");
        return 64;
    }
    allow_many_files();
    struct address kind = parse_address(strcmp(argv[2], "tcp") == 0 ? "0" : argv[2]);
    int listener = listen_at(argv[2]);
    alarm((unsigned)atoi(argv[5]));
    if (strcmp(argv[1], "echo") == 0) echo(listener, &kind);
    meet(listener, &kind, atoi(argv[3]), (size_t)atol(argv[4]));
    return 0;
}
