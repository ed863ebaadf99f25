/* SPDX-License-Identifier: MIT */
/* Faults of TCP: T of doc/faults.md. A lookup begins with a question by a datagram, whose
 * answer is that there is more over TCP. */
#include "faults.h"

#include <arpa/inet.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "heart_beat.h"
#include "rounds.h"

#define NAME  "a.test"
#define GOOD  "192.0.2.1"
#define ID    0
#define FLAGS 2

static struct puppet_question question;
static struct puppet_reply reply;

/* A lookup whose question has come over TCP, and the good answer to it. */
static DnsAsyncResult *
begin_lookup(int *connection)
{
	DnsAsyncResult *handle = ask(NAME);

	*connection = puppet_take_to_stream(&puppet);
	puppet_read(*connection, &question);
	puppet_reply_with(&reply, &question, GOOD);
	return handle;
}

static void
end_with_good(DnsAsyncResult *handle, int connection)
{
	puppet_write_reply(connection, &reply);
	end_with_addresses(handle, GOOD);
	close(connection);
}

/* Whatever c-ares tries then, it is refused. */
static void
expect_to_fail(DnsAsyncResult *handle)
{
	end_expecting(handle, DNS_STATUS_TRY_AGAIN);
}

/* The puppet, and the server of the world after it. */
static void
use_both(int timeout)
{
	char servers[128];

	snprintf(servers, sizeof servers, "%s,%s", puppet.address,
		 dns_server_address(world.server));
	use_servers(servers, timeout, 1, NEVER);
}

/* ---- No connection ---- */

START_TEST(t02_tcp_is_refused)
{
	DnsAsyncResult *handle;

	if (_i == 1)
		use_both(NEVER);
	puppet_close_listener(&puppet);
	handle = ask("b.test");
	puppet_take(&puppet, &question);
	puppet_reply_begin(&reply, &question);
	reply.octets[FLAGS] |= 2;
	puppet_answer(&puppet, &question, &reply);
	if (_i == 1)
		end_with_addresses(handle, "192.0.2.2");
	else
		expect_to_fail(handle);
}
END_TEST

/* Connections until there is no room for another; how many. */
static int
fill_listener(int *connections, int maximum)
{
	struct sockaddr_in own;
	socklen_t length = sizeof own;
	int count = 0, error = 0;

	ck_assert_int_eq(listen(puppet.listener, 0), 0);
	ck_assert_int_eq(getsockname(puppet.listener, (struct sockaddr *)&own, &length),
			 0);
	while (count < maximum && error == 0) {
		connections[count] =
			socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
		ck_assert_int_ge(connections[count], 0);
		/* On this host a connection is there at once, or it is not. */
		connect(connections[count], (struct sockaddr *)&own, length);
		error = send(connections[count++], "", 0, MSG_NOSIGNAL) < 0;
	}
	return count;
}

START_TEST(t03_nobody_accepts)
{
	int connections[8], count = fill_listener(connections, 8);
	DnsAsyncResult *handle;

	ck_assert_int_lt(count, 8);
	if (_i == 0)
		use_both(SHORT);
	else
		use_servers(NULL, NEVER, 1, SHORT);
	handle = ask("b.test");
	puppet_take(&puppet, &question);
	puppet_reply_begin(&reply, &question);
	reply.octets[FLAGS] |= 2;
	puppet_answer(&puppet, &question, &reply);
	if (_i == 0)
		end_with_addresses(handle, "192.0.2.2");
	else
		end_expecting(handle, DNS_STATUS_TIMED_OUT);
	while (count-- > 0)
		close(connections[count]);
}
END_TEST

/* ---- Connections that end ---- */

START_TEST(t04_accepted_and_ended)
{
	DnsAsyncResult *handle = ask(NAME);
	int connection = puppet_take_to_stream(&puppet);

	puppet_close_listener(&puppet);
	shutdown(connection, SHUT_WR);
	expect_to_fail(handle);
	close(connection);
}
END_TEST

/* What has nothing to do with a connection is answered. */
START_TEST(t04_and_a_question_in_a_datagram)
{
	int connection;
	DnsAsyncResult *handle = begin_lookup(&connection), *bystander = ask("b.test");

	puppet_take(&puppet, &question);
	puppet_close_listener(&puppet);
	close(connection);
	expect_to_fail(handle);
	puppet_reply_with(&reply, &question, GOOD);
	puppet_answer(&puppet, &question, &reply);
	end_with_addresses(bystander, GOOD);
}
END_TEST

START_TEST(t05_accepted_ended_and_reset)
{
	int connection;
	DnsAsyncResult *handle = begin_lookup(&connection);

	puppet_close_listener(&puppet);
	shutdown(connection, SHUT_WR);
	puppet_reset(connection);
	expect_to_fail(handle);
}
END_TEST

