/* SPDX-License-Identifier: MIT */
/* c-ares without memory. 1.18.1 stands all that is tried here. 1.34.8 doesn't: when the list of
 * what it is to send again or to end can't be made (ares_append_requeue_int), a query stays
 * among those that will time out, though it belongs to no connection or to one that gets
 * closed, and process_timeouts reads through it; and some that fail leak. No setting avoids
 * that, and who uses it can't see it coming. */
#ifndef TESTS_SUPPORT_CARES_H
#define TESTS_SUPPORT_CARES_H

#include <asyncdns.h>

#include <stdbool.h>
#include <string.h>

static inline bool
cares_stands_short_memory(void)
{
	char versions[256];

	DnsVersionFormat(versions, sizeof versions);
	return strstr(versions, "c-ares 1.18.") != NULL;
}

#endif
