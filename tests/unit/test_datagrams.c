/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "unit.h"

#include <arpa/inet.h>
#include <errno.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

#include "closed_port.h"
#include "datagrams.h"
#include "rooms.h"
#include "server_socket.h"

#define RESPONSE_SIZE 20

static int near_end, far_end;
static struct server near_server, far_server;
static struct inbox inbox;
static struct datagrams datagrams;

static int
open_end(struct server *server)
{
	struct sockaddr_in address = { .sin_family = AF_INET };
	socklen_t length = sizeof address;
	int descriptor = server_socket_open(AF_INET, SOCK_DGRAM, 0);

	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	ck_assert_int_eq(bind(descriptor, (struct sockaddr *)&address, length), 0);
	ck_assert_int_eq(getsockname(descriptor, (struct sockaddr *)&address, &length), 0);
	server->family = AF_INET;
	server->port = ntohs(address.sin_port);
	memcpy(&server->address, &address.sin_addr, sizeof address.sin_addr);
	return descriptor;
}

static void
set_up(void)
{
	near_end = open_end(&near_server);
	far_end = open_end(&far_server);
	ck_assert_int_eq(server_socket_connect(near_end, &far_server), 0);
	ck_assert_int_eq(server_socket_connect(far_end, &near_server), 0);
	datagrams_init(&datagrams);
	datagrams_open(&datagrams, near_end);
	datagrams_begin_to_read(&datagrams, near_end, &inbox);
}

/* Where what is sent, if it is not much, has come when that is over. */
static void
set_up_pair(void)
{
	int ends[2];

	close(near_end);
	close(far_end);
	ck_assert_int_eq(socketpair(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK, 0, ends), 0);
	near_end = ends[0];
	far_end = ends[1];
	datagrams_open(&datagrams, near_end);
	datagrams_begin_to_read(&datagrams, near_end, &inbox);
}

/* Until something comes. */
static void
await(int descriptor)
{
	struct pollfd ready = { .fd = descriptor, .events = POLLIN };

	ck_assert_int_eq(poll(&ready, 1, 10000), 1);
}

static void
tear_down(void)
{
	close(near_end);
	close(far_end);
}

/* Looks like a response to one question. */
static void
make_response(unsigned char *octets, size_t size, unsigned int number)
{
	memset(octets, 0, size);
	octets[0] = (unsigned char)number;
	octets[2] = 0x80;
	octets[5] = 1;
}

static ssize_t
put(unsigned char number, size_t length)
{
	unsigned char octets[SERVER_SOCKET_DATAGRAM_SIZE + 1];
	struct iovec pieces[2] = { { octets, length / 2 }, { octets, length - length / 2 } };

	memset(octets, number, sizeof octets);
	return datagrams_send(&datagrams, near_end, pieces, 2);
}

/* Those that have come at the far end, from number first on, have these lengths. */
static void
expect_come(unsigned char first, unsigned int count, size_t length)
{
	unsigned char octets[SERVER_SOCKET_DATAGRAM_SIZE + 1];
	unsigned int i;

	for (i = 0; i < count; i++) {
		await(far_end);
		ck_assert_int_eq(recv(far_end, octets, sizeof octets, 0), (int)length);
		ck_assert_uint_eq(octets[0], first + i);
		ck_assert_uint_eq(octets[length - 1], first + i);
	}
	ck_assert_int_lt(recv(far_end, octets, sizeof octets, 0), 0);
}

static void
send_back(unsigned int first, unsigned int count)
{
	unsigned char response[RESPONSE_SIZE];
	unsigned int i;

	for (i = 0; i < count; i++) {
		make_response(response, sizeof response, first + i);
		ck_assert_int_eq(send(far_end, response, sizeof response, 0), RESPONSE_SIZE);
	}
}

static ssize_t
take(void *buffer, size_t size, struct sockaddr_in *from)
{
	socklen_t length = sizeof *from;

	return datagrams_receive(&datagrams, near_end, buffer, size, (struct sockaddr *)from,
				 &length);
}

static void
expect_taken(unsigned int first, unsigned int count)
{
	unsigned char response[RESPONSE_SIZE];
	struct sockaddr_in from;
	unsigned int i;

	for (i = 0; i < count; i++) {
		ck_assert_int_eq(take(response, sizeof response, &from), RESPONSE_SIZE);
		ck_assert_uint_eq(response[0], first + i);
	}
}

