/* SPDX-License-Identifier: MIT */
/* timer_heap: which of many timers is due first. A pairing heap threaded through the
 * timers, so that setting one never allocates and a deadline can always be kept (libevent's
 * heap wants memory for each, and cannot be reached from outside). Setting takes constant
 * time, clearing and taking the first O(log n) amortized. One thread. */
#ifndef ASYNCDNS_TIMER_HEAP_H
#define ASYNCDNS_TIMER_HEAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct timer {
	int64_t due;		/* as clock_now */
	void (*fire)(struct timer *timer);
	struct timer *child;	/* the first of those that are not due before this one */
	struct timer *sibling;	/* the next child of the same parent */
	struct timer **hook;	/* what points to this timer; NULL: it is not set */
};

struct timer_heap {
	struct timer *first;
};

static inline void
timer_init(struct timer *timer, void (*fire)(struct timer *timer))
{
	timer->fire = fire;
	timer->hook = NULL;
}

static inline bool
timer_is_set(const struct timer *timer)
{
	return timer->hook != NULL;
}

/* Sets a timer, or sets it anew. */
void timer_heap_set(struct timer_heap *heap, struct timer *timer, int64_t due);
void timer_heap_clear(struct timer_heap *heap, struct timer *timer);

#endif
