/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "unit.h"

#include <arpa/inet.h>
#include <errno.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

#include "closed_port.h"
#include "outbox.h"
#include "rooms.h"
#include "server_socket.h"

static int near_end, far_end;
static struct outbox outbox;

static int
open_end(struct sockaddr_in *address)
{
	socklen_t length = sizeof *address;
	int descriptor = server_socket_open(AF_INET, SOCK_DGRAM, 0);

	memset(address, 0, sizeof *address);
	address->sin_family = AF_INET;
	address->sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	ck_assert_int_eq(bind(descriptor, (struct sockaddr *)address, length), 0);
	ck_assert_int_eq(getsockname(descriptor, (struct sockaddr *)address, &length), 0);
	return descriptor;
}

static void
open_ends(int ends[2])
{
	struct sockaddr_in addresses[2];
	int i;

	for (i = 0; i < 2; i++)
		ends[i] = open_end(&addresses[i]);
	for (i = 0; i < 2; i++)
		ck_assert_int_eq(connect(ends[i], (struct sockaddr *)&addresses[1 - i],
					 sizeof *addresses),
				 0);
}

static void
set_up(void)
{
	int ends[2];

	open_ends(ends);
	near_end = ends[0];
	far_end = ends[1];
	memset(&outbox, 0, sizeof outbox);
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

static ssize_t
put(unsigned char number, size_t length)
{
	unsigned char octets[OUTBOX_SIZE + 1];

	memset(octets, number, sizeof octets);
	return outbox_send(&outbox, near_end, octets, length);
}

/* Those that have come at the far end, from number first on, have these lengths. */
static void
expect_come(unsigned char first, unsigned int count, size_t length)
{
	unsigned char octets[OUTBOX_SIZE + 1];
	unsigned int i;

	for (i = 0; i < count; i++) {
		await(far_end);
		ck_assert_int_eq(recv(far_end, octets, sizeof octets, 0), (int)length);
		ck_assert_uint_eq(octets[0], first + i);
		ck_assert_uint_eq(octets[length - 1], first + i);
	}
	ck_assert_int_lt(recv(far_end, octets, sizeof octets, 0), 0);
}

START_TEST(sent_at_once_unless_held)
{
	ck_assert_int_eq(put(1, 10), 10);
	expect_come(1, 1, 10);
	outbox_hold(&outbox, true);
	outbox_hold(&outbox, false);
	ck_assert_int_eq(put(2, 10), 10);
	ck_assert_int_eq(put(3, 10), 10);
	expect_come(2, 2, 10);
}
END_TEST

START_TEST(held_all_but_the_first_wait)
{
	outbox_hold(&outbox, true);
	ck_assert_int_eq(put(1, 11), 11);
	ck_assert_int_eq(put(2, 12), 12);
	ck_assert_int_eq(put(3, 12), 12);
	expect_come(1, 1, 11);
	outbox_hold(&outbox, false);
	expect_come(2, 2, 12);
	outbox_hold(&outbox, false);
	expect_come(0, 0, 0);
}
END_TEST

START_TEST(what_waits_goes_before_its_socket_is_closed)
{
	outbox_hold(&outbox, true);
	ck_assert_int_eq(put(1, 10), 10);
	ck_assert_int_eq(put(2, 10), 10);
	expect_come(1, 1, 10);
	outbox_flush(&outbox);
	expect_come(2, 1, 10);
	ck_assert_int_eq(put(3, 10), 10);
	expect_come(0, 0, 0);
	outbox_hold(&outbox, false);
	expect_come(3, 1, 10);
}
END_TEST

START_TEST(each_goes_by_its_own_socket)
{
	int others[2], far = far_end, near = near_end;

	open_ends(others);
	outbox_hold(&outbox, true);
	ck_assert_int_eq(put(1, 10), 10);
	ck_assert_int_eq(put(2, 10), 10);
	near_end = others[0];
	ck_assert_int_eq(put(1, 20), 20);
	ck_assert_int_eq(put(2, 20), 20);
	outbox_hold(&outbox, false);
	expect_come(1, 2, 10);
	far_end = others[1];
	expect_come(1, 2, 20);
	far_end = far;
	near_end = near;
	close(others[0]);
	close(others[1]);
}
END_TEST

/* More than it holds, in number and in octets. Fault O03. */
START_TEST(none_is_lost_for_want_of_room)
{
	static const size_t lengths[] = { 1, OUTBOX_SIZE / 3, OUTBOX_SIZE, OUTBOX_SIZE + 1 };
	const unsigned int count = 2 * OUTBOX_MAXIMUM + 3;
	unsigned int i, j;

	server_socket_expect_many(far_end);
	for (i = 0; i < sizeof lengths / sizeof *lengths; i++) {
		outbox_hold(&outbox, true);
		for (j = 0; j < count; j++)
			ck_assert_int_eq(put((unsigned char)j, lengths[i]), (int)lengths[i]);
		outbox_hold(&outbox, false);
		expect_come(0, count, lengths[i]);
	}
}
END_TEST

/* The system says to who sends next that one was refused: that is sent all the same, so
 * that it is said to who reads, too. */
START_TEST(that_they_are_refused_is_told_to_who_reads)
{
	char address[CLOSED_PORT_TEXT], octet;
	int closed = closed_port_open(address), i;
	struct server_list servers;

	ck_assert(server_list_parse(&servers, address));
	close(near_end);
	near_end = server_socket_open(AF_INET, SOCK_DGRAM, 0);
	ck_assert_int_eq(server_socket_connect(near_end, &servers.servers[0]), 0);
	outbox_hold(&outbox, true);
	for (i = 0; i < 2; i++)
		ck_assert_int_eq(put(1, 10), 10);
	outbox_hold(&outbox, false);
	await(near_end);
	ck_assert_int_eq(server_socket_receive(near_end, &octet, 1), -1);
	ck_assert_int_eq(errno, ECONNREFUSED);
	close(closed);
}
END_TEST

/* As long as none could be sent, whoever wants to send is told. Faults R10, O04. */
START_TEST(what_cannot_be_sent_is_told)
{
	int i;

	outbox_hold(&outbox, true);
	for (i = 0; i < 3; i++) {
		ck_assert_int_eq(outbox_send(&outbox, -1, (const uint8_t *)"a", 1), -1);
		ck_assert_int_eq(errno, EBADF);
	}
	ck_assert_int_eq(put(1, 10), 10);
	expect_come(1, 1, 10);
	outbox_hold(&outbox, false);
}
END_TEST

void
outbox_tests(TCase *tests)
{
	tcase_add_checked_fixture(tests, set_up, tear_down);
	tcase_add_test(tests, sent_at_once_unless_held);
	tcase_add_test(tests, held_all_but_the_first_wait);
	tcase_add_test(tests, what_waits_goes_before_its_socket_is_closed);
	tcase_add_test(tests, each_goes_by_its_own_socket);
	tcase_add_test(tests, none_is_lost_for_want_of_room);
	tcase_add_test(tests, that_they_are_refused_is_told_to_who_reads);
	tcase_add_test(tests, what_cannot_be_sent_is_told);
}
