/* SPDX-License-Identifier: MIT */
/* A part of the items, one of N, for runs that share an input. Which part an item belongs
 * to follows from its name alone, so the same name is in the same part wherever it
 * stands, and no run has to know of the others. */
#ifndef TOOLS_RESOLVE_SHARD_H
#define TOOLS_RESOLVE_SHARD_H

#include <stdbool.h>
#include <stdint.h>

#include "resolve_item.h"

struct shard {
	uint64_t number;	/* from 0, less than the count */
	uint64_t count;		/* 0: all items are one part */
};

/* "3/8", the third of eight. False: it is none. */
bool shard_read(struct shard *, const char *text);
bool shard_has(const struct shard *, const struct item *);

#endif
