/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "cares_channel.h"

/* What 1.28 deprecates is all there is in 1.18.1. */
#define CARES_NO_DEPRECATED
#include <sys/types.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <ares.h>

#include <errno.h>
#include <string.h>

#include "cares_library.h"
#include "message.h"
#include "octets.h"
#include "ports.h"
#include "server_socket.h"
#include "stand_in.h"
#include "wire_query.h"

#ifdef ARES_CONST_CALLBACK
typedef const unsigned char ares_octets;
#else
typedef unsigned char ares_octets;
#endif

/* Of what is told of a stream. */
#define QUESTION_MAXIMUM 512

/* One that has come over TCP, and what c-ares is told of it, in pieces as it likes. */
struct cares_message {
	const uint8_t *octets;
	size_t length;
	uint8_t abridged[QUESTION_MAXIMUM];
	size_t position, end;
	bool is_accepted;
};

/* ---- Its sockets ---- */

static int
open_socket(int family, int type, int protocol, void *data)
{
	struct cares_channel *channel = data;

	if (type != SOCK_DGRAM)
		return streams_open(&channel->streams, family, protocol);
	channel->lent = ports_lend(channel->ports);
	return channel->lent;
}

static int
close_socket(ares_socket_t descriptor, void *data)
{
	struct cares_channel *channel = data;

	if (!ports_have(channel->ports, descriptor))
		return streams_close(&channel->streams, descriptor);
	if (descriptor == channel->lent)
		channel->lent = -1;
	ports_take_back(channel->ports, descriptor);
	return 0;
}

static int
connect_socket(ares_socket_t descriptor, const struct sockaddr *address,
	       ares_socklen_t length, void *data)
{
	const struct cares_channel *channel = data;

	(void)address;
	(void)length;
	if (ports_have(channel->ports, descriptor))
		return 0; /* it is */
	return server_socket_connect(descriptor, channel->server);
}

static size_t
gather(const struct iovec *vector, int count, uint8_t *octets, size_t size)
{
	size_t length = 0;
	int i;

	for (i = 0; i < count; i++) {
		if (vector[i].iov_len > size - length)
			return 0;
		memcpy(octets + length, vector[i].iov_base, vector[i].iov_len);
		length += vector[i].iov_len;
	}
	return length;
}

/* Without memory nobody is told any more. */
static void
show_sent(struct cares_channel *channel, struct message_stream *stream, const uint8_t *octets,
	  size_t count)
{
	const uint8_t *message;
	size_t put, length;

	for (; count > 0; octets += put, count -= put) {
		put = message_stream_put(stream, octets, count);
		if (put == 0) {
			channel->on_stream_message = NULL;
			return;
		}
		while ((message = message_stream_take(stream, &length)) != NULL)
			channel->on_stream_message(channel->data, true, false, message, length);
	}
}

static ssize_t
send_over_stream(struct cares_channel *channel, int descriptor, const struct iovec *vector,
		 int count)
{
	ssize_t sent = server_socket_send(descriptor, vector, count), left = sent;
	struct stream *stream = streams_find(&channel->streams, descriptor);
	size_t length;

	for (; channel->on_stream_message != NULL && left > 0; left -= (ssize_t)length) {
		length = vector->iov_len;
		if (length > (size_t)left)
			length = (size_t)left;
		show_sent(channel, &stream->sent, vector++->iov_base, length);
	}
	return sent;
}

static ares_ssize_t
send_octets(ares_socket_t descriptor, const struct iovec *vector, int count, void *data)
{
	struct cares_channel *channel = data;
	uint8_t octets[STAND_IN_SIZE];
	struct stand_in stand_in;

	if (!ports_have(channel->ports, descriptor))
		return send_over_stream(channel, descriptor, vector, count);
	if (gather(vector, count, octets, sizeof octets) != sizeof octets) {
		errno = EMSGSIZE;
		return -1;
	}
	stand_in = stand_in_read(octets);
	return channel->on_datagram(channel->data, &stand_in) ? (ares_ssize_t)sizeof octets : -1;
}

static ares_ssize_t
receive_response(struct cares_channel *channel, void *buffer, size_t size,
		 struct sockaddr *from, ares_socklen_t *from_length)
{
	struct stand_in stand_in;

