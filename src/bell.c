/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "bell.h"

#include <errno.h>

#include "clock.h"

/* ThreadSanitizer does not know sem_clockwait: it sees no order in it, and runs no handlers of
 * signals meanwhile. */
#if defined HAVE_SEM_CLOCKWAIT && !defined __SANITIZE_THREAD__

void
bell_init(union bell *bell)
{
	sem_init(&bell->semaphore, 0, 0);
}

void
bell_destroy(union bell *bell)
{
	sem_destroy(&bell->semaphore);
}

/* POSIX lets a semaphore be destroyed when nobody is blocked in it, and so while the one that
 * has posted it is still on his way out. */
void
bell_ring(union bell *bell)
{
	sem_post(&bell->semaphore);
}

bool
bell_await(union bell *bell, int64_t due)
{
	struct timespec at = clock_timespec(due < 0 ? 0 : due);
	int ended;

	do
		ended = due < 0 ? sem_wait(&bell->semaphore) :
				  sem_clockwait(&bell->semaphore, CLOCK_SOURCE, &at);
	while (ended < 0 && errno == EINTR);
	return ended == 0;
}

#else

void
bell_init(union bell *bell)
{
	pthread_condattr_t attributes;

	pthread_mutex_init(&bell->condition.lock, NULL);
	pthread_condattr_init(&attributes);
	pthread_condattr_setclock(&attributes, CLOCK_SOURCE);
	pthread_cond_init(&bell->condition.rung, &attributes);
	pthread_condattr_destroy(&attributes);
	bell->condition.is_rung = false;
}

void
bell_destroy(union bell *bell)
{
	pthread_cond_destroy(&bell->condition.rung);
	pthread_mutex_destroy(&bell->condition.lock);
}

/* With the lock, which the other thread has to have before it destroys both. */
void
bell_ring(union bell *bell)
{
	pthread_mutex_lock(&bell->condition.lock);
	bell->condition.is_rung = true;
	pthread_cond_signal(&bell->condition.rung);
	pthread_mutex_unlock(&bell->condition.lock);
}

bool
bell_await(union bell *bell, int64_t due)
{
	struct timespec at = clock_timespec(due < 0 ? 0 : due);
	int error = 0;
	bool is_rung;

	pthread_mutex_lock(&bell->condition.lock);
	while (!bell->condition.is_rung && error == 0)
		error = due < 0 ? pthread_cond_wait(&bell->condition.rung,
						    &bell->condition.lock) :
				  pthread_cond_timedwait(&bell->condition.rung,
							 &bell->condition.lock, &at);
	is_rung = bell->condition.is_rung;
	pthread_mutex_unlock(&bell->condition.lock);
	return is_rung;
}

#endif
