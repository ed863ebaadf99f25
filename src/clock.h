/* SPDX-License-Identifier: MIT */
/* clock: the monotonic time in milliseconds. The only room that asks the system for the
 * time, so that a test or a simulation can own it by replacing this one file. */
#ifndef ASYNCDNS_CLOCK_H
#define ASYNCDNS_CLOCK_H

#include <stdint.h>
#include <time.h>

/* The clock that a wait must be told to use with clock_timespec. */
#define CLOCK_SOURCE CLOCK_MONOTONIC

int64_t clock_now(void);

/* The same in microseconds, to say how long something took. */
int64_t clock_microseconds(void);

/* The first full millisecond that is not earlier than so many from now: a deadline never
 * passes early. */
int64_t clock_after(int milliseconds);

/* What clock_now, and clock_after, said when clock_microseconds said that. */
static inline int64_t
clock_of_moment(int64_t microseconds)
{
	return microseconds / 1000;
}

static inline int64_t
clock_after_moment(int64_t microseconds, int milliseconds)
{
	return (microseconds + 999) / 1000 + milliseconds;
}

struct timespec clock_timespec(int64_t due);

#endif
