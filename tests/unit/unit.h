/* SPDX-License-Identifier: MIT */
/* What the tests of the rooms share. */
#ifndef TESTS_UNIT_UNIT_H
#define TESTS_UNIT_UNIT_H

#include <check.h>
#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct unit_room {
	const char *name;
	void (*add_tests)(TCase *tests);
};

/* Runs the tests of rooms, a suite for each; the exit status of their program. */
int unit_main(const struct unit_room *rooms, size_t count);

/* For inner loops and for threads that race: ck_assert writes to a file and takes a lock,
 * each time. */
static inline void
expect(bool holds, const char *what)
{
	if (!holds)
		ck_abort_msg("%s", what);
}

/* The same numbers for the same seed, on every system. */
struct dice {
	uint64_t state;
};

/* From UNIT_SEED in the environment, or else from the clock; printed, for the next time.
 */
void dice_init(struct dice *dice);
/* A number below the bound. */
unsigned int dice_roll(struct dice *dice, unsigned int bound);

/* A count that threads raise and others wait for. */
struct tally {
	pthread_mutex_t lock;
	pthread_cond_t raised;
	unsigned int count;
};

#define TALLY_INITIALIZER { PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, 0 }

void tally_add(struct tally *tally);
unsigned int tally_get(struct tally *tally);
/* Waits without a limit; Check's own ends a test that hangs. */
void tally_await(struct tally *tally, unsigned int count);

/* Runs a function in that many threads, gives each its number, and waits for them. */
void unit_run_threads(unsigned int count, void (*run)(unsigned int number));

#endif