	if (size < STAND_IN_SIZE || !channel->take_response(channel->data, &stand_in)) {
		errno = channel->error != 0 ? channel->error : EAGAIN;
		channel->error = 0;
		return -1;
	}
	if (*from_length > channel->address_length)
		*from_length = channel->address_length;
	memcpy(from, &channel->address, *from_length);
	stand_in_write(&stand_in, true, buffer);
	return STAND_IN_SIZE;
}

static ares_ssize_t
receive_told(struct cares_channel *channel, void *buffer, size_t size)
{
	struct cares_message *told = channel->told;

	if (told == NULL || told->position == told->end) {
		errno = channel->error != 0 ? channel->error : EAGAIN;
		return channel->has_ended ? 0 : -1;
	}
	if (size > told->end - told->position)
		size = told->end - told->position;
	memcpy(buffer, told->abridged + told->position, size);
	told->position += size;
	return (ares_ssize_t)size;
}

static ares_ssize_t
receive(ares_socket_t descriptor, void *buffer, size_t size, int flags,
	struct sockaddr *from, ares_socklen_t *from_length, void *data)
{
	struct cares_channel *channel = data;

	(void)flags;
	if (ports_have(channel->ports, descriptor))
		return receive_response(channel, buffer, size, from, from_length);
	return receive_told(channel, buffer, size);
}

static const struct ares_socket_functions socket_functions = {
	.asocket = open_socket,
	.aclose = close_socket,
	.aconnect = connect_socket,
	.arecvfrom = receive,
	.asendv = send_octets
};

/* ---- Streams ---- */

/* Called before a socket is closed (neither), and when c-ares wants to know of it. */
static void
on_socket_state(void *data, ares_socket_t descriptor, int readable, int writable)
{
	struct cares_channel *channel = data;

	streams_watch(&channel->streams, descriptor, readable != 0, writable != 0);
}

static void
abridge(struct cares_message *message)
{
	size_t length = wire_query_abridge(message->octets, message->length,
					   message->abridged + 2, sizeof message->abridged - 2);

	octets_put_16(message->abridged, (uint16_t)length);
	message->end = length != 0 ? 2 + length : 0;
}

/* 1.18.1 reads the length and the message at two times. */
static void
tell_message(struct cares_channel *channel, const struct stream *stream,
	     const uint8_t *octets, size_t length)
{
	struct cares_message message = { .octets = octets, .length = length };
	size_t before;

	abridge(&message);
	channel->told = &message;
	do {
		before = message.position;
		ares_process_fd(channel->ares, stream->descriptor, ARES_SOCKET_BAD);
	} while (!stream->is_closed && before < message.position &&
		 message.position < message.end);
	channel->told = NULL;
	if (channel->on_stream_message != NULL)
		channel->on_stream_message(channel->data, false, message.is_accepted, octets,
					   length);
}

static void
tell_end(struct cares_channel *channel, const struct stream *stream, int error)
{
	channel->has_ended = error == 0;
	channel->error = error;
	ares_process_fd(channel->ares, stream->descriptor, ARES_SOCKET_BAD);
	channel->has_ended = false;
	channel->error = 0;
}

static void
read_stream(struct cares_channel *channel, struct stream *stream)
{
	ssize_t received = stream_receive(stream);
	int error = received < 0 ? errno : 0;
	const uint8_t *message;
	size_t length;

	stream_hold(stream);
	while (!stream->is_closed &&
	       (message = message_stream_take(&stream->received, &length)) != NULL)
		tell_message(channel, stream, message, length);
	if (!stream->is_closed && received <= 0)
		tell_end(channel, stream, error);
	stream_let_go(stream);
}

static void
on_stream_ready(void *data, int descriptor, bool readable, bool writable)
{
	struct cares_channel *channel = data;
	struct stream *stream;

	if (writable)
		ares_process_fd(channel->ares, ARES_SOCKET_BAD, descriptor);
	stream = readable ? streams_find(&channel->streams, descriptor) : NULL;
	if (stream != NULL)
		read_stream(channel, stream);
}

/* ---- Questions ---- */

