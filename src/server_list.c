/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "server_list.h"

#include <arpa/inet.h>
#include <net/if.h>
#include <stdint.h>
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

/* A piece of a text, as a string without NULs. */
static bool
copy_piece(char *copy, size_t size, const char *text, size_t length)
{
	if (length >= size || memchr(text, '\0', length) != NULL)
		return false;
	memcpy(copy, text, length);
	copy[length] = '\0';
	return true;
}

static bool
parse_scope_number(const char *digits, unsigned int *scope)
{
	uint64_t number = 0;

	if (*digits == '\0')
		return false;
	for (; *digits != '\0'; digits++) {
		if (*digits < '0' || *digits > '9')
			return false;
		number = number * 10 + (unsigned int)(*digits - '0');
		if (number > UINT32_MAX)
			return false;
	}
	*scope = (unsigned int)number;
	return true;
}

/* The name of an interface, where a link has a meaning, or the number of a scope. */
static bool
parse_scope(const char *text, size_t length, struct server *server)
{
	char copy[IF_NAMESIZE];

	if (!copy_piece(copy, sizeof copy, text, length))
		return false;
	if (IN6_IS_ADDR_LINKLOCAL(&server->address) ||
	    IN6_IS_ADDR_MC_LINKLOCAL(&server->address)) {
		server->scope = if_nametoindex(copy);
		if (server->scope != 0)
			return true;
	}
	return parse_scope_number(copy, &server->scope);
}

static bool
parse_address(const char *text, size_t length, int family, struct server *server)
{
	const char *percent = family == AF_INET6 ? memchr(text, '%', length) : NULL;
	size_t address_length = percent != NULL ? (size_t)(percent - text) : length;
	char copy[INET6_ADDRSTRLEN];

	server->family = family;
	return copy_piece(copy, sizeof copy, text, address_length) &&
	       inet_pton(family, copy, &server->address) == 1 &&
	       (percent == NULL ||
		parse_scope(percent + 1, length - address_length - 1, server));
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
		return parse_address(text + 1, (size_t)(close - text - 1), AF_INET6,
				     server);
	}
	if (first_colon == NULL)
		return parse_address(text, length, AF_INET, server);
	if (memchr(first_colon + 1, ':', (size_t)(end - first_colon - 1)) != NULL)
		return parse_address(text, length, AF_INET6, server);
	return parse_port(first_colon + 1, (size_t)(end - first_colon - 1),
			  &server->port) &&
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

static char *
put_number(char *place, unsigned int number)
{
	char digits[sizeof "4294967295"];
	size_t count = 0;

	do
		digits[count++] = (char)('0' + number % 10);
	while ((number /= 10) > 0);
	while (count > 0)
		*place++ = digits[--count];
	return place;
}

/* Each lookup's report names its server: inet_ntop and snprintf take ten times as long. */
static char *
put_ipv4(char *place, const uint8_t octets[4])
{
	int i;

	for (i = 0; i < 4; i++) {
		if (i > 0)
			*place++ = '.';
		place = put_number(place, octets[i]);
	}
	return place;
}

static char *
put_ipv6(char *place, const struct server *server)
{
	*place++ = '[';
	inet_ntop(AF_INET6, &server->address, place, INET6_ADDRSTRLEN);
	place += strlen(place);
	if (server->scope != 0) {
		*place++ = '%';
		place = put_number(place, server->scope);
	}
	*place++ = ']';
	return place;
}

void
server_list_format(const struct server_list *list, char text[SERVER_LIST_TEXT_SIZE])
{
	const struct server *server = list->servers;

	for (; server < list->servers + list->count; server++) {
		if (server > list->servers)
			*text++ = ',';
		if (server->family == AF_INET)
			text = put_ipv4(text, server->address.s6_addr);
		else
			text = put_ipv6(text, server);
		*text++ = ':';
		text = put_number(text, server->port);
	}
	*text = '\0';
}

socklen_t
server_make_address(union server_address *address, const struct server *server)
{
	memset(address, 0, sizeof *address);
	if (server->family == AF_INET) {
		address->ipv4.sin_family = AF_INET;
		address->ipv4.sin_port = htons((uint16_t)server->port);
		memcpy(&address->ipv4.sin_addr, &server->address,
		       sizeof address->ipv4.sin_addr);
		return sizeof address->ipv4;
	}
	address->ipv6.sin6_family = AF_INET6;
	address->ipv6.sin6_port = htons((uint16_t)server->port);
	address->ipv6.sin6_addr = server->address;
	address->ipv6.sin6_scope_id = server->scope;
	return sizeof address->ipv6;
}
