/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "waiter.h"

#include <errno.h>

#include "clock.h"
#include "schedule_point.h"
#include "uncancelled.h"

void
waiter_init(struct waiter *waiter, size_t missing)
{
	atomic_init(&waiter->missing, missing);
	sem_init(&waiter->woken, 0, 0);
}

void
waiter_destroy(struct waiter *waiter)
{
	sem_destroy(&waiter->woken);
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

/* POSIX lets a semaphore be destroyed as soon as nobody waits for it any more, and so while
 * the one that has posted it last is still on his way out of sem_post. */
void
waiter_let_go(struct waiter *waiter)
{
	SCHEDULE_POINT();
	sem_post(&waiter->woken);
}

/* ThreadSanitizer does not know sem_clockwait: what came before is no order for it, and no
 * handler of a signal runs meanwhile. */
#if defined HAVE_SEM_CLOCKWAIT && !defined __SANITIZE_THREAD__
static int
wait_until(sem_t *semaphore, int64_t due)
{
	struct timespec at = clock_timespec(due);

	return sem_clockwait(semaphore, CLOCK_SOURCE, &at);
}
#else
#define SLICE 100 /* milliseconds */

/* By the clock of the day, which may be set meanwhile: never for long in one go. */
static int
wait_until(sem_t *semaphore, int64_t due)
{
	struct timespec at;
	int64_t left, end;

	do {
		left = due - clock_now();
		left = left < 0 ? 0 : left > SLICE ? SLICE : left;
		clock_gettime(CLOCK_REALTIME, &at);
		end = at.tv_nsec / 1000000 + left + 1;
		at.tv_sec += (time_t)(end / 1000);
		at.tv_nsec = (long)(end % 1000) * 1000000;
		if (sem_timedwait(semaphore, &at) == 0)
			return 0;
	} while (errno == ETIMEDOUT && clock_now() < due);
	return -1;
}
#endif

/* False: the time has come. */
static bool
sleep_until(sem_t *semaphore, int64_t due)
{
	int ended;

	do
		ended = due < 0 ? sem_wait(semaphore) : wait_until(semaphore, due);
	while (ended < 0 && errno == EINTR);
	return ended == 0;
}

void
waiter_sleep(struct waiter *waiter, int64_t due)
{
	int error = errno, cancelled = uncancelled_begin();

	/* Who was the last to be counted may not have come to let it go yet. */
	if (!sleep_until(&waiter->woken, due) &&
	    atomic_exchange_explicit(&waiter->missing, 0, memory_order_acq_rel) == 0)
		sleep_until(&waiter->woken, -1);
	uncancelled_end(cancelled);
	errno = error;
}
