/* SPDX-License-Identifier: MIT */
/* The zone file: words on a line. A word in quotes may hold blanks and '#'; only TXT has
 * use for them. */
#include "zone_file.h"

#include <arpa/inet.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define WORDS_MAX 32
#define DATA_SIZE 65535

struct words {
	char *word[WORDS_MAX];
	int count;
};

/* The data of a record under construction. */
struct data {
	size_t length;
	uint8_t bytes[DATA_SIZE];
};

/* Cuts the line into words, in its place. What is wrong with it, or NULL. */
static const char *
split_line(char *line, struct words *words)
{
	char *at = line;

	words->count = 0;
	for (;;) {
		bool is_quoted;
		bool is_last;

		at += strspn(at, " \t\r\n");
		if (*at == '\0' || *at == '#')
			return NULL;
		if (words->count == WORDS_MAX)
			return "too many words";
		is_quoted = *at == '"';
		if (is_quoted)
			at++;
		words->word[words->count++] = at;
		at += strcspn(at, is_quoted ? "\"\n" : " \t\r\n#");
		if (is_quoted && *at != '"')
			return "the quotation mark is not closed";
		is_last = *at == '\0' || *at == '#';
		*at = '\0';
		if (is_last)
			return NULL;
		at++;
	}
}

static bool
read_number(const char *word, unsigned long max, unsigned long *ret_number)
{
	char *end;

	if (word[0] < '0' || word[0] > '9')
		return false;
	errno = 0;
	*ret_number = strtoul(word, &end, 10);
	return errno == 0 && *end == '\0' && *ret_number <= max;
}

static bool
put_number(struct data *data, const char *word)
{
	unsigned long number;

	if (!read_number(word, 65535, &number))
		return false;
	data->bytes[data->length++] = (uint8_t)(number >> 8);
	data->bytes[data->length++] = (uint8_t)number;
	return true;
}

static bool
put_name(struct data *data, const char *word)
{
	struct dns_name name;

	if (!dns_name_from_text(&name, word))
		return false;
	memcpy(data->bytes + data->length, name.bytes, name.length);
	data->length += name.length;
	return true;
}

static bool
put_address(struct data *data, const char *word, int family)
{
	data->length = family == AF_INET ? 4 : 16;
	return inet_pton(family, word, data->bytes) == 1;
}

static bool
put_text(struct data *data, const char *word)
{
	size_t length = strlen(word);

	if (length > 255 || data->length + 1 + length > DATA_SIZE)
		return false;
	data->bytes[data->length++] = (uint8_t)length;
	memcpy(data->bytes + data->length, word, length);
	data->length += length;
	return true;
}

static const struct {
	const char *name;
	enum dns_type type;
	int numbers; /* before the name or address */
} known_types[] = {
	{"A", TYPE_A, 0},   {"AAAA", TYPE_AAAA, 0}, {"CNAME", TYPE_CNAME, 0},
	{"MX", TYPE_MX, 1}, {"TXT", TYPE_TXT, 0},   {"PTR", TYPE_PTR, 0},
	{"NS", TYPE_NS, 0}, {"SRV", TYPE_SRV, 3},
};

static int
find_type(const char *word)
{
	size_t i;

	for (i = 0; i < sizeof(known_types) / sizeof(known_types[0]); i++)
		if (strcasecmp(word, known_types[i].name) == 0)
			return (int)i;
	return -1;
}

static bool
put_data(struct data *data, int known, char *const words[], int count)
{
	int numbers = known_types[known].numbers;
	int i;

	data->length = 0;
	if (known_types[known].type == TYPE_TXT) {
		for (i = 0; i < count; i++)
			if (!put_text(data, words[i]))
				return false;
		return count > 0;
	}
	if (count != numbers + 1)
		return false;
	for (i = 0; i < numbers; i++)
		if (!put_number(data, words[i]))
			return false;
	if (known_types[known].type == TYPE_A)
		return put_address(data, words[numbers], AF_INET);
	if (known_types[known].type == TYPE_AAAA)
		return put_address(data, words[numbers], AF_INET6);
	return put_name(data, words[numbers]);
}

static int
hex_digit(char c)
{
	static const char digits[] = "0123456789abcdef";
	const char *found = c != '\0' ? strchr(digits, c) : NULL;

	return found != NULL ? (int)(found - digits) : -1;
}

/* "TYPE16 036162ff": data as they are. */
static const char *
read_raw_record(struct dns_zone *zone, const struct dns_name *name, unsigned long ttl,
		const struct words *words)
{
	const char *hex = words->word[3];
	unsigned long type;
	struct data data;

	if (!read_number(words->word[2] + 4, 65535, &type))
		return "unknown type";
	for (data.length = 0; hex[0] != '\0' && data.length < DATA_SIZE; hex += 2) {
		int high = hex_digit(hex[0]), low = hex_digit(hex[1]);

		if (high < 0 || low < 0)
			return "not data in hexadecimal digits";
		data.bytes[data.length++] = (uint8_t)(high << 4 | low);
	}
	dns_zone_add_record(zone, name, (int)type, (uint32_t)ttl, data.bytes, data.length);
	return NULL;
}

/* What is wrong with the line, or NULL. */
static const char *
read_record(struct dns_zone *zone, const struct words *words)
{
	struct dns_name name;
	unsigned long ttl;
	struct data data;
	int known;

	if (words->count < 4)
		return "not NAME TTL TYPE DATA";
	if (!dns_name_from_text(&name, words->word[0]))
		return "not a name";
	if (!read_number(words->word[1], INT32_MAX, &ttl))
		return "not a time to live";
	if (strncmp(words->word[2], "TYPE", 4) == 0)
		return read_raw_record(zone, &name, ttl, words);
	known = find_type(words->word[2]);
	if (known < 0)
		return "unknown type";
	if (!put_data(&data, known, words->word + 3, words->count - 3))
		return "not data of this type";
	dns_zone_add_record(zone, &name, known_types[known].type, (uint32_t)ttl,
			    data.bytes, data.length);
	return NULL;
}

int
zone_file_read(struct dns_zone *zone, const char *path)
{
	FILE *file = fopen(path, "r");
	const char *fault = NULL;
	char *line = NULL;
	size_t size = 0;
	int number = 0;
	int count = 0;

	if (file == NULL) {
		fprintf(stderr, "%s: %s\n", path, strerror(errno));
		return -1;
	}
	while (fault == NULL && getline(&line, &size, file) >= 0) {
		struct words words;

		number++;
		fault = split_line(line, &words);
		if (fault != NULL || words.count == 0)
			continue;
		fault = read_record(zone, &words);
		count++;
	}
	if (fault != NULL)
		fprintf(stderr, "%s:%d: %s\n", path, number, fault);
	else if (ferror(file))
		fprintf(stderr, "%s: %s\n", path, fault = strerror(errno));
	free(line);
	fclose(file);
	return fault == NULL ? count : -1;
}
