/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "waiter.h"

#include <errno.h>

#include "schedule_point.h"
#include "uncancelled.h"

void
waiter_init(struct waiter *waiter, size_t missing)
{
	atomic_init(&waiter->missing, missing);
	bell_init(&waiter->bell);
}

void
waiter_destroy(struct waiter *waiter)
{
	bell_destroy(&waiter->bell);
}

bool
waiter_count(struct waiter *waiter)
{
	size_t missing = atomic_load_explicit(&waiter->missing, memory_order_relaxed);

	while (missing > 0 &&
	       !atomic_compare_exchange_weak_explicit(&waiter->missing, &missing, missing - 1,
						      memory_order_acq_rel,
						      memory_order_relaxed))
		;
	return missing == 1;
}

void
waiter_let_go(struct waiter *waiter)
{
	SCHEDULE_POINT();
	bell_ring(&waiter->bell);
}

void
waiter_sleep(struct waiter *waiter, int64_t due)
{
	int error = errno, cancelled = uncancelled_begin();

	/* Who was the last to be counted may not have come to let it go yet. */
	if (!bell_await(&waiter->bell, due) &&
	    atomic_exchange_explicit(&waiter->missing, 0, memory_order_acq_rel) == 0)
		bell_await(&waiter->bell, -1);
	uncancelled_end(cancelled);
	errno = error;
}
