/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "resolv_conf.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define FILE_MAXIMUM 65536

/* glibc's bounds (resolv.conf(5)): what is larger is cut down to them. */
#define TIMEOUT_MAXIMUM 30
#define ATTEMPTS_MAXIMUM 5

/* A piece of the text. */
struct span {
	const char *start;
	size_t length;
};

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

/* Takes the next word off a line; false at its end. */
static bool
next_word(struct span *line, struct span *word)
{
	while (line->length > 0 && is_blank(*line->start)) {
		line->start++;
		line->length--;
	}
	word->start = line->start;
	while (line->length > 0 && !is_blank(*line->start)) {
		line->start++;
		line->length--;
	}
	word->length = (size_t)(line->start - word->start);
	return word->length > 0;
}

static bool
is_word(const struct span *word, const char *expected)
{
	return word->length == strlen(expected) &&
	       memcmp(word->start, expected, word->length) == 0;
}

/* The number in an option "name:number", at most that; leaves value as it is for another
 * option or no number. */
static void
read_option(const struct span *word, const char *name, int maximum, int *value)
{
	size_t length = strlen(name), i;
	int number = 0;

	if (word->length <= length || memcmp(word->start, name, length) != 0)
		return;
	for (i = length; i < word->length; i++) {
		if (word->start[i] < '0' || word->start[i] > '9')
			return;
		number = number * 10 + (word->start[i] - '0');
		if (number > maximum)
			number = maximum;
	}
	if (number > 0)
		*value = number;
}

static void
parse_line(struct resolv_conf *conf, struct span line)
{
	struct span keyword, word;

	/* A comment starts in the first column only, and a NUL is no text. */
	if (line.length == 0 || line.start[0] == '#' || line.start[0] == ';' ||
	    memchr(line.start, '\0', line.length) != NULL || !next_word(&line, &keyword))
		return;
	if (is_word(&keyword, "nameserver") && next_word(&line, &word)) {
		server_list_add(&conf->servers, word.start, word.length);
	} else if (is_word(&keyword, "options")) {
		while (next_word(&line, &word)) {
			read_option(&word, "timeout:", TIMEOUT_MAXIMUM, &conf->timeout);
			read_option(&word, "attempts:", ATTEMPTS_MAXIMUM, &conf->attempts);
		}
	}
}

void
resolv_conf_parse(struct resolv_conf *conf, const char *text, size_t length)
{
	const char *end = text + length, *newline;
	struct span line;

	memset(conf, 0, sizeof *conf);
	for (; text < end; text = newline + 1) {
		newline = memchr(text, '\n', (size_t)(end - text));
		if (newline == NULL)
			newline = end;
		line.start = text;
		line.length = (size_t)(newline - text);
		parse_line(conf, line);
	}
}

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

/* A FIFO would block for ever, a device never end. */
static int
open_regular(const char *path)
{
	struct stat status;
	int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);

	if (descriptor < 0)
		return -1;
	if (fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode))
		return descriptor;
	close(descriptor);
	errno = EINVAL;
	return -1;
}

int
resolv_conf_read(struct resolv_conf *conf, const char *path)
{
	int descriptor = open_regular(path);
	char *text = NULL;
	ssize_t length = -1;

	memset(conf, 0, sizeof *conf);
	if (descriptor < 0)
		return -1;
	text = malloc(FILE_MAXIMUM);
	if (text != NULL)
		length = read_whole(descriptor, text, FILE_MAXIMUM);
	if (length >= 0)
		resolv_conf_parse(conf, text, (size_t)length);
	free(text);
	close(descriptor);
	return length < 0 ? -1 : 0;
}
