/* SPDX-License-Identifier: MIT */
#include "unit.h"

#include "counters.h"
#include "rooms.h"

#define THREADS 16
#define TIMES	20000

static struct counters *counters;

static void
count(unsigned int number)
{
	int i;

	for (i = 0; i < TIMES; i++) {
		counters_add(counters, 0, 1);
		counters_add(counters, COUNTERS_MAXIMUM - 1, (int)number);
		counters_add(counters, 3, -1);
	}
}

START_TEST(what_threads_count_is_added_up)
{
	unsigned int i;

	counters = counters_create();
	ck_assert_ptr_nonnull(counters);
	for (i = 0; i < COUNTERS_MAXIMUM; i++)
		ck_assert_uint_eq(counters_read(counters, i), 0);
	counters_add(counters, 3, THREADS * TIMES + 5);
	unit_run_threads(THREADS, count);
	ck_assert_uint_eq(counters_read(counters, 0), THREADS * TIMES);
	ck_assert_uint_eq(counters_read(counters, 3), 5);
	ck_assert_uint_eq(counters_read(counters, COUNTERS_MAXIMUM - 1),
			  THREADS * (THREADS - 1) / 2 * TIMES);
	ck_assert_uint_eq(counters_read(counters, 1), 0);
	counters_free(counters);
	counters_free(NULL);
}
END_TEST

void
counters_tests(TCase *tests)
{
	tcase_add_test(tests, what_threads_count_is_added_up);
}
