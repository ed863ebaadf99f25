/* SPDX-License-Identifier: MIT */
/* What makes an answer hard to forge, and what becomes of what is none. */
#include "answer.h"
#include "passengers.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "closed_port.h"
#include "host_entry_impl.h"
#include "ports.h"
#include "rooms.h"

#define HEADER 12
#define MANY   (8 * PORTS_QUESTIONS)
#define LONG_NAME(x) "abcdefghijklmnopqrstuvwxyz-" x "-abcdefghijklmnopqrstuvwxyz.test"

START_TEST(few_questions_share_a_port)
{
	dns_server_hold(server, "*.test");
	send_from_to(0, MANY);
	ck_assert(dns_server_wait_for_questions(server, NULL, 0, MANY));
	ck_assert_uint_eq(dns_server_count_source_ports(server), MANY / PORTS_QUESTIONS);
	ck_assert_uint_eq(dns_server_count_ids(server), MANY);
	dns_server_release(server, "*.test");
	tally_await(&landed, MANY);
	expect_landed(0, MANY, DNS_STATUS_OK);
}
END_TEST

START_TEST(ports_are_not_more_than_there_may_be)
{
	const int all = (PORTS_MAXIMUM + 4) * PORTS_QUESTIONS;

	dns_server_hold(server, "*.test");
	send_from_to(0, all);
	ck_assert(dns_server_wait_for_questions(server, NULL, 0, (unsigned int)all));
	ck_assert_uint_eq(dns_server_count_source_ports(server), PORTS_MAXIMUM);
	dns_server_release(server, "*.test");
	tally_await(&landed, all);
	expect_landed(0, all, DNS_STATUS_OK);
}
END_TEST

struct question {
	uint8_t octets[512];
	size_t length;
	struct sockaddr_in from;
};

static void
take_question(int descriptor, struct question *question)
{
	socklen_t from_length = sizeof question->from;
	ssize_t length = recvfrom(descriptor, question->octets, sizeof question->octets, 0,
				  (struct sockaddr *)&question->from, &from_length);

	ck_assert_int_gt(length, HEADER);
	question->length = (size_t)length;
}

static void
answer_to(int descriptor, struct question *question, const struct sockaddr_in *to)
{
	question->octets[2] |= 0x80;
	ck_assert_int_eq(sendto(descriptor, question->octets, question->length, 0,
				(const struct sockaddr *)to, sizeof *to),
			 (int)question->length);
}

static int
open_server(char address[CLOSED_PORT_TEXT])
{
	struct sockaddr_in own = { .sin_family = AF_INET };
	socklen_t length = sizeof own;
	int descriptor = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);

	own.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	ck_assert_int_eq(bind(descriptor, (struct sockaddr *)&own, length), 0);
	ck_assert_int_eq(getsockname(descriptor, (struct sockaddr *)&own, &length), 0);
	snprintf(address, CLOSED_PORT_TEXT, "127.0.0.1:%u", (unsigned int)ntohs(own.sin_port));
	return descriptor;
}

/* The answer comes to a port that the question did not leave by, with an address more; from
 * another server; and as it should. */
START_TEST(an_answer_comes_to_the_port_of_its_question)
{
	struct question first, last;
	char address[CLOSED_PORT_TEXT], other_address[CLOSED_PORT_TEXT];
	int descriptor = open_server(address), other = open_server(other_address), i;

	passengers_reopen(address, 0, 1);
	send_from_to(0, PORTS_QUESTIONS + 1);
	take_question(descriptor, &first);
	for (i = 1; i < PORTS_QUESTIONS; i++)
		take_question(descriptor, &last);
	ck_assert_uint_eq(last.from.sin_port, first.from.sin_port);
	take_question(descriptor, &last);
	ck_assert_uint_ne(last.from.sin_port, first.from.sin_port);

	last.octets[3] = 3;
	answer_to(descriptor, &last, &first.from);
	answer_to(other, &last, &last.from);
	answer_to(descriptor, &first, &first.from);
	tally_await(&landed, 1);
	ck_assert_uint_eq(passengers[0].landings, 1);
	last.octets[3] = 0;
	answer_to(descriptor, &last, &last.from);
	tally_await(&landed, 2);
	ck_assert_int_eq(passengers[PORTS_QUESTIONS].status, DNS_STATUS_OK);
	ck_assert_int_eq(passengers[PORTS_QUESTIONS].answer->octets[3], 0);
	close(descriptor);
	close(other);
}
END_TEST

START_TEST(names_go_in_letters_of_either_case)
{
	struct question question;
	char address[CLOSED_PORT_TEXT];
	int descriptor = open_server(address), upper = 0;
	size_t i;

	passengers[0].name = LONG_NAME("0");
	passengers_reopen(address, 0, 1);
	send_from_to(0, 1);
	take_question(descriptor, &question);
	for (i = HEADER; i < question.length; i++)
		upper += question.octets[i] >= 'A' && question.octets[i] <= 'Z';
	ck_assert_int_gt(upper, 0);
	ck_assert_int_lt(upper, 56);
	answer_to(descriptor, &question, &question.from);
	tally_await(&landed, 1);
	expect_landed(0, 1, DNS_STATUS_OK);
	ck_assert_mem_eq(passengers[0].answer->octets + HEADER + 1, LONG_NAME("0"), 55);
	close(descriptor);
}
END_TEST

