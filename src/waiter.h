/* SPDX-License-Identifier: MIT */
/* waiter: a thread that sleeps until so many signals have come, or its time. It lies on the
 * thread's stack, and no lock of its own keeps it there: whoever brings the last signal has
 * to let it go, and touches it no more after that. So a thread that is woken finds nothing
 * locked that it would have to sleep for again. */
#ifndef ASYNCDNS_WAITER_H
#define ASYNCDNS_WAITER_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bell.h"

struct waiter {
	atomic_size_t missing;	/* signals; none: it is, or will be, let go, or has given up */
	union bell bell;
};

void waiter_init(struct waiter *waiter, size_t missing);
/* After waiter_sleep, or before anybody knows of it. */
void waiter_destroy(struct waiter *waiter);

/* One signal more, from any thread, while something else keeps the waiter from going away.
 * True: the caller owes it waiter_let_go, until which it stays. */
bool waiter_count(struct waiter *waiter);
void waiter_let_go(struct waiter *waiter);

/* Sleeps until it is let go, or until the time by clock_now has come, -1 being none: then
 * signals do not count any more. Leaves errno as it is, and is no cancellation point. */
void waiter_sleep(struct waiter *waiter, int64_t due);

#endif
