/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "hosts_line.h"

#include <arpa/inet.h>
#include <net/if.h>
#include <string.h>

void
hosts_line_init(struct hosts_line *line)
{
	line->interfaces = NULL;
}

void
hosts_line_clear(struct hosts_line *line)
{
	if (line->interfaces != NULL)
		if_freenameindex(line->interfaces);
}

static bool
find_interface(struct hosts_line *line, const char *name)
{
	const struct if_nameindex *at;

	if (line->interfaces == NULL)
		line->interfaces = if_nameindex();
	for (at = line->interfaces; at != NULL && at->if_name != NULL; at++) {
		if (strcmp(at->if_name, name) == 0) {
			line->scope = at->if_index;
			return true;
		}
	}
	return false;
}

/* The number of an interface, or its name. */
static bool
read_scope(struct hosts_line *line, const char *text)
{
	uint64_t number = 0;
	const char *at;

	for (at = text; *at >= '0' && *at <= '9' && number <= UINT32_MAX; at++)
		number = number * 10 + (uint64_t)(*at - '0');
	if (at == text || *at != '\0' || number > UINT32_MAX)
		return find_interface(line, text);
	line->scope = (uint32_t)number;
	return true;
}

static bool
read_address(struct hosts_line *line, const struct text_span *word)
{
	char text[INET6_ADDRSTRLEN + IF_NAMESIZE], *scope;

	if (word->length >= sizeof text)
		return false;
	memcpy(text, word->start, word->length);
	text[word->length] = '\0';
	line->scope = 0;
	line->family = AF_INET;
	if (inet_pton(AF_INET, text, &line->address) == 1)
		return true;
	line->family = AF_INET6;
	scope = strchr(text, '%');
	if (scope == NULL)
		return inet_pton(AF_INET6, text, &line->address) == 1;
	*scope = '\0';
	return inet_pton(AF_INET6, text, &line->address) == 1 &&
	       read_scope(line, scope + 1);
}

bool
hosts_line_read(struct hosts_line *line, struct text_span text)
{
	const char *comment = memchr(text.start, '#', text.length);
	struct text_span word;

	if (comment != NULL)
		text.length = (size_t)(comment - text.start);
	if (memchr(text.start, '\0', text.length) != NULL ||
	    !text_file_next_word(&text, &word))
		return false;
	line->names = text;
	return read_address(line, &word);
}

bool
hosts_line_next_name(struct hosts_line *line, struct hosts_name *name)
{
	struct text_span *word = &name->spelling;

	while (text_file_next_word(&line->names, word)) {
		if (word->length > HOST_NAME_MAXIMUM + 1)
			continue;
		host_name_normalise(name->normal, word->start, word->length);
		word->length = strlen(name->normal);
		if (host_name_is_possible(name->normal))
			return true;
	}
	return false;
}