/* However many looks it takes. */
static void
expect_all_taken(unsigned int first, unsigned int count)
{
	unsigned char response[RESPONSE_SIZE];
	struct sockaddr_in from;

	while (count > 0) {
		if (take(response, sizeof response, &from) < 0) {
			ck_assert_int_eq(errno, EAGAIN);
			await(near_end);
			datagrams_begin_to_read(&datagrams, near_end, &inbox);
			continue;
		}
		ck_assert_uint_eq(response[0], first);
		ck_assert_uint_eq(from.sin_family, AF_INET);
		ck_assert_uint_eq(ntohs(from.sin_port), far_server.port);
		ck_assert_uint_eq(ntohl(from.sin_addr.s_addr), INADDR_LOOPBACK);
		first++;
		count--;
	}
}

static void
expect_nothing_to_take(void)
{
	struct sockaddr_in from;
	unsigned char octet;

	errno = 0;
	ck_assert_uint_eq(datagrams_left(&datagrams), 0);
	ck_assert_int_eq(take(&octet, 1, &from), -1);
	ck_assert_int_eq(errno, EAGAIN);
}

START_TEST(all_that_have_come_are_taken_in_their_order)
{
	static const unsigned int counts[] = { 0, 1, INBOX_MAXIMUM - 1, INBOX_MAXIMUM,
					       INBOX_MAXIMUM + 1, 3 * INBOX_MAXIMUM };
	unsigned int i;

	for (i = 0; i < sizeof counts / sizeof *counts; i++) {
		datagrams_begin_to_read(&datagrams, near_end, &inbox);
		send_back(i, counts[i]);
		expect_all_taken(i, counts[i]);
		expect_nothing_to_take();
	}
}
END_TEST

START_TEST(what_comes_later_is_for_another_inbox)
{
	set_up_pair();
	send_back(0, 2);
	expect_taken(0, 1);
	ck_assert_uint_eq(datagrams_left(&datagrams), 1);
	send_back(2, 1);
	expect_taken(1, 1);
	expect_nothing_to_take();
	datagrams_begin_to_read(&datagrams, near_end, &inbox);
	expect_taken(2, 1);
}
END_TEST

/* Fault W16. */
START_TEST(a_datagram_is_as_long_as_there_is_room)
{
	static unsigned char sent[SERVER_SOCKET_DATAGRAM_SIZE + 1], taken[sizeof sent];
	struct sockaddr_in from;

	set_up_pair();
	memset(taken, 7, sizeof taken);
	make_response(sent, sizeof sent, 1);
	ck_assert_int_eq(send(far_end, sent, sizeof sent, 0), sizeof sent);
	ck_assert_int_eq(send(far_end, sent, 100, 0), 100);
	ck_assert_int_eq(take(taken, sizeof taken, &from), SERVER_SOCKET_DATAGRAM_SIZE);
	ck_assert_mem_eq(taken, sent, SERVER_SOCKET_DATAGRAM_SIZE);
	ck_assert_uint_eq(taken[SERVER_SOCKET_DATAGRAM_SIZE], 7);
	memset(taken, 7, sizeof taken);
	ck_assert_int_eq(take(taken, 50, &from), 50);
	ck_assert_mem_eq(taken, sent, 50);
	ck_assert_uint_eq(taken[50], 7);
}
END_TEST

/* Fault W08. */
START_TEST(what_is_no_response_is_passed_over)
{
	unsigned char octets[RESPONSE_SIZE];

	set_up_pair();
	make_response(octets, sizeof octets, 9);
	ck_assert_int_eq(send(far_end, octets, 0, 0), 0);
	ck_assert_int_eq(send(far_end, octets, 11, 0), 11);
	octets[2] = 0;
	ck_assert_int_eq(send(far_end, octets, sizeof octets, 0), RESPONSE_SIZE);
	send_back(1, 1);
	expect_taken(1, 1);
	expect_nothing_to_take();
}
END_TEST

START_TEST(sent_at_once_unless_held)
{
	ck_assert_int_eq(put(1, 10), 10);
	expect_come(1, 1, 10);
	datagrams_hold(&datagrams, true);
	datagrams_hold(&datagrams, false);
	ck_assert_int_eq(put(2, 10), 10);
	ck_assert_int_eq(put(3, 10), 10);
	expect_come(2, 2, 10);
}
END_TEST