DnsStatus
cares_question_make(struct cares_question *question, const char *name, int type, uint16_t id,
		    int edns_size)
{
	int length, error;

	error = ares_create_query(name, CLASS_IN, type, id, 1, &question->octets, &length,
				  edns_size);
	if (error != ARES_SUCCESS)
		return cares_library_status(error);
	question->length = (size_t)length;
	return DNS_STATUS_OK;
}

void
cares_question_clear(struct cares_question *question)
{
	ares_free_string(question->octets);
}

static void
on_ares_answer(void *arg, int status, int timeouts, ares_octets *data, int length)
{
	struct cares_question *question = arg;
	struct cares_message *told = question->channel->told;
	bool is_told = status == ARES_SUCCESS && told != NULL;
	unsigned int repeats = timeouts > 0 ? (unsigned int)timeouts : 0;

	(void)data;
	(void)length;
	if (is_told)
		told->is_accepted = true;
	if (status == ARES_ETIMEOUT && repeats > 0)
		repeats--; /* nothing was sent after the last */
	question->channel->on_answer(question, cares_library_status(status), repeats,
				     is_told ? told->octets : NULL, is_told ? told->length : 0);
}

void
cares_channel_send(struct cares_channel *channel, struct cares_question *question)
{
	uint16_t id = octets_16(question->octets);
	const struct stand_in stand_in = { id, id };
	uint8_t octets[STAND_IN_SIZE];

	question->channel = channel;
	if (channel->is_over_tcp) {
		ares_send(channel->ares, question->octets, (int)question->length,
			  on_ares_answer, question);
		return;
	}
	stand_in_write(&stand_in, false, octets);
	ares_send(channel->ares, octets, sizeof octets, on_ares_answer, question);
}

void
cares_channel_process(struct cares_channel *channel)
{
	if (channel->ares != NULL)
		ares_process_fd(channel->ares,
				channel->lent < 0 ? ARES_SOCKET_BAD : channel->lent,
				ARES_SOCKET_BAD);
}

void
cares_channel_fail(struct cares_channel *channel, int error)
{
	channel->error = error;
	cares_channel_process(channel);
	channel->error = 0;
}

/* ---- Lifetime ---- */

/* What a server says is ours to judge, be it a failure. */
static int
open_ares(struct cares_channel *channel)
{
	struct ares_options settings;
	int mask;

	cares_library_need();
	memset(&settings, 0, sizeof settings);
	mask = cares_library_restrict(&settings);
	settings.flags = ARES_FLAG_NOSEARCH | ARES_FLAG_NOALIASES | ARES_FLAG_NOCHECKRESP;
	if (channel->is_over_tcp)
		settings.flags |= ARES_FLAG_USEVC;
	settings.timeout = channel->timeout;
	settings.tries = channel->tries;
	settings.sock_state_cb = on_socket_state;
	settings.sock_state_cb_data = channel;
	mask |= ARES_OPT_FLAGS | ARES_OPT_TIMEOUTMS | ARES_OPT_TRIES | ARES_OPT_NOROTATE |
		ARES_OPT_SOCK_STATE_CB;
	return ares_init_options(&channel->ares, &settings, mask);
}

bool
cares_channel_open(struct cares_channel *channel)
{
	struct server_list disguised = { .count = 1 };
	char text[SERVER_LIST_TEXT_SIZE];

	channel->lent = -1;
	channel->streams.loop = channel->loop;
	channel->streams.on_ready = on_stream_ready;
	channel->streams.data = channel;
	streams_init(&channel->streams);
	server_socket_disguise(&disguised.servers[0], channel->server);
	channel->address_length = server_make_address(&channel->address,
						      &disguised.servers[0]);
	if (open_ares(channel) != ARES_SUCCESS) {
		channel->ares = NULL;
		return false;
	}
	ares_set_socket_functions(channel->ares, &socket_functions, channel);
	server_list_format(&disguised, text);
	if (ares_set_servers_ports_csv(channel->ares, text) == ARES_SUCCESS)
		return true;
	cares_channel_close(channel);
	return false;
}

bool
cares_channel_is_open(const struct cares_channel *channel)
{
	return channel->ares != NULL;
}

void
cares_channel_close(struct cares_channel *channel)
{
	ares_destroy(channel->ares);
	channel->ares = NULL;
}
