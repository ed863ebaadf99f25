/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "streams.h"

#include <errno.h>
#include <stdlib.h>

#include "server_socket.h"

void
streams_init(struct streams *streams)
{
	list_init(&streams->open);
}

int
streams_open(struct streams *streams, int family, int protocol)
{
	struct stream *stream = calloc(1, sizeof *stream);

	if (stream == NULL)
		return -1;
	stream->descriptor = server_socket_open(family, SOCK_STREAM, protocol);
	if (stream->descriptor < 0) {
		free(stream);
		return -1;
	}
	list_append(&streams->open, &stream->link);
	return stream->descriptor;
}

struct stream *
streams_find(const struct streams *streams, int descriptor)
{
	struct stream *stream;
	struct list *link;

	for (link = streams->open.next; link != &streams->open; link = link->next) {
		stream = container_of(link, struct stream, link);
		if (stream->descriptor == descriptor)
			return stream;
	}
	return NULL;
}

static void
stop_watching(struct stream *stream)
{
	if (stream->watch != NULL)
		loop_watch_close(stream->watch);
	stream->watch = NULL;
}

void
streams_watch(struct streams *streams, int descriptor, bool readable, bool writable)
{
	struct stream *stream = streams_find(streams, descriptor);

	if (stream == NULL)
		return;
	if (!readable && !writable) {
		stop_watching(stream);
		return;
	}
	if (stream->watch == NULL)
		stream->watch = loop_watch_open(streams->loop, descriptor, streams->on_ready,
						streams->data);
	if (stream->watch != NULL)
		loop_watch_set(stream->watch, readable, writable);
}

static void
free_stream(struct stream *stream)
{
	message_stream_clear(&stream->received);
	message_stream_clear(&stream->sent);
	free(stream);
}

int
streams_close(struct streams *streams, int descriptor)
{
	struct stream *stream = streams_find(streams, descriptor);

	stop_watching(stream);
	list_remove(&stream->link);
	stream->is_closed = true;
	if (!stream->is_held)
		free_stream(stream);
	return server_socket_close(descriptor);
}

void
stream_hold(struct stream *stream)
{
	stream->is_held = true;
}

void
stream_let_go(struct stream *stream)
{
	stream->is_held = false;
	if (stream->is_closed)
		free_stream(stream);
}

ssize_t
stream_receive(struct stream *stream)
{
	ssize_t received;
	uint8_t *octets;
	size_t size;

	octets = message_stream_make_room(&stream->received, &size);
	if (octets == NULL) {
		errno = ENOMEM;
		return -1;
	}
	received = server_socket_receive(stream->descriptor, octets, size);
	if (received > 0)
		message_stream_add(&stream->received, (size_t)received);
	return received;
}