START_TEST(held_all_but_the_first_wait)
{
	datagrams_hold(&datagrams, true);
	ck_assert_int_eq(put(1, 11), 11);
	ck_assert_int_eq(put(2, 12), 12);
	ck_assert_int_eq(put(3, 12), 12);
	expect_come(1, 1, 11);
	datagrams_hold(&datagrams, false);
	expect_come(2, 2, 12);
	datagrams_hold(&datagrams, false);
	expect_come(0, 0, 0);
}
END_TEST

START_TEST(a_socket_that_is_closed_has_sent_all)
{
	struct sockaddr_in from;
	unsigned char octet;

	set_up_pair();
	datagrams_hold(&datagrams, true);
	ck_assert_int_eq(put(1, 10), 10);
	ck_assert_int_eq(put(2, 10), 10);
	send_back(0, 2);
	expect_taken(0, 1);
	datagrams_close(&datagrams, far_end);
	expect_come(1, 1, 10);
	ck_assert_uint_eq(datagrams_left(&datagrams), 1);
	datagrams_close(&datagrams, near_end);
	expect_come(2, 1, 10);
	ck_assert_uint_eq(datagrams_left(&datagrams), 0);
	ck_assert_int_eq(take(&octet, 1, &from), -1);
	ck_assert_int_eq(put(3, 10), 10);
	expect_come(3, 1, 10);
}
END_TEST

/* More than it holds, in number and in octets. Fault O03. */
START_TEST(none_is_lost_for_want_of_room)
{
	static const size_t lengths[] = { 1, OUTBOX_SIZE / 3, OUTBOX_SIZE, OUTBOX_SIZE + 1 };
	const unsigned int count = 2 * OUTBOX_MAXIMUM + 3;
	unsigned int i, j;

	for (i = 0; i < sizeof lengths / sizeof *lengths; i++) {
		datagrams_hold(&datagrams, true);
		for (j = 0; j < count; j++)
			ck_assert_int_eq(put((unsigned char)j, lengths[i]), (int)lengths[i]);
		datagrams_hold(&datagrams, false);
		expect_come(0, count, lengths[i]);
	}
}
END_TEST

/* The system says to who sends next that one was refused: that is sent all the same, so
 * that it is said to who reads, too. */
START_TEST(that_they_are_refused_is_told_to_who_reads)
{
	char address[CLOSED_PORT_TEXT], octet;
	struct sockaddr_in from;
	int closed = closed_port_open(address), i;
	struct server_list servers;

	ck_assert(server_list_parse(&servers, address));
	ck_assert_int_eq(server_socket_connect(near_end, &servers.servers[0]), 0);
	datagrams_hold(&datagrams, true);
	for (i = 0; i < 2; i++)
		ck_assert_int_eq(put(1, 10), 10);
	datagrams_hold(&datagrams, false);
	await(near_end);
	ck_assert_int_eq(take(&octet, 1, &from), -1);
	ck_assert_int_eq(errno, ECONNREFUSED);
	close(closed);
}
END_TEST

/* As long as none could be sent, whoever wants to send is told. Faults R10, O04. */
START_TEST(what_cannot_be_sent_is_told)
{
	struct iovec piece = { &(char){ 1 }, 1 };
	int i;

	datagrams_hold(&datagrams, true);
	for (i = 0; i < 3; i++) {
		ck_assert_int_eq(datagrams_send(&datagrams, -1, &piece, 1), -1);
		ck_assert_int_eq(errno, EBADF);
	}
	ck_assert_int_eq(put(1, 10), 10);
	expect_come(1, 1, 10);
	datagrams_hold(&datagrams, false);
}
END_TEST

void
datagrams_tests(TCase *tests)
{
	tcase_add_checked_fixture(tests, set_up, tear_down);
	tcase_add_test(tests, all_that_have_come_are_taken_in_their_order);
	tcase_add_test(tests, what_comes_later_is_for_another_inbox);
	tcase_add_test(tests, a_datagram_is_as_long_as_there_is_room);
	tcase_add_test(tests, what_is_no_response_is_passed_over);
	tcase_add_test(tests, sent_at_once_unless_held);
	tcase_add_test(tests, held_all_but_the_first_wait);
	tcase_add_test(tests, a_socket_that_is_closed_has_sent_all);
	tcase_add_test(tests, none_is_lost_for_want_of_room);
	tcase_add_test(tests, that_they_are_refused_is_told_to_who_reads);
	tcase_add_test(tests, what_cannot_be_sent_is_told);
}
