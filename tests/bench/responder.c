/* SPDX-License-Identifier: MIT */
/* A responder fast enough to measure clients against: A and AAAA for n123.bench.test and
 * n123.slow.test, in batches, without a table. No other use.
 *
 *     responder ADDRESS PORT SECONDS
 *
 * Prints "ADDRESS:PORT" when it is ready (port 0 is a free one), and ends by itself. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
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

/* A response that is to be sent later, in the list of its millisecond. */
struct delayed {
	struct delayed *next;
	struct sockaddr_in to;
	size_t length;
	uint8_t data[PACKET_SIZE];
};

static struct delayed *by_time[BENCH_DELAYS], *unused;
static long delayed_count;
static int64_t sent_until;	/* milliseconds */

static int64_t
milliseconds(void)
{
	struct timespec at;

	clock_gettime(CLOCK_MONOTONIC, &at);
	return (int64_t)at.tv_sec * 1000 + at.tv_nsec / 1000000;
}

static void
delay(const struct sockaddr_in *to, const uint8_t *data, size_t length, long number)
{
	struct delayed *delayed = unused != NULL ? unused : malloc(sizeof *delayed), **list;

	if (delayed == NULL)
		return;
	if (unused != NULL)
		unused = unused->next;
	if (delayed_count++ == 0)
		sent_until = milliseconds();
	list = &by_time[(sent_until + 1 + number % (BENCH_DELAYS - 1)) % BENCH_DELAYS];
	delayed->to = *to;
	delayed->length = length;
	memcpy(delayed->data, data, length);
	delayed->next = *list;
	*list = delayed;
}

static void
send_delayed(int descriptor)
{
	struct delayed *delayed, *next;
	int64_t now = milliseconds();

	for (; delayed_count > 0 && sent_until < now; sent_until++) {
		delayed = by_time[(sent_until + 1) % BENCH_DELAYS];
		by_time[(sent_until + 1) % BENCH_DELAYS] = NULL;
		for (; delayed != NULL; delayed = next) {
			next = delayed->next;
			sendto(descriptor, delayed->data, delayed->length, 0,
			       (struct sockaddr *)&delayed->to, sizeof delayed->to);
			delayed->next = unused;
			unused = delayed;
			delayed_count--;
		}
	}
}

/* Until there are some, or it is time to send. */
static void
wait_for_queries(int descriptor)
{
	struct pollfd wanted = { .fd = descriptor, .events = POLLIN };

	poll(&wanted, 1, 1);
}

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

/* Is the second label "slow"? */
static bool
is_slow(const uint8_t *data)
{
	const uint8_t *label = data + HEADER_LENGTH + data[HEADER_LENGTH] + 1;

	return label[0] == 4 && (label[1] | 0x20) == 's';
}

/* Turns a query into its response; its length, or 0. */
static size_t
respond(uint8_t *data, size_t length, long *number)
{
	static const uint8_t record[] = { 0xc0, 12, 0, 0, 0, 1, 0, 0, 1, 44, 0, 0 };
	unsigned int type = 0;
	uint8_t *answer;
	uint32_t address;
	size_t end, size;

	end = read_question(data, length, number, &type);
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
	address = htonl(bench_address(*number));
	if (type == 28)
		answer[0] = 0xfd;
	memcpy(answer + size - 4, &address, 4);
	return end + sizeof record + size;
}

static struct mmsghdr messages[BATCH];

/* Made ready anew: what was received and sent stands there. */
static void
reset_messages(void)
{
	int i;

	for (i = 0; i < BATCH; i++) {
		packets[i].vector.iov_base = packets[i].data;
		packets[i].vector.iov_len = PACKET_SIZE;
		memset(&messages[i], 0, sizeof messages[i]);
		messages[i].msg_hdr.msg_name = &packets[i].from;
		messages[i].msg_hdr.msg_namelen = sizeof packets[i].from;
		messages[i].msg_hdr.msg_iov = &packets[i].vector;
		messages[i].msg_hdr.msg_iovlen = 1;
	}
}

static void
serve(int descriptor)
{
	int got, i, count;
	size_t length;
	long number;

	reset_messages();
	if (delayed_count > 0)
		wait_for_queries(descriptor);
	got = recvmmsg(descriptor, messages, BATCH,
		       delayed_count > 0 ? MSG_DONTWAIT : MSG_WAITFORONE, NULL);
	for (i = count = 0; i < got; i++) {
		length = respond(packets[i].data, messages[i].msg_len, &number);
		if (length == 0)
			continue;
		if (is_slow(packets[i].data)) {
			delay(&packets[i].from, packets[i].data, length, number);
			continue;
		}
		packets[i].vector.iov_len = length;
		messages[count++] = messages[i];
	}
	for (i = 0; i < count; i += got > 0 ? got : 1)
		got = sendmmsg(descriptor, messages + i, (unsigned int)(count - i), 0);
	send_delayed(descriptor);
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
