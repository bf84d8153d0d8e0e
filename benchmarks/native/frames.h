/* As much of docs/protocol.md as a member of one group and one session needs. */
#ifndef FRAMES_H
#define FRAMES_H

#include "net.h"
#include "sha256.h"
#include <sys/random.h>

enum { HELLO = 1, CHALLENGE = 2, PROOF = 3, WELCOME = 4, ENTER = 10, NEED_ROSTER = 14, ANSWER = 15, DECISION = 16, PART = 17,
    HEARTBEAT = 20, PING = 21, PONG = 22 };
enum { PREFIX_BYTES = 4, MAX_TERM_BYTES = 14, MAX_HANDSHAKE = 512 };

/* A term as it stands in each frame: two integers. */
struct term {
    size_t length;
    char bytes[MAX_TERM_BYTES];
};

struct frame {
    char *bytes;
    size_t length;
};

static void put(struct frame *f, const void *from, size_t count)
{
    memcpy(f->bytes + f->length, from, count);
    f->length += count;
}

static void put_byte(struct frame *f, int byte)
{
    f->bytes[f->length++] = (char)byte;
}

static void put_big(struct frame *f, uint64_t value, int bytes)
{
    for (int i = bytes - 1; i >= 0; i--) put_byte(f, (int)(value >> (8 * i) & 0xff));
}

static void put_number(struct frame *f, uint64_t value)
{
    if (value < 128) put_byte(f, (int)value);
    else if (value <= UINT8_MAX) put_byte(f, 0xcc), put_big(f, value, 1);
    else if (value <= UINT16_MAX) put_byte(f, 0xcd), put_big(f, value, 2);
    else if (value <= UINT32_MAX) put_byte(f, 0xce), put_big(f, value, 4);
    else put_byte(f, 0xcf), put_big(f, value, 8);
}

/* Of at most 31 bytes. */
static void put_name(struct frame *f, const char *name)
{
    put_byte(f, 0xa0 | (int)strlen(name));
    put(f, name, strlen(name));
}

static void put_binary(struct frame *f, const void *bytes, size_t count)
{
    if (count <= UINT8_MAX) put_byte(f, 0xc4), put_big(f, count, 1);
    else if (count <= UINT16_MAX) put_byte(f, 0xc5), put_big(f, count, 2);
    else put_byte(f, 0xc6), put_big(f, count, 4);
    put(f, bytes, count);
}

static void begin_frame(struct frame *f, int fields, int type, const struct term *term)
{
    f->length = PREFIX_BYTES;
    put_byte(f, 0x90 | (3 + fields));
    put_byte(f, type);
    put(f, term->bytes, term->length);
}

static void end_frame(struct frame *f)
{
    struct frame prefix = { f->bytes, 0 };
    put_big(&prefix, f->length - PREFIX_BYTES, PREFIX_BYTES);
}

static uint64_t big(const char *from, int bytes)
{
    uint64_t value = 0;
    for (int i = 0; i < bytes; i++) value = value << 8 | (uint8_t)from[i];
    return value;
}

/* An integer that is not negative; moves on behind it. */
static uint64_t take_number(const char **at)
{
    int code = (uint8_t)*(*at)++;
    if (code < 128) return (uint64_t)code;
    errno = 0;
    if (code < 0xcc || code > 0xcf) fail("a number expected");
    int bytes = 1 << (code - 0xcc);
    *at += bytes;
    return big(*at - bytes, bytes);
}

static void read_frame(int fd, struct frame *f)
{
    for (f->length = 0; f->length < PREFIX_BYTES || f->length < PREFIX_BYTES + big(f->bytes, PREFIX_BYTES);) {
        size_t whole = f->length < PREFIX_BYTES ? PREFIX_BYTES : PREFIX_BYTES + big(f->bytes, PREFIX_BYTES);
        errno = 0;
        if (whole > MAX_HANDSHAKE) fail("a frame of the handshake");
        ssize_t got = recv(fd, f->bytes + f->length, whole - f->length, 0);
        if (got <= 0) fail("handshake");
        f->length += (size_t)got;
    }
}

