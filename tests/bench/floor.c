/* SPDX-License-Identifier: MIT */
#include "floor.h"

#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>

#define RECEIVE_BUFFER (64 * 1024 * 1024)
#define HEADER 12
/* Behind the question: an owner, type, class, TTL, length, address. */
#define ADDRESS_AT 12

static struct run *run;
static struct sockaddr_in server;
static struct floor_datagram *datagrams;
static int32_t numbers[65536];	/* by id; -1: free */
static uint16_t last_id;
static long next, done;

static void
make_datagram(struct floor_datagram *datagram, const char *name)
{
	static const uint8_t header[HEADER] = { [2] = 1, [5] = 1 };
	static const uint8_t end[] = { 0, 0, 1, 0, 1 };
	uint8_t *at = datagram->octets + HEADER;
	size_t length;

	memcpy(datagram->octets, header, sizeof header);
	for (; *name != '\0'; name += length + (name[length] == '.')) {
		length = strcspn(name, ".");
		*at++ = (uint8_t)length;
		memcpy(at, name, length);
		at += length;
	}
	memcpy(at, end, sizeof end);
	datagram->length = (uint32_t)(at + sizeof end - datagram->octets);
}

static void
read_server(void)
{
	char text[INET_ADDRSTRLEN];
	const char *colon = strchr(run->server, ':');

	server.sin_family = AF_INET;
	if (colon != NULL && (size_t)(colon - run->server) < sizeof text) {
		memcpy(text, run->server, (size_t)(colon - run->server));
		text[colon - run->server] = '\0';
		server.sin_port = htons((uint16_t)atoi(colon + 1));
		if (inet_pton(AF_INET, text, &server.sin_addr) == 1)
			return;
	}
	run_fail(run->server);
}

void
floor_open(struct run *the_run)
{
	long i;

	run = the_run;
	read_server();
	memset(numbers, 0xff, sizeof numbers);
	datagrams = calloc((size_t)run->count, sizeof *datagrams);
	if (datagrams == NULL)
		run_fail("calloc");
	for (i = 0; i < run->count; i++)
		make_datagram(&datagrams[i], run->names[i]);
}

void
floor_close(void)
{
	free(datagrams);
}

int
floor_socket(int flags)
{
	int descriptor = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC | flags, 0);
	int size = RECEIVE_BUFFER;

	if (descriptor < 0 ||
	    connect(descriptor, (struct sockaddr *)&server, sizeof server) < 0)
		run_fail("socket");
	if (setsockopt(descriptor, SOL_SOCKET, SO_RCVBUFFORCE, &size, sizeof size) < 0)
		setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &size, sizeof size);
	return descriptor;
}

bool
floor_is_done(void)
{
	return done == run->count;
}

long
floor_outstanding(void)
{
	return next - done;
}

bool
floor_has_next(void)
{
	return next < run->count && floor_outstanding() < run->outstanding;
}

struct floor_datagram *
floor_next(void)
{
	struct floor_datagram *datagram = &datagrams[next];

	while (numbers[last_id] >= 0)
		last_id++;
	numbers[last_id] = (int32_t)next;
	datagram->octets[0] = (uint8_t)(last_id >> 8);
	datagram->octets[1] = (uint8_t)last_id;
	last_id++;
	run_begin(run, next++);
	return datagram;
}

bool
floor_take(const uint8_t *octets, size_t length)
{
	uint16_t id = length > HEADER ? (uint16_t)(octets[0] << 8 | octets[1]) : 0;
	long number = numbers[id];
	size_t at;

	if (length <= HEADER || number < 0)
		return false;
	at = datagrams[number].length + ADDRESS_AT;
	numbers[id] = -1;
	done++;
	run_end(run, number, at + 4 == length && octets[7] == 1 &&
				     run_is_answer(run, number, octets + at, NULL));
	return true;
}
