/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "resolve_pace.h"
#include "rooms.h"

#include "unit.h"

#define MILLISECOND (PACE_SECOND / 1000)
/* Some moment. */
#define START (INT64_C(123456789) * PACE_SECOND)

static struct pace pace;

/* How many lookups begin from one moment to another, if they begin as soon as they may, and
 * whoever begins them looks every so often. */
static unsigned int
begin_all(int64_t from, int64_t to, int64_t step, unsigned int queries)
{
	unsigned int begun = 0;

	for (; from < to; from += step) {
		for (; pace_allows(&pace, from) && begun < 2 * PACE_RATE_LIMIT; begun++)
			pace_spend(&pace, queries, from);
	}
	return begun;
}

START_TEST(without_a_rate_there_is_no_limit)
{
	pace_start(&pace, 0, START);
	pace_spend(&pace, UINT32_MAX, START);
	ck_assert(pace_allows(&pace, START));
	ck_assert_int_eq(pace_get_wait(&pace, START), 0);
}
END_TEST

START_TEST(a_rate_is_kept_to_a_hundredth)
{
	static const unsigned int rates[] = {1, 3, 50, 1000, 33333, 1000000};
	size_t i;

	for (i = 0; i < sizeof(rates) / sizeof(rates[0]); i++) {
		unsigned int begun;

		pace_start(&pace, rates[i], START);
		begun = begin_all(START, START + 2 * PACE_SECOND, MILLISECOND, 1);
		ck_assert_uint_ge(begun, 2 * rates[i] - rates[i] / 1000);
		ck_assert_uint_le(begun, 2 * rates[i] + rates[i] / 100 + 1);
	}
}
END_TEST

START_TEST(each_query_of_a_lookup_counts)
{
	pace_start(&pace, 1000, START);
	ck_assert_uint_le(begin_all(START, START + PACE_SECOND, MILLISECOND, 2), 506);
}
END_TEST

/* What was not used while there was nothing to do is not made up for. */
START_TEST(a_pause_saves_up_no_burst)
{
	pace_start(&pace, 1000, START);
	pace_spend(&pace, 1, START);
	ck_assert_uint_le(begin_all(START + 60 * PACE_SECOND,
				    START + 60 * PACE_SECOND + 1, 1, 1), 11);
}
END_TEST

START_TEST(the_wait_ends_when_the_next_may_begin)
{
	int wait;

	pace_start(&pace, 4, START);
	ck_assert_int_eq(pace_get_wait(&pace, START), 0);
	pace_spend(&pace, 1, START);
	wait = pace_get_wait(&pace, START);
	ck_assert_int_eq(wait, 240);
	ck_assert(!pace_allows(&pace, START + (wait - 1) * MILLISECOND));
	ck_assert(pace_allows(&pace, START + wait * MILLISECOND));
	pace_start(&pace, 1, START);
	pace_spend(&pace, UINT32_MAX, START);
	ck_assert_int_eq(pace_get_wait(&pace, START), INT32_MAX);
}
END_TEST

START_TEST(the_count_is_put_right)
{
	pace_start(&pace, 10, START);
	pace_spend(&pace, 1, START);
	pace_correct(&pace, 1, 4);
	ck_assert_int_eq(pace_get_wait(&pace, START), 390);
	pace_correct(&pace, 4, 0);
	ck_assert_int_eq(pace_get_wait(&pace, START), 0);
	/* It is no credit for later. */
	pace_correct(&pace, 1000, 0);
	ck_assert_uint_le(begin_all(START, START + PACE_SECOND, MILLISECOND, 1), 11);
}
END_TEST

void
pace_tests(TCase *tests)
{
	tcase_add_test(tests, without_a_rate_there_is_no_limit);
	tcase_add_test(tests, a_rate_is_kept_to_a_hundredth);
	tcase_add_test(tests, each_query_of_a_lookup_counts);
	tcase_add_test(tests, a_pause_saves_up_no_burst);
	tcase_add_test(tests, the_wait_ends_when_the_next_may_begin);
	tcase_add_test(tests, the_count_is_put_right);
}
