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
#include "special_name.h"
#include "unicode_name.h"

#define CHARACTERS_MAXIMUM 255 /* .NET's limit, final dot included */
#define BYTES_MAXIMUM	   (4 * CHARACTERS_MAXIMUM) /* in UTF-8 */

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
	question->is_absolute = false;
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

enum question_kind
question_classify(const char *name)
{
	if (!host_name_is_possible(name))
		return QUESTION_NO_HOST;
	switch (special_name_find(name)) {
	case SPECIAL_USE_LOOPBACK:
		return QUESTION_LOOPBACK;
	case SPECIAL_USE_POINTER:
		return QUESTION_NO_ADDRESS;
	case SPECIAL_USE_HOSTS_FILE:
		return QUESTION_HOSTS_FILE;
	case SPECIAL_USE_NO_HOST:
		return QUESTION_NO_HOST;
	case SPECIAL_USE_NONE:
		break;
	}
	return QUESTION_NAME;
}

static void
set_name(struct question *question, const char *name, size_t length)
{
	question->is_absolute = length > 0 && name[length - 1] == '.';
	host_name_normalise(question->name, name, length);
	question->kind = question_classify(question->name);
}

/* 0, or ENOMEM. */
static int
set_unicode_name(struct question *question, const char *name)
{
	char ascii[QUESTION_NAME_SIZE];
	int error = unicode_name_to_ascii(name, ascii, sizeof ascii);

	if (error == ENOMEM)
		return ENOMEM;
	if (error == 0) {
		set_name(question, ascii, strlen(ascii));
		return 0;
	}
	question->name[0] = '\0';
	question->is_absolute = false;
	question->kind = error == ENOTSUP ? QUESTION_NO_IDN : QUESTION_NO_HOST;
	return 0;
}

/* How long a name is and whether it is ASCII, or ENAMETOOLONG: then it has not been read
 * to its end. Octets that no character of UTF-8 begins with count for none. */
static int
measure(const char *name, size_t *length, bool *is_ascii)
{
	size_t characters = 0;
	unsigned char octet, all = 0;

	for (*length = 0; name[*length] != '\0'; ++*length) {
		octet = (unsigned char)name[*length];
		all |= octet;
		if ((octet & 0xc0) != 0x80)
			characters++;
		if (characters > CHARACTERS_MAXIMUM || *length == BYTES_MAXIMUM)
			return ENAMETOOLONG;
	}
	*is_ascii = all < 0x80;
	if (characters == CHARACTERS_MAXIMUM && name[*length - 1] != '.')
		return ENAMETOOLONG;
	return 0;
}

int
question_read_host(struct question *question, const char *host_name)
{
	char own_name[CHARACTERS_MAXIMUM + 1] = "";
	bool is_ascii;
	size_t length;
	int error;

	if (host_name == NULL)
		return EINVAL;
	if (*host_name == '\0') {
		if (gethostname(own_name, sizeof own_name - 1) < 0)
			return errno;
		host_name = own_name;
	}
	error = measure(host_name, &length, &is_ascii);
	if (error != 0)
		return error;
	if (looks_like_address(host_name)) {
		error = read_literal(question, host_name);
		if (error != ENOENT)
			return error;
	}
	if (!is_ascii)
		return set_unicode_name(question, host_name);
	set_name(question, host_name, length);
	return 0;
}

int
question_read_name(struct question *question, const char *name)
{
	size_t length;

	if (name == NULL || *name == '\0')
		return EINVAL;
	length = strnlen(name, CHARACTERS_MAXIMUM + 1);
	if (length > CHARACTERS_MAXIMUM ||
	    (length == CHARACTERS_MAXIMUM && name[length - 1] != '.'))
		return ENAMETOOLONG;
	question->is_absolute = true;
	host_name_normalise(question->name, name, length);
	if (host_name_is_possible(question->name))
		question->kind = question_classify(question->name);
	else if (host_name_is_possible_in_dns(question->name))
		question->kind = QUESTION_NAME;
	else
		question->kind = QUESTION_NO_HOST;
	if (question->kind == QUESTION_NO_ADDRESS)
		question->kind = QUESTION_NAME; /* it has a pointer */
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
