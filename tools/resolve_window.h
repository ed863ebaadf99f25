/* SPDX-License-Identifier: MIT */
/* The items between being read and being printed: as many as there are slots, so that
 * input of any length takes the same memory. In order they are handed out as they came;
 * else as they are done. */
#ifndef TOOLS_RESOLVE_WINDOW_H
#define TOOLS_RESOLVE_WINDOW_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "resolve_item.h"
#include "resolve_lookup.h"

struct slot {
	struct lookup lookup;
	struct slot *next;	/* of those that are free, or done */
	bool is_begun;		/* has a lookup; else it is done */
	bool is_late;		/* and the brake knows */
	bool is_again;		/* it was asked for before, in vain */
	bool is_waiting;	/* to be asked for again */
	unsigned int tries_before;
	int64_t microseconds_before;
	unsigned int queries;	/* that it was expected to take */
	uint32_t second;	/* the brake's, when it was begun */
	int64_t begun;		/* for the first time, nanoseconds */
	struct item item;
};

struct window {
	struct slot *slots;
	uint64_t size;
	bool is_ordered;
	uint64_t first, last;	/* ordered: item n is in slot n % size, and first <= n < last */
	struct slot *free, *done;	/* not ordered: only this thread takes from them */
	_Atomic(struct slot *) just_done;	/* not ordered: the last is the first */
	uint64_t used;
};

/* For so many lookups under way. False: no memory. */
bool window_open(struct window *, uint64_t jobs, bool is_ordered);
void window_close(struct window *);

/* A slot for the next item, which is in use once window_use was called; NULL: all are in
 * use. */
struct slot *window_get_free(struct window *);
void window_use(struct window *, struct slot *);
/* From any thread: the lookup of a slot is complete, or will not be begun. */
void window_note_done(struct window *, struct slot *);
/* The next slot whose result can be taken, in use until it is given back; NULL: none yet. */
struct slot *window_get_done(struct window *);
void window_give_back(struct window *, struct slot *);

bool window_is_empty(const struct window *);
/* For each slot in use. */
void window_visit(struct window *, void (*visit)(struct slot *, void *), void *context);

#endif
