/* SPDX-License-Identifier: MIT */
#include "passengers.h"

#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "closed_port.h"

#define HEADER 12
#define A 1
#define AAAA 28

/* The first have landed with that, at their first try. */
static void
expect_all(int first, int end, DnsStatus status)
{
	int i;

	for (i = first; i < end; i++) {
		ck_assert_uint_eq(passengers[i].landings, 1);
		ck_assert_int_eq(passengers[i].status, status);
		ck_assert(!passengers[i].was_repeated);
	}
}

START_TEST(an_answer_is_its_octets)
{
	static const uint8_t question[] = "\2h0\4test\0\0\1\0\1";
	static const uint8_t address[] = { 192, 0, 2, 1 };
	const size_t length = sizeof question - 1;

	send_from_to(0, 1);
	tally_await(&landed, 1);
	expect_all(0, 1, DNS_STATUS_OK);
	ck_assert_uint_gt(passengers[0].length, HEADER + length + 4);
	ck_assert_mem_eq(passengers[0].data + HEADER, question, length);
	ck_assert_mem_eq(passengers[0].data + passengers[0].length - 4, address, 4);
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
	expect_all(0, 5, DNS_STATUS_OK);
	for (i = 0; i < 5; i++) {
		ck_assert_uint_ge(passengers[i].length, HEADER + 13);
		ck_assert_int_eq(passengers[i].data[3] & 0xf, (int)rcodes[i]);
		ck_assert_mem_eq(passengers[i].data + HEADER + 4, "test", 4);
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
	expect_all(2, 3, DNS_STATUS_OK);
	ck_assert_uint_eq(tally_get(&over), 1);
}
END_TEST

START_TEST(a_doubled_answer_lands_once)
{
	int i;

	dns_server_misbehave(server, "*.test", 0, ANSWER_DOUBLED);
	for (i = 0; i < 10; i++) {
		send_from_to(i, i + 1);
		tally_await(&landed, (unsigned int)i + 1);
	}
	expect_all(0, 10, DNS_STATUS_OK);
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
	expect_all(0, 1, DNS_STATUS_OK);
	expect_all(2, 3, DNS_STATUS_OK);
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
	expect_all(0, 100, DNS_STATUS_OK);
}
END_TEST

START_TEST(a_lost_question_is_sent_again)
{
	dns_server_drop_first(server, "h0.test", 0, 1);
	passengers_reopen(NULL, 20, 8);
	send_from_to(0, 1);
	tally_await(&landed, 1);
	ck_assert_int_eq(passengers[0].status, DNS_STATUS_OK);
	ck_assert(passengers[0].was_repeated);
	ck_assert_uint_ge(dns_server_count_questions(server, "h0.test", 0), 2);
}
END_TEST

START_TEST(nobody_answers)
{
	dns_server_misbehave(server, "h0.test", 0, ANSWER_DROPPED);
	passengers_reopen(NULL, 20, 2);
	send_from_to(0, 1);
	tally_await(&landed, 1);
	ck_assert_int_eq(passengers[0].status, DNS_STATUS_TRY_AGAIN);
	ck_assert(passengers[0].was_repeated);
	ck_assert_uint_eq(tally_get(&over_answered), 0);
	ck_assert_uint_eq(dns_server_count_questions(server, "h0.test", 0), 2);
}
END_TEST

START_TEST(what_is_truncated_comes_over_tcp)
{
	int i;

	for (i = 0; i < 100; i++)
		dns_server_add_address(server, "h0.test", "192.0.2.1", 300);
	send_from_to(0, 1);
	tally_await(&landed, 1);
	expect_all(0, 1, DNS_STATUS_OK);
	ck_assert_uint_gt(passengers[0].length, 100 * 16);
	ck_assert_uint_eq(dns_server_count_tcp_questions(server, "h0.test"), 1);
	ck_assert_uint_eq(tally_get(&over), 1);
}
END_TEST

static void
let_broken_pipes_kill(void *unused)
{
	sigset_t set;

	(void)unused;
	sigemptyset(&set);
	sigaddset(&set, SIGPIPE);
	ck_assert_int_eq(pthread_sigmask(SIG_UNBLOCK, &set, NULL), 0);
}

START_TEST(a_connection_that_is_reset_does_no_harm)
{
	run_on_loop(let_broken_pipes_kill);
	dns_server_misbehave(server, "reset.test", 0, ANSWER_TCP_RESET);
	passengers[0].name = passengers[1].name = passengers[2].name = "reset.test";
	send_from_to(0, 3);
	tally_await(&landed, 3);
	expect_all(0, 3, DNS_STATUS_TRY_AGAIN);
	ck_assert_uint_eq(tally_get(&over_answered), 0);
	ck_assert_uint_ge(dns_server_count_tcp_questions(server, "reset.test"), 1);
	send_from_to(3, 4);
	tally_await(&landed, 4);
	expect_all(3, 4, DNS_STATUS_OK);
}
END_TEST

/* The refusal of the first is said to whoever sends next. */
START_TEST(a_closed_port_refuses_all)
{
	char address[CLOSED_PORT_TEXT];
	int descriptor = closed_port_open(address);

	passengers_reopen(address, 0, 1);
	send_from_to(0, 1);
	send_from_to(1, 16);
	tally_await(&landed, 16);
	expect_all(0, 16, DNS_STATUS_TRY_AGAIN);
	send_from_to(16, 17);
	tally_await(&landed, 17);
	send_from_to(17, 32);
	tally_await(&landed, 32);
	expect_all(16, 32, DNS_STATUS_TRY_AGAIN);
	ck_assert_uint_eq(tally_get(&over_answered), 0);
	close(descriptor);
}
END_TEST

/* No datagram gets out to a broadcast address; c-ares says so from within its ares_send. */
START_TEST(what_fails_at_once_is_said_later)
{
	passengers_reopen("255.255.255.255", 0, 1);
	send_from_to(0, 4);
	tally_await(&landed, 4);
	expect_all(0, 4, DNS_STATUS_TRY_AGAIN);
	ck_assert_uint_eq(tally_get(&over_answered), 0);
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

/* The system draws them, and may by chance draw one again. */
START_TEST(a_source_port_is_new_after_silence)
{
	int i;

	for (i = 0; i < 5; i++) {
		send_from_to(i, i + 1);
		tally_await(&landed, (unsigned int)i + 1);
	}
	ck_assert_uint_ge(dns_server_count_source_ports(server), 4);
}
END_TEST

START_TEST(closed_with_flights)
{
	dns_server_hold(server, "*.test");
	send_from_to(0, 64);
	ck_assert(dns_server_wait_for_questions(server, NULL, 0, 64));
	abandon_flights_from_to(0, 64);
	run_on_loop(close_transport);
	ck_assert_uint_eq(tally_get(&over), 64);
	ck_assert_uint_eq(tally_get(&over_answered), 0);
	ck_assert_uint_eq(tally_get(&landed), 0);
}
END_TEST

START_TEST(closed_with_a_connection)
{
	dns_server_misbehave(server, "h0.test", 0, ANSWER_TRUNCATED);
	dns_server_hold(server, "h0.test");
	send_from_to(0, 1);
	ck_assert(dns_server_wait_for_questions(server, "h0.test", 0, 1));
	dns_server_release_some(server, "h0.test", 1);
	ck_assert(dns_server_wait_for_questions(server, "h0.test", 0, 2));
	ck_assert_uint_eq(dns_server_count_tcp_questions(server, "h0.test"), 1);
	abandon_flights_from_to(0, 1);
	run_on_loop(close_transport);
	ck_assert_uint_eq(tally_get(&over), 1);
	ck_assert_uint_eq(tally_get(&over_answered), 0);
}
END_TEST

static struct loop_task later;
static struct timer closing;
static struct tally closed = TALLY_INITIALIZER;

static void
close_now(struct timer *timer)
{
	(void)timer;
	close_transport(NULL);
	tally_add(&closed);
}

static void
set_closing(struct loop_task *task)
{
	(void)task;
	timer_init(&closing, close_now);
	loop_timer_set(loop, &closing, 0);
}

static void
let_answers_come(void *unused)
{
	(void)unused;
	abandon_flight(&passengers[0]);
	dns_server_release(server, "h0.test");
	loop_task_init(&later, set_closing);
	loop_defer(loop, &later);
}

/* Timers stand between what comes from the sockets and what is deferred: the answer has
 * been read, and not handed out. */
START_TEST(closed_with_what_has_landed)
{
	dns_server_hold(server, "h0.test");
	send_from_to(0, 1);
	ck_assert(dns_server_wait_for_questions(server, "h0.test", 0, 1));
	run_on_loop(let_answers_come);
	tally_await(&closed, 1);
	ck_assert_uint_eq(tally_get(&over), 1);
	ck_assert_uint_eq(tally_get(&over_answered), 1);
	ck_assert_uint_eq(tally_get(&landed), 0);
}
END_TEST

static void
add_tests(TCase *tests)
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
	tcase_add_test(tests, a_lost_question_is_sent_again);
	tcase_add_test(tests, nobody_answers);
	tcase_add_test(tests, what_is_truncated_comes_over_tcp);
	tcase_add_test(tests, a_connection_that_is_reset_does_no_harm);
	tcase_add_test(tests, a_closed_port_refuses_all);
	tcase_add_test(tests, what_fails_at_once_is_said_later);
	tcase_add_test(tests, ids_in_flight_are_all_different);
	tcase_add_test(tests, a_source_port_is_new_after_silence);
	tcase_add_test(tests, closed_with_flights);
	tcase_add_test(tests, closed_with_a_connection);
	tcase_add_test(tests, closed_with_what_has_landed);
}

int
main(void)
{
	return unit_main("transport", add_tests);
}