START_TEST(t06_ended_within_the_length)
{
	int connection;
	DnsAsyncResult *handle = begin_lookup(&connection);

	puppet_close_listener(&puppet);
	puppet_write(connection, "", 1);
	shutdown(connection, SHUT_WR);
	expect_to_fail(handle);
	close(connection);
}
END_TEST

START_TEST(t10_ended_within_the_answer)
{
	int connection;
	DnsAsyncResult *handle = begin_lookup(&connection);
	uint8_t length[2];

	puppet_close_listener(&puppet);
	puppet_put_16(length, (unsigned int)(2 * reply.length));
	puppet_write(connection, length, 2);
	puppet_write(connection, reply.octets, reply.length);
	shutdown(connection, SHUT_WR);
	expect_to_fail(handle);
	close(connection);
}
END_TEST

/* A second server has what the connection did not bring. */
START_TEST(t10_ended_and_another_server)
{
	DnsAsyncResult *handle;
	int connection;

	use_both(NEVER);
	handle = ask("b.test");
	connection = puppet_take_to_stream(&puppet);
	puppet_close_listener(&puppet);
	puppet_write(connection, "\0", 2);
	puppet_reset(connection);
	end_with_addresses(handle, "192.0.2.2");
}
END_TEST

START_TEST(t19_reset_while_idle)
{
	unsigned int left = rounds(20);
	DnsAsyncResult *handle;
	int connection;

	for (; left > 0; left--) {
		handle = begin_lookup(&connection);
		puppet_write_reply(connection, &reply);
		end_with_addresses(handle, GOOD);
		puppet_reset(connection);
	}
}
END_TEST

/* ---- Answers in pieces ---- */

/* Each has been read when the next is sent, and others get their answers meanwhile. */
START_TEST(t07_octet_by_octet)
{
	int connection;
	DnsAsyncResult *handle = begin_lookup(&connection);
	uint8_t length[2];
	size_t i;

	puppet_put_16(length, (unsigned int)reply.length);
	for (i = 0; i < 2 + reply.length; i++) {
		ck_assert(!DnsAsyncResultIsCompleted(handle));
		puppet_write(connection, i < 2 ? length + i : reply.octets + i - 2, 1);
		await_turns(world.resolver, 4);
		if (i % 10 == 0)
			expect_service();
	}
	end_with_addresses(handle, GOOD);
	close(connection);
}
END_TEST

START_TEST(t08_an_octet_and_no_more)
{
	DnsAsyncResult *handle;
	int connection;

	use_servers(NULL, NEVER, 1, SHORT);
	handle = begin_lookup(&connection);
	puppet_write(connection, "", 1);
	end_expecting(handle, DNS_STATUS_TIMED_OUT);
	expect_service();
	close(connection);
}
END_TEST

#define TOGETHER 10

static DnsAsyncResult *handles[TOGETHER];
static struct puppet_reply replies[TOGETHER];

/* Lookups whose questions have come over one connection, and the answers to them, in the
 * order of the lookups. */
static int
begin_together(int count)
{
	char text[32];
	int connection = -1, i, number;

	for (i = 0; i < count; i++) {
		snprintf(text, sizeof text, "n%d.test", i);
		handles[i] = ask(text);
	}
	for (i = 0; i < count; i++) {
		puppet_take(&puppet, &question);
		puppet_reply_begin(&reply, &question);
		reply.octets[FLAGS] |= 2;
		puppet_answer(&puppet, &question, &reply);
	}
	connection = puppet_accept(&puppet);
	for (i = 0; i < count; i++) {
		puppet_read(connection, &question);
		number = question.octets[PUPPET_HEADER + 2] - '0';
		snprintf(text, sizeof text, "10.2.0.%d", number);
		puppet_reply_with(&replies[number], &question, text);
	}
	return connection;
}

static void
end_together(int count)
{
	char text[32];
	int i;

	for (i = 0; i < count; i++) {
		snprintf(text, sizeof text, "10.2.0.%d", i);
		end_with_addresses(handles[i], text);
	}
}

/* All in one piece, or cut into pieces of any sizes. */
START_TEST(t11_pieces_of_any_size)
{
	static const size_t sizes[] = {10000, 1, 2, 3, 19, 50};
	static uint8_t stream[10000];
	size_t length = 0, sent, piece;
	int connection, i;

	connection = begin_together(TOGETHER);
	for (i = 0; i < TOGETHER; i++) {
		puppet_put_16(stream + length, (unsigned int)replies[i].length);
		memcpy(stream + length + 2, replies[i].octets, replies[i].length);
		length += 2 + replies[i].length;
	}
	for (sent = 0; sent < length; sent += piece) {
		piece = length - sent < sizes[_i] ? length - sent : sizes[_i];
		puppet_write(connection, stream + sent, piece);
		await_turns(world.resolver, 2);
	}
	end_together(TOGETHER);
	close(connection);
}
END_TEST