static void expect(const struct frame *f, int type)
{
    errno = 0;
    if (f->bytes[PREFIX_BYTES + 1] == type) return;
    fprintf(stderr, "%.*s\n", (int)f->length, f->bytes);
    fail("refused");
}

/* A handshake under way. Without a key there is no challenge. */
struct greeting {
    int fd;
    char hello[MAX_HANDSHAKE];
    char other[MAX_HANDSHAKE];
    size_t hello_length;
    struct sha256 proven;
};

static void say_hello(struct greeting *g, const char *group, const char *member, const char *key)
{
    struct frame f = { g->hello, 0 };
    struct term none = { 2, { 0, 0 } };
    uint8_t id[SHA_BYTES], random[48];
    if (getrandom(random, sizeof random, 0) != sizeof random) fail("getrandom");
    begin_frame(&f, 12, HELLO, &none);
    put_name(&f, "sync.net");
    put_byte(&f, 1);
    put_byte(&f, 1);
    put_byte(&f, 0);
    put_name(&f, group);
    put_name(&f, member);
    put_byte(&f, 0xc0);
    put_binary(&f, random, 16);
    put_byte(&f, 0);
    if (key != NULL) {
        struct sha256 s;
        hmac_begin(&s, key);
        sha_add(&s, "sync.net key id", 15);
        hmac_end(&s, key, id);
    }
    put_binary(&f, id, key == NULL ? 0 : 8);
    put_binary(&f, random + 16, key == NULL ? 0 : 32);
    put_byte(&f, 0xc0);
    end_frame(&f);
    g->hello_length = f.length;
    write_all(g->fd, f.bytes, f.length);
}

static void hmac_transcript(struct sha256 *s, const struct greeting *g, const struct frame *challenge, const char *key, const char *label)
{
    hmac_begin(s, key);
    sha_add(s, label, strlen(label));
    sha_add(s, g->hello + PREFIX_BYTES, g->hello_length - PREFIX_BYTES);
    sha_add(s, challenge->bytes + PREFIX_BYTES, challenge->length - PREFIX_BYTES);
}

/* Reads the challenge and says the proof. */
static void prove(struct greeting *g, const char *key)
{
    struct frame challenge = { g->other, 0 };
    char bytes[MAX_HANDSHAKE];
    struct frame proof = { bytes, 0 };
    struct sha256 s;
    uint8_t mac[SHA_BYTES];
    read_frame(g->fd, &challenge);
    expect(&challenge, CHALLENGE);
    hmac_transcript(&s, g, &challenge, key, "sync.net member");
    hmac_end(&s, key, mac);
    hmac_transcript(&g->proven, g, &challenge, key, "sync.net server");
    const char *at = challenge.bytes + PREFIX_BYTES + 2, *end = at;
    take_number(&end);
    take_number(&end);
    struct term term = { (size_t)(end - at), { 0 } };
    memcpy(term.bytes, at, term.length);
    begin_frame(&proof, 1, PROOF, &term);
    put_binary(&proof, mac, sizeof mac);
    end_frame(&proof);
    write_all(g->fd, proof.bytes, proof.length);
}

/* Reads the welcome, checks it, and returns the server's term. */
static struct term enter_seat(struct greeting *g, const char *key)
{
    struct frame f = { g->other, 0 };
    uint8_t mac[SHA_BYTES];
    read_frame(g->fd, &f);
    expect(&f, WELCOME);
    const char *at = f.bytes + PREFIX_BYTES + 2, *end = at;
    take_number(&end);
    take_number(&end);
    struct term term = { (size_t)(end - at), { 0 } };
    memcpy(term.bytes, at, term.length);
    if (key == NULL) return term;
    /* Behind version and features, each of one byte, stands the mac. */
    size_t before = (size_t)(end + 2 - f.bytes);
    sha_add(&g->proven, f.bytes + PREFIX_BYTES, before - PREFIX_BYTES);
    sha_add(&g->proven, f.bytes + before + 2 + SHA_BYTES, f.length - before - 2 - SHA_BYTES);
    hmac_end(&g->proven, key, mac);
    errno = 0;
    if (memcmp(mac, f.bytes + before + 2, sizeof mac) != 0) fail("the server's proof");
    return term;
}

#endif
