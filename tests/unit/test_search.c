/* SPDX-License-Identifier: MIT */
#include "unit.h"

#include <string.h>

#include "rooms.h"
#include "search.h"

static struct search_list *list;
static struct search search;

static void
set_up(void)
{
	static const char *const suffixes[] = { "a.test", "b.test" };

	list = search_list_create(suffixes, 2, 1);
	ck_assert_ptr_nonnull(list);
	memset(&search, 0xa5, sizeof search); /* nothing is zero by luck */
}

static void
tear_down(void)
{
	search_list_release(list);
}

static void
expect_next(DnsStatus status, const char *candidate)
{
	ck_assert(search_go_on(&search, status, true));
	ck_assert_str_eq(search.candidate, candidate);
}

START_TEST(it_goes_on_while_there_is_no_such_name)
{
	ck_assert(search_begin(&search, list, "x", false));
	ck_assert_str_eq(search.candidate, "x.a.test");
	expect_next(DNS_STATUS_HOST_NOT_FOUND, "x.b.test");
	expect_next(DNS_STATUS_HOST_NOT_FOUND, "x");
	ck_assert(!search_go_on(&search, DNS_STATUS_HOST_NOT_FOUND, true));
	ck_assert_int_eq(search_status(&search, DNS_STATUS_HOST_NOT_FOUND),
			 DNS_STATUS_HOST_NOT_FOUND);
	ck_assert_uint_eq(search.step, 2);
}
END_TEST

START_TEST(it_keeps_what_came_of_each)
{
	ck_assert(search_begin(&search, list, "x.y", false));
	ck_assert_str_eq(search.candidate, "x.y");
	expect_next(DNS_STATUS_HOST_NOT_FOUND, "x.y.a.test");
	ck_assert(!search_go_on(&search, DNS_STATUS_NO_DATA, true));
	ck_assert_uint_eq(search.step, 1);
	ck_assert_uint_eq(search.statuses[0], DNS_STATUS_HOST_NOT_FOUND);
	ck_assert_uint_eq(search.statuses[1], DNS_STATUS_NO_DATA);
}
END_TEST

START_TEST(other_statuses_end_it)
{
	static const DnsStatus ending[] = { DNS_STATUS_NO_DATA, DNS_STATUS_TIMED_OUT,
					    DNS_STATUS_NO_MEMORY };
	size_t i;

	for (i = 0; i < sizeof ending / sizeof *ending; i++) {
		ck_assert(search_begin(&search, list, "x", false));
		ck_assert(!search_go_on(&search, ending[i], true));
		ck_assert_int_eq(search_status(&search, ending[i]), ending[i]);
	}
}
END_TEST

/* The failure counts only if nothing is found after it; of two, the first. */
START_TEST(a_failure_of_one_label_is_passed_over)
{
	ck_assert(search_begin(&search, list, "x", false));
	expect_next(DNS_STATUS_TRY_AGAIN, "x.b.test");
	expect_next(DNS_STATUS_NO_RECOVERY, "x");
	ck_assert(!search_go_on(&search, DNS_STATUS_HOST_NOT_FOUND, true));
	ck_assert_int_eq(search_status(&search, DNS_STATUS_HOST_NOT_FOUND),
			 DNS_STATUS_TRY_AGAIN);
	ck_assert_int_eq(search_status(&search, DNS_STATUS_NO_DATA), DNS_STATUS_NO_DATA);
}
END_TEST

START_TEST(a_failure_after_a_missing_name_counts)
{
	ck_assert(search_begin(&search, list, "x", false));
	expect_next(DNS_STATUS_HOST_NOT_FOUND, "x.b.test");
	expect_next(DNS_STATUS_NO_RECOVERY, "x");
	ck_assert_int_eq(search_status(&search, DNS_STATUS_HOST_NOT_FOUND),
			 DNS_STATUS_NO_RECOVERY);
	/* What was before is forgotten. */
	ck_assert(search_begin(&search, list, "x", false));
	ck_assert_int_eq(search_status(&search, DNS_STATUS_HOST_NOT_FOUND),
			 DNS_STATUS_HOST_NOT_FOUND);
	ck_assert_uint_eq(search.statuses[0], DNS_STATUS_OK);
	ck_assert_uint_eq(search.statuses[1], DNS_STATUS_OK);
}
END_TEST

START_TEST(a_failure_of_more_labels_ends_it)
{
	ck_assert(search_begin(&search, list, "x.y", false));
	ck_assert(!search_go_on(&search, DNS_STATUS_TRY_AGAIN, true));
	ck_assert_int_eq(search_status(&search, DNS_STATUS_TRY_AGAIN),
			 DNS_STATUS_TRY_AGAIN);
}
END_TEST

START_TEST(without_time_it_is_over)
{
	ck_assert(search_begin(&search, list, "x", false));
	ck_assert(!search_go_on(&search, DNS_STATUS_HOST_NOT_FOUND, false));
	ck_assert_uint_eq(search.step, 0);
	ck_assert_str_eq(search.candidate, "x.a.test");
	ck_assert_uint_eq(search.statuses[0], DNS_STATUS_HOST_NOT_FOUND);
	/* The others may exist. */
	ck_assert_int_eq(search_status(&search, DNS_STATUS_HOST_NOT_FOUND),
			 DNS_STATUS_TIMED_OUT);
}
END_TEST

START_TEST(without_time_the_last_is_the_last)
{
	ck_assert(search_begin(&search, NULL, "x", false));
	ck_assert(!search_go_on(&search, DNS_STATUS_HOST_NOT_FOUND, false));
	ck_assert_int_eq(search_status(&search, DNS_STATUS_HOST_NOT_FOUND),
			 DNS_STATUS_HOST_NOT_FOUND);
}
END_TEST

START_TEST(absolute_names_and_no_list_are_one_step)
{
	ck_assert(search_begin(&search, _i == 0 ? list : NULL, "x", _i == 0));
	ck_assert_str_eq(search.candidate, "x");
	ck_assert(!search_go_on(&search, DNS_STATUS_HOST_NOT_FOUND, true));
	ck_assert_uint_eq(search.step, 0);
}
END_TEST

START_TEST(all_steps_have_room)
{
	static const char suffixes[] =
		"a b c d e f g h i j k l m n o p q r s t u v w x y z aa bb cc dd ee ff gg";
	struct search_list *full = search_list_parse(suffixes, strlen(suffixes), " ", 1);
	unsigned int steps = 1;

	ck_assert(search_begin(&search, full, "x", false));
	while (search_go_on(&search, DNS_STATUS_HOST_NOT_FOUND, true))
		steps++;
	ck_assert_uint_eq(steps, SEARCH_STEPS_MAXIMUM);
	ck_assert_str_eq(search.candidate, "x");
	search_list_release(full);
}
END_TEST

void
search_tests(TCase *tests)
{
	tcase_add_checked_fixture(tests, set_up, tear_down);
	tcase_add_test(tests, it_goes_on_while_there_is_no_such_name);
	tcase_add_test(tests, it_keeps_what_came_of_each);
	tcase_add_test(tests, other_statuses_end_it);
	tcase_add_test(tests, a_failure_of_one_label_is_passed_over);
	tcase_add_test(tests, a_failure_after_a_missing_name_counts);
	tcase_add_test(tests, a_failure_of_more_labels_ends_it);
	tcase_add_test(tests, without_time_it_is_over);
	tcase_add_test(tests, without_time_the_last_is_the_last);
	tcase_add_loop_test(tests, absolute_names_and_no_list_are_one_step, 0, 2);
	tcase_add_test(tests, all_steps_have_room);
}
