/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "clock.h"

#define NANOSECONDS 1000000 /* in a millisecond */

int64_t
clock_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_SOURCE, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / NANOSECONDS;
}

int64_t
clock_after(int milliseconds)
{
	struct timespec now;

	clock_gettime(CLOCK_SOURCE, &now);
	return (int64_t)now.tv_sec * 1000 + milliseconds +
	       (now.tv_nsec + NANOSECONDS - 1) / NANOSECONDS;
}

struct timespec
clock_timespec(int64_t due)
{
	struct timespec at;

	at.tv_sec = (time_t)(due / 1000);
	at.tv_nsec = (long)(due % 1000) * NANOSECONDS;
	return at;
}

int64_t
clock_microseconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_SOURCE, &now);
	return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}
