/* SPDX-License-Identifier: MIT */
#include "unit.h"

#include <inttypes.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "splitmix.h"

/* Enough under valgrind on a slow machine; what hangs is ended by it. */
#define TIMEOUT 120

#define THREADS_MAXIMUM 16

static Suite *
make_suite(const struct unit_room *room)
{
	Suite *suite = suite_create(room->name);
	TCase *tests = tcase_create(room->name);

	tcase_set_timeout(tests, TIMEOUT);
	room->add_tests(tests);
	suite_add_tcase(suite, tests);
	return suite;
}

int
unit_main(const struct unit_room *rooms, size_t count)
{
	SRunner *runner = srunner_create(NULL);
	size_t i;

#ifdef __GLIBC__
	mallopt(M_PERTURB, 0xa5); /* new memory is not zero by luck */
#endif
	for (i = 0; i < count; i++)
		srunner_add_suite(runner, make_suite(&rooms[i]));
	srunner_set_tap(runner, "-");
	srunner_run_all(runner, CK_SILENT);
	srunner_free(runner);
	return 0;
}

void
dice_init(struct dice *dice)
{
	const char *seed = getenv("UNIT_SEED");
	struct timespec now;

	if (seed != NULL) {
		dice->state = strtoull(seed, NULL, 10);
	} else {
		clock_gettime(CLOCK_REALTIME, &now);
		dice->state = (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
	}
	printf("# UNIT_SEED=%" PRIu64 "\n", dice->state);
	fflush(stdout);
}

unsigned int
dice_roll(struct dice *dice, unsigned int bound)
{
	return (unsigned int)(splitmix_draw(&dice->state) % bound);
}

void
tally_add(struct tally *tally)
{
	pthread_mutex_lock(&tally->lock);
	tally->count++;
	pthread_cond_broadcast(&tally->raised);
	pthread_mutex_unlock(&tally->lock);
}

unsigned int
tally_get(struct tally *tally)
{
	unsigned int count;

	pthread_mutex_lock(&tally->lock);
	count = tally->count;
	pthread_mutex_unlock(&tally->lock);
	return count;
}

void
tally_await(struct tally *tally, unsigned int count)
{
	pthread_mutex_lock(&tally->lock);
	while (tally->count < count)
		pthread_cond_wait(&tally->raised, &tally->lock);
	pthread_mutex_unlock(&tally->lock);
}

struct numbered_thread {
	pthread_t thread;
	unsigned int number;
	void (*run)(unsigned int number);
};

static void *
run_numbered(void *arg)
{
	struct numbered_thread *numbered = arg;

	numbered->run(numbered->number);
	return NULL;
}

void
unit_run_threads(unsigned int count, void (*run)(unsigned int number))
{
	struct numbered_thread threads[THREADS_MAXIMUM];
	unsigned int i;

	ck_assert_uint_le(count, THREADS_MAXIMUM);
	for (i = 0; i < count; i++) {
		threads[i].number = i;
		threads[i].run = run;
		ck_assert_int_eq(pthread_create(&threads[i].thread, NULL, run_numbered,
						&threads[i]),
				 0);
	}
	for (i = 0; i < count; i++)
		pthread_join(threads[i].thread, NULL);
}
