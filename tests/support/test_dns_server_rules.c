/* SPDX-License-Identifier: MIT */
/* How the scripted server spoils the answers to names with a rule.
 *
 * That nothing is answered shows without waiting: the server takes datagrams in their
 * order, so the answer to a later question would have come after it. */
#include "dns_client.h"
#include "dns_server.h"

#include <check.h>
#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define TYPE_A	  1
#define TYPE_AAAA 28

static struct dns_server *server;
static struct reply reply;
static int fd;

static void
start(void)
{
	server = dns_server_start();
	dns_server_add_address(server, "a.x.test", "192.0.2.1", 60);
	dns_server_add_address(server, "a.x.test", "2001:db8::1", 60);
	dns_server_add_address(server, "b.x.test", "192.0.2.2", 60);
	dns_server_add_address(server, "*.w.x.test", "192.0.2.9", 60);
	fd = client_open(server, SOCK_DGRAM);
}

static void
stop(void)
{
	close(fd);
	dns_server_stop(server);
}

static void
expect_id(unsigned int id)
{
	client_receive(fd, &reply);
	ck_assert_uint_eq(reply.id, id);
}

/* No answer has come but those taken. */
static void
expect_silence(void)
{
	client_ask(fd, 999, "b.x.test", TYPE_A);
	expect_id(999);
	ck_assert(!client_has_reply(fd));
}

START_TEST(an_rcode_comes_for_its_type)
{
	dns_server_set_rcode(server, "a.x.test", TYPE_A, RCODE_SERVFAIL);
	client_get(server, "a.x.test", TYPE_A, &reply);
	ck_assert_uint_eq(reply.rcode, RCODE_SERVFAIL);
	ck_assert_str_eq(reply.question, "a.x.test A");
	ck_assert_str_eq(reply.answers, "");
	client_get(server, "a.x.test", TYPE_AAAA, &reply);
	ck_assert_uint_eq(reply.rcode, RCODE_NOERROR);
	dns_server_set_rcode(server, "a.x.test", 0, RCODE_REFUSED);
	client_get(server, "A.x.test", TYPE_AAAA, &reply);
	ck_assert_uint_eq(reply.rcode, RCODE_REFUSED);
	client_get(server, "a.x.test", TYPE_A, &reply);
	ck_assert_uint_eq(reply.rcode, RCODE_SERVFAIL);
	dns_server_set_rcode(server, "a.x.test", TYPE_A, RCODE_NXDOMAIN);
	client_get(server, "a.x.test", TYPE_A, &reply);
	ck_assert_uint_eq(reply.rcode, RCODE_NXDOMAIN);
	ck_assert_ptr_nonnull(strstr(reply.authorities, "x.test 300 SOA "));
	dns_server_set_rcode(server, "a.x.test", TYPE_A, RCODE_NOERROR);
	client_get(server, "a.x.test", TYPE_A, &reply);
	ck_assert_str_eq(reply.answers, "a.x.test 60 A 192.0.2.1\n");
}
END_TEST

START_TEST(formerr_comes_as_from_a_server_without_edns)
{
	dns_server_set_rcode(server, "a.x.test", 0, RCODE_FORMERR);
	client_ask_with_edns(fd, 1, "a.x.test", TYPE_A, 1232);
	expect_id(1);
	ck_assert_uint_eq(reply.rcode, RCODE_FORMERR);
	ck_assert_str_eq(reply.additionals, "");
	dns_server_set_rcode(server, "a.x.test", 0, RCODE_SERVFAIL);
	client_ask_with_edns(fd, 2, "a.x.test", TYPE_A, 1232);
	expect_id(2);
	ck_assert_str_eq(reply.additionals, "OPT 1232\n");
}
END_TEST

START_TEST(a_dropped_name_is_never_answered)
{
	int tcp = client_open(server, SOCK_STREAM);

	dns_server_misbehave(server, "a.x.test", TYPE_A, ANSWER_DROPPED);
	client_ask(fd, 1, "a.x.test", TYPE_A);
	client_ask(fd, 2, "a.x.test", TYPE_AAAA);
	expect_id(2);
	expect_silence();
	client_ask(tcp, 3, "a.x.test", TYPE_A);
	client_ask(tcp, 4, "b.x.test", TYPE_A);
	client_receive(tcp, &reply);
	ck_assert_uint_eq(reply.id, 4);
	ck_assert_uint_eq(dns_server_count_questions(server, "a.x.test", TYPE_A), 2);
	ck_assert_uint_eq(dns_server_count_questions(server, "a.x.test", 0), 3);
	ck_assert_uint_eq(dns_server_count_tcp_questions(server, "a.x.test"), 1);
	ck_assert_uint_eq(dns_server_count_tcp_questions(server, NULL), 2);
	close(tcp);
}
END_TEST

