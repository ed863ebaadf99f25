/* SPDX-License-Identifier: MIT */
/* A channel with several servers. Whose an answer is shows in its address. */
#include "askers.h"

#include <string.h>
#include <unistd.h>

#include "closed_port.h"
#include "rooms.h"

#define SERVERS 3

/* Milliseconds: no server is given up before the test would have been ended; or the next
 * is asked soon, and the first, tried so often, is not given up in that time either. */
#define NEVER 600000
#define SOON 50
#define TRIES 13

static struct dns_server *servers[SERVERS];

static void
set_up(void)
{
	static const char *const addresses[] = { "192.0.2.0", "192.0.2.1", "192.0.2.2" };
	int i;

	for (i = 0; i < SERVERS; i++) {
		servers[i] = dns_server_start();
		dns_server_add_address(servers[i], "*.test", addresses[i], 300);
	}
	wire_open_without_servers(&wire);
}

static void
tear_down(void)
{
	int i;

	askers_tear_down();
	for (i = 0; i < SERVERS; i++)
		dns_server_stop(servers[i]);
}

static void
add_server(const char *address)
{
	ck_assert(server_list_add(&wire.servers, address, strlen(address)));
}

/* With the first servers, in their order. */
static void
reopen(int count, int timeout, int tries)
{
	int i;

	wire_close_channel(&wire);
	for (i = 0; i < count; i++)
		add_server(dns_server_address(servers[i]));
	wire_reopen(&wire, timeout, tries);
}

static void
expect_answer_from(int asker, int server)
{
	const struct asker *asked = &askers[asker];

	ck_assert_uint_eq(asked->answers, 1);
	ck_assert_int_eq(asked->status, DNS_STATUS_OK);
	ck_assert_uint_gt(asked->length, 4);
	ck_assert_int_eq(asked->data[asked->length - 1], server);
}

static void
expect_questions(unsigned int first, unsigned int second, unsigned int third)
{
	ck_assert_uint_eq(dns_server_count_questions(servers[0], NULL, 0), first);
	ck_assert_uint_eq(dns_server_count_questions(servers[1], NULL, 0), second);
	ck_assert_uint_eq(dns_server_count_questions(servers[2], NULL, 0), third);
}

static void
land_all(void)
{
	wire_await(&wire, &wire.counts.in_flight, 0);
}

START_TEST(the_first_is_enough)
{
	dns_server_set_rcode(servers[0], "h1.test", 0, RCODE_NXDOMAIN);
	reopen(3, NEVER, 1);
	ask_from_to(0, 2);
	tally_await(&answered, 2);
	expect_answer_from(0, 0);
	ck_assert_int_eq(askers[1].status, DNS_STATUS_OK);
	ck_assert_int_eq(askers[1].data[3] & 0xf, RCODE_NXDOMAIN);
	expect_questions(2, 0, 0);
	land_all();
	expect_counts(2, 2, 0, 0);
}
END_TEST

/* At once: none of them would ever be given up. Faults R01, R03. */
START_TEST(the_next_is_asked_when_one_fails)
{
	static const enum dns_rcode rcodes[] = { RCODE_SERVFAIL, RCODE_REFUSED,
						 RCODE_NOTIMP, RCODE_FORMERR };

	dns_server_set_rcode(servers[0], "h0.test", 0, rcodes[_i]);
	reopen(3, NEVER, 1);
	ask_from_to(0, 1);
	tally_await(&answered, 1);
	expect_answer_from(0, 1);
	expect_questions(1, 1, 0);
	land_all();
	expect_counts(2, 2, 0, 0);
}
END_TEST

START_TEST(one_after_the_other)
{
	dns_server_set_rcode(servers[0], "h0.test", 0, RCODE_SERVFAIL);
	dns_server_set_rcode(servers[1], "h0.test", 0, RCODE_REFUSED);
	reopen(3, NEVER, 1);
	ask_from_to(0, 2);
	tally_await(&answered, 2);
	expect_answer_from(0, 2);
	expect_answer_from(1, 0);
	expect_questions(2, 1, 1);
}
END_TEST

/* Fault R09. */
START_TEST(the_next_is_asked_when_a_port_is_closed)
{
	char address[CLOSED_PORT_TEXT];
	int descriptor = closed_port_open(address), i;

	add_server(address);
	reopen(1, NEVER, 1);
	ask_from_to(0, 20);
	tally_await(&answered, 20);
	for (i = 0; i < 20; i++)
		expect_answer_from(i, 0);
	land_all();
	expect_counts(40, 20, 0, 0);
	close(descriptor);
}
END_TEST

