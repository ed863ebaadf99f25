/* SPDX-License-Identifier: MIT */
/* hash: SipHash-2-4, keyed by a random seed, so that nobody can choose names that all
 * fall into one slot of a table. */
#ifndef ASYNCDNS_HASH_H
#define ASYNCDNS_HASH_H

#include <stddef.h>
#include <stdint.h>

struct hash_seed {
	uint64_t words[2];
};

void hash_seed_init(struct hash_seed *seed);
uint64_t hash_octets(const struct hash_seed *seed, const void *octets, size_t length);

#endif
