/* SPDX-License-Identifier: MIT */
#include "network.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "list.h"
#include "memory.h"
#include "server_socket.h"
#include "servers.h"
#include "world.h"

#define SOCKETS		 512
#define FIRST_DESCRIPTOR 1000
#define MESSAGE_SIZE	 65535
#define HEADER_SIZE	 12
#define NOBODY		 (-1)

enum kind {
	DATA,	   /* a datagram, or a part of a stream */
	CONNECT,   /* to a server */
	CONNECTED, /* from it */
	END,	   /* it sends no more */
	BREAK	   /* ... and takes nothing any more */
};

struct packet {
	struct timer happening;
	struct list link;	/* in arrived */
	enum kind kind;
	int slot;
	uint64_t serial;	/* of the socket; there may be another in its slot */
	int error;		/* of a BREAK */
	size_t length, taken;
	uint8_t octets[];
};

struct endpoint {
	uint64_t serial;	/* 0: closed */
	bool is_stream, is_connected, has_ended;
	bool is_given_up;	/* by the server, which takes nothing from this stream any more */
	int server;
	int error;		/* that is still to be told */
	struct list arrived;
	int64_t last_sent, last_answered; /* a stream stays in order */
	uint8_t *unread;	/* of a stream, at the server */
	size_t unread_length;
};

static struct {
	struct climate climate;
	struct endpoint endpoints[SOCKETS];
	uint64_t serial, datagrams;
} network;

static uint8_t answer[MESSAGE_SIZE];

void
network_open(const struct climate *climate)
{
	network.climate = *climate;
	network.datagrams = 0;
}

unsigned int
network_close(void)
{
	unsigned int open = 0, i;

	for (i = 0; i < SOCKETS; i++)
		open += network.endpoints[i].serial != 0;
	return open;
}

uint64_t
network_count_datagrams(void)
{
	return network.datagrams;
}

static struct endpoint *
find(int descriptor)
{
	int slot = descriptor - FIRST_DESCRIPTOR;

	if (slot < 0 || slot >= SOCKETS || network.endpoints[slot].serial == 0)
		abort(); /* whoever uses what he has closed */
	return &network.endpoints[slot];
}

bool
network_is_readable(int descriptor)
{
	const struct endpoint *endpoint = find(descriptor);

	return endpoint->error != 0 || endpoint->has_ended ||
	       !list_is_empty(&endpoint->arrived);
}

bool
network_is_writable(int descriptor)
{
	const struct endpoint *endpoint = find(descriptor);

	return endpoint->error != 0 || endpoint->is_connected;
}

/* ---- On the way ---- */

static struct packet *
pack(const struct endpoint *endpoint, enum kind kind, const void *octets, size_t length)
{
	struct packet *packet = memory_of_world(sizeof *packet + length);

	packet->kind = kind;
	packet->slot = (int)(endpoint - network.endpoints);
	packet->serial = endpoint->serial;
	packet->length = length;
	if (length > 0)
		memcpy(packet->octets, octets, length);
	list_init(&packet->link);
	return packet;
}

/* Where it comes from or goes to; NULL: that is closed. */
static struct endpoint *
endpoint_of(const struct packet *packet)
{
	struct endpoint *endpoint = &network.endpoints[packet->slot];

	return endpoint->serial == packet->serial ? endpoint : NULL;
}

static int64_t
draw_delay(void)
{
	const struct climate *climate = &network.climate;

	return climate->delay_minimum +
	       world_roll((uint32_t)(climate->delay_maximum - climate->delay_minimum) + 1);
}

static void
set_out(struct packet *packet, int64_t *last, void (*arrive)(struct timer *))
{
	int64_t due = world_now() + draw_delay();

	if (last != NULL && due <= *last)
		due = *last + 1;
	if (last != NULL)
		*last = due;
	timer_init(&packet->happening, arrive);
	world_schedule(&packet->happening, due - world_now());
}

static void
arrive_at_socket(struct timer *happening)
{
	struct packet *packet = container_of(happening, struct packet, happening);
	struct endpoint *endpoint = endpoint_of(packet);

	if (endpoint != NULL && packet->kind == DATA) {
		list_append(&endpoint->arrived, &packet->link);
		return;
	}
	if (endpoint != NULL && packet->kind == CONNECTED)
		endpoint->is_connected = true;
	else if (endpoint != NULL && packet->kind == END)
		endpoint->has_ended = true;
	else if (endpoint != NULL)
		endpoint->error = packet->error;
	memory_of_world_free(packet);
}

static void
send_back(struct endpoint *endpoint, enum kind kind, const void *octets, size_t length,
	  int error)
{
	struct packet *packet = pack(endpoint, kind, octets, length);

	packet->error = error;
	set_out(packet, endpoint->is_stream ? &endpoint->last_answered : NULL,
		arrive_at_socket);
}

/* ---- Datagrams at the server ---- */

