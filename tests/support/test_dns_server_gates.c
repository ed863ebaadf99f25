/* SPDX-License-Identifier: MIT */
/* How the scripted server keeps answers back: gates, delays, deafness.
 *
 * That nothing is answered shows without waiting: the server takes datagrams in their
 * order, so the answer to a later question would have come after it. */
#include "dns_client.h"
#include "dns_server.h"

#include <check.h>
#include <pthread.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

#define TYPE_A	  1
#define TYPE_AAAA 28
#define LONG	  (60 * 1000) /* milliseconds that no test lives */

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

START_TEST(a_delayed_name_holds_up_no_other)
{
	dns_server_set_delay(server, "a.x.test", TYPE_A, LONG);
	client_ask(fd, 1, "a.x.test", TYPE_A);
	client_ask(fd, 2, "a.x.test", TYPE_AAAA);
	expect_id(2);
	expect_silence();
}
END_TEST

/* Read at one go, so that their times differ by their delays. */
START_TEST(delayed_answers_come_in_the_order_of_their_times)
{
	unsigned int i;

	dns_server_set_delay(server, "a.x.test", 0, 300);
	dns_server_set_delay_of_all(server, 100);
	dns_server_set_deaf(server, true);
	for (i = 0; i < 20; i++) {
		client_ask(fd, 100 + i, "a.x.test", TYPE_A);
		client_ask(fd, i, "b.x.test", TYPE_A);
	}
	dns_server_set_deaf(server, false);
	for (i = 0; i < 20; i++)
		expect_id(i);
	for (i = 0; i < 20; i++)
		expect_id(100 + i);
}
END_TEST

START_TEST(a_held_name_is_answered_at_its_release)
{
	dns_server_hold(server, "a.x.test");
	client_ask(fd, 1, "A.x.test", TYPE_A);
	client_ask(fd, 2, "a.x.test", TYPE_AAAA);
	ck_assert(dns_server_wait_for_questions(server, "a.x.test", TYPE_AAAA, 1));
	expect_silence();
	dns_server_release(server, "a.x.test");
	ck_assert(client_has_reply(fd));
	expect_id(1);
	ck_assert_str_eq(reply.answers, "A.x.test 60 A 192.0.2.1\n");
	expect_id(2);
	ck_assert_str_eq(reply.answers, "a.x.test 60 AAAA 2001:db8::1\n");
	client_ask(fd, 3, "a.x.test", TYPE_A);
	expect_id(3);
}
END_TEST

START_TEST(some_are_released_and_the_rest_is_held)
{
	unsigned int id;

	dns_server_hold(server, "a.x.test");
	for (id = 1; id <= 5; id++)
		client_ask(fd, id, "a.x.test", TYPE_A);
	ck_assert(dns_server_wait_for_questions(server, "a.x.test", 0, 5));
	dns_server_release_some(server, "a.x.test", 2);
	expect_id(1);
	expect_id(2);
	expect_silence();
	dns_server_release_some(server, "a.x.test", 100);
	for (id = 3; id <= 5; id++)
		expect_id(id);
	client_ask(fd, 6, "a.x.test", TYPE_A);
	expect_silence();
	dns_server_release(server, "a.x.test");
	expect_id(6);
}
END_TEST

START_TEST(rules_of_the_moment_of_release_count)
{
	dns_server_hold(server, "a.x.test");
	client_ask(fd, 1, "a.x.test", TYPE_A);
	ck_assert(dns_server_wait_for_questions(server, "a.x.test", 0, 1));
	dns_server_set_rcode(server, "a.x.test", 0, RCODE_SERVFAIL);
	dns_server_set_delay(server, "a.x.test", 0, LONG);
	dns_server_release(server, "a.x.test");
	expect_id(1);
	ck_assert_uint_eq(reply.rcode, RCODE_SERVFAIL);
}
END_TEST

START_TEST(a_gate_at_a_wildcard_holds_all_below_it)
{
	dns_server_hold(server, "*.w.x.test");
	client_ask(fd, 1, "one.w.x.test", TYPE_A);
	client_ask(fd, 2, "two.more.w.x.test", TYPE_A);
	ck_assert(dns_server_wait_for_questions(server, "*.w.x.test", 0, 2));
	dns_server_release(server, "one.w.x.test");
	expect_silence();
	dns_server_release(server, "*.w.x.test");
	expect_id(1);
	expect_id(2);
	ck_assert_str_eq(reply.answers, "two.more.w.x.test 60 A 192.0.2.9\n");
}
END_TEST

