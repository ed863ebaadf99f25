/* SPDX-License-Identifier: MIT */
#include "unit.h"

#include <asyncdns/status.h>

#include <string.h>

#include "rooms.h"

#define STATUSES (DNS_STATUS_NO_IDN + 1)

/* Programs print these: none may be missing, doubled, or a sentence of its own. */
START_TEST(each_status_has_a_text_of_its_own)
{
	const char *text;
	int i, j;

	for (i = 0; i < STATUSES; i++) {
		text = DnsStatusGetText((DnsStatus)i);
		ck_assert_ptr_nonnull(text);
		ck_assert_str_ne(text, "");
		ck_assert_str_ne(text, DnsStatusGetText((DnsStatus)STATUSES));
		ck_assert_msg(text[strlen(text) - 1] != '.', "%s", text);
		for (j = 0; j < i; j++)
			ck_assert_str_ne(text, DnsStatusGetText((DnsStatus)j));
	}
}
END_TEST

START_TEST(any_other_value_has_a_text_too)
{
	const int values[] = { STATUSES, STATUSES + 1, 255, 65536, DNS_STATUS_FORCE_INT };
	size_t i;

	for (i = 0; i < sizeof values / sizeof *values; i++)
		ck_assert_str_eq(DnsStatusGetText((DnsStatus)values[i]),
				 "unknown status");
}
END_TEST

/* Programs are compiled with these numbers. */
START_TEST(numbers_stay_what_they_are)
{
	ck_assert_int_eq(DNS_STATUS_OK, 0);
	ck_assert_int_eq(DNS_STATUS_HOST_NOT_FOUND, 1);
	ck_assert_int_eq(DNS_STATUS_NO_RECOVERY, 4);
	ck_assert_int_eq(DNS_STATUS_TIMED_OUT, 5);
	ck_assert_int_eq(DNS_STATUS_NO_MEMORY, 9);
	ck_assert_int_eq(DNS_STATUS_INVALID_ARGUMENT, 10);
	ck_assert_int_eq(DNS_STATUS_WOULD_DEADLOCK, 12);
	ck_assert_int_eq(DNS_STATUS_NO_SERVERS, 13);
	ck_assert_int_eq(DNS_STATUS_NO_IDN, 14);
}
END_TEST

void
status_tests(TCase *tests)
{
	tcase_add_test(tests, each_status_has_a_text_of_its_own);
	tcase_add_test(tests, any_other_value_has_a_text_too);
	tcase_add_test(tests, numbers_stay_what_they_are);
}
