/*
 * All members of a benchmark in one process, each with a connection of its own, so that only the servers differ.
 *
 * meet: rounds for WARM-UP milliseconds, and ROUNDS that count, of MEMBERS members. A round: an arrival on each connection, then the release read from
 * each. Prints the median, the 99th percentile and the slowest in nanoseconds, from the first arrival's write to the last release.
 * join: opens MEMBERS connections, WINDOW at a time. Prints how many a second, once more as the time of one in nanoseconds.
 * hold: as meet, or with 0 ROUNDS only joins; prints the time of one join in nanoseconds too, and stays until its standard input ends.
 *
 * PROTOCOL raw: limit-server's 16 bytes and BYTES more. PROTOCOL sync: Sync.Net's frames (docs/protocol.md), the members meet in a
 * barrier, or with BYTES above 0 in an exchange of data.
 *
 * usage: limit-client meet|join|hold raw|sync PORT|unix:PATH MEMBERS WARM-UP ROUNDS BYTES SECONDS [KEY]
 */
#define _GNU_SOURCE
#include "frames.h"
#include <poll.h>

enum { HEADER_BYTES = 16, MAX_EVENTS = 256, HEAD_BYTES = 64, BUFFER_BYTES = 256 * 1024, WINDOW = 64, NAME_BYTES = 16 };

struct plan {
    int members;
    long warm_up, rounds;
    size_t bytes;
    const char *key;
    struct address server;
};

/* What is read of one connection: the head of a frame, then what is skipped. */
struct member {
    int fd;
    size_t got, left, given;
    char head[HEAD_BYTES];
};

/* Another group for each run: the members of the one before, which said nothing on their seats, are awaited for a while. */
static char group[NAME_BYTES];
static const char *const session = "limit";
static struct term term;
static struct frame arrival;
static uint64_t request, roster_hash;
static char *buffer;
static int ponged;

static void name_of(int index, char *name)
{
    snprintf(name, NAME_BYTES, "m%05d", index);
}

static uint64_t hash_roster(int members)
{
    char name[NAME_BYTES];
    uint64_t hash = 14695981039346656037u;
    for (int i = 0; i < members; i++) {
        name_of(i, name);
        for (size_t c = 0; c <= strlen(name); c++) hash = (hash ^ (uint8_t)name[c]) * 1099511628211u;
    }
    return hash;
}

static int dial(const struct plan *plan)
{
    int fd = socket(plan->server.any.sa_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0 || connect(fd, &plan->server.any, plan->server.length) < 0) fail("connect");
    send_now(fd, &plan->server);
    return fd;
}

/* Opens connections first to first + count - 1: all dial, then all say hello, and so on. */
static void greet(const struct plan *plan, struct member *members, int first, int count)
{
    static struct greeting greetings[WINDOW];
    for (int i = 0; i < count; i++) {
        char name[NAME_BYTES];
        name_of(first + i, name);
        greetings[i].fd = members[first + i].fd = dial(plan);
        say_hello(&greetings[i], group, name, plan->key);
    }
    if (plan->key != NULL)
        for (int i = 0; i < count; i++) prove(&greetings[i], plan->key);
    for (int i = 0; i < count; i++) term = enter_seat(&greetings[i], plan->key);
}

static void echo(const struct plan *plan, struct member *members, int first, int count)
{
    char message[HEADER_BYTES] = { 0 };
    for (int i = 0; i < count; i++) {
        members[first + i].fd = dial(plan);
        write_all(members[first + i].fd, message, sizeof message);
    }
    for (int i = 0; i < count; i++)
        if (recv(members[first + i].fd, message, sizeof message, MSG_WAITALL) != sizeof message) fail("echo");
}

static void join_all(const struct plan *plan, struct member *members, void (*join)(const struct plan *, struct member *, int, int))
{
    for (int first = 0; first < plan->members; first += WINDOW)
        join(plan, members, first, plan->members - first < WINDOW ? plan->members - first : WINDOW);
}

static void put_enter(const struct plan *plan, struct frame *f, int named, const char *data)
{
    char name[NAME_BYTES];
    begin_frame(f, 12, ENTER, &term);
    put_number(f, request);
    put_number(f, request - 1);
    put_byte(f, plan->bytes > 0);
    put_name(f, session);
    put_number(f, request);
    put_byte(f, 0);
    put_number(f, roster_hash);
    if (named) put_byte(f, 0xdd), put_big(f, (uint64_t)plan->members, 4);
    else put_byte(f, 0xc0);
    for (int i = 0; named && i < plan->members; i++) {
        name_of(i, name);
        put_name(f, name);
    }
    if (plan->bytes > 0) put_binary(f, data, plan->bytes);
    else put_byte(f, 0xc0);
    put_byte(f, 0xc0);
    put_byte(f, 0xc0);
    put_byte(f, 0xc0);
    end_frame(f);
}

