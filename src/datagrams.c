/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "datagrams.h"

#include <errno.h>
#include <string.h>

#include "message.h"

/* So many are passed over at once, lest they keep the loop. */
#define PASSED_OVER_MAXIMUM 128

/* ---- Those that come ---- */

/* The next; NULL: there is none, and errno says why. */
static const struct datagram *
take(struct inbox *inbox)
{
	int count;

	if (inbox->next == inbox->count) {
		errno = EAGAIN;
		count = inbox->is_last ? -1 :
			server_socket_receive_several(inbox->descriptor, inbox->datagrams,
						      INBOX_MAXIMUM);
		if (count < 0)
			return NULL;
		inbox->is_last = count < INBOX_MAXIMUM;
		inbox->count = (unsigned int)count;
		inbox->next = 0;
	}
	return &inbox->datagrams[inbox->next++];
}

/* c-ares would take for a response what is none (1.18.1), and wait no more for the right
 * one. */
static const struct datagram *
take_response(struct inbox *inbox)
{
	const struct datagram *datagram;
	int i;

	for (i = 0; i < PASSED_OVER_MAXIMUM; i++) {
		datagram = take(inbox);
		if (datagram == NULL ||
		    message_is_response(datagram->octets, datagram->length))
			return datagram;
	}
	errno = EAGAIN;
	return NULL;
}

static size_t
at_most(size_t length, size_t maximum)
{
	return length < maximum ? length : maximum;
}

ssize_t
datagrams_receive(struct datagrams *datagrams, int descriptor, void *buffer, size_t size,
		  struct sockaddr *from, socklen_t *from_length)
{
	struct inbox *inbox = datagrams->inbox;
	const struct datagram *taken;

	if (inbox == NULL || inbox->descriptor != descriptor) {
		errno = EAGAIN;
		return -1;
	}
	taken = take_response(inbox);
	if (taken == NULL)
		return -1;
	memcpy(from, &taken->from, at_most(taken->from_length, *from_length));
	*from_length = taken->from_length;
	size = at_most(taken->length, size);
	memcpy(buffer, taken->octets, size);
	return (ssize_t)size;
}

void
datagrams_begin_to_read(struct datagrams *datagrams, int descriptor, struct inbox *inbox)
{
	inbox->descriptor = descriptor;
	inbox->count = inbox->next = 0;
	inbox->is_last = false;
	datagrams->inbox = inbox;
}

void
datagrams_end_reading(struct datagrams *datagrams)
{
	datagrams->inbox = NULL;
}

unsigned int
datagrams_left(const struct datagrams *datagrams)
{
	const struct inbox *inbox = datagrams->inbox;

	return inbox != NULL ? inbox->count - inbox->next : 0;
}

/* ---- Those that go ---- */

static void
flush(struct outbox *outbox, int descriptor)
{
	struct iovec datagrams[OUTBOX_MAXIMUM];
	uint8_t *at = outbox->octets;
	unsigned int i, count = outbox->count;
	int sent;

	for (i = 0; i < count; i++) {
		datagrams[i].iov_base = at;
		datagrams[i].iov_len = outbox->lengths[i];
		at += outbox->lengths[i];
	}
	for (i = 0; i < count; i += (unsigned int)sent) {
		sent = server_socket_send_several(descriptor, datagrams + i, (int)(count - i));
		if (sent > 0)
			continue;
		server_socket_send(descriptor, datagrams + i, 1);
		sent = 1;
	}
	outbox->count = 0;
	outbox->used = 0;
}

static size_t
measure(const struct iovec *vector, int count)
{
	size_t length = 0;
	int i;

	for (i = 0; i < count; i++)
		length += vector[i].iov_len;
	return length;
}

static void
put(struct outbox *outbox, const struct iovec *vector, int count, size_t length)
{
	int i;

	for (i = 0; i < count; i++) {
		memcpy(outbox->octets + outbox->used, vector[i].iov_base, vector[i].iov_len);
		outbox->used += vector[i].iov_len;
	}
	outbox->lengths[outbox->count++] = length;
}

/* The first goes at once, so that what is wrong with the way to a server is told: to each,
 * until one could be sent. */
ssize_t
datagrams_send(struct datagrams *datagrams, int descriptor, const struct iovec *vector,
	       int count)
{
	struct outbox *outbox = &datagrams->outbox;
	size_t length;
	ssize_t sent;

	if (descriptor != datagrams->descriptor || !outbox->is_held || !outbox->has_sent) {
		sent = server_socket_send(descriptor, vector, count);
		outbox->has_sent = sent >= 0 && descriptor == datagrams->descriptor;
		return sent;
	}
	length = measure(vector, count);
	if (outbox->count == OUTBOX_MAXIMUM || length > OUTBOX_SIZE - outbox->used)
		flush(outbox, descriptor);
	if (length > OUTBOX_SIZE)
		return server_socket_send(descriptor, vector, count);
	put(outbox, vector, count, length);
	return (ssize_t)length;
}

void
datagrams_hold(struct datagrams *datagrams, bool is_held)
{
	flush(&datagrams->outbox, datagrams->descriptor);
	datagrams->outbox.is_held = is_held;
	datagrams->outbox.has_sent = false;
}

/* ---- The socket ---- */

void
datagrams_init(struct datagrams *datagrams)
{
	memset(datagrams, 0, sizeof *datagrams);
	datagrams->descriptor = -1;
}

void
datagrams_open(struct datagrams *datagrams, int descriptor)
{
	flush(&datagrams->outbox, datagrams->descriptor);
	datagrams->outbox.has_sent = false;
	datagrams->descriptor = descriptor;
}

void
datagrams_close(struct datagrams *datagrams, int descriptor)
{
	if (descriptor == datagrams->descriptor)
		datagrams_open(datagrams, -1);
	if (datagrams->inbox != NULL && datagrams->inbox->descriptor == descriptor)
		datagrams->inbox = NULL;
}