/* What nobody could know who has not seen the question, or what is no answer to it. */
static size_t
forge(const uint8_t *question, uint8_t *octets, size_t length)
{
	size_t name = HEADER_SIZE, data = name;

	if (length <= HEADER_SIZE)
		return length;
	while (data < length && octets[data] != 0)
		data++;
	data += 5 + 12; /* the question's end, a record's head */
	if (data < length)
		octets[data] ^= 0xff;
	switch (world_roll(3)) {
	case 0:
		octets[0] = (uint8_t)(question[0] ^ (1 + world_roll(255)));
		break;
	case 1:
		octets[name + 1] = octets[name + 1] == 'z' ? 'y' : 'z';
		break;
	default:
		octets[2] &= 0x7f; /* not a response */
	}
	return length;
}

static size_t
spoil(uint8_t *octets, size_t length)
{
	size_t i;

	if (world_roll(2) == 0)
		return world_roll((uint32_t)length);
	for (i = 0; i < length; i++)
		octets[i] = (uint8_t)world_roll(256);
	return length;
}

static void
send_datagram_back(struct endpoint *endpoint, const struct packet *question, size_t length)
{
	const struct climate *climate = &network.climate;
	uint8_t forged[MESSAGE_SIZE];

	if (world_chance(climate->forging)) {
		memcpy(forged, answer, length);
		send_back(endpoint, DATA, forged, forge(question->octets, forged, length), 0);
	}
	if (world_chance(climate->loss))
		return;
	if (world_chance(climate->doubling))
		send_back(endpoint, DATA, answer, length, 0);
	if (world_chance(climate->spoiling))
		length = spoil(answer, length);
	send_back(endpoint, DATA, answer, length, 0);
}

static void
arrive_at_port(struct timer *happening)
{
	struct packet *packet = container_of(happening, struct packet, happening);
	struct endpoint *endpoint = endpoint_of(packet);
	size_t length;

	if (endpoint != NULL && servers_mood(endpoint->server) == SERVER_REFUSING) {
		send_back(endpoint, BREAK, NULL, 0, ECONNREFUSED);
	} else if (endpoint != NULL) {
		length = servers_answer(endpoint->server, packet->octets, packet->length,
					false, answer);
		if (length > 0)
			send_datagram_back(endpoint, packet, length);
	}
	memory_of_world_free(packet);
}

/* ---- Streams at the server ---- */

static void
send_stream_back(struct endpoint *endpoint, size_t length)
{
	uint8_t prefixed[2 + MESSAGE_SIZE];
	size_t total = length + 2, sent, part;

	prefixed[0] = (uint8_t)(length >> 8);
	prefixed[1] = (uint8_t)length;
	memcpy(prefixed + 2, answer, length);
	for (sent = 0; sent < total; sent += part) {
		part = world_roll(4) == 0 ? 1 + world_roll((uint32_t)(total - sent)) :
					    total - sent;
		send_back(endpoint, DATA, prefixed + sent, part, 0);
	}
}

static void
take_unread(struct endpoint *endpoint, const struct packet *packet)
{
	endpoint->unread = memory_of_world_again(
		endpoint->unread, endpoint->unread_length + packet->length + 1);
	memcpy(endpoint->unread + endpoint->unread_length, packet->octets, packet->length);
	endpoint->unread_length += packet->length;
}

static void
answer_unread(struct endpoint *endpoint)
{
	size_t length, question;

	while (endpoint->unread_length >= 2) {
		question = (size_t)endpoint->unread[0] << 8 | endpoint->unread[1];
		if (endpoint->unread_length < 2 + question)
			return;
		length = servers_answer(endpoint->server, endpoint->unread + 2, question,
					true, answer);
		if (length > 0)
			send_stream_back(endpoint, length);
		endpoint->unread_length -= 2 + question;
		memmove(endpoint->unread, endpoint->unread + 2 + question,
			endpoint->unread_length);
	}
}

/* Silently, or not. */
static bool
gives_up(struct endpoint *endpoint)
{
	enum server_mood mood = servers_mood(endpoint->server);

	endpoint->is_given_up = true;
	if (mood == SERVER_SILENT)
		return true;
	if (mood == SERVER_REFUSING)
		send_back(endpoint, BREAK, NULL, 0, ECONNREFUSED);
	else if (world_chance(network.climate.breaking))
		send_back(endpoint, world_roll(2) == 0 ? END : BREAK, NULL, 0, ECONNRESET);
	else
		endpoint->is_given_up = false;
	return endpoint->is_given_up;
}

static void
arrive_at_listener(struct timer *happening)
{
	struct packet *packet = container_of(happening, struct packet, happening);
	struct endpoint *endpoint = endpoint_of(packet);

	if (endpoint != NULL && !endpoint->is_given_up && !gives_up(endpoint)) {
		if (packet->kind == CONNECT) {
			send_back(endpoint, CONNECTED, NULL, 0, 0);
		} else {
			take_unread(endpoint, packet);
			answer_unread(endpoint);
		}
	}
	memory_of_world_free(packet);
}

/* ---- What server_socket.h says ---- */

