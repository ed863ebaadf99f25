/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "outbox.h"

#include <string.h>

void
outbox_flush(struct outbox *outbox)
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
		sent = server_socket_send_several(outbox->descriptor, datagrams + i,
						  (int)(count - i));
		if (sent > 0)
			continue;
		server_socket_send(outbox->descriptor, datagrams + i, 1);
		sent = 1;
	}
	outbox->count = 0;
	outbox->used = 0;
}

static ssize_t
send_now(struct outbox *outbox, int descriptor, const uint8_t *octets, size_t length)
{
	struct iovec datagram = { .iov_base = (void *)(uintptr_t)octets, .iov_len = length };
	ssize_t sent = server_socket_send(descriptor, &datagram, 1);

	outbox->has_sent = sent >= 0;
	return sent;
}

/* The first goes at once, so that what is wrong with the way to a server is told: to each,
 * until one could be sent. */
ssize_t
outbox_send(struct outbox *outbox, int descriptor, const uint8_t *octets, size_t length)
{
	if (!outbox->is_held || !outbox->has_sent || length > OUTBOX_SIZE)
		return send_now(outbox, descriptor, octets, length);
	if (descriptor != outbox->descriptor || outbox->count == OUTBOX_MAXIMUM ||
	    length > OUTBOX_SIZE - outbox->used)
		outbox_flush(outbox);
	outbox->descriptor = descriptor;
	memcpy(outbox->octets + outbox->used, octets, length);
	outbox->used += length;
	outbox->lengths[outbox->count++] = length;
	return (ssize_t)length;
}

void
outbox_hold(struct outbox *outbox, bool is_held)
{
	outbox_flush(outbox);
	outbox->is_held = is_held;
	outbox->has_sent = false;
}
