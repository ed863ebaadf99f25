/* SPDX-License-Identifier: MIT */
/* How the scripted server speaks UDP and TCP: sizes, pieces, bursts and garbage. */
#include "dns_client.h"
#include "dns_server.h"

#include <check.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define TYPE_A	 1
#define TYPE_TXT 16

static struct dns_server *server;
static struct reply reply;

static void
start(void)
{
	server = dns_server_start();
}

static void
stop(void)
{
	dns_server_stop(server);
}

static void
add_many_addresses(const char *name, int count)
{
	char address[32];
	int i;

	for (i = 1; i <= count; i++) {
		snprintf(address, sizeof(address), "192.0.2.%d", i);
		dns_server_add_address(server, name, address, 60);
	}
}

START_TEST(what_does_not_fit_a_datagram_is_truncated)
{
	int fd = client_open(server, SOCK_DGRAM);
	const char *line;
	int lines = 0;

	/* 26 bytes and 16 for each address: 30 fit into 506 bytes, 31 into 522. */
	add_many_addresses("a.x.test", 30);
	client_get(server, "a.x.test", TYPE_A, &reply);
	ck_assert_uint_eq(reply.length, 506);
	ck_assert_uint_eq(reply.flags & FLAG_TRUNCATED, 0);
	dns_server_add_address(server, "a.x.test", "192.0.2.31", 60);
	client_get(server, "a.x.test", TYPE_A, &reply);
	ck_assert_uint_eq(reply.length, 26);
	ck_assert_uint_ne(reply.flags & FLAG_TRUNCATED, 0);
	ck_assert_str_eq(reply.answers, "");
	client_get_by_tcp(server, "a.x.test", TYPE_A, &reply);
	ck_assert_uint_eq(reply.flags & FLAG_TRUNCATED, 0);
	ck_assert(!reply.is_malformed);
	for (line = reply.answers; *line != '\0'; line = strchr(line, '\n') + 1)
		lines++;
	ck_assert_int_eq(lines, 31);
	ck_assert_uint_eq(dns_server_count_tcp_questions(server, "a.x.test"), 1);

	/* With EDNS: 11 bytes more. */
	client_ask_with_edns(fd, 2, "a.x.test", TYPE_A, 533);
	client_receive(fd, &reply);
	ck_assert_uint_eq(reply.length, 533);
	ck_assert_str_eq(reply.additionals, "OPT 1232\n");
	ck_assert_uint_eq(reply.flags & FLAG_TRUNCATED, 0);
	client_ask_with_edns(fd, 3, "a.x.test", TYPE_A, 532);
	client_receive(fd, &reply);
	ck_assert_uint_eq(reply.length, 26 + 11);
	ck_assert_uint_ne(reply.flags & FLAG_TRUNCATED, 0);
	ck_assert(!reply.is_malformed);
	close(fd);
}
END_TEST

START_TEST(a_large_answer_is_whole_over_tcp)
{
	int count = 3000;
	int i;

	for (i = 0; i < count; i++)
		add_many_addresses("a.x.test", 1);
	client_get_by_tcp(server, "a.x.test", TYPE_A, &reply);
	ck_assert_uint_eq(reply.length, 26 + 16 * (size_t)count);
}
END_TEST

START_TEST(tcp_takes_questions_in_any_pieces)
{
	int fd = client_open(server, SOCK_STREAM);
	uint8_t bytes[2 * 302];
	size_t first = client_make_question(bytes + 2, 7, "a.x.test", TYPE_A, 0);
	size_t second = client_make_question(bytes + 4 + first, 8, "a.x.test", TYPE_A, 0);
	size_t i;

	dns_server_add_address(server, "a.x.test", "192.0.2.1", 60);
	bytes[0] = 0;
	bytes[1] = (uint8_t)first;
	bytes[2 + first] = 0;
	bytes[2 + first + 1] = (uint8_t)second;
	/* Byte for byte, then two at once. */
	for (i = 0; i < 2 + first; i++)
		client_send(fd, bytes + i, 1);
	client_receive(fd, &reply);
	ck_assert_uint_eq(reply.id, 7);
	client_send(fd, bytes, 4 + first + second);
	client_receive(fd, &reply);
	ck_assert_uint_eq(reply.id, 7);
	client_receive(fd, &reply);
	ck_assert_uint_eq(reply.id, 8);
	ck_assert_str_eq(reply.answers, "a.x.test 60 A 192.0.2.1\n");
	/* One and a part of the next. */
	client_send(fd, bytes, 2 + first + 5);
	client_receive(fd, &reply);
	client_send(fd, bytes + 2 + first + 5, 2 + second - 5);
	client_receive(fd, &reply);
	ck_assert_uint_eq(reply.id, 8);
	ck_assert_uint_eq(dns_server_count_tcp_questions(server, NULL), 5);
	/* The client has no more to ask but still listens; then the end. */
	client_send(fd, bytes, 2 + first);
	shutdown(fd, SHUT_WR);
	client_receive(fd, &reply);
	ck_assert_uint_eq(reply.id, 7);
	client_receive(fd, &reply);
	ck_assert_uint_eq(reply.length, 0);
	close(fd);
}
END_TEST

