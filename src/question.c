/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "question.h"

#include <errno.h>
#include <netdb.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>
#include <unistd.h>

#define HOST_NAME_MAXIMUM 255	/* .NET's limit of the argument, final dot included */
#define NAME_MAXIMUM 253	/* RFC 1035 2.3.4, without the final dot */
#define LABEL_MAXIMUM 63

/* Own lists: ctype.h depends on the locale. */
static const char letters[] = "abcdefghijklmnopqrstuvwxyz";
static const char digits[] = "0123456789";
static const char hex_digits[] = "0123456789abcdefABCDEF";

/* Whether it can be a literal at all; spares ordinary names the price of reading one. */
static bool
looks_like_address(const char *name)
{
	return strchr(name, ':') != NULL ||
	       (strchr(digits, name[0]) != NULL &&
		name[strspn(name, "0123456789abcdefABCDEFxX.")] == '\0');
}

/* As inet_aton(3) and RFC 4007 write addresses; AI_NUMERICHOST reads no file and asks
 * nobody. 0, ENOMEM, or ENOENT for what is not an address. */
static int
read_address(struct question *question, const char *name)
{
	struct addrinfo hints, *found;
	int error;

	memset(&hints, 0, sizeof hints);
	hints.ai_flags = AI_NUMERICHOST;
	hints.ai_socktype = SOCK_STREAM;
	error = getaddrinfo(name, NULL, &hints, &found);
	if (error != 0)
		return error == EAI_MEMORY ? ENOMEM : ENOENT;
	memset(&question->address, 0, sizeof question->address);
	memcpy(&question->address, found->ai_addr, found->ai_addrlen);
	error = getnameinfo(found->ai_addr, found->ai_addrlen, question->name,
			    sizeof question->name, NULL, 0, NI_NUMERICHOST);
	freeaddrinfo(found);
	return error == EAI_MEMORY ? ENOMEM : error != 0 ? ENOENT : 0;
}

/* Copies the name in lower case, without the final dot. */
static void
normalise(char name[QUESTION_NAME_SIZE], const char *host_name, size_t length)
{
	size_t i;

	if (length > 0 && host_name[length - 1] == '.')
		length--;
	for (i = 0; i < length; i++) {
		name[i] = host_name[i];
		if (name[i] >= 'A' && name[i] <= 'Z')
			name[i] = (char)(name[i] - 'A' + 'a');
	}
	name[length] = '\0';
}

/* A last label that is a number would be mistaken for an address elsewhere. */
static bool
is_number(const char *label)
{
	if (label[0] == '0' && label[1] == 'x')
		label += 2;
	else if (label[0] == '\0' || label[strspn(label, digits)] != '\0')
		return false;
	return label[strspn(label, hex_digits)] == '\0';
}

/* Letters, digits, '-' and '_' (which is common, though no host name by RFC 952), in
 * labels of 1 to 63. */
static bool
can_be_a_host(const char *name)
{
	const char *label = name, *end;
	size_t length;

	if (strlen(name) > NAME_MAXIMUM)
		return false;
	for (;; label = end + 1) {
		end = label;
		while (*end != '\0' &&
		       (strchr(letters, *end) || strchr(digits, *end) || strchr("-_", *end)))
			end++;
		length = (size_t)(end - label);
		if (length == 0 || length > LABEL_MAXIMUM)
			return false;
		if (*end == '\0')
			return !is_number(label);
		if (*end != '.')
			return false;
	}
}

static bool
is_at_or_below(const char *name, const char *domain)
{
	size_t length = strlen(name), suffix = strlen(domain);

	if (length < suffix || strcmp(name + length - suffix, domain) != 0)
		return false;
	return length == suffix || name[length - suffix - 1] == '.';
}

static enum question_kind
classify(const char *name)
{
	if (!can_be_a_host(name) || is_at_or_below(name, "invalid") ||
	    is_at_or_below(name, "onion"))
		return QUESTION_NO_HOST;
	if (is_at_or_below(name, "localhost"))
		return QUESTION_LOOPBACK;
	return QUESTION_NAME;
}

int
question_read(struct question *question, const char *host_name)
{
	char own_name[HOST_NAME_MAXIMUM + 1] = "";
	size_t length;
	int error;

	if (host_name == NULL)
		return EINVAL;
	if (*host_name == '\0') {
		if (gethostname(own_name, sizeof own_name - 1) < 0)
			return errno;
		host_name = own_name;
	}
	length = strnlen(host_name, HOST_NAME_MAXIMUM + 1);
	if (length > HOST_NAME_MAXIMUM ||
	    (length == HOST_NAME_MAXIMUM && host_name[length - 1] != '.'))
		return ENAMETOOLONG;
	if (looks_like_address(host_name)) {
		error = read_address(question, host_name);
		question->kind = QUESTION_ADDRESS;
		if (error != ENOENT)
			return error;
	}
	normalise(question->name, host_name, length);
	question->kind = classify(question->name);
	return 0;
}
