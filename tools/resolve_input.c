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

#define BUFFER_SIZE ((size_t)64 * 1024)

struct input {
	char *const *operands;
	int operand_count;
	const char *const *files;
	int file_count;
	const char *file_name;	/* the last that was opened */
	int descriptor;		/* -1: no file is open */
	struct item line;	/* as far as it has been read */
	bool is_in_comment;
	bool is_after_blank;	/* one that may separate two words */
	size_t begin, end;	/* what is left in the buffer */
	char buffer[BUFFER_SIZE];
};

static void
line_clear(struct input *input)
{
	input->line.fault = ITEM_SOUND;
	input->line.length = 0;
	input->is_in_comment = false;
	input->is_after_blank = false;
}

struct input *
input_create(char *const *operands, int operand_count, const char *const *files,
	     int file_count)
{
	struct input *input = malloc(sizeof(*input));

	if (input == NULL)
		return NULL;
	input->operands = operands;
	input->operand_count = operand_count;
	input->files = files;
	input->file_count = file_count;
	input->file_name = NULL;
	input->descriptor = -1;
	input->begin = input->end = 0;
	line_clear(input);
	return input;
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

static void
item_fail(struct item *item, enum item_fault fault)
{
	if (item->fault == ITEM_SOUND)
		item->fault = fault;
}

static void
item_append(struct item *item, char byte)
{
	if (item->length < ITEM_NAME_LIMIT)
		item->name[item->length++] = byte;
	else
		item_fail(item, ITEM_TOO_LONG);
}

static enum input_outcome
operand_take(struct input *input, struct item *item)
{
	const char *operand = *input->operands++;

	input->operand_count--;
	item->fault = *operand != '\0' ? ITEM_SOUND : ITEM_IMPOSSIBLE;
	for (item->length = 0; *operand != '\0'; operand++)
		item_append(item, *operand);
	item->name[item->length] = '\0';
	return INPUT_ITEM;
}

/* A byte of a line, not the end of it. */
static void
line_take_byte(struct input *input, char byte)
{
	if (input->is_in_comment)
		return;
	switch (byte) {
	case '#':
		input->is_in_comment = true;
		return;
	case ' ':
	case '\t':
	case '\r':
		input->is_after_blank = input->line.length > 0;
		return;
	case '\0':
		item_fail(&input->line, ITEM_IMPOSSIBLE);
		break;
	}
	if (input->is_after_blank) {
		item_fail(&input->line, ITEM_SEVERAL_WORDS);
		item_append(&input->line, ' ');
		input->is_after_blank = false;
	}
	item_append(&input->line, byte);
}

/* The line is whole: its item, if it has one. */
static bool
line_end(struct input *input, struct item *item)
{
	bool has_item = input->line.length > 0;

	if (has_item) {
		item->fault = input->line.fault;
		item->length = input->line.length;
		memcpy(item->name, input->line.name, item->length);
		item->name[item->length] = '\0';
	}
	line_clear(input);
	return has_item;
}

static bool
buffer_take_item(struct input *input, struct item *item)
{
	char byte;

	while (input->begin < input->end) {
		byte = input->buffer[input->begin++];
		if (byte != '\n')
			line_take_byte(input, byte);
		else if (line_end(input, item))
			return true;
	}
	return false;
}

/* A named pipe without a writer must hold up neither open nor read. Standard input is
 * shared with others and stays as it is. */
static bool
file_open_next(struct input *input)
{
	input->file_name = *input->files++;
	input->file_count--;
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

enum input_outcome
input_next(struct input *input, struct item *item)
{
	ssize_t count;

	if (input->operand_count > 0)
		return operand_take(input, item);
	for (;;) {
		if (buffer_take_item(input, item))
			return INPUT_ITEM;
		if (input->descriptor < 0) {
			if (input->file_count == 0)
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
			line_clear(input);
			return INPUT_FAILED;
		}
		if (line_end(input, item))
			return INPUT_ITEM;
	}
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
