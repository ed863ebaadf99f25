/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "schedule_point.h"

#include <errno.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <time.h>

#include "uncancelled.h"

/* Of so many times that a thread comes by, it sleeps once, and spins or gives way eight
 * times each. */
#define CHANCES 64

#define SPINS_MAXIMUM 4096
#define SLEEP_MAXIMUM 200000 /* nanoseconds */

/* Of so many sleeps one is ten times as long: time for another to close a resolver. */
#define LONG_SLEEPS 8

static _Atomic uint64_t seed; /* 0: not looked at */
static atomic_uint threads;

static _Thread_local uint64_t state; /* 0: this thread is here for the first time */

static uint64_t
mix(uint64_t value)
{
	value = (value ^ value >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	value = (value ^ value >> 27) * UINT64_C(0x94d049bb133111eb);
	return value ^ value >> 31;
}

static uint64_t
get_seed(void)
{
	uint64_t known = atomic_load_explicit(&seed, memory_order_relaxed);
	const char *given;

	if (known != 0)
		return known;
	given = getenv("ASYNCDNS_SCHEDULE_SEED");
	if (given != NULL)
		known = strtoull(given, NULL, 10);
	known = known != 0 ? known : 1;
	atomic_store_explicit(&seed, known, memory_order_relaxed);
	return known;
}

/* splitmix64, of which each thread begins elsewhere. */
static uint64_t
draw(void)
{
	if (state == 0)
		state = mix(get_seed()) ^ mix(atomic_fetch_add(&threads, 1) + 1);
	state += UINT64_C(0x9e3779b97f4a7c15);
	return mix(state);
}

static void
spin(uint64_t times)
{
	volatile uint64_t i;

	for (i = 0; i < times; i++)
		;
}

static void
doze(uint64_t amount)
{
	struct timespec pause = { 0, (long)(amount % SLEEP_MAXIMUM) };

	if (amount / SLEEP_MAXIMUM % LONG_SLEEPS == 0)
		pause.tv_nsec *= 10;
	nanosleep(&pause, NULL);
}

void
schedule_point(void)
{
	uint64_t drawn = draw(), amount = drawn >> 32;
	int error = errno, cancelled = uncancelled_begin();

	drawn %= CHANCES;
	if (drawn == 0)
		doze(amount);
	else if (drawn <= 8)
		spin(amount % SPINS_MAXIMUM);
	else if (drawn <= 16)
		sched_yield();
	errno = error;
	uncancelled_end(cancelled);
}
