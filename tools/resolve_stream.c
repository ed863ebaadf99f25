/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "resolve_stream.h"

#include <errno.h>
#include <poll.h>
#include <unistd.h>

#define BLOCK_SIZE ((size_t)64 * 1024)
/* What a result usually needs at most: behind the block, so that it seldom moves. */
#define BLOCK_SLACK ((size_t)4 * 1024)

void
stream_open(struct stream *stream, int descriptor, struct terminal_line *line)
{
	stream->descriptor = descriptor;
	stream->error = 0;
	stream->line = isatty(descriptor) != 0 ? line : NULL;
	buffer_init(&stream->buffer, BLOCK_SIZE + BLOCK_SLACK);
}

/* Somebody else may have made it one that does not wait. */
static bool
wait_for_room(int descriptor)
{
	struct pollfd ready = {.fd = descriptor, .events = POLLOUT};

	return errno == EINTR ||
	       ((errno == EAGAIN || errno == EWOULDBLOCK) && poll(&ready, 1, -1) >= 0);
}

void
stream_flush(struct stream *stream)
{
	struct buffer *buffer = &stream->buffer;
	size_t written = 0;
	ssize_t count;

	if (stream->line != NULL && buffer->length > 0)
		terminal_line_erase(stream->line);
	if (buffer->is_incomplete && stream->error == 0)
		stream->error = ENOMEM;
	while (stream->error == 0 && written < buffer->length) {
		count = write(stream->descriptor, buffer->bytes + written,
			      buffer->length - written);
		if (count >= 0)
			written += (size_t)count;
		else if (!wait_for_room(stream->descriptor))
			stream->error = errno;
	}
	buffer->length = 0;
}

bool
stream_flush_full(struct stream *stream)
{
	if (stream->buffer.length < BLOCK_SIZE)
		return false;
	stream_flush(stream);
	return true;
}
