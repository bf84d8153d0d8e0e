/* SHA-256 and HMAC (FIPS 180-4, RFC 2104), as small as they get. */
#ifndef SHA256_H
#define SHA256_H

#include <stdint.h>
#include <string.h>

enum { SHA_BYTES = 32, SHA_BLOCK = 64 };

struct sha256 {
    uint32_t h[8];
    uint8_t block[SHA_BLOCK];
    uint64_t length;
};

static const uint32_t sha_constants[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be,
    0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa,
    0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85,
    0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3,
    0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f,
    0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
};

static inline uint32_t sha_turn(uint32_t x, int bits)
{
    return x >> bits | x << (32 - bits);
}

static void sha_mix(struct sha256 *s)
{
    uint32_t w[64], v[8];
    for (int i = 0; i < 16; i++) {
        const uint8_t *b = s->block + 4 * i;
        w[i] = (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3];
    }
    for (int i = 16; i < 64; i++) {
        uint32_t a = w[i - 15], b = w[i - 2];
        w[i] = w[i - 16] + w[i - 7] + (sha_turn(a, 7) ^ sha_turn(a, 18) ^ a >> 3) + (sha_turn(b, 17) ^ sha_turn(b, 19) ^ b >> 10);
    }
    memcpy(v, s->h, sizeof v);
    for (int i = 0; i < 64; i++) {
        uint32_t e = v[4], a = v[0];
        uint32_t one = v[7] + (sha_turn(e, 6) ^ sha_turn(e, 11) ^ sha_turn(e, 25)) + ((e & v[5]) ^ (~e & v[6])) + sha_constants[i] + w[i];
        uint32_t two = (sha_turn(a, 2) ^ sha_turn(a, 13) ^ sha_turn(a, 22)) + ((a & v[1]) ^ (a & v[2]) ^ (v[1] & v[2]));
        memmove(v + 1, v, 7 * sizeof *v);
        v[4] += one;
        v[0] = one + two;
    }
    for (int i = 0; i < 8; i++) s->h[i] += v[i];
}

static void sha_begin(struct sha256 *s)
{
    static const uint32_t first[8] = {
        0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
    };
    memcpy(s->h, first, sizeof first);
    s->length = 0;
}

static void sha_add(struct sha256 *s, const void *bytes, size_t count)
{
    const uint8_t *from = bytes;
    while (count-- > 0) {
        s->block[s->length++ % SHA_BLOCK] = *from++;
        if (s->length % SHA_BLOCK == 0) sha_mix(s);
    }
}

static void sha_end(struct sha256 *s, uint8_t *hash)
{
    uint64_t bits = s->length * 8;
    uint8_t tail[8];
    for (int i = 0; i < 8; i++) tail[i] = (uint8_t)(bits >> (56 - 8 * i));
    sha_add(s, "\x80", 1);
    while (s->length % SHA_BLOCK != SHA_BLOCK - sizeof tail) sha_add(s, "", 1);
    sha_add(s, tail, sizeof tail);
    for (int i = 0; i < SHA_BYTES; i++) hash[i] = (uint8_t)(s->h[i / 4] >> (24 - 8 * (i % 4)));
}

/* The key has at most 64 bytes. Begin, add with sha_add, end. */
static void hmac_pad(struct sha256 *s, const char *key, uint8_t pad)
{
    uint8_t block[SHA_BLOCK];
    memset(block, pad, sizeof block);
    for (size_t i = 0; key[i] != 0 && i < sizeof block; i++) block[i] ^= (uint8_t)key[i];
    sha_begin(s);
    sha_add(s, block, sizeof block);
}

static void hmac_begin(struct sha256 *s, const char *key)
{
    hmac_pad(s, key, 0x36);
}

static void hmac_end(struct sha256 *s, const char *key, uint8_t *mac)
{
    uint8_t inner[SHA_BYTES];
    sha_end(s, inner);
    hmac_pad(s, key, 0x5c);
    sha_add(s, inner, sizeof inner);
    sha_end(s, mac);
}

#endif
