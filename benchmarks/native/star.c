/*
 * The yardstick: what a barrier over loopback TCP costs when nothing but the kernel is in the way.
 *
 * One process with epoll reads an arrival of 16 bytes from each of N members, then writes a release to each. The
 * members are processes of their own that loop over the rounds without a pause. With BYTES above 0 an arrival carries
 * so many bytes more, and the release carries everybody's: an all-gather.
 *
 * Each member notes CLOCK_MONOTONIC right before its call and right after it, and leaves the pairs, as 64-bit
 * nanoseconds, in DIRECTORY/member-INDEX.times.
 *
 * usage: star MEMBERS ROUNDS BYTES SECONDS DIRECTORY
 * SECONDS bounds the whole run. Members end with the server, whatever ends it.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <limits.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { HEADER_BYTES = 16, MAX_MEMBERS = 4096, MAX_EVENTS = 256 };

struct plan {
    int members;
    long rounds;
    size_t bytes;
    unsigned seconds;
    const char *directory;
};

struct peer {
    int fd;
    size_t got;
};

static void fail(const char *what)
{
    fprintf(stderr, "star: %s: %s\n", what, errno ? strerror(errno) : "the other side broke the protocol");
    exit(1);
}

static size_t arrival_bytes(const struct plan *plan)
{
    return HEADER_BYTES + plan->bytes;
}

static size_t release_bytes(const struct plan *plan)
{
    return plan->bytes == 0 ? HEADER_BYTES : HEADER_BYTES + (size_t)plan->members * arrival_bytes(plan);
}

static void *allocate(size_t bytes)
{
    void *memory = calloc(1, bytes);
    if (memory == NULL) fail("memory");
    return memory;
}

static void send_now(int fd)
{
    int on = 1;
    if (setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on) < 0) fail("TCP_NODELAY");
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

static void read_all(int fd, char *to, size_t bytes)
{
    while (bytes > 0) {
        ssize_t got = recv(fd, to, bytes, 0);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) fail("receive");
        to += got;
        bytes -= (size_t)got;
    }
}

static int64_t now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

static void leave_times(const struct plan *plan, int index, const int64_t *times)
{
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%s/member-%d.times", plan->directory, index);
    FILE *file = fopen(path, "wb");
    if (file == NULL) fail(path);
    size_t count = 2 * (size_t)plan->rounds;
    if (fwrite(times, sizeof *times, count, file) != count || fclose(file) != 0) fail(path);
}

static int member(const struct plan *plan, int index, const struct sockaddr_in *server)
{
    int64_t *times = allocate(2 * (size_t)plan->rounds * sizeof *times);
    char *arrival = allocate(arrival_bytes(plan));
    char *release = allocate(release_bytes(plan));
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0 || connect(fd, (const struct sockaddr *)server, sizeof *server) < 0) fail("connect");
    send_now(fd);

    for (long round = 0; round < plan->rounds; round++) {
        int64_t decided;
        times[2 * round] = now();
        write_all(fd, arrival, arrival_bytes(plan));
        read_all(fd, release, release_bytes(plan));
        times[2 * round + 1] = now();
        memcpy(&decided, release, sizeof decided);
        errno = 0;
        if (decided != round) fail("round");
    }
    leave_times(plan, index, times);
    return 0;
}

static void start_members(const struct plan *plan, int listener, const struct sockaddr_in *server)
{
    pid_t parent = getpid();
    for (int index = 0; index < plan->members; index++) {
        pid_t pid = fork();
        if (pid < 0) fail("fork");
        if (pid > 0) continue;
        /* The parent may have died between the fork and this call. */
        if (prctl(PR_SET_PDEATHSIG, SIGKILL) < 0 || getppid() != parent) exit(1);
        close(listener);
        exit(member(plan, index, server));
    }
}

