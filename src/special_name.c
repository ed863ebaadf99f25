/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "special_name.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

/* Each with all names below it. Not here, because they are ordinary to a stub resolver:
 * test, example, home.arpa (RFC 6761 6.2 and 6.5, RFC 8375 4). */
static const struct special_name {
	const char *name;
	enum special_use use;
} table[] = {
	{ "localhost", SPECIAL_USE_LOOPBACK }, /* RFC 6761 6.3 */
	{ "invalid", SPECIAL_USE_NO_HOST },    /* RFC 6761 6.4 */
	{ "onion", SPECIAL_USE_NO_HOST },      /* RFC 7686 2: Tor's */
	{ "alt", SPECIAL_USE_NO_HOST },	       /* RFC 9476 2: of other systems than the DNS */
	{ "local", SPECIAL_USE_HOSTS_FILE },   /* RFC 6762 22.1: multicast DNS's */
	/* RFC 6303 4.2 and 4.3. */
	{ "1.0.0.127.in-addr.arpa", SPECIAL_USE_POINTER },
	{ "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.ip6.arpa",
	  SPECIAL_USE_POINTER },
};

static char
in_lower_case(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool
is_at_or_below(const char *name, size_t length, const char *domain)
{
	size_t suffix = strlen(domain), i;

	if (length < suffix)
		return false;
	name += length - suffix;
	for (i = suffix; i > 0; i--)
		if (in_lower_case(name[i - 1]) != domain[i - 1])
			return false;
	return length == suffix || name[-1] == '.';
}

enum special_use
special_name_find(const char *name)
{
	size_t i, length = strlen(name);

	for (i = 0; i < sizeof table / sizeof *table; i++)
		if (is_at_or_below(name, length, table[i].name))
			return table[i].use;
	return SPECIAL_USE_NONE;
}
