/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "special_name.h"

#include <stdbool.h>
#include <stddef.h>

#include "host_name.h"

/* Each with all names below it. Not here, because they are ordinary to a stub resolver:
 * test, example, home.arpa (RFC 6761 6.2 and 6.5, RFC 8375 4). */
static const struct special_name {
	const char *name;
	enum special_use use;
} table[] = {
	{ "localhost", SPECIAL_USE_LOOPBACK }, /* RFC 6761 6.3 */
	{ "invalid", SPECIAL_USE_NO_HOST },  /* RFC 6761 6.4 */
	{ "onion", SPECIAL_USE_NO_HOST },    /* RFC 7686 2: Tor's */
	{ "alt", SPECIAL_USE_NO_HOST },      /* RFC 9476 2: not of the DNS */
	{ "local", SPECIAL_USE_HOSTS_FILE }, /* RFC 6762 22.1: multicast DNS's */
	/* RFC 6303 4.2 and 4.3. */
	{ "1.0.0.127.in-addr.arpa", SPECIAL_USE_POINTER },
	{ "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.ip6.arpa",
	  SPECIAL_USE_POINTER },
};

enum special_use
special_name_find(const char *name)
{
	size_t i;

	for (i = 0; i < sizeof table / sizeof *table; i++)
		if (host_name_is_within(name, table[i].name))
			return table[i].use;
	return SPECIAL_USE_NONE;
}
