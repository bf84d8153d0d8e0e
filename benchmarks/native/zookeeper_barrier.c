/*
 * The first half of ZooKeeper's double barrier (its recipes, "Double Barriers", Enter), with the C client that its
 * package brings: watch for READY, create an ephemeral node, list the nodes; who finds all of them creates READY.
 * The first three go out without waiting for one another, as the client's asynchronous calls keep their order.
 * Each round has a parent of its own, made before the members start.
 *
 * usage: zookeeper_barrier PORT KEY MEMBERS ROUNDS SECONDS DIRECTORY
 */
/* The header declares the synchronous calls only so. */
#define THREADED
#include "rounds.h"
#include <semaphore.h>
#include <zookeeper/zookeeper.h>

enum { SESSION_MS = 30000, BATCH = 100 };

static char address[32];
static const char *key;
static sem_t connected, listed, ready, created;
static int present;

static void must(int result, const char *what)
{
    if (result != ZOK) fail(what, zerror(result));
}

static void await(sem_t *what)
{
    while (sem_wait(what) < 0 && errno == EINTR) { }
}

static void on_session(zhandle_t *zh, int type, int state, const char *path, void *context)
{
    (void)zh, (void)path, (void)context;
    if (type != ZOO_SESSION_EVENT) return;
    if (state == ZOO_CONNECTED_STATE) sem_post(&connected);
    else if (state != ZOO_CONNECTING_STATE) fail("session", "lost");
}

static void on_ready(zhandle_t *zh, int type, int state, const char *path, void *context)
{
    (void)zh, (void)state, (void)path, (void)context;
    if (type == ZOO_CREATED_EVENT) sem_post(&ready);
}

static void on_watching(int result, const struct Stat *stat, const void *context)
{
    (void)stat, (void)context;
    if (result != ZOK && result != ZNONODE) must(result, "exists");
}

static void on_created(int result, const char *path, const void *context)
{
    (void)path, (void)context;
    must(result, "create");
}

static void on_ready_created(int result, const char *path, const void *context)
{
    (void)path, (void)context;
    must(result, "create ready");
    sem_post(&created);
}

static void on_listed(int result, const struct String_vector *children, const void *context)
{
    (void)context;
    must(result, "list");
    present = children->count;
    sem_post(&listed);
}

static zhandle_t *open_session(void)
{
    zoo_set_debug_level(ZOO_LOG_LEVEL_ERROR);
    zhandle_t *zh = zookeeper_init(address, on_session, SESSION_MS, NULL, NULL, 0);
    if (zh == NULL) fail("session", strerror(errno));
    await(&connected);
    return zh;
}

/* READY is outside the parent, so that the list has only members; the recipe leaves the place open. */
static void enter(zhandle_t *zh, const struct plan *plan, int index, long round)
{
    char parent[96], own[128], signal[128];
    snprintf(parent, sizeof parent, "/%s/%ld", key, round);
    snprintf(own, sizeof own, "%s/%d", parent, index);
    snprintf(signal, sizeof signal, "/%s/ready-%ld", key, round);

    must(zoo_awexists(zh, signal, on_ready, NULL, on_watching, NULL), "exists");
    must(zoo_acreate(zh, own, NULL, -1, &ZOO_OPEN_ACL_UNSAFE, ZOO_EPHEMERAL, on_created, NULL), "create");
    must(zoo_aget_children(zh, parent, 0, on_listed, NULL), "list");
    await(&listed);
    if (present == plan->members) {
        /* Two that listed at the same moment may both find all of them. */
        int result = zoo_create(zh, signal, NULL, -1, &ZOO_OPEN_ACL_UNSAFE, 0, NULL, 0);
        if (result != ZNODEEXISTS) must(result, "create ready");
    }
    await(&ready);
}

static void member(const struct plan *plan, int index, int64_t *times)
{
    zhandle_t *zh = open_session();
    for (long round = 0; round < plan->rounds; round++) {
        times[2 * round] = now();
        enter(zh, plan, index, round);
        times[2 * round + 1] = now();
    }
    zookeeper_close(zh);
}

static void create_parents(const struct plan *plan, int index, int64_t *times)
{
    (void)index, (void)times;
    char path[96];
    zhandle_t *zh = open_session();
    snprintf(path, sizeof path, "/%s", key);
    must(zoo_create(zh, path, NULL, -1, &ZOO_OPEN_ACL_UNSAFE, 0, NULL, 0), path);
    for (long round = 0; round < plan->rounds; round++) {
        snprintf(path, sizeof path, "/%s/%ld", key, round);
        must(zoo_acreate(zh, path, NULL, -1, &ZOO_OPEN_ACL_UNSAFE, 0, on_ready_created, NULL), path);
        if (round >= BATCH) await(&created);
    }
    for (long round = 0; round < plan->rounds && round < BATCH; round++) await(&created);
    zookeeper_close(zh);
}

int main(int argc, char **argv)
{
    struct plan plan;
    if (argc != 7 || !read_plan(argv + 3, &plan)) {
        fprintf(stderr, "usage: zookeeper_barrier PORT KEY MEMBERS ROUNDS SECONDS DIRECTORY\n");
        return 64;
    }
    snprintf(address, sizeof address, "127.0.0.1:%d", atoi(argv[1]));
    key = argv[2];
    sem_init(&connected, 0, 0);
    sem_init(&listed, 0, 0);
    sem_init(&ready, 0, 0);
    sem_init(&created, 0, 0);

    /* In a process of its own: the client's threads would not survive the members' forks. */
    struct plan parents = plan;
    parents.members = 1;
    int result = run_members(&parents, create_parents);
    return result != 0 ? result : run_members(&plan, member);
}
