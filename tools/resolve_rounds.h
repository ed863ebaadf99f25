/* SPDX-License-Identifier: MIT */
/* All items again and again: when the next round begins. Times are those of the run. */
#ifndef TOOLS_RESOLVE_ROUNDS_H
#define TOOLS_RESOLVE_ROUNDS_H

#include <stdbool.h>
#include <stdint.h>

#include "resolve_options.h"

struct rounds {
	unsigned int left;	/* behind this one */
	int64_t interval;
	int64_t due;		/* the next */
	bool is_pausing;	/* the items of this one are read */
};

void rounds_start(struct rounds *, const struct settings *, int64_t now);
/* The items of a round are read. False: that was the last. */
bool rounds_pause(struct rounds *);
/* Says once, when it is time, that the next round begins. */
bool rounds_begin(struct rounds *, int64_t now);
/* Milliseconds until then; -1: there is none to wait for. */
int64_t rounds_get_wait(const struct rounds *, int64_t now);

#endif