START_TEST(tcp_is_held_like_udp)
{
	int tcp = client_open(server, SOCK_STREAM);
	int gone = client_open(server, SOCK_STREAM);

	dns_server_hold(server, "a.x.test");
	client_ask(gone, 1, "a.x.test", TYPE_A);
	client_ask(tcp, 2, "a.x.test", TYPE_A);
	client_ask(tcp, 3, "b.x.test", TYPE_A);
	ck_assert(dns_server_wait_for_questions(server, "a.x.test", 0, 2));
	client_receive(tcp, &reply);
	ck_assert_uint_eq(reply.id, 3);
	close(gone);
	/* The end of what the client asks is not the end of its listening. The second
	 * round trip shows that the server has gone on after it has seen the end. */
	shutdown(tcp, SHUT_WR);
	expect_silence();
	expect_silence();
	dns_server_release(server, "a.x.test");
	client_receive(tcp, &reply);
	ck_assert_uint_eq(reply.id, 2);
	close(tcp);
}
END_TEST

START_TEST(a_server_stops_with_questions_waiting)
{
	int tcp = client_open(server, SOCK_STREAM);

	dns_server_hold(server, "a.x.test");
	dns_server_set_delay(server, "b.x.test", 0, LONG);
	client_ask(fd, 1, "a.x.test", TYPE_A);
	client_ask(fd, 2, "b.x.test", TYPE_A);
	client_ask(tcp, 3, "a.x.test", TYPE_A);
	client_ask(tcp, 4, "b.x.test", TYPE_A);
	ck_assert(dns_server_wait_for_questions(server, NULL, TYPE_A, 4));
	dns_server_stop(server);
	server = NULL;
	client_receive(tcp, &reply);
	ck_assert_uint_eq(reply.length, 0);
	close(tcp);
}
END_TEST

START_TEST(a_deaf_server_reads_later)
{
	struct dns_server *other = dns_server_start();
	int tcp = client_open(server, SOCK_STREAM);
	int i;

	/* A connection from before, and bytes that come after. */
	client_ask(tcp, 3, "b.x.test", TYPE_A);
	client_receive(tcp, &reply);
	dns_server_set_deaf(server, true);
	client_ask(fd, 1, "a.x.test", TYPE_A);
	client_ask(tcp, 2, "a.x.test", TYPE_A);
	for (i = 0; i < 100; i++)
		client_get(other, "a.x.test", TYPE_A, &reply);
	ck_assert_uint_eq(dns_server_count_questions(server, "a.x.test", 0), 0);
	ck_assert(!client_has_reply(fd));
	dns_server_set_deaf(server, false);
	expect_id(1);
	client_receive(tcp, &reply);
	ck_assert_uint_eq(reply.id, 2);
	close(tcp);
	dns_server_stop(other);
}
END_TEST

/* Sets and clears rules while questions come; for ThreadSanitizer above all. */
static void *
change_rules(void *unused)
{
	char name[64];
	int i;

	(void)unused;
	for (i = 0; i < 2000; i++) {
		snprintf(name, sizeof(name), "n%d.x.test", i);
		dns_server_add_address(server, name, "192.0.2.3", 60);
		dns_server_hold(server, "a.x.test");
		dns_server_release_some(server, "a.x.test", 1);
		dns_server_set_rcode(server, name, TYPE_A, RCODE_SERVFAIL);
		dns_server_count_questions(server, NULL, 0);
		dns_server_release(server, "a.x.test");
	}
	return NULL;
}

START_TEST(rules_may_change_while_questions_come)
{
	pthread_t thread;
	unsigned int id;

	ck_assert_int_eq(pthread_create(&thread, NULL, change_rules, NULL), 0);
	for (id = 0; id < 2000; id++) {
		client_ask(fd, id, "a.x.test", TYPE_A);
		expect_id(id);
	}
	ck_assert_int_eq(pthread_join(thread, NULL), 0);
	client_get(server, "n1999.x.test", TYPE_A, &reply);
	ck_assert_uint_eq(reply.rcode, RCODE_SERVFAIL);
}
END_TEST

static void
add_tests(TCase *tcase)
{
	tcase_add_test(tcase, a_delayed_name_holds_up_no_other);
	tcase_add_test(tcase, delayed_answers_come_in_the_order_of_their_times);
	tcase_add_test(tcase, a_held_name_is_answered_at_its_release);
	tcase_add_test(tcase, some_are_released_and_the_rest_is_held);
	tcase_add_test(tcase, rules_of_the_moment_of_release_count);
	tcase_add_test(tcase, a_gate_at_a_wildcard_holds_all_below_it);
	tcase_add_test(tcase, tcp_is_held_like_udp);
	tcase_add_test(tcase, a_server_stops_with_questions_waiting);
	tcase_add_test(tcase, a_deaf_server_reads_later);
	tcase_add_test(tcase, rules_may_change_while_questions_come);
}

int
main(void)
{
	Suite *suite = suite_create("dns_server_gates");
	TCase *tcase = tcase_create("gates");
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
