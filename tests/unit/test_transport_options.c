/* SPDX-License-Identifier: MIT */
/* TCP only, and EDNS. */
#include <stdio.h>

#include "answer.h"
#include "passengers.h"
#include "rooms.h"

START_TEST(tcp_only)
{
	passengers_options()->use_tcp = true;
	passengers_reopen(NULL, 0, 1);
	send_from_to(0, 20);
	tally_await(&landed, 20);
	expect_landed(0, 20, DNS_STATUS_OK);
	ck_assert_uint_eq(dns_server_count_tcp_questions(server, NULL), 20);
	ck_assert_uint_eq(dns_server_count_questions(server, NULL, 0), 20);
}
END_TEST

static void
use_edns(void)
{
	passengers_options()->edns = true;
	passengers_reopen(NULL, 0, 1);
}

/* Fifty addresses fit into 1232 octets, and not into 512. */
START_TEST(large_datagrams_with_edns)
{
	char address[32];
	int i;

	for (i = 0; i < 50; i++) {
		snprintf(address, sizeof address, "192.0.2.%d", i + 1);
		dns_server_add_address(server, "h0.test", address, 300);
	}
	use_edns();
	send_from_to(0, 1);
	tally_await(&landed, 1);
	expect_landed(0, 1, DNS_STATUS_OK);
	ck_assert_uint_gt(passengers[0].answer->length, 512);
	ck_assert_uint_eq(dns_server_count_tcp_questions(server, NULL), 0);
	passengers_options()->edns = false;
	passengers_reopen(NULL, 0, 1);
	send_from_to(0, 1);
	tally_await(&landed, 2);
	ck_assert_uint_eq(dns_server_count_tcp_questions(server, NULL), 1);
}
END_TEST

static void
expect_rcode(int i, enum dns_rcode rcode)
{
	ck_assert_int_eq(passengers[i].answer->octets[3] & 0xf, (int)rcode);
}

/* Twenty in flight are all asked again, once, and none fails; what is asked later goes
 * without at once. */
static void
check_refusal(enum dns_rcode rcode)
{
	int i;

	dns_server_set_rcode(server, "*.test", 0, rcode);
	use_edns();
	dns_server_hold(server, "*.test");
	send_from_to(0, 20);
	ck_assert(dns_server_wait_for_questions(server, NULL, 0, 20));
	dns_server_release(server, "*.test");
	tally_await(&landed, 20);
	expect_landed(0, 20, DNS_STATUS_OK);
	for (i = 0; i < 20; i++)
		expect_rcode(i, rcode);
	ck_assert_uint_eq(dns_server_count_questions(server, NULL, 0), 40);
	send_from_to(20, 30);
	tally_await(&landed, 30);
	expect_landed(20, 30, DNS_STATUS_OK);
	for (i = 20; i < 30; i++)
		expect_rcode(i, rcode);
	ck_assert_uint_eq(dns_server_count_questions(server, NULL, 0), 50);
}

/* Fault R04. */
START_TEST(formerr_to_edns)
{
	check_refusal(RCODE_FORMERR);
}
END_TEST

START_TEST(notimp_to_edns)
{
	check_refusal(RCODE_NOTIMP);
}
END_TEST

/* No other code is one. */
START_TEST(other_codes_do_not_end_edns)
{
	dns_server_set_rcode(server, "h0.test", 0, RCODE_REFUSED);
	dns_server_set_rcode(server, "h1.test", 0, RCODE_SERVFAIL);
	dns_server_set_rcode(server, "h2.test", 0, RCODE_NXDOMAIN);
	use_edns();
	send_from_to(0, 4);
	tally_await(&landed, 4);
	expect_landed(0, 4, DNS_STATUS_OK);
	expect_rcode(0, RCODE_REFUSED);
	expect_rcode(1, RCODE_SERVFAIL);
	expect_rcode(2, RCODE_NXDOMAIN);
	ck_assert_uint_eq(dns_server_count_questions(server, NULL, 0), 4);
}
END_TEST

/* Who has gone is not asked for again, and nothing is lost of what closes meanwhile. */
START_TEST(abandoned_and_closed_with_edns)
{
	dns_server_set_rcode(server, "*.test", 0, RCODE_FORMERR);
	use_edns();
	dns_server_hold(server, "*.test");
	send_from_to(0, 10);
	ck_assert(dns_server_wait_for_questions(server, NULL, 0, 10));
	abandon_flights_from_to(0, 10);
	dns_server_release(server, "*.test");
	tally_await(&over, 10);
	ck_assert_uint_eq(dns_server_count_questions(server, NULL, 0), 10);
}
END_TEST

void
transport_options_tests(TCase *tests)
{
	tcase_add_checked_fixture(tests, passengers_set_up, passengers_tear_down);
	tcase_add_test(tests, tcp_only);
	tcase_add_test(tests, large_datagrams_with_edns);
	tcase_add_test(tests, formerr_to_edns);
	tcase_add_test(tests, notimp_to_edns);
	tcase_add_test(tests, other_codes_do_not_end_edns);
	tcase_add_test(tests, abandoned_and_closed_with_edns);
}
