/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "resolve_total.h"

#include <fcntl.h>
#include <stddef.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define PIECE_SIZE ((size_t)64 * 1024)
/* As many as are counted in some milliseconds. */
#define PIECES 256

void
total_open(struct total *total, const struct input_source *source)
{
	*total = (struct total){
		.state = TOTAL_COUNTING,
		.count = (uint64_t)source->operand_count,
		.source = *source,
		.first_offset = lseek(STDIN_FILENO, 0, SEEK_CUR),
		.descriptor = -1,
	};
}

void
total_close(struct total *total)
{
	if (total->descriptor > STDIN_FILENO)
		close(total->descriptor);
	total->descriptor = -1;
}

/* False: it cannot be counted. */
static bool
file_open(struct total *total)
{
	const char *path = total->source.files[total->file];
	struct stat status;

	total->offset = 0;
	if (strcmp(path, "-") == 0) {
		total->descriptor = STDIN_FILENO;
		total->offset = total->first_offset;
	} else {
		total->descriptor = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	}
	return total->descriptor >= 0 && total->offset >= 0 &&
	       fstat(total->descriptor, &status) == 0 && S_ISREG(status.st_mode);
}

static bool
is_blank(char byte)
{
	return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n';
}

static void
line_end(struct total *total)
{
	if (total->has_word)
		total->count++;
	total->has_word = total->is_in_comment = false;
}

/* As resolve_line.c reads it; what comes behind the first byte of a word decides nothing. */
static void
piece_count(struct total *total, const char *bytes, size_t length)
{
	const char *end = bytes + length;

	while (bytes < end) {
		if (total->has_word || total->is_in_comment) {
			bytes = memchr(bytes, total->source.end, (size_t)(end - bytes));
			if (bytes == NULL)
				return;
		}
		if (*bytes == total->source.end)
			line_end(total);
		else if (*bytes == '#')
			total->is_in_comment = true;
		else
			total->has_word = !is_blank(*bytes);
		bytes++;
	}
}

/* One piece, or the step to the next file. */
static void
count_piece(struct total *total)
{
	char bytes[PIECE_SIZE];
	ssize_t count;

	if (total->descriptor < 0) {
		if (total->file == total->source.file_count)
			total->state = TOTAL_KNOWN;
		else if (!file_open(total))
			total->state = TOTAL_UNKNOWABLE;
		return;
	}
	count = pread(total->descriptor, bytes, sizeof(bytes), total->offset);
	if (count < 0) {
		total->state = TOTAL_UNKNOWABLE;
	} else if (count == 0) {
		line_end(total);
		total_close(total);
		total->file++;
	} else {
		piece_count(total, bytes, (size_t)count);
		total->offset += count;
	}
}

void
total_count_on(struct total *total)
{
	int i;

	for (i = 0; i < PIECES && total->state == TOTAL_COUNTING; i++)
		count_piece(total);
}
