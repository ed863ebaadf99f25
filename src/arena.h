/* SPDX-License-Identifier: MIT */
/* arena: memory that is taken piece by piece and given back all at once. */
#ifndef ASYNCDNS_ARENA_H
#define ASYNCDNS_ARENA_H

#include <stddef.h>

struct arena_block;

struct arena {
	struct arena_block *blocks; /* the newest first; pieces are taken from it */
};

void arena_init(struct arena *arena);
void arena_clear(struct arena *arena);

/* A piece that is aligned for pointers and numbers of 64 bits, and not cleared. NULL: no
 * memory. */
void *arena_take(struct arena *arena, size_t size);
/* So many octets copied, and a NUL behind them. */
void *arena_copy(struct arena *arena, const void *octets, size_t length);

#endif