START_TEST(all_ports_are_closed)
{
	char address[CLOSED_PORT_TEXT];
	int descriptor = closed_port_open(address);

	add_server(address);
	add_server(address);
	reopen(0, NEVER, 1);
	ask_from_to(0, 1);
	tally_await(&answered, 1);
	ck_assert_int_eq(askers[0].status, DNS_STATUS_TRY_AGAIN);
	land_all();
	expect_counts(2, 0, 0, 0);
	close(descriptor);
}
END_TEST

START_TEST(all_refuse)
{
	int i;

	for (i = 0; i < SERVERS; i++)
		dns_server_set_rcode(servers[i], "h0.test", 0, RCODE_REFUSED);
	reopen(3, NEVER, 1);
	ask_from_to(0, 1);
	tally_await(&answered, 1);
	ck_assert_int_eq(askers[0].status, DNS_STATUS_NO_RECOVERY);
	expect_questions(1, 1, 1);
}
END_TEST

/* Whichever of them it is that fails. */
START_TEST(one_fails_and_the_others_refuse)
{
	int i;

	for (i = 0; i < SERVERS; i++)
		dns_server_set_rcode(servers[i], "h0.test", 0,
				     i == _i ? RCODE_SERVFAIL : RCODE_REFUSED);
	reopen(3, NEVER, 1);
	ask_from_to(0, 1);
	tally_await(&answered, 1);
	ck_assert_int_eq(askers[0].status, DNS_STATUS_TRY_AGAIN);
	expect_questions(1, 1, 1);
}
END_TEST

START_TEST(a_name_that_cannot_be_asked_for)
{
	reopen(3, NEVER, 1);
	askers[0].query.name = "a..test";
	ask_from_to(0, 2);
	tally_await(&answered, 2);
	ck_assert_int_eq(askers[0].status, DNS_STATUS_HOST_NOT_FOUND);
	expect_answer_from(1, 0);
	expect_questions(1, 0, 0);
}
END_TEST

/* Two are out, for "h0.test". */
static void
let_two_be_silent(void)
{
	dns_server_hold(servers[0], "h0.test");
	dns_server_hold(servers[1], "h0.test");
	reopen(2, SOON, TRIES);
	ask_from_to(0, 1);
	ck_assert(dns_server_wait_for_questions(servers[1], "h0.test", 0, 1));
	ask_from_to(0, 0);
	ck_assert_uint_eq(tally_get(&answered), 0);
	ck_assert_uint_ge(dns_server_count_questions(servers[0], NULL, 0), 1);
	ck_assert_uint_eq(atomic_load(&wire.counts.in_flight), 2);
}

START_TEST(the_next_is_asked_when_one_is_silent)
{
	dns_server_misbehave(servers[0], "h0.test", 0, ANSWER_DROPPED);
	reopen(2, SOON, TRIES);
	ask_from_to(0, 1);
	tally_await(&answered, 1);
	expect_answer_from(0, 1);
	ck_assert_uint_eq(atomic_load(&wire.counts.questions), 2);
}
END_TEST

/* Not when its time is over, but when c-ares has given it up. */
START_TEST(all_are_silent)
{
	int i;

	for (i = 0; i < SERVERS; i++)
		dns_server_misbehave(servers[i], "h0.test", 0, ANSWER_DROPPED);
	reopen(3, 20, 2);
	ask_from_to(0, 1);
	tally_await(&answered, 1);
	ck_assert_int_eq(askers[0].status, DNS_STATUS_TRY_AGAIN);
	expect_questions(2, 2, 2);
	land_all();
	expect_counts(3, 0, 0, 0);
}
END_TEST

/* Either may be the first; the answer of the other is nobody's. */
START_TEST(the_first_good_answer_counts)
{
	let_two_be_silent();
	dns_server_release(servers[_i], "h0.test");
	tally_await(&answered, 1);
	expect_answer_from(0, _i);
	dns_server_release(servers[1 - _i], "h0.test");
	land_all();
	expect_answer_from(0, _i);
	expect_counts(2, 2, 0, 0);
}
END_TEST

/* A failure of one asked later is not the end, as long as the first may answer. */
START_TEST(the_first_may_answer_when_the_others_have_failed)
{
	dns_server_hold(servers[0], "h0.test");
	dns_server_set_rcode(servers[1], "h0.test", 0, RCODE_SERVFAIL);
	dns_server_set_rcode(servers[2], "h0.test", 0, RCODE_REFUSED);
	reopen(3, SOON, TRIES);
	ask_from_to(0, 1);
	wire_await(&wire, &wire.counts.answers, 2);
	ck_assert_uint_eq(tally_get(&answered), 0);
	expect_counts(3, 2, 0, 1);
	dns_server_release(servers[0], "h0.test");
	tally_await(&answered, 1);
	expect_answer_from(0, 0);
	land_all();
	expect_counts(3, 3, 0, 0);
}
END_TEST

