/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "special_name.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "host_name.h"

#define NAME(text) text, sizeof text - 1

/* Each with all names below it. Not here, because they are ordinary to a stub resolver:
 * test, example, home.arpa (RFC 6761 6.2 and 6.5, RFC 8375 4). */
static const struct special_name {
	const char *name;
	size_t length;
	enum special_use use;
} table[] = {
	{ NAME("localhost"), SPECIAL_USE_LOOPBACK }, /* RFC 6761 6.3 */
	{ NAME("invalid"), SPECIAL_USE_NO_HOST },    /* RFC 6761 6.4 */
	{ NAME("onion"), SPECIAL_USE_NO_HOST },	     /* RFC 7686 2: Tor's */
	{ NAME("alt"), SPECIAL_USE_NO_HOST },	     /* RFC 9476 2: not of the DNS */
	{ NAME("local"), SPECIAL_USE_HOSTS_FILE },   /* RFC 6762 22.1: multicast DNS's */
	/* RFC 6303 4.2 and 4.3. */
	{ NAME("1.0.0.127.in-addr.arpa"), SPECIAL_USE_POINTER },
	{ NAME("1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.ip6.arpa"),
	  SPECIAL_USE_POINTER },
};

static bool
is_at_or_below(const char *name, size_t length, const struct special_name *special)
{
	if (length < special->length)
		return false;
	name += length - special->length;
	return (length == special->length || name[-1] == '.') &&
	       host_name_is_same(name, special->name);
}

enum special_use
special_name_find(const char *name)
{
	size_t i, length = strlen(name);

	for (i = 0; i < sizeof table / sizeof *table; i++)
		if (is_at_or_below(name, length, &table[i]))
			return table[i].use;
	return SPECIAL_USE_NONE;
}
