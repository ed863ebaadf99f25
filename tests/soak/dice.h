/* SPDX-License-Identifier: MIT */
#ifndef TESTS_SOAK_DICE_H
#define TESTS_SOAK_DICE_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

/* Without it the soak ends. */
#define require(condition)                                                               \
	do {                                                                             \
		if (!(condition)) {                                                      \
			printf("not ok - %s:%d: %s\n", __FILE__, __LINE__, #condition);  \
			fflush(stdout);                                                  \
			abort();                                                         \
		}                                                                        \
	} while (0)

static inline unsigned int
roll(uint64_t *dice, unsigned int sides)
{
	*dice = *dice * 6364136223846793005u + 1442695040888963407u;
	return (unsigned int)((*dice >> 33) % sides);
}

/* Milliseconds. */
static inline int64_t
now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (int64_t)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

static inline void
pause_for(long milliseconds)
{
	const struct timespec time = { .tv_sec = milliseconds / 1000,
				       .tv_nsec = milliseconds % 1000 * 1000000 };

	nanosleep(&time, NULL);
}

#endif