static void send_named(const struct plan *plan, int fd)
{
    static char *data;
    struct frame f = { allocate(256 + plan->bytes + (size_t)plan->members * NAME_BYTES), 0 };
    if (data == NULL) data = allocate(plan->bytes + 1);
    put_enter(plan, &f, 1, data);
    write_all(fd, f.bytes, f.length);
    free(f.bytes);
}

static void pong(struct member *m)
{
    char bytes[HEAD_BYTES];
    struct frame f = { bytes, 0 };
    const char *at = m->head + PREFIX_BYTES + 2 + term.length;
    begin_frame(&f, 2, PONG, &term);
    put_number(&f, take_number(&at));
    put_number(&f, request - 1);
    end_frame(&f);
    write_all(m->fd, f.bytes, f.length);
}

/* A whole frame has come; 1 when it is the release. */
static int take_frame(const struct plan *plan, struct member *m)
{
    const char *at = m->head + PREFIX_BYTES + 2 + term.length;
    size_t length = PREFIX_BYTES + big(m->head, PREFIX_BYTES);
    switch (m->head[PREFIX_BYTES + 1]) {
    case PART:
        m->given += length;
        return 0;
    case NEED_ROSTER:
        send_named(plan, m->fd);
        return 0;
    case PING:
        pong(m);
        return 0;
    case PONG:
        ponged = 1;
        return 0;
    case HEARTBEAT:
        return 0;
    case DECISION:
        break;
    default:
        errno = 0;
        fail("an unexpected frame");
    }
    at += 1 + 1 + strlen(session);
    errno = 0;
    if (take_number(&at) != request) fail("another generation");
    if ((uint8_t)at[0] != 0x98 || at[1] != 0) fail("not released");
    at += 2;
    if (take_number(&at) != (uint64_t)plan->members) fail("not all of them");
    m->given += length;
    if (m->given < plan->bytes * (size_t)plan->members) fail("not all data");
    m->given = 0;
    return 1;
}

/* Reads what is there; 1 when the release is whole. */
static int read_frames(const struct plan *plan, struct member *m)
{
    int released = 0;
    size_t count = read_some(m->fd, buffer, BUFFER_BYTES);
    for (const char *at = buffer, *end = buffer + count; at < end;) {
        size_t whole = m->got < PREFIX_BYTES ? PREFIX_BYTES : PREFIX_BYTES + big(m->head, PREFIX_BYTES);
        if (m->left == 0) {
            size_t head = whole < HEAD_BYTES ? whole : HEAD_BYTES;
            size_t n = head - m->got < (size_t)(end - at) ? head - m->got : (size_t)(end - at);
            memcpy(m->head + m->got, at, n);
            m->got += n;
            at += n;
            if (m->got < head || whole == PREFIX_BYTES) continue;
            m->left = whole - head;
        } else {
            size_t n = m->left < (size_t)(end - at) ? m->left : (size_t)(end - at);
            m->left -= n;
            at += n;
        }
        if (m->left > 0) continue;
        m->got = 0;
        released += take_frame(plan, m);
    }
    return released;
}

static int read_raw(const struct plan *plan, struct member *m)
{
    size_t bytes = HEADER_BYTES + (plan->bytes == 0 ? 0 : (size_t)plan->members * (HEADER_BYTES + plan->bytes));
    size_t want = bytes - m->got < BUFFER_BYTES ? bytes - m->got : BUFFER_BYTES;
    size_t count = read_some(m->fd, buffer, want);
    if (m->got == 0 && count >= sizeof request) {
        int64_t round;
        memcpy(&round, buffer, sizeof round);
        errno = 0;
        if ((uint64_t)round != request - 1) fail("another round");
    }
    m->got += count;
    if (m->got < bytes) return 0;
    m->got = 0;
    return 1;
}

/* The first member arrives alone, with the list of all: else the server would ask each of the others for it, too. */
static void arrive_first(const struct plan *plan, struct member *first)
{
    char bytes[HEAD_BYTES];
    struct frame f = { bytes, 0 };
    send_named(plan, first->fd);
    begin_frame(&f, 1, PING, &term);
    put_number(&f, request);
    end_frame(&f);
    write_all(first->fd, f.bytes, f.length);
    while (!ponged) {
        struct pollfd wait = { first->fd, POLLIN, 0 };
        if (poll(&wait, 1, -1) < 0 && errno != EINTR) fail("poll");
        read_frames(plan, first);
    }
}