static void accept_members(const struct plan *plan, int listener, int epoll, struct peer *peers)
{
    for (int i = 0; i < plan->members; i++) {
        struct epoll_event event = { .events = EPOLLIN, .data.u32 = (uint32_t)i };
        peers[i] = (struct peer){ .fd = accept4(listener, NULL, NULL, SOCK_CLOEXEC) };
        if (peers[i].fd < 0) fail("accept");
        send_now(peers[i].fd);
        if (epoll_ctl(epoll, EPOLL_CTL_ADD, peers[i].fd, &event) < 0) fail("epoll_ctl");
    }
}

/* Reads what is there of one arrival, straight to its place in the release; 1 when it is complete. */
static int read_arrival(struct peer *peer, char *to, size_t bytes)
{
    ssize_t got = recv(peer->fd, to + peer->got, bytes - peer->got, MSG_DONTWAIT);
    if (got < 0 && (errno == EAGAIN || errno == EINTR)) return 0;
    if (got < 0) fail("receive");
    errno = 0;
    if (got == 0) fail("a member is gone");
    peer->got += (size_t)got;
    return peer->got == bytes;
}

static void gather(const struct plan *plan, int epoll, struct peer *peers, char *release)
{
    struct epoll_event events[MAX_EVENTS];
    for (int arrived = 0; arrived < plan->members;) {
        int ready = epoll_wait(epoll, events, MAX_EVENTS, -1);
        if (ready < 0 && errno == EINTR) continue;
        if (ready < 0) fail("epoll_wait");
        for (int i = 0; i < ready; i++) {
            uint32_t who = events[i].data.u32;
            char *place = release + HEADER_BYTES + who * arrival_bytes(plan);
            arrived += read_arrival(&peers[who], place, arrival_bytes(plan));
        }
    }
}

static void serve(const struct plan *plan, int listener)
{
    struct peer *peers = allocate((size_t)plan->members * sizeof *peers);
    char *release = allocate(HEADER_BYTES + (size_t)plan->members * arrival_bytes(plan));
    int epoll = epoll_create1(EPOLL_CLOEXEC);
    if (epoll < 0) fail("epoll_create1");
    accept_members(plan, listener, epoll, peers);

    for (int64_t round = 0; round < plan->rounds; round++) {
        gather(plan, epoll, peers, release);
        memcpy(release, &round, sizeof round);
        for (int i = 0; i < plan->members; i++) {
            peers[i].got = 0;
            write_all(peers[i].fd, release, release_bytes(plan));
        }
    }
}

static int wait_for_members(const struct plan *plan)
{
    int result = 0;
    for (int i = 0; i < plan->members; i++) {
        int status;
        if (wait(&status) < 0) fail("wait");
        if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) result = 1;
    }
    return result;
}

static int usage(void)
{
    fprintf(stderr, "usage: star MEMBERS ROUNDS BYTES SECONDS DIRECTORY\n");
    return 64;
}

static int read_plan(int argc, char **argv, struct plan *plan)
{
    if (argc != 6) return 0;
    plan->members = atoi(argv[1]);
    plan->rounds = atol(argv[2]);
    long bytes = atol(argv[3]);
    int seconds = atoi(argv[4]);
    plan->directory = argv[5];
    plan->bytes = (size_t)bytes;
    plan->seconds = (unsigned)seconds;
    return plan->members >= 1 && plan->members <= MAX_MEMBERS && plan->rounds >= 1 && bytes >= 0 && seconds >= 1;
}

int main(int argc, char **argv)
{
    struct plan plan;
    if (!read_plan(argc, argv, &plan)) return usage();

    struct sockaddr_in address = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    socklen_t length = sizeof address;
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (listener < 0 || bind(listener, (struct sockaddr *)&address, sizeof address) < 0
        || listen(listener, plan.members) < 0 || getsockname(listener, (struct sockaddr *)&address, &length) < 0)
        fail("listen");

    alarm(plan.seconds);
    start_members(&plan, listener, &address);
    serve(&plan, listener);
    return wait_for_members(&plan);
}
