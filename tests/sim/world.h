/* SPDX-License-Identifier: MIT */
/* world: a world of one thread in which all that happens follows from a seed: what is due
 * to chance, what the time is, what comes next. Time passes only while nothing can be done.
 * clock_gettime and getrandom are its own, for the library and for c-ares. */
#ifndef TESTS_SIM_WORLD_H
#define TESTS_SIM_WORLD_H

#include <stdbool.h>
#include <stdint.h>

#include "timer_heap.h"

#define MILLION	    1000000
#define MILLISECOND 1000
#define SECOND	    1000000

void world_open(uint64_t seed);
/* Nothing may be about to happen any more. */
void world_close(void);

/* A number below the bound. */
uint32_t world_roll(uint32_t bound);
/* True in so many of a million cases. */
bool world_chance(uint32_t of_a_million);

/* Microseconds. */
int64_t world_now(void);

/* What will happen, outside of all loops. */
void world_schedule(struct timer *happening, int64_t microseconds);
void world_clear(struct timer *happening);

/* One loop that can do something does it; if none can, the next thing happens. False:
 * nothing will ever happen. */
bool world_go_on(void);

/* What the loops have done so far, as a number: the same seed, the same number. */
void world_note(uint64_t what);
uint64_t world_digest(void);

#endif
