/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "question.h"

#include <errno.h>
#include <netdb.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "host_name.h"

#define ARGUMENT_MAXIMUM 255 /* .NET's limit, final dot included */

/* Whether it can be a literal at all; spares ordinary names the price of reading one. */
static bool
looks_like_address(const char *name)
{
	return strchr(name, ':') != NULL ||
	       (strchr("0123456789", name[0]) != NULL &&
		name[strspn(name, "0123456789abcdefABCDEFxX.")] == '\0');
}

/* Takes an address over, without its port, and spells it out. 0, or ENOMEM, or ENOENT. */
static int
set_address(struct question *question, const struct sockaddr *address, socklen_t length)
{
	const union host_address *given = (const union host_address *)(const void *)address;
	int error;

	question->kind = QUESTION_ADDRESS;
	if (address->sa_family == AF_INET) {
		host_address_set_ipv4(&question->address, &given->ipv4.sin_addr);
	} else {
		host_address_set_ipv6(&question->address, &given->ipv6.sin6_addr);
		question->address.ipv6.sin6_scope_id = given->ipv6.sin6_scope_id;
	}
	error = getnameinfo(&question->address.any, length, question->name,
			    sizeof question->name, NULL, 0, NI_NUMERICHOST);
	return error == EAI_MEMORY ? ENOMEM : error != 0 ? ENOENT : 0;
}

/* As inet_aton(3) and RFC 4007 write addresses; AI_NUMERICHOST reads no file and asks
 * nobody. 0, ENOMEM, or ENOENT for what is not an address. */
static int
read_literal(struct question *question, const char *name)
{
	struct addrinfo hints, *found;
	int error;

	memset(&hints, 0, sizeof hints);
	hints.ai_flags = AI_NUMERICHOST;
	hints.ai_socktype = SOCK_STREAM;
	error = getaddrinfo(name, NULL, &hints, &found);
	if (error != 0)
		return error == EAI_MEMORY ? ENOMEM : ENOENT;
	error = set_address(question, found->ai_addr, found->ai_addrlen);
	freeaddrinfo(found);
	return error;
}

static bool
is_at_or_below(const char *name, const char *domain)
{
	size_t length = strlen(name), suffix = strlen(domain);

	if (length < suffix || strcmp(name + length - suffix, domain) != 0)
		return false;
	return length == suffix || name[length - suffix - 1] == '.';
}

enum question_kind
question_classify(const char *name)
{
	if (!host_name_is_possible(name) || is_at_or_below(name, "invalid") ||
	    is_at_or_below(name, "onion"))
		return QUESTION_NO_HOST;
	if (is_at_or_below(name, "localhost"))
		return QUESTION_LOOPBACK;
	return QUESTION_NAME;
}

int
question_read_host(struct question *question, const char *host_name)
{
	char own_name[ARGUMENT_MAXIMUM + 1] = "";
	size_t length;
	int error;

	if (host_name == NULL)
		return EINVAL;
	if (*host_name == '\0') {
		if (gethostname(own_name, sizeof own_name - 1) < 0)
			return errno;
		host_name = own_name;
	}
	length = strnlen(host_name, ARGUMENT_MAXIMUM + 1);
	if (length > ARGUMENT_MAXIMUM ||
	    (length == ARGUMENT_MAXIMUM && host_name[length - 1] != '.'))
		return ENAMETOOLONG;
	if (looks_like_address(host_name)) {
		error = read_literal(question, host_name);
		if (error != ENOENT)
			return error;
	}
	question->is_absolute = length > 0 && host_name[length - 1] == '.';
	host_name_normalise(question->name, host_name, length);
	question->kind = question_classify(question->name);
	return 0;
}

int
question_read_address(struct question *question, const struct sockaddr *address,
		      socklen_t length)
{
	int error;

	if (address == NULL ||
	    !((address->sa_family == AF_INET && length == sizeof(struct sockaddr_in)) ||
	      (address->sa_family == AF_INET6 && length == sizeof(struct sockaddr_in6))))
		return EINVAL;
	error = set_address(question, address, length);
	return error == ENOENT ? EINVAL : error;
}

void
question_make_reverse_name(const union host_address *address, char name[QUESTION_NAME_SIZE])
{
	static const char nibbles[] = "0123456789abcdef";
	const uint8_t *octets;
	int i;

	if (address->any.sa_family == AF_INET) {
		octets = (const uint8_t *)&address->ipv4.sin_addr;
		snprintf(name, QUESTION_NAME_SIZE, "%u.%u.%u.%u.in-addr.arpa", octets[3],
			 octets[2], octets[1], octets[0]);
		return;
	}
	octets = address->ipv6.sin6_addr.s6_addr;
	for (i = 15; i >= 0; i--) {
		*name++ = nibbles[octets[i] & 0xf];
		*name++ = '.';
		*name++ = nibbles[octets[i] >> 4];
		*name++ = '.';
	}
	memcpy(name, "ip6.arpa", sizeof "ip6.arpa");
}