static void
expect_good(int first, int end)
{
	static const uint8_t address[] = { 192, 0, 2, 1 };
	const struct answer *answer;
	int i;

	expect_landed(first, end, DNS_STATUS_OK);
	for (i = first; i < end; i++) {
		answer = passengers[i].answer;
		ck_assert_mem_eq(answer->octets + answer->length - 4, address, 4);
	}
}

/* All are dropped: by the id, the question, the letters; and what can't be read. */
START_TEST(what_is_no_answer_is_followed_by_one)
{
	static const unsigned int spoilt[] = { ANSWER_WRONG_ID, ANSWER_WRONG_QUESTION,
					       ANSWER_MALFORMED, ANSWER_LOWER_CASE,
					       ANSWER_LOWER_CASE | ANSWER_MALFORMED };
	static const char *const names[] = { LONG_NAME("0"), LONG_NAME("1"), LONG_NAME("2"),
					     LONG_NAME("3"), LONG_NAME("4") };
	int i;

	for (i = 0; i < 5; i++) {
		passengers[i].name = names[i];
		dns_server_misbehave(server, names[i], 0, spoilt[i] | ANSWER_THEN_GOOD);
	}
	send_from_to(0, 5);
	tally_await(&landed, 5);
	expect_good(0, 5);
	ck_assert_uint_eq(dns_server_count_questions(server, NULL, 0), 5);
}
END_TEST

/* After a while it is what the server has to say. */
START_TEST(malformed_and_nothing_else)
{
	dns_server_misbehave(server, "h0.test", 0, ANSWER_MALFORMED);
	send_from_to(0, 2);
	tally_await(&landed, 2);
	expect_landed(0, 2, DNS_STATUS_OK);
	ck_assert_uint_eq(dns_server_count_questions(server, NULL, 0), 2);
	ck_assert_uint_eq(tally_get(&over_answered), 2);
}
END_TEST

/* Who does not keep the letters is asked without from then on. Fault W07. */
START_TEST(a_server_that_writes_lower_case)
{
	dns_server_misbehave(server, "*.test", 0, ANSWER_LOWER_CASE);
	passengers[0].name = LONG_NAME("0");
	passengers[1].name = LONG_NAME("1");
	passengers[2].name = LONG_NAME("2");
	send_from_to(0, 1);
	tally_await(&landed, 1);
	expect_good(0, 1);
	ck_assert_uint_eq(dns_server_count_questions(server, NULL, 0), 2);
	ck_assert_uint_eq(dns_server_count_ids(server), 2);
	send_from_to(1, 3);
	tally_await(&landed, 3);
	expect_good(1, 3);
	ck_assert_uint_eq(dns_server_count_questions(server, NULL, 0), 4);
}
END_TEST

START_TEST(letters_that_are_kept)
{
	struct question question;
	char address[CLOSED_PORT_TEXT];
	int descriptor = open_server(address);

	passengers[0].name = LONG_NAME("0");
	passengers_options()->keep_case = true;
	passengers_reopen(address, 0, 1);
	send_from_to(0, 1);
	take_question(descriptor, &question);
	ck_assert_mem_eq(question.octets + HEADER + 1, LONG_NAME("0"), 55);
	close(descriptor);
}
END_TEST

/* And knows no EDNS either: both are found out one after the other. */
START_TEST(a_server_that_knows_nothing)
{
	dns_server_misbehave(server, "*.test", 0, ANSWER_LOWER_CASE);
	dns_server_set_rcode(server, "*.test", 0, RCODE_FORMERR);
	passengers[0].name = LONG_NAME("0");
	passengers_options()->edns = true;
	passengers_reopen(NULL, 0, 1);
	send_from_to(0, 1);
	tally_await(&landed, 1);
	expect_landed(0, 1, DNS_STATUS_OK);
	ck_assert_uint_eq(dns_server_count_questions(server, NULL, 0), 3);
}
END_TEST

void
transport_forgery_tests(TCase *tests)
{
	tcase_add_checked_fixture(tests, passengers_set_up, passengers_tear_down);
	tcase_add_test(tests, few_questions_share_a_port);
	tcase_add_test(tests, ports_are_not_more_than_there_may_be);
	tcase_add_test(tests, an_answer_comes_to_the_port_of_its_question);
	tcase_add_test(tests, names_go_in_letters_of_either_case);
	tcase_add_test(tests, what_is_no_answer_is_followed_by_one);
	tcase_add_test(tests, malformed_and_nothing_else);
	tcase_add_test(tests, a_server_that_writes_lower_case);
	tcase_add_test(tests, letters_that_are_kept);
	tcase_add_test(tests, a_server_that_knows_nothing);
}