/* Stays, and answers who asks whether it is there. */
static void hold(const struct plan *plan, struct member *members)
{
    struct epoll_event events[MAX_EVENTS];
    int epoll = epoll_create1(EPOLL_CLOEXEC);
    if (epoll < 0) fail("epoll_create1");
    for (int i = 0; i < plan->members; i++) watch(epoll, members[i].fd, (uint32_t)i);
    watch(epoll, STDIN_FILENO, (uint32_t)plan->members);
    for (;;) {
        int ready = epoll_wait(epoll, events, MAX_EVENTS, -1);
        if (ready < 0 && errno != EINTR) fail("epoll_wait");
        for (int i = 0; i < ready; i++) {
            if (events[i].data.u32 == (uint32_t)plan->members) return;
            read_frames(plan, &members[events[i].data.u32]);
        }
    }
}

static int64_t meet_once(const struct plan *plan, int epoll, struct member *members, int arrived, int (*read)(const struct plan *, struct member *))
{
    struct epoll_event events[MAX_EVENTS];
    int64_t began = now();
    for (int i = arrived; i < plan->members; i++) write_all(members[i].fd, arrival.bytes, arrival.length);
    for (int released = 0; released < plan->members;) {
        int ready = epoll_wait(epoll, events, MAX_EVENTS, -1);
        if (ready < 0 && errno != EINTR) fail("epoll_wait");
        for (int i = 0; i < ready; i++) released += read(plan, &members[events[i].data.u32]);
    }
    return now() - began;
}

static int compare(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

static void meet(const struct plan *plan, struct member *members, int framed, long each)
{
    int64_t *times = allocate((size_t)plan->rounds * sizeof *times);
    char *data = allocate(plan->bytes + 1);
    int epoll = epoll_create1(EPOLL_CLOEXEC);
    if (epoll < 0) fail("epoll_create1");
    for (int i = 0; i < plan->members; i++) watch(epoll, members[i].fd, (uint32_t)i);
    arrival.bytes = allocate(256 + HEADER_BYTES + plan->bytes);
    arrival.length = HEADER_BYTES + plan->bytes;
    int64_t warm = now() + plan->warm_up * 1000000;
    for (long round = -1; round < plan->rounds;) {
        if (round < 0 && now() > warm) round = 0;
        request++;
        if (framed) put_enter(plan, &arrival, 0, data);
        int arrived = framed && request == 1;
        if (arrived) arrive_first(plan, &members[0]);
        int64_t took = meet_once(plan, epoll, members, arrived, framed ? read_frames : read_raw);
        if (round >= 0) times[round++] = took;
    }
    qsort(times, (size_t)plan->rounds, sizeof *times, compare);
    printf("%ld %ld %ld %ld\n", (long)times[plan->rounds / 2], (long)times[plan->rounds * 99 / 100], (long)times[plan->rounds - 1], each);
}

int main(int argc, char **argv)
{
    if (argc < 9 || argc > 10) {
        fprintf(stderr, "usage: limit-client meet|join|hold raw|sync PORT|unix:PATH MEMBERS WARM-UP ROUNDS BYTES SECONDS [KEY]\n");
        return 64;
    }
    allow_many_files();
    int framed = strcmp(argv[2], "sync") == 0;
    struct plan plan = { atoi(argv[4]), atol(argv[5]), atol(argv[6]), (size_t)atol(argv[7]), argc == 10 ? argv[9] : NULL, parse_address(argv[3]) };
    struct member *members = allocate((size_t)plan.members * sizeof *members);
    buffer = allocate(BUFFER_BYTES);
    roster_hash = hash_roster(plan.members);
    snprintf(group, sizeof group, "bench-%d", (int)getpid());
    alarm((unsigned)atoi(argv[8]));

    int joins = strcmp(argv[1], "join") == 0;
    int64_t began = now();
    if (framed) join_all(&plan, members, greet);
    else if (joins) join_all(&plan, members, echo);
    else for (int i = 0; i < plan.members; i++) members[i].fd = dial(&plan);
    long each = (long)((now() - began) / plan.members);
    if (joins) printf("%ld %ld\n", each, 1000000000 / (each + 1));
    else if (plan.rounds > 0) meet(&plan, members, framed, each);
    else printf("0 0 0 %ld\n", each);
    fflush(stdout);
    if (strcmp(argv[1], "hold") == 0) hold(&plan, members);
    return 0;
}
