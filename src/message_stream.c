/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "message_stream.h"

#include <stdlib.h>
#include <string.h>

#include "octets.h"

#define PREFIX 2
/* The longest message fits in. */
#define SIZE (PREFIX + 0xffff)

uint8_t *
message_stream_make_room(struct message_stream *stream, size_t *size)
{
	if (stream->octets == NULL)
		stream->octets = malloc(SIZE);
	if (stream->octets == NULL)
		return NULL;
	stream->end -= stream->start;
	memmove(stream->octets, stream->octets + stream->start, stream->end);
	stream->start = 0;
	*size = SIZE - stream->end;
	return stream->octets + stream->end;
}

void
message_stream_add(struct message_stream *stream, size_t count)
{
	stream->end += count;
}

size_t
message_stream_put(struct message_stream *stream, const uint8_t *octets, size_t count)
{
	size_t size;
	uint8_t *room = message_stream_make_room(stream, &size);

	if (room == NULL)
		return 0;
	if (count > size)
		count = size;
	memcpy(room, octets, count);
	message_stream_add(stream, count);
	return count;
}

const uint8_t *
message_stream_take(struct message_stream *stream, size_t *length)
{
	const uint8_t *next = stream->octets + stream->start;
	size_t left = stream->end - stream->start;

	if (left < PREFIX)
		return NULL;
	*length = octets_16(next);
	if (left - PREFIX < *length)
		return NULL;
	stream->start += PREFIX + *length;
	return next + PREFIX;
}

void
message_stream_clear(struct message_stream *stream)
{
	free(stream->octets);
}
