/* SPDX-License-Identifier: MIT */
/* A responder fast enough to measure clients against: A and AAAA for n123.bench.test, in
 * batches, without a table. No other use.
 *
 *     responder ADDRESS PORT SECONDS
 *
 * Prints "ADDRESS:PORT" when it is ready (port 0 is a free one), and ends by itself. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "answer.h"

#define BATCH 256
#define PACKET_SIZE 512
#define HEADER_LENGTH 12
#define RECEIVE_BUFFER (256 * 1024 * 1024)

static struct {
	uint8_t data[PACKET_SIZE];
	struct sockaddr_in from;
	struct iovec vector;
} packets[BATCH];

/* The number in the first label, and where the question ends; 0: not for us. */
static size_t
read_question(const uint8_t *data, size_t length, long *number, unsigned int *type)
{
	size_t position = HEADER_LENGTH, i;

	if (length < HEADER_LENGTH + 5 || data[5] != 1)
		return 0;
	*number = 0;
	for (i = 2; i <= data[position] && position + i < length; i++)
		*number = *number * 10 + (data[position + i] - '0');
	while (position < length && data[position] != 0)
		position += data[position] + 1u;
	if (position + 5 > length)
		return 0;
	*type = (unsigned int)(data[position + 1] << 8 | data[position + 2]);
	return position + 5;
}

/* Turns a query into its response; its length, or 0. */
static size_t
respond(uint8_t *data, size_t length)
{
	static const uint8_t record[] = { 0xc0, 12, 0, 0, 0, 1, 0, 0, 1, 44, 0, 0 };
	unsigned int type = 0;
	uint8_t *answer;
	uint32_t address;
	size_t end, size;
	long number;

	end = read_question(data, length, &number, &type);
	if (end == 0 || end + sizeof record + 16 > PACKET_SIZE ||
	    (type != 1 && type != 28))
		return 0;
	size = type == 1 ? 4 : 16;
	data[2] |= 0x80;		/* a response */
	data[3] = 0x80;			/* recursion available */
	memset(data + 6, 0, 6);
	data[7] = 1;
	answer = data + end;
	memcpy(answer, record, sizeof record);
	answer[3] = (uint8_t)type;
	answer[11] = (uint8_t)size;
	answer += sizeof record;
	memset(answer, 0, size);
	address = htonl(bench_address(number));
	if (type == 28)
		answer[0] = 0xfd;
	memcpy(answer + size - 4, &address, 4);
	return end + sizeof record + size;
}

static void
serve(int descriptor)
{
	struct mmsghdr messages[BATCH];
	int got, i, count;
	size_t length;

	for (i = 0; i < BATCH; i++) {
		packets[i].vector.iov_base = packets[i].data;
		packets[i].vector.iov_len = PACKET_SIZE;
		memset(&messages[i], 0, sizeof messages[i]);
		messages[i].msg_hdr.msg_name = &packets[i].from;
		messages[i].msg_hdr.msg_namelen = sizeof packets[i].from;
		messages[i].msg_hdr.msg_iov = &packets[i].vector;
		messages[i].msg_hdr.msg_iovlen = 1;
	}
	got = recvmmsg(descriptor, messages, BATCH, MSG_WAITFORONE, NULL);
	for (i = count = 0; i < got; i++) {
		length = respond(messages[i].msg_hdr.msg_iov->iov_base,
				 messages[i].msg_len);
		if (length == 0)
			continue;
		messages[i].msg_hdr.msg_iov->iov_len = length;
		messages[count++] = messages[i];
	}
	for (i = 0; i < count; i += got > 0 ? got : 1)
		got = sendmmsg(descriptor, messages + i, (unsigned int)(count - i), 0);
}

static int
open_socket(const char *address, int port)
{
	int descriptor = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	struct sockaddr_in bound = { .sin_family = AF_INET,
				     .sin_port = htons((uint16_t)port) };
	int size = RECEIVE_BUFFER;
	socklen_t length = sizeof bound;

	if (inet_pton(AF_INET, address, &bound.sin_addr) != 1 ||
	    bind(descriptor, (struct sockaddr *)&bound, sizeof bound) < 0 ||
	    getsockname(descriptor, (struct sockaddr *)&bound, &length) < 0) {
		perror("responder");
		exit(1);
	}
	if (setsockopt(descriptor, SOL_SOCKET, SO_RCVBUFFORCE, &size, sizeof size) < 0)
		setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &size, sizeof size);
	printf("%s:%d\n", address, ntohs(bound.sin_port));
	fflush(stdout);
	return descriptor;
}

int
main(int argc, char *argv[])
{
	int descriptor;

	if (argc != 4) {
		fprintf(stderr, "Usage: responder ADDRESS PORT SECONDS\n");
		return 2;
	}
	alarm((unsigned int)atoi(argv[3]));
	descriptor = open_socket(argv[1], atoi(argv[2]));
	for (;;)
		serve(descriptor);
}