START_TEST(the_first_questions_are_dropped)
{
	dns_server_drop_first(server, "a.x.test", 0, 2);
	client_ask(fd, 1, "a.x.test", TYPE_A);
	client_ask(fd, 2, "a.x.test", TYPE_AAAA);
	client_ask(fd, 3, "a.x.test", TYPE_A);
	expect_id(3);
	ck_assert_str_eq(reply.answers, "a.x.test 60 A 192.0.2.1\n");
	expect_silence();
	ck_assert_uint_eq(dns_server_count_questions(server, "a.x.test", 0), 3);
}
END_TEST

START_TEST(a_truncated_answer_is_whole_over_tcp)
{
	dns_server_misbehave(server, "a.x.test", 0, ANSWER_TRUNCATED);
	client_get(server, "a.x.test", TYPE_A, &reply);
	ck_assert_uint_ne(reply.flags & FLAG_TRUNCATED, 0);
	ck_assert_str_eq(reply.answers, "");
	client_get_by_tcp(server, "a.x.test", TYPE_A, &reply);
	ck_assert_uint_eq(reply.flags & FLAG_TRUNCATED, 0);
	ck_assert_str_eq(reply.answers, "a.x.test 60 A 192.0.2.1\n");
}
END_TEST

START_TEST(a_wrong_id_comes_with_the_right_answer)
{
	dns_server_misbehave(server, "a.x.test", 0, ANSWER_WRONG_ID);
	client_get(server, "a.x.test", TYPE_A, &reply);
	ck_assert_uint_ne(reply.id, 1);
	ck_assert_str_eq(reply.answers, "a.x.test 60 A 192.0.2.1\n");
}
END_TEST

START_TEST(a_wrong_question_is_another_name)
{
	dns_server_misbehave(server, "a.x.test", 0, ANSWER_WRONG_QUESTION);
	client_get(server, "a.x.test", TYPE_A, &reply);
	ck_assert_uint_eq(reply.id, 1);
	ck_assert_str_eq(reply.question, "x.x.test A");
	ck_assert(!reply.is_malformed);
}
END_TEST

START_TEST(a_malformed_answer_never_ends)
{
	dns_server_misbehave(server, "a.x.test", 0, ANSWER_MALFORMED);
	client_get(server, "a.x.test", TYPE_A, &reply);
	ck_assert_uint_eq(reply.id, 1);
	ck_assert_str_eq(reply.question, "a.x.test A");
	ck_assert(reply.is_malformed);
	ck_assert_mem_eq(reply.bytes + 12 + 10 + 4, "\300\032", 2);
}
END_TEST

START_TEST(a_doubled_answer_comes_twice)
{
	int tcp = client_open(server, SOCK_STREAM);

	dns_server_misbehave(server, "a.x.test", 0, ANSWER_DOUBLED);
	client_ask(fd, 1, "a.x.test", TYPE_A);
	expect_id(1);
	expect_id(1);
	ck_assert_str_eq(reply.answers, "a.x.test 60 A 192.0.2.1\n");
	expect_silence();
	client_ask(tcp, 2, "a.x.test", TYPE_A);
	client_receive(tcp, &reply);
	client_receive(tcp, &reply);
	ck_assert_uint_eq(reply.id, 2);
	close(tcp);
}
END_TEST

START_TEST(a_reset_ends_tcp_without_an_answer)
{
	int tcp = client_open(server, SOCK_STREAM);
	char byte;

	dns_server_misbehave(server, "a.x.test", 0, ANSWER_TCP_RESET);
	client_get(server, "a.x.test", TYPE_A, &reply);
	ck_assert_uint_ne(reply.flags & FLAG_TRUNCATED, 0);
	client_ask(tcp, 1, "a.x.test", TYPE_A);
	errno = 0;
	ck_assert_int_eq(recv(tcp, &byte, 1, 0), -1);
	ck_assert_int_eq(errno, ECONNRESET);
	close(tcp);
	client_get_by_tcp(server, "b.x.test", TYPE_A, &reply);
	ck_assert_str_eq(reply.answers, "b.x.test 60 A 192.0.2.2\n");
}
END_TEST

START_TEST(an_empty_datagram_comes_before_the_answer)
{
	dns_server_misbehave(server, "a.x.test", 0, ANSWER_EMPTY_DATAGRAM);
	client_ask(fd, 1, "a.x.test", TYPE_A);
	client_receive(fd, &reply);
	ck_assert_uint_eq(reply.length, 0);
	expect_id(1);
	expect_silence();
	client_get_by_tcp(server, "a.x.test", TYPE_A, &reply);
	ck_assert_uint_eq(reply.id, 1);
}
END_TEST

START_TEST(the_question_comes_in_lower_case)
{
	dns_server_misbehave(server, "a.x.test", 0, ANSWER_LOWER_CASE);
	client_get(server, "A.x.TEST", TYPE_A, &reply);
	ck_assert_str_eq(reply.question, "a.x.test A");
	dns_server_misbehave(server, "a.x.test", 0, 0);
	client_get(server, "A.x.TEST", TYPE_A, &reply);
	ck_assert_str_eq(reply.question, "A.x.TEST A");
}
END_TEST

