/* SPDX-License-Identifier: MIT */
#include "answer.h"
#include "passengers.h"
#include "rooms.h"

#define HEADER 12
#define A 1
#define AAAA 28

START_TEST(an_answer_is_its_octets)
{
	static const uint8_t question[] = "\2h0\4test\0\0\1\0\1";
	static const uint8_t address[] = { 192, 0, 2, 1 };
	const size_t length = sizeof question - 1;

	send_from_to(0, 1);
	tally_await(&landed, 1);
	expect_landed(0, 1, DNS_STATUS_OK);
	ck_assert_uint_gt(passengers[0].answer->length, HEADER + length + 4);
	ck_assert_mem_eq(passengers[0].answer->octets + HEADER, question, length);
	ck_assert_mem_eq(passengers[0].answer->octets + passengers[0].answer->length - 4, address, 4);
	ck_assert_uint_eq(tally_get(&over_answered), 1);
	ck_assert_uint_eq(dns_server_count_questions(server, "h0.test", A), 1);
}
END_TEST

START_TEST(the_type_is_the_senders)
{
	passengers[0].type = AAAA;
	send_from_to(0, 1);
	tally_await(&landed, 1);
	ck_assert_uint_eq(dns_server_count_questions(server, "h0.test", AAAA), 1);
	ck_assert_uint_eq(dns_server_count_questions(server, NULL, 0), 1);
}
END_TEST

START_TEST(whatever_the_rcode)
{
	static const enum dns_rcode rcodes[] = { RCODE_FORMERR, RCODE_SERVFAIL,
						 RCODE_NXDOMAIN, RCODE_NOTIMP,
						 RCODE_REFUSED };
	static const char *const names[] = { "h0.test", "h1.test", "h2.test", "h3.test",
					     "h4.test" };
	int i;

	for (i = 0; i < 5; i++)
		dns_server_set_rcode(server, names[i], 0, rcodes[i]);
	send_from_to(0, 5);
	tally_await(&landed, 5);
	expect_landed(0, 5, DNS_STATUS_OK);
	for (i = 0; i < 5; i++) {
		ck_assert_uint_ge(passengers[i].answer->length, HEADER + 13);
		ck_assert_int_eq(passengers[i].answer->octets[3] & 0xf, (int)rcodes[i]);
		ck_assert_mem_eq(passengers[i].answer->octets + HEADER + 4, "test", 4);
	}
	ck_assert_uint_eq(tally_get(&over_answered), 5);
	ck_assert_uint_eq(dns_server_count_questions(server, NULL, 0), 5);
}
END_TEST

START_TEST(a_name_that_cannot_be_asked_for_is_no_flight)
{
	passengers[0].name = "a..test";
	passengers[1].name =
		"a234567890123456789012345678901234567890123456789012345678901234"
		".test";
	send_from_to(0, 3);
	tally_await(&landed, 1);
	ck_assert_int_eq(passengers[0].status, DNS_STATUS_HOST_NOT_FOUND);
	ck_assert_int_eq(passengers[1].status, DNS_STATUS_HOST_NOT_FOUND);
	expect_landed(2, 3, DNS_STATUS_OK);
	ck_assert_uint_eq(tally_get(&over), 1);
}
END_TEST

/* Fault W30. */
START_TEST(a_doubled_answer_lands_once)
{
	int i;

	dns_server_misbehave(server, "*.test", 0, ANSWER_DOUBLED);
	for (i = 0; i < 10; i++) {
		send_from_to(i, i + 1);
		tally_await(&landed, (unsigned int)i + 1);
	}
	expect_landed(0, 10, DNS_STATUS_OK);
	ck_assert_uint_eq(tally_get(&over), 10);
}
END_TEST

START_TEST(an_abandoned_flight_does_not_land)
{
	dns_server_hold(server, "*.test");
	send_from_to(0, 3);
	ck_assert(dns_server_wait_for_questions(server, NULL, 0, 3));
	abandon_flights_from_to(1, 2);
	ck_assert_uint_eq(tally_get(&over), 0);
	dns_server_release(server, "*.test");
	tally_await(&landed, 2);
	tally_await(&over, 3);
	expect_landed(0, 1, DNS_STATUS_OK);
	expect_landed(2, 3, DNS_STATUS_OK);
	ck_assert_uint_eq(passengers[1].landings, 0);
	ck_assert_uint_eq(tally_get(&over_answered), 3);
}
END_TEST

static void
send_and_abandon(void *unused)
{
	(void)unused;
	send_off(&passengers[0]);
	abandon_flight(&passengers[0]);
}

START_TEST(abandoned_as_soon_as_sent)
{
	run_on_loop(send_and_abandon);
	tally_await(&over, 1);
	ck_assert_uint_eq(tally_get(&over_answered), 1);
	ck_assert_uint_eq(passengers[0].landings, 0);
}
END_TEST

static void
abandon_the_others(struct passenger *passenger)
{
	int i;

	for (i = 0; i < 64; i++)
		if (&passengers[i] != passenger)
			abandon_flight(&passengers[i]);
}

/* Their answers may be there already, to be handed out next. */
START_TEST(who_lands_may_abandon_all_others)
{
	int i;

	dns_server_hold(server, "*.test");
	for (i = 0; i < 64; i++)
		passengers[i].then = abandon_the_others;
	send_from_to(0, 64);
	ck_assert(dns_server_wait_for_questions(server, NULL, 0, 64));
	dns_server_release(server, "*.test");
	tally_await(&over, 64);
	tally_await(&landed, 1);
	ck_assert_uint_eq(tally_get(&landed), 1);
}
END_TEST

static void
send_next(struct passenger *passenger)
{
	if (passenger == &passengers[99])
		return;
	passenger[1].then = send_next;
	send_off(passenger + 1);
}

START_TEST(who_lands_may_send_the_next)
{
	passengers[0].then = send_next;
	send_from_to(0, 1);
	tally_await(&landed, 100);
	expect_landed(0, 100, DNS_STATUS_OK);
}
END_TEST

/* Few at a time, lest the server lose some. */
START_TEST(ids_in_flight_are_all_different)
{
	int i;

	dns_server_hold(server, "*.test");
	for (i = 0; i < PASSENGERS; i += 50) {
		send_from_to(i, i + 50);
		ck_assert(dns_server_wait_for_questions(server, NULL, 0,
							(unsigned int)i + 50));
	}
	ck_assert_uint_eq(dns_server_count_ids(server), PASSENGERS);
	abandon_flights_from_to(0, PASSENGERS);
}
END_TEST

void
transport_tests(TCase *tests)
{
	tcase_add_checked_fixture(tests, passengers_set_up, passengers_tear_down);
	tcase_add_test(tests, an_answer_is_its_octets);
	tcase_add_test(tests, the_type_is_the_senders);
	tcase_add_test(tests, whatever_the_rcode);
	tcase_add_test(tests, a_name_that_cannot_be_asked_for_is_no_flight);
	tcase_add_test(tests, a_doubled_answer_lands_once);
	tcase_add_test(tests, an_abandoned_flight_does_not_land);
	tcase_add_test(tests, abandoned_as_soon_as_sent);
	tcase_add_test(tests, who_lands_may_abandon_all_others);
	tcase_add_test(tests, who_lands_may_send_the_next);
	tcase_add_test(tests, ids_in_flight_are_all_different);
}
