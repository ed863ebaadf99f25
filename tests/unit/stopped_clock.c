/* SPDX-License-Identifier: MIT */
#include "stopped_clock.h"

#include <stdatomic.h>

#include "clock.h"

static _Atomic int64_t milliseconds = 1000000;

void
stopped_clock_advance(int64_t passed)
{
	atomic_fetch_add(&milliseconds, passed);
}

int64_t
clock_now(void)
{
	return atomic_load(&milliseconds);
}

int64_t
clock_microseconds(void)
{
	return clock_now() * 1000;
}

int64_t
clock_after(int after)
{
	return clock_now() + after;
}

struct timespec
clock_timespec(int64_t due)
{
	struct timespec at = { (time_t)(due / 1000), (long)(due % 1000) * 1000000 };

	return at;
}
