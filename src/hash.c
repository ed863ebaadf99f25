/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "hash.h"

#include <sys/random.h>
#include <sys/types.h>

/* Aumasson and Bernstein, "SipHash: a fast short-input PRF", 2012. */
struct state {
	uint64_t a, b, c, d;
};

void
hash_seed_init(struct hash_seed *seed)
{
	if (getrandom(seed, sizeof *seed, GRND_NONBLOCK) == (ssize_t)sizeof *seed)
		return;
	/* Early at boot, or forbidden. Where things lie in memory is not known either. */
	seed->words[0] = (uint64_t)(uintptr_t)seed * UINT64_C(0x9e3779b97f4a7c15);
	seed->words[1] = (uint64_t)(uintptr_t)hash_seed_init ^ (uintptr_t)&seed;
}

static uint64_t
rotate(uint64_t word, int bits)
{
	return word << bits | word >> (64 - bits);
}

static void
mix(struct state *state, int rounds)
{
	for (; rounds > 0; rounds--) {
		state->a += state->b;
		state->c += state->d;
		state->b = rotate(state->b, 13) ^ state->a;
		state->d = rotate(state->d, 16) ^ state->c;
		state->a = rotate(state->a, 32);
		state->c += state->b;
		state->a += state->d;
		state->b = rotate(state->b, 17) ^ state->c;
		state->d = rotate(state->d, 21) ^ state->a;
		state->c = rotate(state->c, 32);
	}
}

static void
take_word(struct state *state, uint64_t word)
{
	state->d ^= word;
	mix(state, 2);
	state->a ^= word;
}

/* The first octet lowest, on every machine alike. */
static uint64_t
read_word(const unsigned char octets[8])
{
	return (uint64_t)octets[0] | (uint64_t)octets[1] << 8 | (uint64_t)octets[2] << 16 |
	       (uint64_t)octets[3] << 24 | (uint64_t)octets[4] << 32 |
	       (uint64_t)octets[5] << 40 | (uint64_t)octets[6] << 48 |
	       (uint64_t)octets[7] << 56;
}

/* The same for less than eight. */
static uint64_t
read_rest(const unsigned char *octets, size_t length)
{
	uint64_t word = 0;

	while (length-- > 0)
		word = word << 8 | octets[length];
	return word;
}

uint64_t
hash_octets(const struct hash_seed *seed, const void *octets, size_t length)
{
	const unsigned char *at = octets;
	struct state state;
	size_t left;

	state.a = seed->words[0] ^ UINT64_C(0x736f6d6570736575);
	state.b = seed->words[1] ^ UINT64_C(0x646f72616e646f6d);
	state.c = seed->words[0] ^ UINT64_C(0x6c7967656e657261);
	state.d = seed->words[1] ^ UINT64_C(0x7465646279746573);
	for (left = length; left >= 8; left -= 8, at += 8)
		take_word(&state, read_word(at));
	take_word(&state, (uint64_t)length << 56 | read_rest(at, left));
	state.c ^= 0xff;
	mix(&state, 4);
	return state.a ^ state.b ^ state.c ^ state.d;
}