int
server_socket_open(int family, int type, int protocol)
{
	struct endpoint *endpoint;
	int slot;

	(void)family;
	(void)protocol;
	for (slot = 0; slot < SOCKETS && network.endpoints[slot].serial != 0; slot++)
		continue;
	if (slot == SOCKETS || world_chance(network.climate.socket_failures)) {
		errno = EMFILE;
		return -1;
	}
	endpoint = &network.endpoints[slot];
	memset(endpoint, 0, sizeof *endpoint);
	endpoint->serial = ++network.serial;
	endpoint->is_stream = type == SOCK_STREAM;
	endpoint->server = NOBODY;
	list_init(&endpoint->arrived);
	return FIRST_DESCRIPTOR + slot;
}

int
server_socket_close(int descriptor)
{
	struct endpoint *endpoint = find(descriptor);
	struct list *link;

	while ((link = list_pop(&endpoint->arrived)) != NULL)
		memory_of_world_free(container_of(link, struct packet, link));
	memory_of_world_free(endpoint->unread);
	endpoint->unread = NULL;
	endpoint->serial = 0;
	return 0;
}

/* There is always room. */
void
server_socket_expect_many(int descriptor)
{
	(void)descriptor;
}

int
server_socket_connect(int descriptor, const struct server *server)
{
	struct endpoint *endpoint = find(descriptor);

	endpoint->server = servers_find(server);
	if (!endpoint->is_stream) {
		endpoint->is_connected = true;
		return 0;
	}
	set_out(pack(endpoint, CONNECT, NULL, 0), &endpoint->last_sent, arrive_at_listener);
	errno = EINPROGRESS;
	return -1;
}

static size_t
gather(uint8_t *octets, const struct iovec *vector, int count)
{
	size_t length = 0;
	int i;

	for (i = 0; i < count && length + vector[i].iov_len <= 2 + MESSAGE_SIZE; i++) {
		memcpy(octets + length, vector[i].iov_base, vector[i].iov_len);
		length += vector[i].iov_len;
	}
	return length;
}

static ssize_t
fail(int error)
{
	errno = error;
	return -1;
}

static ssize_t
send_datagram(struct endpoint *endpoint, const uint8_t *octets, size_t length)
{
	static const int errors[] = { EAGAIN, ENOBUFS, ENETUNREACH, EHOSTUNREACH, EPERM };

	if (world_chance(network.climate.send_failures))
		return fail(errors[world_roll(sizeof errors / sizeof *errors)]);
	network.datagrams++;
	if (!world_chance(network.climate.loss))
		set_out(pack(endpoint, DATA, octets, length), NULL, arrive_at_port);
	return (ssize_t)length;
}

static ssize_t
send_stream(struct endpoint *endpoint, const uint8_t *octets, size_t length)
{
	if (endpoint->error != 0)
		return fail(endpoint->error);
	if (!endpoint->is_connected)
		return fail(EAGAIN);
	if (length > 1 && world_roll(4) == 0)
		length = 1 + world_roll((uint32_t)length);
	set_out(pack(endpoint, DATA, octets, length), &endpoint->last_sent,
		arrive_at_listener);
	return (ssize_t)length;
}

ssize_t
server_socket_send(int descriptor, const struct iovec *vector, int count)
{
	static uint8_t octets[2 + MESSAGE_SIZE];
	struct endpoint *endpoint = find(descriptor);
	size_t length = gather(octets, vector, count);

	return endpoint->is_stream ? send_stream(endpoint, octets, length) :
				     send_datagram(endpoint, octets, length);
}

ssize_t
server_socket_receive(int descriptor, void *buffer, size_t size)
{
	struct endpoint *endpoint = find(descriptor);
	struct packet *packet;
	size_t length;

	if (!endpoint->is_stream && endpoint->error != 0) {
		errno = endpoint->error;
		endpoint->error = 0;
		return -1;
	}
	if (list_is_empty(&endpoint->arrived))
		return endpoint->error != 0 ? fail(endpoint->error) :
		       endpoint->has_ended  ? 0 :
					      fail(EAGAIN);
	packet = container_of(endpoint->arrived.next, struct packet, link);
	length = packet->length - packet->taken;
	if (size < length)
		length = size;
	memcpy(buffer, packet->octets + packet->taken, length);
	packet->taken += length;
	if (!endpoint->is_stream || packet->taken == packet->length) {
		list_remove(&packet->link);
		memory_of_world_free(packet);
	}
	return (ssize_t)length;
}

int
server_socket_send_several(int descriptor, struct iovec *datagrams, int count)
{
	int i;

	for (i = 0; i < count; i++)
		if (server_socket_send(descriptor, datagrams + i, 1) < 0)
			return i > 0 ? i : -1;
	return count;
}

int
server_socket_receive_several(int descriptor, struct datagram *datagrams, int count)
{
	ssize_t got;
	int i;

	for (i = 0; i < count; i++) {
		got = server_socket_receive(descriptor, datagrams[i].octets,
					    sizeof datagrams[i].octets);
		if (got < 0)
			return i > 0 ? i : -1;
		datagrams[i].length = (size_t)got;
	}
	return count;
}

void
server_socket_disguise(struct server *disguised, const struct server *server)
{
	*disguised = *server;
}
