/* SPDX-License-Identifier: MIT */
/* Items put aside, first in, first out: in a file without a name, so that any number of
 * them takes the same memory. */
#ifndef TOOLS_RESOLVE_SPOOL_H
#define TOOLS_RESOLVE_SPOOL_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "resolve_item.h"

/* All zeroes: empty. */
struct spool {
	FILE *file;		/* NULL: nothing was put aside yet */
	uint64_t count;
};

/* False with errno. */
bool spool_put(struct spool *, const struct item *);
/* After the last was put, and before the first is taken. */
bool spool_rewind(struct spool *);
/* Takes the next one; there must be one. */
bool spool_take(struct spool *, struct item *);
void spool_clear(struct spool *);

#endif
