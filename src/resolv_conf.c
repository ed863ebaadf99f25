/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "resolv_conf.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "text_file.h"

#define FILE_MAXIMUM 65536

/* glibc's bounds (resolv.conf(5)): what is larger is cut down to them. */
#define TIMEOUT_MAXIMUM 30
#define ATTEMPTS_MAXIMUM 5

static bool
is_word(const struct text_span *word, const char *expected)
{
	return word->length == strlen(expected) &&
	       memcmp(word->start, expected, word->length) == 0;
}

/* The number in an option "name:number", at most that; leaves value as it is for another
 * option or no number. */
static void
read_option(const struct text_span *word, const char *name, int maximum, int *value)
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
parse_line(struct resolv_conf *conf, struct text_span line)
{
	struct text_span keyword, word;

	/* A keyword or a comment starts in the first column only, and a NUL is no text. */
	if (line.length == 0 || strchr("#; \t", line.start[0]) != NULL ||
	    memchr(line.start, '\0', line.length) != NULL ||
	    !text_file_next_word(&line, &keyword))
		return;
	if (is_word(&keyword, "nameserver") && text_file_next_word(&line, &word)) {
		server_list_add(&conf->servers, word.start, word.length);
	} else if (is_word(&keyword, "options")) {
		while (text_file_next_word(&line, &word)) {
			read_option(&word, "timeout:", TIMEOUT_MAXIMUM, &conf->timeout);
			read_option(&word, "attempts:", ATTEMPTS_MAXIMUM, &conf->attempts);
		}
	}
}

void
resolv_conf_parse(struct resolv_conf *conf, const char *text, size_t length)
{
	struct text_span rest = { text, length }, line;

	memset(conf, 0, sizeof *conf);
	while (text_file_next_line(&rest, &line))
		parse_line(conf, line);
}

int
resolv_conf_read(struct resolv_conf *conf, const char *path)
{
	struct text_file file;

	memset(conf, 0, sizeof *conf);
	if (text_file_read(&file, path, FILE_MAXIMUM) < 0)
		return -1;
	resolv_conf_parse(conf, file.text, file.length);
	free(file.text);
	return 0;
}
