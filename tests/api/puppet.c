/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "puppet.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "../support/require.h"

#define PATIENCE 10000 /* milliseconds */
#define FLAGS	 2
#define ANSWERS	 6

void
puppet_put_16(uint8_t *octets, unsigned int value)
{
	octets[0] = (uint8_t)(value >> 8);
	octets[1] = (uint8_t)value;
}

unsigned int
puppet_get_16(const uint8_t *octets)
{
	return (unsigned int)octets[0] << 8 | octets[1];
}

/* ---- Sockets ---- */

static int
open_socket(int type, struct sockaddr_in *own)
{
	socklen_t length = sizeof *own;
	int opened = socket(AF_INET, type | SOCK_CLOEXEC, 0);

	require(opened >= 0, "no socket");
	if (bind(opened, (struct sockaddr *)own, length) == 0 &&
	    getsockname(opened, (struct sockaddr *)own, &length) == 0)
		return opened;
	close(opened);
	return -1;
}

void
puppet_open(struct puppet *puppet)
{
	struct sockaddr_in own;

	do { /* the port may be taken for the other protocol */
		memset(&own, 0, sizeof own);
		own.sin_family = AF_INET;
		own.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
		puppet->listener = open_socket(SOCK_STREAM, &own);
		require(puppet->listener >= 0, "no listener");
		puppet->datagrams = open_socket(SOCK_DGRAM, &own);
		if (puppet->datagrams < 0)
			close(puppet->listener);
	} while (puppet->datagrams < 0);
	require(listen(puppet->listener, 16) == 0, "it does not listen");
	snprintf(puppet->address, sizeof puppet->address, "127.0.0.1:%u",
		 (unsigned int)ntohs(own.sin_port));
}

void
puppet_close_listener(struct puppet *puppet)
{
	close(puppet->listener);
	puppet->listener = -1;
}

void
puppet_close(struct puppet *puppet)
{
	if (puppet->listener >= 0)
		puppet_close_listener(puppet);
	if (puppet->datagrams >= 0)
		close(puppet->datagrams);
	puppet->datagrams = -1;
}

static void
await_input(int descriptor)
{
	struct pollfd polled = {.fd = descriptor, .events = POLLIN};
	int got;

	do
		got = poll(&polled, 1, PATIENCE);
	while (got < 0 && errno == EINTR);
	require(got == 1, "nothing has come");
}

/* ---- Datagrams ---- */

void
puppet_take(const struct puppet *puppet, struct puppet_question *question)
{
	socklen_t length = sizeof question->from;
	ssize_t got;

	await_input(puppet->datagrams);
	got = recvfrom(puppet->datagrams, question->octets, sizeof question->octets, 0,
		       (struct sockaddr *)&question->from, &length);
	require(got > PUPPET_HEADER, "no question");
	question->length = (size_t)got;
}

void
puppet_drain(const struct puppet *puppet)
{
	uint8_t octet;

	while (recv(puppet->datagrams, &octet, 1, MSG_DONTWAIT) >= 0)
		continue;
}

void
puppet_send(const struct puppet *puppet, const struct puppet_question *question,
	    const void *octets, size_t length)
{
	ssize_t sent =
		sendto(puppet->datagrams, octets, length, 0,
		       (const struct sockaddr *)&question->from, sizeof question->from);

	require(sent == (ssize_t)length, "not sent");
}

void
puppet_answer(const struct puppet *puppet, const struct puppet_question *question,
	      const struct puppet_reply *reply)
{
	puppet_send(puppet, question, reply->octets, reply->length);
}

/* ---- Streams ---- */

int
puppet_accept(const struct puppet *puppet)
{
	const int at_once = 1;
	int connection;

	await_input(puppet->listener);
	connection = accept4(puppet->listener, NULL, NULL, SOCK_CLOEXEC);
	require(connection >= 0, "no connection");
	setsockopt(connection, IPPROTO_TCP, TCP_NODELAY, &at_once, sizeof at_once);
	return connection;
}

int
puppet_take_to_stream(const struct puppet *puppet)
{
	static struct puppet_reply reply;
	struct puppet_question question;

	puppet_take(puppet, &question);
	puppet_reply_begin(&reply, &question);
	reply.octets[FLAGS] |= 2; /* TC */
	puppet_answer(puppet, &question, &reply);
	return puppet_accept(puppet);
}

static void
read_all(int connection, uint8_t *octets, size_t length)
{
	ssize_t got;

	for (; length > 0; length -= (size_t)got, octets += got) {
		await_input(connection);
		got = recv(connection, octets, length, 0);
		require(got > 0, "the connection has ended");
	}
}

void
puppet_read(int connection, struct puppet_question *question)
{
	uint8_t length[2];

	read_all(connection, length, sizeof length);
	question->length = puppet_get_16(length);
	require(question->length <= sizeof question->octets, "a long question");
	read_all(connection, question->octets, question->length);
}

void
puppet_write(int connection, const void *octets, size_t length)
{
	const uint8_t *rest = octets;
	ssize_t sent;

	for (; length > 0; length -= (size_t)sent, rest += sent) {
		sent = send(connection, rest, length, MSG_NOSIGNAL);
		if (sent < 0)
			return;
	}
}

void
puppet_write_reply(int connection, const struct puppet_reply *reply)
{
	uint8_t length[2];

	puppet_put_16(length, (unsigned int)reply->length);
	puppet_write(connection, length, sizeof length);
	puppet_write(connection, reply->octets, reply->length);
}

void
puppet_reset(int connection)
{
	const struct linger at_once = {.l_onoff = 1};

	setsockopt(connection, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
	close(connection);
}

/* ---- Replies ---- */

/* Behind the question section, which has one uncompressed name. */
static size_t
end_of_question(const struct puppet_question *question)
{
	size_t at = PUPPET_HEADER;

	while (at < question->length && question->octets[at] != 0)
		at += 1u + question->octets[at];
	require(at + 5 <= question->length, "a short question");
	return at + 5;
}

void
puppet_reply_begin(struct puppet_reply *reply, const struct puppet_question *question)
{
	reply->length = end_of_question(question);
	memcpy(reply->octets, question->octets, reply->length);
	memset(reply->octets + ANSWERS, 0, PUPPET_HEADER - ANSWERS);
	reply->octets[FLAGS] |= 0x80;
	reply->octets[FLAGS + 1] |= 0x80;
}

void
puppet_reply_add(struct puppet_reply *reply, unsigned int type, const void *data,
		 size_t length)
{
	uint8_t *record = reply->octets + reply->length;

	require(length <= sizeof reply->octets - reply->length - 12, "a long reply");
	memcpy(record, "\xc0\x0c\0\0\0\1\0\0\1\x2c\0\0", 12);
	puppet_put_16(record + 2, type);
	puppet_put_16(record + 10, (unsigned int)length);
	memcpy(record + 12, data, length);
	reply->length += 12 + length;
	puppet_put_16(reply->octets + ANSWERS,
		      puppet_get_16(reply->octets + ANSWERS) + 1);
}

void
puppet_reply_with(struct puppet_reply *reply, const struct puppet_question *question,
		  const char *address)
{
	struct in_addr octets;

	require(inet_pton(AF_INET, address, &octets) == 1, address);
	puppet_reply_begin(reply, question);
	puppet_reply_add(reply, 1, &octets, sizeof octets);
}