START_TEST(a_good_answer_comes_behind_the_other)
{
	dns_server_misbehave(server, "a.x.test", 0, ANSWER_MALFORMED | ANSWER_THEN_GOOD);
	client_ask(fd, 1, "a.x.test", TYPE_A);
	expect_id(1);
	ck_assert(reply.is_malformed);
	expect_id(1);
	ck_assert_str_eq(reply.answers, "a.x.test 60 A 192.0.2.1\n");
	expect_silence();
}
END_TEST

START_TEST(misbehaviour_adds_up_and_is_taken_back)
{
	dns_server_misbehave(server, "a.x.test", 0, ANSWER_DOUBLED | ANSWER_TRUNCATED);
	client_ask(fd, 1, "a.x.test", TYPE_A);
	expect_id(1);
	expect_id(1);
	ck_assert_uint_ne(reply.flags & FLAG_TRUNCATED, 0);
	dns_server_misbehave(server, "a.x.test", 0, 0);
	client_ask(fd, 2, "a.x.test", TYPE_A);
	expect_id(2);
	ck_assert_uint_eq(reply.flags & FLAG_TRUNCATED, 0);
	expect_silence();
}
END_TEST

START_TEST(a_rule_of_a_wildcard_holds_below_it)
{
	dns_server_set_rcode(server, "*.w.x.test", 0, RCODE_SERVFAIL);
	dns_server_set_rcode(server, "own.w.x.test", 0, RCODE_REFUSED);
	client_get(server, "any.w.x.test", TYPE_A, &reply);
	ck_assert_uint_eq(reply.rcode, RCODE_SERVFAIL);
	client_get(server, "own.w.x.test", TYPE_A, &reply);
	ck_assert_uint_eq(reply.rcode, RCODE_REFUSED);
	/* A rule is no record: the wildcard still answers. */
	dns_server_set_rcode(server, "own.w.x.test", 0, RCODE_NOERROR);
	client_get(server, "own.w.x.test", TYPE_A, &reply);
	ck_assert_str_eq(reply.answers, "own.w.x.test 60 A 192.0.2.9\n");
}
END_TEST

START_TEST(ports_and_ids_are_counted_once)
{
	int other = client_open(server, SOCK_DGRAM);

	client_ask(fd, 7, "a.x.test", TYPE_A);
	client_ask(fd, 7, "a.x.test", TYPE_A);
	client_ask(other, 7, "a.x.test", TYPE_A);
	client_ask(other, 8, "a.x.test", TYPE_A);
	client_get_by_tcp(server, "a.x.test", TYPE_A, &reply);
	ck_assert(dns_server_wait_for_questions(server, NULL, 0, 5));
	ck_assert_uint_eq(dns_server_count_source_ports(server), 2);
	ck_assert_uint_eq(dns_server_count_ids(server), 2);
	close(other);
}
END_TEST

static void
add_tests(TCase *tcase)
{
	tcase_add_test(tcase, an_rcode_comes_for_its_type);
	tcase_add_test(tcase, formerr_comes_as_from_a_server_without_edns);
	tcase_add_test(tcase, a_dropped_name_is_never_answered);
	tcase_add_test(tcase, the_first_questions_are_dropped);
	tcase_add_test(tcase, a_truncated_answer_is_whole_over_tcp);
	tcase_add_test(tcase, a_wrong_id_comes_with_the_right_answer);
	tcase_add_test(tcase, a_wrong_question_is_another_name);
	tcase_add_test(tcase, a_malformed_answer_never_ends);
	tcase_add_test(tcase, a_doubled_answer_comes_twice);
	tcase_add_test(tcase, a_reset_ends_tcp_without_an_answer);
	tcase_add_test(tcase, an_empty_datagram_comes_before_the_answer);
	tcase_add_test(tcase, the_question_comes_in_lower_case);
	tcase_add_test(tcase, a_good_answer_comes_behind_the_other);
	tcase_add_test(tcase, misbehaviour_adds_up_and_is_taken_back);
	tcase_add_test(tcase, a_rule_of_a_wildcard_holds_below_it);
	tcase_add_test(tcase, ports_and_ids_are_counted_once);
}

int
main(void)
{
	Suite *suite = suite_create("dns_server_rules");
	TCase *tcase = tcase_create("rules");
	SRunner *runner = srunner_create(suite);

	suite_add_tcase(suite, tcase);
	tcase_set_timeout(tcase, 60);
	tcase_add_checked_fixture(tcase, start, stop);
	add_tests(tcase);
	srunner_set_tap(runner, "-");
	srunner_run_all(runner, CK_SILENT);
	srunner_free(runner);
	return 0;
}
