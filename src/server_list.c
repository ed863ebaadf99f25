/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "server_list.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>

static bool
parse_port(const char *digits, size_t length, unsigned int *port)
{
	size_t i;

	*port = 0;
	if (length == 0 || length > 5)
		return false;
	for (i = 0; i < length; i++) {
		if (digits[i] < '0' || digits[i] > '9')
			return false;
		*port = *port * 10 + (unsigned int)(digits[i] - '0');
	}
	return *port > 0 && *port <= 65535;
}

static bool
parse_address(const char *text, size_t length, int family, struct server *server)
{
	char copy[INET6_ADDRSTRLEN];

	if (length >= sizeof copy)
		return false;
	memcpy(copy, text, length);
	copy[length] = '\0';
	server->family = family;
	return strlen(copy) == length && inet_pton(family, copy, &server->address) == 1;
}

/* Splits "address", "address:port", "[address]" and "[address]:port". */
static bool
parse_server(const char *text, size_t length, struct server *server)
{
	const char *first_colon = memchr(text, ':', length), *end = text + length, *close;

	server->port = SERVER_PORT;
	if (length > 0 && text[0] == '[') {
		close = memchr(text, ']', length);
		if (close == NULL)
			return false;
		if (close + 1 < end &&
		    (close[1] != ':' ||
		     !parse_port(close + 2, (size_t)(end - close - 2), &server->port)))
			return false;
		return parse_address(text + 1, (size_t)(close - text - 1), AF_INET6, server);
	}
	if (first_colon == NULL)
		return parse_address(text, length, AF_INET, server);
	if (memchr(first_colon + 1, ':', (size_t)(end - first_colon - 1)) != NULL)
		return parse_address(text, length, AF_INET6, server);
	return parse_port(first_colon + 1, (size_t)(end - first_colon - 1), &server->port) &&
	       parse_address(text, (size_t)(first_colon - text), AF_INET, server);
}

bool
server_list_add(struct server_list *list, const char *text, size_t length)
{
	struct server server;

	memset(&server, 0, sizeof server);
	if (list->count == SERVER_LIST_MAXIMUM || !parse_server(text, length, &server))
		return false;
	list->servers[list->count++] = server;
	return true;
}

bool
server_list_parse(struct server_list *list, const char *text)
{
	size_t length;

	list->count = 0;
	for (;; text += length + 1) {
		while (*text == ' ' || *text == '\t')
			text++;
		length = strcspn(text, ", \t");
		if (!server_list_add(list, text, length))
			return false;
		text += length;
		length = strspn(text, " \t");
		if (text[length] == '\0')
			return true;
		if (text[length] != ',')
			return false;
	}
}

void
server_list_format(const struct server_list *list, char text[SERVER_LIST_TEXT_SIZE])
{
	char address[INET6_ADDRSTRLEN];
	const struct server *server;
	size_t i, used = 0;

	text[0] = '\0';
	for (i = 0; i < list->count; i++) {
		server = &list->servers[i];
		inet_ntop(server->family, &server->address, address, sizeof address);
		used += (size_t)snprintf(text + used, SERVER_LIST_TEXT_SIZE - used,
					 server->family == AF_INET6 ? "%s[%s]:%u" : "%s%s:%u",
					 i > 0 ? "," : "", address, server->port);
	}
}