/* More than the sockets' buffers hold is written as the client reads: 13 MB. */
START_TEST(tcp_answers_wait_for_a_slow_reader)
{
	static char line[8192] = "a.x.test 60 TXT";
	int fd = client_open(server, SOCK_STREAM);
	unsigned int count = 200;
	unsigned int i;

	for (i = 0; i < 28; i++)
		snprintf(line + strlen(line), sizeof(line) - strlen(line), " %0250u", i);
	for (i = 0; i < 9; i++)
		ck_assert_int_eq(client_load_zone(server, line), 1);
	for (i = 0; i < count; i++)
		client_ask(fd, i, "a.x.test", TYPE_TXT);
	shutdown(fd, SHUT_WR);
	ck_assert(dns_server_wait_for_questions(server, "a.x.test", TYPE_TXT, count));
	for (i = 0; i < count; i++) {
		client_receive(fd, &reply);
		ck_assert_uint_eq(reply.id, i);
		ck_assert_uint_eq(reply.length, 26 + 9 * (12 + 28 * 251));
		ck_assert(!reply.is_malformed);
	}
	close(fd);
}
END_TEST

START_TEST(two_servers_know_nothing_of_each_other)
{
	struct dns_server *other = dns_server_start_at("127.0.0.2", 0);

	ck_assert_int_eq(strncmp(dns_server_address(other), "127.0.0.2:", 10), 0);
	dns_server_add_address(server, "a.x.test", "192.0.2.1", 60);
	dns_server_add_address(other, "a.x.test", "192.0.2.2", 60);
	client_get(server, "a.x.test", TYPE_A, &reply);
	ck_assert_str_eq(reply.answers, "a.x.test 60 A 192.0.2.1\n");
	client_get(other, "a.x.test", TYPE_A, &reply);
	ck_assert_str_eq(reply.answers, "a.x.test 60 A 192.0.2.2\n");
	ck_assert_uint_eq(dns_server_count_questions(other, NULL, 0), 1);
	dns_server_stop(other);
	client_get(server, "a.x.test", TYPE_A, &reply);
	ck_assert_str_eq(reply.answers, "a.x.test 60 A 192.0.2.1\n");
}
END_TEST

/* As tests do that let a server go away and come back. */
START_TEST(a_server_comes_back_on_its_port)
{
	uint16_t port = dns_server_port(server);
	int fd = client_open(server, SOCK_STREAM);

	/* The server is first to close: the port stays in TIME_WAIT. */
	client_ask(fd, 1, "a.x.test", TYPE_A);
	client_receive(fd, &reply);
	dns_server_stop(server);
	close(fd);
	server = dns_server_start_at("127.0.0.1", port);
	ck_assert_uint_eq(dns_server_port(server), port);
	dns_server_add_address(server, "a.x.test", "192.0.2.1", 60);
	client_get_by_tcp(server, "a.x.test", TYPE_A, &reply);
	ck_assert_str_eq(reply.answers, "a.x.test 60 A 192.0.2.1\n");
}
END_TEST

/* Sends the bytes, and a question behind them whose answer shows that the server lives
 * and has answered nothing else, unless an rcode is expected. */
static void
send_garbage(const void *bytes, size_t length, int rcode)
{
	int fd = client_open(server, SOCK_DGRAM);

	client_send(fd, bytes, length);
	client_ask(fd, 4711, "a.x.test", TYPE_A);
	client_receive(fd, &reply);
	if (rcode >= 0) {
		ck_assert_uint_eq(reply.id, 0x1234);
		ck_assert_uint_eq(reply.length, 12);
		ck_assert_uint_eq(reply.rcode, (unsigned int)rcode);
		client_receive(fd, &reply);
	}
	ck_assert_uint_eq(reply.id, 4711);
	close(fd);
}

