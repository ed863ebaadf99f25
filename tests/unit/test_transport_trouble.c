/* SPDX-License-Identifier: MIT */
/* What goes wrong on the way, and what is under way when it is closed. */
#include "answer.h"
#include "passengers.h"

#include <ares.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "closed_port.h"
#include "host_entry_impl.h"
#include "rooms.h"

#define HEADER 12

START_TEST(a_lost_question_is_sent_again)
{
	dns_server_drop_first(server, "h0.test", 0, 1);
	passengers_reopen(NULL, 20, 8);
	send_from_to(0, 1);
	tally_await(&landed, 1);
	ck_assert_int_eq(passengers[0].status, DNS_STATUS_OK);
	ck_assert(passengers[0].repeats > 0);
	ck_assert_uint_ge(dns_server_count_questions(server, "h0.test", 0), 2);
}
END_TEST

/* c-ares' memory, of which the next piece may not be to be had. */
static bool is_short;

static void *
get_memory(size_t size)
{
	bool was_short = is_short;

	is_short = false;
	return was_short ? NULL : malloc(size);
}

static void
run_short(const DnsPacket *packet, void *unused)
{
	(void)unused;
	is_short = packet->fate == DNS_PACKET_ACCEPTED;
}

/* What c-ares has been told of, and could not look at. */
START_TEST(an_answer_is_not_forgotten_for_want_of_memory)
{
	ck_assert_int_eq(ares_library_init_mem(ARES_LIB_INIT_ALL, get_memory, free, realloc),
			 ARES_SUCCESS);
	passengers_options()->packets.callback = run_short;
	passengers_reopen(NULL, 0, 1);
	send_from_to(0, 1);
	tally_await(&landed, 1);
	ck_assert(!is_short);
	expect_landed(0, 1, DNS_STATUS_OK);
	ck_assert_uint_eq(dns_server_count_questions(server, "h0.test", 0), 1);
}
END_TEST

START_TEST(nobody_answers)
{
	dns_server_misbehave(server, "h0.test", 0, ANSWER_DROPPED);
	passengers_reopen(NULL, 20, 2);
	send_from_to(0, 1);
	tally_await(&landed, 1);
	ck_assert_int_eq(passengers[0].status, DNS_STATUS_TIMED_OUT);
	ck_assert_uint_eq(passengers[0].repeats, 1);
	ck_assert_uint_eq(tally_get(&over_answered), 0);
	ck_assert_uint_eq(dns_server_count_questions(server, "h0.test", 0), 2);
}
END_TEST

/* Fault T01. */
START_TEST(what_is_truncated_comes_over_tcp)
{
	int i;

	for (i = 0; i < 100; i++)
		dns_server_add_address(server, "h0.test", "192.0.2.1", 300);
	send_from_to(0, 1);
	tally_await(&landed, 1);
	expect_landed(0, 1, DNS_STATUS_OK);
	ck_assert_uint_gt(passengers[0].answer->length, 100 * 16);
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
	expect_landed(0, 3, DNS_STATUS_TRY_AGAIN);
	ck_assert_uint_eq(tally_get(&over_answered), 0);
	ck_assert_uint_ge(dns_server_count_tcp_questions(server, "reset.test"), 1);
	send_from_to(3, 4);
	tally_await(&landed, 4);
	expect_landed(3, 4, DNS_STATUS_OK);
}
END_TEST

/* A server by hand, for what the scripted one does not do: it ends a connection, and then
 * resets it. */
static int datagrams, listener, connection;
static uint8_t asked[512];
static ssize_t asked_length;
static struct sockaddr_storage asker;
static socklen_t asker_length;

static void
open_by_hand(char address[CLOSED_PORT_TEXT])
{
	union host_address own;
	socklen_t length = sizeof own.ipv4;
	const struct in_addr ipv4 = { htonl(INADDR_LOOPBACK) };
	int error;

	do {
		host_address_set_ipv4(&own, &ipv4);
		listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
		datagrams = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
		ck_assert_int_eq(bind(listener, &own.any, length), 0);
		ck_assert_int_eq(getsockname(listener, &own.any, &length), 0);
		error = bind(datagrams, &own.any, length);
		if (error != 0) {
			close(listener);
			close(datagrams);
		}
	} while (error != 0);
	ck_assert_int_eq(listen(listener, 1), 0);
	snprintf(address, CLOSED_PORT_TEXT, "127.0.0.1:%u",
		 (unsigned int)ntohs(own.ipv4.sin_port));
}

static void
take_question(void)
{
	asker_length = sizeof asker;
	asked_length = recvfrom(datagrams, asked, sizeof asked, 0, (void *)&asker,
				&asker_length);
	ck_assert_int_gt(asked_length, HEADER);
}

/* The question, as a response that is truncated. */
static void
answer_truncated(void)
{
	asked[2] |= 0x82;
	ck_assert_int_eq(sendto(datagrams, asked, (size_t)asked_length, 0, (void *)&asker,
				asker_length),
			 asked_length);
}

