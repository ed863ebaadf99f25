/* SPDX-License-Identifier: MIT */
/* Counts completed lookups, and wakes the thread that waits for them. The loop thread
 * rings; a system call is made only for a waiter that is about to sleep. */
#ifndef TOOLS_RESOLVE_BELL_H
#define TOOLS_RESOLVE_BELL_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

struct bell {
	atomic_uint_fast64_t count;
	atomic_uint_fast64_t target;	/* from where on whoever waits is to be woken */
	atomic_bool is_awaited;
	atomic_bool is_woken;
	int read_end, write_end;
};

/* False with errno: no descriptors. */
bool bell_open(struct bell *);
void bell_close(struct bell *);

/* From any thread. */
void bell_ring(struct bell *);
/* From a signal handler too: whoever waits returns, or whoever waits next. */
void bell_wake(struct bell *);
uint64_t bell_count(struct bell *);
/* Returns soon after the count is no longer what the caller has seen, when the descriptor,
 * unless -1, is readable, or after so many milliseconds, unless -1. If more than one are
 * wanted, it may take two milliseconds longer, for so many to have come. May return without
 * a reason, as when a signal comes. */
void bell_wait(struct bell *, uint64_t seen, uint64_t wanted, int descriptor, int timeout);

#endif
