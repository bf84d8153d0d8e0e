/*
 * A barrier of Redis clients in C (hiredis, synchronous): one counter that only grows; whoever makes it a multiple of
 * MEMBERS is the last of its round and releases the others.
 *
 * HOW says by what:
 *   blpop           INCR; the last one pushes a token for each of the others, who wait in BLPOP
 *   publish         INCR; the last one publishes, the others wait on a subscribed connection
 *   script-blpop    a script counts and pushes; it and the BLPOP go out in one write
 *   script-publish  a script counts and publishes
 *
 * usage: redis_barrier PORT HOW KEY MEMBERS ROUNDS SECONDS DIRECTORY
 */
#include "rounds.h"
#include <hiredis/hiredis.h>

static int port;
static const char *key;
static int by_script;
static int by_list;

static const char push_script[] =
    "local a = redis.call('INCR', KEYS[1]) "
    "if a % ARGV[1] == 0 then for i = 1, ARGV[1] do redis.call('RPUSH', KEYS[2], ARGV[2]) end end "
    "return a";

static const char publish_script[] =
    "local a = redis.call('INCR', KEYS[1]) "
    "if a % ARGV[1] == 0 then redis.call('PUBLISH', KEYS[2], ARGV[2]) end "
    "return a";

static redisContext *open_connection(void)
{
    redisContext *c = redisConnect("127.0.0.1", port);
    if (c == NULL || c->err) fail("connect", c ? c->errstr : "no memory");
    return c;
}

static redisReply *answer(redisContext *c)
{
    void *reply;
    if (redisGetReply(c, &reply) != REDIS_OK) fail("redis", c->errstr);
    redisReply *r = reply;
    if (r->type == REDIS_REPLY_ERROR) fail("redis", r->str);
    return r;
}

static long long number_answer(redisContext *c)
{
    redisReply *r = answer(c);
    if (r->type != REDIS_REPLY_INTEGER) fail("redis", "answered something else than a number");
    long long number = r->integer;
    freeReplyObject(r);
    return number;
}

/* The round that the last element of an array names: a popped token's or a message's. */
static long round_answer(redisContext *c)
{
    redisReply *r = answer(c);
    if (r->type != REDIS_REPLY_ARRAY || r->elements < 2) fail("redis", "released nobody");
    long round = atol(r->element[r->elements - 1]->str);
    freeReplyObject(r);
    return round;
}

static char *load_script(redisContext *c)
{
    redisAppendCommand(c, "SCRIPT LOAD %s", by_list ? push_script : publish_script);
    redisReply *r = answer(c);
    char *sha = strdup(r->str);
    freeReplyObject(r);
    return sha;
}

static void push(redisContext *c, const char *list, int tokens, long round)
{
    const char *words[tokens + 2];
    char value[24];
    snprintf(value, sizeof value, "%ld", round);
    words[0] = "RPUSH";
    words[1] = list;
    for (int i = 0; i < tokens; i++) words[i + 2] = value;
    redisAppendCommandArgv(c, tokens + 2, words, NULL);
    number_answer(c);
}

static void check(long released, long round, long long arrival, const struct plan *plan)
{
    if (released != round || (arrival - 1) / plan->members != round) fail("round", "another one was released");
}

static void pop_round(redisContext *c, const char *sha, const struct plan *plan, long round)
{
    char list[128];
    /* Two lists in turn: nobody can be two rounds ahead. */
    snprintf(list, sizeof list, "%s:go:%ld", key, round % 2);
    if (by_script) {
        redisAppendCommand(c, "EVALSHA %s 2 %s %s %d %ld", sha, key, list, plan->members, round);
        redisAppendCommand(c, "BLPOP %s 0", list);
        long long arrival = number_answer(c);
        check(round_answer(c), round, arrival, plan);
        return;
    }
    redisAppendCommand(c, "INCR %s", key);
    long long arrival = number_answer(c);
    if (arrival % plan->members == 0) {
        if (plan->members > 1) push(c, list, plan->members - 1, round);
        check(round, round, arrival, plan);
        return;
    }
    redisAppendCommand(c, "BLPOP %s 0", list);
    check(round_answer(c), round, arrival, plan);
}

static void publish_round(redisContext *c, redisContext *heard, const char *sha, const struct plan *plan, long round)
{
    if (by_script)
        redisAppendCommand(c, "EVALSHA %s 2 %s %s:go %d %ld", sha, key, key, plan->members, round);
    else
        redisAppendCommand(c, "INCR %s", key);
    long long arrival = number_answer(c);
    if (!by_script && arrival % plan->members == 0) {
        redisAppendCommand(c, "PUBLISH %s:go %ld", key, round);
        number_answer(c);
    }
    check(round_answer(heard), round, arrival, plan);
}

static void member(const struct plan *plan, int index, int64_t *times)
{
    (void)index;
    redisContext *c = open_connection();
    redisContext *heard = NULL;
    char *sha = by_script ? load_script(c) : NULL;
    if (!by_list) {
        heard = open_connection();
        redisAppendCommand(heard, "SUBSCRIBE %s:go", key);
        freeReplyObject(answer(heard));
    }
    for (long round = 0; round < plan->rounds; round++) {
        times[2 * round] = now();
        if (by_list) pop_round(c, sha, plan, round);
        else publish_round(c, heard, sha, plan, round);
        times[2 * round + 1] = now();
    }
}

int main(int argc, char **argv)
{
    struct plan plan;
    if (argc != 8 || !read_plan(argv + 4, &plan)) {
        fprintf(stderr, "usage: redis_barrier PORT HOW KEY MEMBERS ROUNDS SECONDS DIRECTORY\n");
        return 64;
    }
    port = atoi(argv[1]);
    by_script = strncmp(argv[2], "script-", 7) == 0;
    by_list = strstr(argv[2], "blpop") != NULL;
    key = argv[3];
    return run_members(&plan, member);
}
