/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "resolve_trace.h"

#include <pthread.h>
#include <stdlib.h>

#include "resolve.h"

/* A run that can't write must not fill the memory. */
#define SIZE_LIMIT (1024 * 1024)

struct trace {
	pthread_mutex_t mutex;
	struct buffer lines;
	uint64_t lost;		/* for want of room */
	struct bell *bell;
};

struct trace *
trace_create(void)
{
	struct trace *trace = calloc(1, sizeof *trace);

	if (trace == NULL)
		return NULL;
	pthread_mutex_init(&trace->mutex, NULL);
	buffer_init(&trace->lines, 4096);
	return trace;
}

void
trace_destroy(struct trace *trace)
{
	if (trace == NULL)
		return;
	buffer_free(&trace->lines);
	pthread_mutex_destroy(&trace->mutex);
	free(trace);
}

void
trace_set_bell(struct trace *trace, struct bell *bell)
{
	trace->bell = bell;
}

static bool
put_line(struct buffer *lines, const DnsPacket *packet)
{
	const size_t length = DnsPacketFormat(packet, NULL, 0);
	char *text;

	if (lines->length + length > SIZE_LIMIT)
		return false;
	buffer_put_text(lines, PROGRAM_NAME ": ");
	text = buffer_reserve(lines, length + 1);
	if (text == NULL)
		return false;
	DnsPacketFormat(packet, text, length + 1);
	lines->length += length;
	buffer_put_byte(lines, '\n');
	return true;
}

void
trace_note(const DnsPacket *packet, void *state)
{
	struct trace *trace = state;

	pthread_mutex_lock(&trace->mutex);
	if (!put_line(&trace->lines, packet))
		trace->lost++;
	pthread_mutex_unlock(&trace->mutex);
	bell_wake(trace->bell);
}

void
trace_print(struct trace *trace, struct output *output)
{
	struct buffer *messages;

	if (trace == NULL)
		return;
	messages = output_get_messages(output);
	pthread_mutex_lock(&trace->mutex);
	buffer_put(messages, trace->lines.bytes, trace->lines.length);
	if (trace->lost > 0) {
		buffer_put_text(messages, PROGRAM_NAME ": packets not shown: ");
		buffer_put_number(messages, trace->lost);
		buffer_put_byte(messages, '\n');
	}
	trace->lines.length = 0;
	trace->lost = 0;
	pthread_mutex_unlock(&trace->mutex);
}
