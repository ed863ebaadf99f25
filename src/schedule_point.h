/* SPDX-License-Identifier: MIT */
/* schedule_point: marks where the order of threads matters. Configured with
 * --enable-schedule-fuzzing, a thread that comes by goes on at once, gives way, spins or
 * sleeps, as a seed would have it, so that orders that are rare otherwise are tried too.
 * Else it is nothing.
 *
 * The seed is in the environment variable ASYNCDNS_SCHEDULE_SEED, a decimal number, which
 * is looked at once; without it the seed is 1. Threads are numbered as they first come by,
 * and each has a sequence of its own. */
#ifndef ASYNCDNS_SCHEDULE_POINT_H
#define ASYNCDNS_SCHEDULE_POINT_H

#ifdef SCHEDULE_FUZZING

void schedule_point(void);
#define SCHEDULE_POINT() schedule_point()

#else

#define SCHEDULE_POINT() ((void)0)

#endif

#endif
