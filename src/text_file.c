/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "text_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "uncancelled.h"

static void
take_identity(struct text_file_identity *identity, const struct stat *status)
{
	identity->device = status->st_dev;
	identity->inode = status->st_ino;
	identity->size = status->st_size;
	identity->modified = status->st_mtim;
}

int
text_file_identify(const char *path, struct text_file_identity *identity)
{
	struct stat status;

	if (stat(path, &status) < 0)
		return -1;
	take_identity(identity, &status);
	return 0;
}

bool
text_file_is_same(const struct text_file_identity *a, const struct text_file_identity *b)
{
	return a->device == b->device && a->inode == b->inode && a->size == b->size &&
	       a->modified.tv_sec == b->modified.tv_sec &&
	       a->modified.tv_nsec == b->modified.tv_nsec;
}

/* A FIFO would block for ever, a device never end. */
static int
open_regular(const char *path, struct text_file_identity *identity)
{
	struct stat status;
	int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);

	if (descriptor < 0)
		return -1;
	if (fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode)) {
		take_identity(identity, &status);
		return descriptor;
	}
	close(descriptor);
	errno = EINVAL;
	return -1;
}

/* Reads until the end of the file or size octets; -1 with errno. */
static ssize_t
read_whole(int descriptor, char *text, size_t size)
{
	size_t used = 0;
	ssize_t got;

	while (used < size) {
		got = read(descriptor, text + used, size - used);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return -1;
		if (got == 0)
			break;
		used += (size_t)got;
	}
	return (ssize_t)used;
}

/* Half a line could mean something else. */
static size_t
cut_to_lines(const char *text, size_t length)
{
	while (length > 0 && text[length - 1] != '\n')
		length--;
	return length;
}

/* The size from before is no promise: files in /proc have none, others grow. */
static int
read_text(struct text_file *file, int descriptor, size_t maximum)
{
	size_t size = 4096, used = 0;
	ssize_t got;
	char *text;

	if (file->identity.size >= 4096)
		size = (uintmax_t)file->identity.size < maximum ?
			       (size_t)file->identity.size + 1 :
			       maximum + 1;
	for (;; size *= 2) {
		if (size > maximum + 1)
			size = maximum + 1;
		text = realloc(file->text, size);
		if (text == NULL)
			return -1;
		file->text = text;
		got = read_whole(descriptor, text + used, size - used);
		if (got < 0)
			return -1;
		used += (size_t)got;
		if (used < size || used > maximum)
			break;
	}
	file->length = used > maximum ? cut_to_lines(text, maximum) : used;
	return 0;
}

static int
read_file(struct text_file *file, const char *path, size_t maximum)
{
	int descriptor = open_regular(path, &file->identity), result, error;

	file->text = NULL;
	file->length = 0;
	if (descriptor < 0)
		return -1;
	result = read_text(file, descriptor, maximum);
	error = errno;
	close(descriptor);
	if (result < 0) {
		free(file->text);
		file->text = NULL;
		errno = error;
	}
	return result;
}

int
text_file_read(struct text_file *file, const char *path, size_t maximum)
{
	int cancelled = uncancelled_begin(), result = read_file(file, path, maximum);

	uncancelled_end(cancelled);
	return result;
}

bool
text_file_next_line(struct text_span *text, struct text_span *line)
{
	const char *newline;

	if (text->length == 0)
		return false;
	newline = memchr(text->start, '\n', text->length);
	line->start = text->start;
	line->length = newline != NULL ? (size_t)(newline - text->start) : text->length;
	text->start += line->length;
	text->length -= line->length;
	if (newline != NULL) {
		text->start++;
		text->length--;
	}
	return true;
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

bool
text_file_next_word(struct text_span *line, struct text_span *word)
{
	const char *at = line->start, *end = at + line->length;

	while (at < end && is_blank(*at))
		at++;
	word->start = at;
	while (at < end && !is_blank(*at))
		at++;
	word->length = (size_t)(at - word->start);
	line->start = at;
	line->length = (size_t)(end - at);
	return word->length > 0;
}