START_TEST(the_last_to_fail_ends_it)
{
	let_two_be_silent();
	dns_server_set_rcode(servers[0], "h0.test", 0, RCODE_REFUSED);
	dns_server_set_rcode(servers[1], "h0.test", 0, RCODE_REFUSED);
	dns_server_release(servers[1], "h0.test");
	wire_await(&wire, &wire.counts.in_flight, 1);
	ck_assert_uint_eq(tally_get(&answered), 0);
	dns_server_release(servers[0], "h0.test");
	tally_await(&answered, 1);
	ck_assert_int_eq(askers[0].status, DNS_STATUS_NO_RECOVERY);
	land_all();
	expect_counts(2, 2, 0, 0);
}
END_TEST

START_TEST(abandoned_with_two_out)
{
	let_two_be_silent();
	abandon_from_to(0, 1);
	dns_server_release(servers[0], "h0.test");
	dns_server_release(servers[1], "h0.test");
	land_all();
	ck_assert_uint_eq(tally_get(&answered), 0);
	expect_counts(2, 2, 0, 0);
	ask_from_to(1, 2);
	tally_await(&answered, 1);
	expect_answer_from(1, 0);
}
END_TEST

static struct loop_task later;

static void
abandon_first(struct loop_task *task)
{
	(void)task;
	abandon(&askers[0]);
}

/* The question is sent by a task that has been deferred before. */
static void
ask_and_abandon_when_sent(void *unused)
{
	(void)unused;
	ask(&askers[0]);
	loop_task_init(&later, abandon_first);
	loop_defer(wire.loop, &later);
}

/* The next server's time comes while the flight is still out. */
START_TEST(abandoned_before_the_next_was_asked)
{
	dns_server_hold(servers[0], "h0.test");
	reopen(2, 20, 4);
	wire_run(&wire, ask_and_abandon_when_sent, NULL);
	ck_assert(dns_server_wait_for_questions(servers[0], "h0.test", 0, 1));
	ask_from_to(0, 0);
	land_all();
	ck_assert_uint_eq(tally_get(&answered), 0);
	expect_counts(1, 0, 0, 0);
	ck_assert_uint_eq(dns_server_count_questions(servers[1], NULL, 0), 0);
}
END_TEST

START_TEST(closed_with_two_out)
{
	let_two_be_silent();
	abandon_from_to(0, 1);
	wire_close_channel(&wire);
	expect_counts(2, 0, 0, 0);
	ck_assert_uint_eq(askers[0].answers, 0);
}
END_TEST

/* Each begins with the server after that of the last one, and goes on from there. */
START_TEST(rotated)
{
	int i;

	wire.options.rotate = true;
	reopen(3, NEVER, 1);
	ask_from_to(0, 30);
	tally_await(&answered, 30);
	for (i = 0; i < 30; i++)
		expect_answer_from(i, i % 3);
	expect_questions(10, 10, 10);
	dns_server_set_rcode(servers[0], "*.test", 0, RCODE_SERVFAIL);
	dns_server_set_rcode(servers[2], "*.test", 0, RCODE_SERVFAIL);
	ask_from_to(30, 33);
	tally_await(&answered, 33);
	for (i = 30; i < 33; i++)
		expect_answer_from(i, 1);
	expect_questions(12, 13, 11);
}
END_TEST

void
channel_failover_tests(TCase *tests)
{
	tcase_add_checked_fixture(tests, set_up, tear_down);
	tcase_add_test(tests, the_first_is_enough);
	tcase_add_loop_test(tests, the_next_is_asked_when_one_fails, 0, 4);
	tcase_add_test(tests, one_after_the_other);
	tcase_add_test(tests, the_next_is_asked_when_a_port_is_closed);
	tcase_add_test(tests, all_ports_are_closed);
	tcase_add_test(tests, all_refuse);
	tcase_add_loop_test(tests, one_fails_and_the_others_refuse, 0, SERVERS);
	tcase_add_test(tests, a_name_that_cannot_be_asked_for);
	tcase_add_test(tests, the_next_is_asked_when_one_is_silent);
	tcase_add_test(tests, all_are_silent);
	tcase_add_loop_test(tests, the_first_good_answer_counts, 0, 2);
	tcase_add_test(tests, the_first_may_answer_when_the_others_have_failed);
	tcase_add_test(tests, the_last_to_fail_ends_it);
	tcase_add_test(tests, abandoned_with_two_out);
	tcase_add_test(tests, abandoned_before_the_next_was_asked);
	tcase_add_test(tests, closed_with_two_out);
	tcase_add_test(tests, rotated);
}