static void
break_connection(struct letter *letter, void *reader)
{
	const struct linger at_once = { .l_onoff = 1 };

	(void)letter;
	(void)reader;
	ck_assert_int_eq(shutdown(connection, SHUT_WR), 0);
	ck_assert_int_eq(setsockopt(connection, SOL_SOCKET, SO_LINGER, &at_once,
				    sizeof at_once),
			 0);
	close(connection);
}

static struct loop_task later;
static struct letter breaking = { .deliver = break_connection };

static void
post_breaking(struct loop_task *task)
{
	(void)task;
	ck_assert(loop_post(loop, &breaking));
}

static void
answer_and_break(void *unused)
{
	(void)unused;
	answer_truncated();
	loop_task_init(&later, post_breaking);
	loop_defer(loop, &later);
}

/* The second question is to be written to the connection of the first. A turn begins
 * with letters: the connection breaks when that has been decided, and not been done.
 * Fault T05. */
START_TEST(a_broken_pipe_does_not_kill)
{
	char address[CLOSED_PORT_TEXT];
	uint8_t octet;

	open_by_hand(address);
	run_on_loop(let_broken_pipes_kill);
	passengers_reopen(address, 0, 1);
	send_from_to(0, 1);
	take_question();
	answer_truncated();
	connection = accept(listener, NULL, NULL);
	ck_assert_int_ge(connection, 0);
	ck_assert_int_eq(recv(connection, &octet, 1, MSG_PEEK), 1);
	send_from_to(1, 2);
	take_question();
	run_on_loop(answer_and_break);
	close(listener);
	tally_await(&landed, 2);
	expect_landed(0, 2, DNS_STATUS_TRY_AGAIN);
	close(datagrams);
}
END_TEST

/* The refusal of the first is said to whoever sends next, who must not be the only one
 * to fail: of two sent in one turn, of many, and when one has been refused before.
 * Fault R09. */
START_TEST(a_closed_port_refuses_all)
{
	char address[CLOSED_PORT_TEXT];
	int descriptor = closed_port_open(address);

	passengers_reopen(address, 0, 1);
	send_from_to(0, 2);
	tally_await(&landed, 2);
	send_from_to(2, 3);
	tally_await(&landed, 3);
	send_from_to(3, 4);
	send_from_to(4, 20);
	send_from_to(20, 21);
	tally_await(&landed, 21);
	expect_landed(0, 21, DNS_STATUS_TRY_AGAIN);
	ck_assert_uint_eq(tally_get(&over_answered), 0);
	close(descriptor);
}
END_TEST

/* No datagram gets out to a broadcast address; c-ares says so from within ares_send.
 * Fault O04. */
START_TEST(what_fails_at_once_is_said_later)
{
	passengers_reopen("255.255.255.255", 0, 1);
	send_from_to(0, 4);
	tally_await(&landed, 4);
	expect_landed(0, 4, DNS_STATUS_TRY_AGAIN);
	ck_assert_uint_eq(tally_get(&over_answered), 0);
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

static struct tally closed = TALLY_INITIALIZER;

static void
close_now(struct letter *letter, void *reader)
{
	(void)letter;
	(void)reader;
	close_transport(NULL);
	tally_add(&closed);
}

static struct letter closing = { .deliver = close_now };

static int turns;

static void
post_closing(struct loop_task *task)
{
	if (++turns < LOOP_TURNS_TO_LOOK) {
		loop_defer(loop, task);
		return;
	}
	ck_assert(loop_post(loop, &closing));
}

static void
let_answers_come(void *unused)
{
	(void)unused;
	abandon_flight(&passengers[0]);
	dns_server_release(server, "h0.test");
	turns = 0;
	loop_task_init(&later, post_closing);
	loop_defer(loop, &later);
}

/* Letters stand between what comes from the sockets, which are looked at by then, and what is
 * deferred: the answer has been read, and not handed out. */
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

void
transport_trouble_tests(TCase *tests)
{
	tcase_add_checked_fixture(tests, passengers_set_up, passengers_tear_down);
	tcase_add_test(tests, a_lost_question_is_sent_again);
	tcase_add_test(tests, an_answer_is_not_forgotten_for_want_of_memory);
	tcase_add_test(tests, nobody_answers);
	tcase_add_test(tests, what_is_truncated_comes_over_tcp);
	tcase_add_test(tests, a_connection_that_is_reset_does_no_harm);
	tcase_add_test(tests, a_broken_pipe_does_not_kill);
	tcase_add_test(tests, a_closed_port_refuses_all);
	tcase_add_test(tests, what_fails_at_once_is_said_later);
	tcase_add_test(tests, closed_with_flights);
	tcase_add_test(tests, closed_with_a_connection);
	tcase_add_test(tests, closed_with_what_has_landed);
}
