/* SPDX-License-Identifier: MIT */
/* message_stream: messages as they come over TCP, each after its length (RFC 1035 4.2.2), in
 * pieces of any size. Octets only. */
#ifndef ASYNCDNS_MESSAGE_STREAM_H
#define ASYNCDNS_MESSAGE_STREAM_H

#include <stddef.h>
#include <stdint.h>

struct message_stream { /* all zero at first */
	uint8_t *octets;
	size_t start, end;	/* of what has not been taken yet */
};

/* Where the next octets are to be put, and how many at most: one at least, when all messages
 * have been taken. What was taken is gone. NULL: no memory. */
uint8_t *message_stream_make_room(struct message_stream *stream, size_t *size);
/* So many have been put there. */
void message_stream_add(struct message_stream *stream, size_t count);

/* Puts as many of these there as there is room for, and says how many; 0: no memory. */
size_t message_stream_put(struct message_stream *stream, const uint8_t *octets, size_t count);

/* The next message that is whole; NULL: there is none. */
const uint8_t *message_stream_take(struct message_stream *stream, size_t *length);

void message_stream_clear(struct message_stream *stream);

#endif