START_TEST(t12_out_of_order)
{
	int connection = begin_together(TOGETHER), i;

	for (i = TOGETHER; i-- > 0;)
		puppet_write_reply(connection, &replies[i]);
	end_together(TOGETHER);
	close(connection);
}
END_TEST

/* ---- What is not the answer ---- */

START_TEST(t09_nothing_and_next_to_it)
{
	int connection;
	DnsAsyncResult *handle = begin_lookup(&connection);

	puppet_write(connection, "\0\1x\0\0", 5);
	await_turns(world.resolver, 4);
	ck_assert(!DnsAsyncResultIsCompleted(handle));
	end_with_good(handle, connection);
}
END_TEST

/* As many addresses as there is room for, each another. Fault A15. */
START_TEST(t09_the_longest_answer)
{
	struct heart_beat beat;
	DnsHostEntry *entry;
	uint8_t address[4] = {10};
	unsigned int i;
	int connection;
	DnsAsyncResult *handle = begin_lookup(&connection);

	heart_beat_start(&beat, world.resolver);
	for (i = 0; reply.length + 16 <= sizeof reply.octets; i++) {
		puppet_put_16(address + 2, i);
		puppet_reply_add(&reply, 1, address, sizeof address);
	}
	puppet_write_reply(connection, &reply);
	ck_assert_int_eq(EndGetHostByName(handle, &entry), DNS_STATUS_OK);
	ck_assert_uint_eq(DnsHostEntryGetAddressCount(entry), 512);
	DnsHostEntryRelease(entry);
	ck_assert_int_lt(heart_beat_stop(&beat, "t09"), LONGEST_TURN);
	close(connection);
}
END_TEST

START_TEST(t13_a_wrong_id)
{
	static struct puppet_reply wrong;
	int connection;
	DnsAsyncResult *handle = begin_lookup(&connection);

	puppet_reply_with(&wrong, &question, "198.51.100.66");
	puppet_put_16(wrong.octets + ID, puppet_get_16(wrong.octets + ID) + 1);
	puppet_write_reply(connection, &wrong);
	await_turns(world.resolver, 4);
	ck_assert(!DnsAsyncResultIsCompleted(handle));
	end_with_good(handle, connection);
}
END_TEST

struct flood {
	int connection;
	atomic_bool stops;
	unsigned int messages;
};

/* Messages of no question's, as long as anybody takes them. */
static void *
flood(void *argument)
{
	struct flood *given = argument;
	static uint8_t octets[2 + 65535];

	memset(octets, 0xff, sizeof octets);
	for (; !atomic_load(&given->stops); given->messages++)
		puppet_write(given->connection, octets, sizeof octets);
	return NULL;
}

START_TEST(t16_octets_without_end)
{
	struct flood flooding = {.messages = 0};
	struct heart_beat beat;
	DnsAsyncResult *handle;
	pthread_t thread;

	use_servers(NULL, NEVER, 1, 2 * SHORT);
	handle = begin_lookup(&flooding.connection);
	heart_beat_start(&beat, world.resolver);
	thread = start_thread(flood, &flooding);
	expect_service();
	end_expecting(handle, DNS_STATUS_TIMED_OUT);
	expect_service();
	atomic_store(&flooding.stops, true);
	shutdown(flooding.connection, SHUT_RDWR);
	join_thread(thread);
	printf("# t16: %u messages of 64 KiB\n", flooding.messages);
	ck_assert_int_lt(heart_beat_stop(&beat, "t16"), LONGEST_TURN);
	close(flooding.connection);
}
END_TEST

/* A server that says so over TCP has not said what it was asked. */
START_TEST(t15_truncated_over_tcp)
{
	int connection;
	DnsAsyncResult *handle;

	if (_i == 1)
		use_both(NEVER);
	handle = ask("b.test");
	connection = puppet_take_to_stream(&puppet);
	puppet_read(connection, &question);
	puppet_reply_with(&reply, &question, GOOD);
	reply.octets[FLAGS] |= 2;
	puppet_write_reply(connection, &reply);
	if (_i == 1)
		end_with_addresses(handle, "192.0.2.2");
	else
		end_expecting(handle, DNS_STATUS_NO_RECOVERY);
	close(connection);
}
END_TEST

