/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "resolve_input.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "resolve_line.h"

#define BUFFER_SIZE ((size_t)64 * 1024)

struct input {
	struct input_source whole;
	struct input_source source;	/* what is left of it */
	uint64_t index;		/* of the next item */
	const char *file_name;	/* the last that was opened */
	int descriptor;		/* -1: no file is open */
	struct line line;	/* as far as it has been read */
	size_t begin, end;	/* what is left in the buffer */
	char buffer[BUFFER_SIZE];
};

struct input *
input_create(const struct input_source *source)
{
	struct input *input = malloc(sizeof(*input));

	if (input == NULL)
		return NULL;
	input->whole = input->source = *source;
	input->index = 0;
	input->file_name = NULL;
	input->descriptor = -1;
	input->begin = input->end = 0;
	line_clear(&input->line);
	return input;
}

void
input_rewind(struct input *input)
{
	input->source = input->whole;
}

static void
file_close(struct input *input)
{
	int error = errno;

	if (input->descriptor > STDIN_FILENO)
		close(input->descriptor);
	input->descriptor = -1;
	errno = error;
}

void
input_free(struct input *input)
{
	if (input == NULL)
		return;
	file_close(input);
	free(input);
}

static enum input_outcome
operand_take(struct input *input, struct item *item)
{
	const char *operand = *input->source.operands++;
	size_t length = strlen(operand);

	input->source.operand_count--;
	item->fault = length <= ITEM_NAME_LIMIT ? ITEM_SOUND : ITEM_TOO_LONG;
	item->types = input->source.types;
	item->length = length <= ITEM_NAME_LIMIT ? length : ITEM_NAME_LIMIT;
	memcpy(item->name, operand, item->length);
	item->name[item->length] = '\0';
	item_judge(item);
	return INPUT_ITEM;
}

static bool
buffer_take_item(struct input *input, struct item *item)
{
	char byte;

	while (input->begin < input->end) {
		byte = input->buffer[input->begin++];
		if (byte != input->source.end)
			line_take(&input->line, byte);
		else if (line_end(&input->line, &input->source.types, item))
			return true;
	}
	return false;
}

/* A named pipe without a writer must hold up neither open nor read. Standard input is
 * shared with others and stays as it is. */
static bool
file_open_next(struct input *input)
{
	input->file_name = *input->source.files++;
	input->source.file_count--;
	input->descriptor = strcmp(input->file_name, "-") == 0
				    ? STDIN_FILENO
				    : open(input->file_name,
					   O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	return input->descriptor >= 0;
}

/* The number of bytes that have come, 0 at the end of the file, -1 with errno, which is
 * EAGAIN if none has come yet. */
static ssize_t
file_read(struct input *input)
{
	struct pollfd ready = {.fd = input->descriptor, .events = POLLIN};
	ssize_t count;
	int ready_count;

	do {
		ready_count = poll(&ready, 1, 0);
	} while (ready_count < 0 && errno == EINTR);
	if (ready_count < 0)
		return -1;
	if (ready_count == 0) {
		errno = EAGAIN;
		return -1;
	}
	do {
		count = read(input->descriptor, input->buffer, BUFFER_SIZE);
	} while (count < 0 && errno == EINTR);
	if (count > 0) {
		input->begin = 0;
		input->end = (size_t)count;
	}
	return count;
}

static enum input_outcome
files_take(struct input *input, struct item *item)
{
	ssize_t count;

	for (;;) {
		if (buffer_take_item(input, item))
			return INPUT_ITEM;
		if (input->descriptor < 0) {
			if (input->source.file_count == 0)
				return INPUT_ENDED;
			if (!file_open_next(input))
				return INPUT_FAILED;
		}
		count = file_read(input);
		if (count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
			return INPUT_NOT_READY;
		if (count > 0)
			continue;
		file_close(input);
		if (count < 0) {
			line_clear(&input->line);
			return INPUT_FAILED;
		}
		if (line_end(&input->line, &input->source.types, item))
			return INPUT_ITEM;
	}
}

enum input_outcome
input_next(struct input *input, struct item *item)
{
	enum input_outcome outcome;

	item->is_operand = input->source.operand_count > 0;
	outcome = item->is_operand ? operand_take(input, item) : files_take(input, item);
	if (outcome != INPUT_ITEM)
		return outcome;
	item->index = input->index++;
	if (input->source.wants_addresses && !item->is_address &&
	    item->fault == ITEM_SOUND)
		item->fault = ITEM_NO_ADDRESS;
	return INPUT_ITEM;
}

int
input_descriptor(const struct input *input)
{
	return input->descriptor;
}

const char *
input_file_name(const struct input *input)
{
	return strcmp(input->file_name, "-") == 0 ? "standard input" : input->file_name;
}
