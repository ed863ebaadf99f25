/* SPDX-License-Identifier: MIT */
#include "unit.h"

#include "clock.h"
#include "rooms.h"

#define MILLISECOND INT64_C(1000000) /* in nanoseconds */

static int64_t
nanoseconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_SOURCE, &now);
	return (int64_t)now.tv_sec * 1000 * MILLISECOND + now.tv_nsec;
}

/* Whatever the machine does between the looks at the clock, these stand. */
START_TEST(now_is_the_millisecond_under_way)
{
	int64_t before, now, after;
	int i;

	for (i = 0; i < 1000; i++) {
		before = nanoseconds();
		now = clock_now();
		after = nanoseconds();
		ck_assert_int_gt((now + 1) * MILLISECOND, before);
		ck_assert_int_le(now * MILLISECOND, after);
	}
}
END_TEST

START_TEST(a_deadline_is_the_first_full_millisecond_not_earlier)
{
	const int delays[] = { 0, 1, 50, 1000, 0x7fffffff };
	int64_t before, due, after, delay;
	size_t i;

	for (i = 0; i < 1000; i++) {
		delay = delays[i % (sizeof delays / sizeof *delays)];
		before = nanoseconds();
		due = clock_after((int)delay);
		after = nanoseconds();
		ck_assert_int_ge(due * MILLISECOND, before + delay * MILLISECOND);
		ck_assert_int_lt(due * MILLISECOND, after + (delay + 1) * MILLISECOND);
	}
}
END_TEST

START_TEST(a_timespec_says_the_same)
{
	struct timespec at;

	at = clock_timespec(0);
	ck_assert_int_eq(at.tv_sec, 0);
	ck_assert_int_eq(at.tv_nsec, 0);
	at = clock_timespec(INT64_C(123456789));
	ck_assert_int_eq(at.tv_sec, 123456);
	ck_assert_int_eq(at.tv_nsec, 789 * MILLISECOND);
	at = clock_timespec(999);
	ck_assert_int_eq(at.tv_sec, 0);
	ck_assert_int_eq(at.tv_nsec, 999 * MILLISECOND);
}
END_TEST

void
clock_tests(TCase *tests)
{
	tcase_add_test(tests, now_is_the_millisecond_under_way);
	tcase_add_test(tests, a_deadline_is_the_first_full_millisecond_not_earlier);
	tcase_add_test(tests, a_timespec_says_the_same);
}