/* What ended in a double free with c-ares up to 1.34.6. */
START_TEST(t17_formerr_answer_and_reset)
{
	static struct puppet_reply formerr;
	DnsAsyncResult *handle;
	DnsStatus status;
	int connection;

	use_edns();
	handle = begin_lookup(&connection);
	puppet_close_listener(&puppet);
	puppet_reply_begin(&formerr, &question);
	formerr.length = PUPPET_HEADER;
	memset(formerr.octets + 4, 0, 8);
	formerr.octets[FLAGS + 1] |= RCODE_FORMERR;
	puppet_write_reply(connection, &formerr);
	puppet_write_reply(connection, &reply);
	puppet_reset(connection);
	status = EndGetHostByName(handle, NULL);
	ck_assert(status == DNS_STATUS_OK || status == DNS_STATUS_TRY_AGAIN ||
		  status == DNS_STATUS_NO_RECOVERY);
}
END_TEST

/* ---- Many ---- */

START_TEST(t14_three_thousand_truncated)
{
	unsigned int count = rounds(3000), i;
	DnsAsyncResult **many = calloc(count, sizeof *many);
	char name[32];

	ck_assert_ptr_nonnull(many);
	use_servers(dns_server_address(world.server), NEVER, 1, NEVER);
	dns_server_misbehave(world.server, "*.many.test", 0, ANSWER_TRUNCATED);
	for (i = 0; i < count; i++) {
		snprintf(name, sizeof name, "n%u.many.test", i);
		many[i] = ask(name);
	}
	for (i = 0; i < count; i++)
		end_with_addresses(many[i], "198.51.100.7");
	free(many);
	use_servers(NULL, NEVER, 1, NEVER);
}
END_TEST

#define TAKEN 100

/* More than the buffers of the connection hold. */
START_TEST(t18_nobody_reads)
{
	unsigned int count = rounds(2000), i;
	DnsAsyncResult **many = calloc(count, sizeof *many);
	const int small = 1;
	DnsAsyncResult *handle;
	char name[256];
	int connection, length;

	ck_assert_ptr_nonnull(many);
	setsockopt(puppet.listener, SOL_SOCKET, SO_RCVBUF, &small, sizeof small);
	handle = ask(NAME);
	connection = puppet_take_to_stream(&puppet);
	for (i = 0; i < count; i++) {
		length = snprintf(name, sizeof name, "n%u.", i);
		for (; length < 200; length += 2)
			memcpy(name + length, "x.", 2);
		strcpy(name + length, "test");
		many[i] = ask(name);
	}
	for (i = 0; i < count && i < TAKEN; i++) {
		puppet_take(&puppet, &question);
		puppet_reply_begin(&reply, &question);
		reply.octets[FLAGS] |= 2;
		puppet_answer(&puppet, &question, &reply);
	}
	DnsAsyncResultSetDeadline(handle, SHORT);
	for (i = 0; i < count; i++)
		DnsAsyncResultSetDeadline(many[i], i % 2 == 0 ? 0 : SHORT);
	end_expecting(handle, DNS_STATUS_TIMED_OUT);
	for (i = 0; i < count; i++)
		end_expecting(many[i], DNS_STATUS_TIMED_OUT);
	puppet_drain(&puppet);
	free(many);
	close(connection);
}
END_TEST

static void
add_ends(TCase *tests)
{
	tcase_add_loop_test(tests, t02_tcp_is_refused, 0, 2);
	tcase_add_loop_test(tests, t03_nobody_accepts, 0, 2);
	tcase_add_test(tests, t04_accepted_and_ended);
	tcase_add_test(tests, t04_and_a_question_in_a_datagram);
	tcase_add_test(tests, t05_accepted_ended_and_reset);
	tcase_add_test(tests, t06_ended_within_the_length);
	tcase_add_test(tests, t10_ended_within_the_answer);
	tcase_add_test(tests, t10_ended_and_another_server);
	tcase_add_test(tests, t19_reset_while_idle);
}

void
add_stream_faults(Suite *suite)
{
	TCase *tests = faults_case(suite, "streams");

	add_ends(tests);
	tcase_add_test(tests, t07_octet_by_octet);
	tcase_add_test(tests, t08_an_octet_and_no_more);
	tcase_add_loop_test(tests, t11_pieces_of_any_size, 0, 6);
	tcase_add_test(tests, t12_out_of_order);
	tcase_add_test(tests, t09_nothing_and_next_to_it);
	tcase_add_test(tests, t09_the_longest_answer);
	tcase_add_test(tests, t13_a_wrong_id);
	tcase_add_test(tests, t16_octets_without_end);
	tcase_add_loop_test(tests, t15_truncated_over_tcp, 0, 2);
	tcase_add_test(tests, t17_formerr_answer_and_reset);
	tcase_add_test(tests, t14_three_thousand_truncated);
	tcase_add_test(tests, t18_nobody_reads);
}