START_TEST(garbage_is_left_alone_or_refused)
{
	uint8_t bytes[300];
	size_t length = client_make_question(bytes, 0x1234, "a.x.test", TYPE_A, 512);
	size_t i;

	send_garbage("", 0, -1);
	for (i = 1; i < 12; i++)
		send_garbage(bytes, i, -1);
	for (i = 12; i < length; i++)
		send_garbage(bytes, i, RCODE_FORMERR);
	bytes[11] = 0; /* no OPT */
	for (i = 12; i < 12 + 10 + 4; i++)
		send_garbage(bytes, i, RCODE_FORMERR);
	bytes[11] = 1;
	bytes[2] |= 0x80; /* an answer */
	send_garbage(bytes, length, -1);
	bytes[2] = 0x28; /* UPDATE */
	send_garbage(bytes, length, RCODE_NOTIMP);
	bytes[2] = 1;
	bytes[5] = 2; /* two questions */
	send_garbage(bytes, length, RCODE_FORMERR);
	bytes[5] = 1;
	bytes[12 + 10 + 3] = 3; /* class CHAOS */
	send_garbage(bytes, length, RCODE_REFUSED);
	bytes[12 + 10 + 3] = 1;
	bytes[12] = 0xc0; /* a name that points to itself */
	bytes[13] = 12;
	send_garbage(bytes, length, RCODE_FORMERR);
	ck_assert_uint_eq(dns_server_count_questions(server, NULL, 0),
			  12 + (length - 12) + 14 + 5);
}
END_TEST

START_TEST(no_bytes_bring_it_down)
{
	int fd = client_open(server, SOCK_DGRAM);
	unsigned int seed = 1;
	int i;

	for (i = 0; i < 5000; i++) {
		uint8_t bytes[300];
		size_t length = client_make_question(bytes, 1, "a.x.test", TYPE_A, 512);
		int changes;

		for (changes = 0; changes < 4; changes++) {
			seed = seed * 1103515245 + 12345;
			bytes[(seed >> 16) % length] = (uint8_t)(seed >> 8);
		}
		client_send(fd, bytes, length);
		while (client_has_reply(fd))
			client_receive(fd, &reply);
	}
	client_get(server, "a.x.test", TYPE_A, &reply);
	ck_assert_uint_eq(reply.rcode, RCODE_NXDOMAIN);
	close(fd);
}
END_TEST

/* A client with up to 256 questions on the way loses none. */
START_TEST(ten_thousand_datagrams_arrive_and_return)
{
	static bool is_answered[10000];
	int fd = client_open(server, SOCK_DGRAM);
	unsigned int asked = 0;
	unsigned int answered = 0;
	char name[64];

	dns_server_add_address(server, "*.bulk.x.test", "192.0.2.7", 60);
	while (answered < 10000) {
		while (asked < 10000 && asked - answered < 256) {
			snprintf(name, sizeof(name), "host%u.bulk.x.test", asked);
			client_ask(fd, asked++, name, TYPE_A);
		}
		client_receive(fd, &reply);
		ck_assert_uint_lt(reply.id, 10000);
		ck_assert(!is_answered[reply.id]);
		is_answered[reply.id] = true;
		snprintf(name, sizeof(name), "host%u.bulk.x.test 60 A 192.0.2.7\n",
			 reply.id);
		ck_assert_str_eq(reply.answers, name);
		answered++;
	}
	ck_assert_uint_eq(dns_server_count_questions(server, NULL, 0), 10000);
	ck_assert_uint_eq(dns_server_count_questions(server, "*.bulk.x.test", TYPE_A),
			  10000);
	ck_assert_uint_eq(dns_server_count_questions(server, "host77.bulk.x.test", 0), 1);
	ck_assert_uint_eq(dns_server_count_ids(server), 10000);
	ck_assert_uint_eq(dns_server_count_source_ports(server), 1);
	close(fd);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("dns_server_wire");
	TCase *tcase = tcase_create("wire");
	SRunner *runner = srunner_create(suite);

	suite_add_tcase(suite, tcase);
	tcase_set_timeout(tcase, 60);
	tcase_add_checked_fixture(tcase, start, stop);
	tcase_add_test(tcase, what_does_not_fit_a_datagram_is_truncated);
	tcase_add_test(tcase, a_large_answer_is_whole_over_tcp);
	tcase_add_test(tcase, tcp_takes_questions_in_any_pieces);
	tcase_add_test(tcase, tcp_answers_wait_for_a_slow_reader);
	tcase_add_test(tcase, two_servers_know_nothing_of_each_other);
	tcase_add_test(tcase, a_server_comes_back_on_its_port);
	tcase_add_test(tcase, garbage_is_left_alone_or_refused);
	tcase_add_test(tcase, no_bytes_bring_it_down);
	tcase_add_test(tcase, ten_thousand_datagrams_arrive_and_return);
	srunner_set_tap(runner, "-");
	srunner_run_all(runner, CK_SILENT);
	srunner_free(runner);
	return 0;
}
