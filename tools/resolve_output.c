/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "resolve_output.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "resolve.h"
#include "resolve_message.h"
#include "resolve_output_file.h"
#include "resolve_pace.h"
#include "resolve_trouble.h"

#define HOLD_TIME (PACE_SECOND / 10)

#define PLAIN "0"
#define RED "31"
#define YELLOW "33"

static bool
is_same_file(int a, int b)
{
	struct stat of_a, of_b;

	return fstat(a, &of_a) == 0 && fstat(b, &of_b) == 0 &&
	       of_a.st_dev == of_b.st_dev && of_a.st_ino == of_b.st_ino;
}

/* https://no-color.org: any text in NO_COLOR, but the empty one. */
static bool
may_color(int descriptor, enum when when)
{
	const char *no_color = getenv("NO_COLOR"), *terminal = getenv("TERM");

	if (when != WHEN_AUTO)
		return when == WHEN_ALWAYS;
	return isatty(descriptor) != 0 && (no_color == NULL || *no_color == '\0') &&
	       terminal != NULL && strcmp(terminal, "dumb") != 0;
}

static void
output_begin(struct output *output)
{
	if (output->format->begin != NULL)
		output->format->begin(&output->results.buffer, &output->layout);
}

void
output_continue(struct output *output, off_t offset)
{
	int descriptor = output->results.descriptor;

	if (ftruncate(descriptor, offset) != 0 ||
	    lseek(descriptor, offset, SEEK_SET) != offset)
		output->results.error = errno;
	if (offset == 0)
		output_begin(output);
}

int
output_open(struct output *output, const struct settings *settings)
{
	int descriptor = STDOUT_FILENO;
	bool is_terminal;
	size_t length;
	int i, status;

	if (settings->output_path != NULL) {
		status = output_file_open(settings, &descriptor);
		if (status != EXIT_FOUND)
			return status;
	}
	is_terminal = isatty(descriptor) != 0;
	*output = (struct output){
		.format = settings->format,
		.layout = {
			.family = settings->family,
			.timeout = settings->timeout,
			.refuses_private = settings->refuses_private,
			.end = settings->end,
			.is_aligned = is_terminal,
			.is_colored = may_color(descriptor, settings->color),
		},
		.only = settings->only,
		.is_quiet = settings->is_quiet,
		.verbosity = settings->verbosity,
		.has_colored_messages = may_color(STDERR_FILENO, settings->color),
		.line = {.descriptor = STDERR_FILENO},
		.is_terminal = is_terminal,
		.is_shared = is_same_file(descriptor, STDERR_FILENO),
	};
	for (i = 0; i < settings->operand_count; i++) {
		length = strlen(settings->operands[i]);
		if (length > output->layout.name_width && length <= NAME_WIDTH_LIMIT)
			output->layout.name_width = length;
	}
	stream_open(&output->results, descriptor, &output->line);
	stream_open(&output->messages, STDERR_FILENO, &output->line);
	if (!settings->is_resumed)
		output_begin(output);
	return EXIT_FOUND;
}

void
output_flush(struct output *output)
{
	stream_flush(&output->results);
	stream_flush(&output->messages);
}

int64_t
output_rest(struct output *output, bool is_more_to_come, int64_t now)
{
	if (output->results.buffer.length == 0 && output->messages.buffer.length == 0) {
		output->held_since = 0;
		return -1;
	}
	if (output->held_since == 0)
		output->held_since = now;
	if (is_more_to_come && !output->is_terminal && now - output->held_since < HOLD_TIME)
		return (output->held_since + HOLD_TIME - now) / (PACE_SECOND / 1000) + 1;
	output->held_since = 0;
	output_flush(output);
	return -1;
}

int
output_close(struct output *output)
{
	struct stream *results = &output->results;

	output_flush(output);
	if (close(results->descriptor) != 0 && results->error == 0)
		results->error = errno;
	buffer_free(&results->buffer);
	buffer_free(&output->messages.buffer);
	if (results->error == 0)
		return EXIT_FOUND;
	return trouble_tell("write error", strerror(results->error));
}

bool
output_has_failed(const struct output *output)
{
	return output->results.error != 0;
}

static void
flush_full(struct output *output, struct stream *stream)
{
	if (stream_flush_full(stream))
		output->held_since = 0;
}

static struct stream *
message_stream(struct output *output)
{
	return output->is_shared ? &output->results : &output->messages;
}

struct buffer *
output_get_messages(struct output *output)
{
	return &message_stream(output)->buffer;
}

void
output_put_line(struct output *output, const char *text, size_t length)
{
	struct stream *stream = message_stream(output);

	buffer_put(&stream->buffer, text, length);
	buffer_put_byte(&stream->buffer, '\n');
	stream_flush(stream);
}

void
output_draw_line(struct output *output, const char *text, size_t length)
{
	output_flush(output);
	terminal_line_draw(&output->line, text, length);
}

void
output_erase_line(struct output *output)
{
	terminal_line_erase(&output->line);
}

bool
output_is_terminal(const struct output *output)
{
	return output->is_terminal;
}

/* Where messages go, with "resolve: NAME: " there already. */
static struct stream *
message_begin(struct output *output, const char *name, size_t length)
{
	struct stream *stream = message_stream(output);

	buffer_put_text(&stream->buffer, PROGRAM_NAME ": ");
	if (length > 0)
		buffer_put_escaped(&stream->buffer, name, length);
	else
		buffer_put_text(&stream->buffer, "''");
	buffer_put_text(&stream->buffer, ": ");
	return stream;
}

static void
message_end(struct output *output, struct stream *stream)
{
	buffer_put_byte(&stream->buffer, '\n');
	flush_full(output, stream);
}

void
output_message(struct output *output, const char *name, size_t length, const char *text)
{
	struct stream *stream = message_begin(output, name, length);

	buffer_put_text(&stream->buffer, text);
	message_end(output, stream);
}

static void
failure_message(struct output *output, const struct item *item,
		const struct result *result)
{
	struct stream *stream = message_begin(output, item->name, item->length);
	const char *color = result->exit_status == EXIT_NOT_FOUND ? YELLOW : RED;
	bool is_colored = output->has_colored_messages;

	buffer_put_color(&stream->buffer, is_colored ? color : NULL);
	message_put_failure(&stream->buffer, &output->layout, item, result);
	buffer_put_color(&stream->buffer, is_colored ? PLAIN : NULL);
	message_end(output, stream);
}

static void
verbose_messages(struct output *output, const struct item *item,
		 const struct result *result)
{
	struct stream *stream;
	size_t step;

	for (step = 0; output->verbosity > 1 && step < message_count_steps(result); step++) {
		stream = message_begin(output, item->name, item->length);
		message_put_step(&stream->buffer, result, step);
		message_end(output, stream);
	}
	stream = message_begin(output, item->name, item->length);
	message_put_origin(&stream->buffer, result, output->verbosity > 1);
	message_end(output, stream);
}

void
output_result(struct output *output, const struct item *item, const struct result *result)
{
	bool is_failure = result->status != RESULT_FOUND;
	bool is_recorded = !is_failure || output->format->has_failures;

	if (output->only == (is_failure ? ONLY_FOUND : ONLY_FAILED))
		return;
	if (is_recorded) {
		output->format->write(&output->results.buffer, &output->layout, item,
				      result);
		flush_full(output, &output->results);
	}
	if (result->trouble != NULL || (!is_recorded && !output->is_quiet))
		failure_message(output, item, result);
	if (output->verbosity > 0)
		verbose_messages(output, item, result);
}
