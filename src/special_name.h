/* SPDX-License-Identifier: MIT */
/* special_name: the names that mean the same everywhere, so that no server is to be asked
 * for them: the special-use names of RFC 6761 and its registry. */
#ifndef ASYNCDNS_SPECIAL_NAME_H
#define ASYNCDNS_SPECIAL_NAME_H

enum special_use {
	SPECIAL_USE_NONE,	/* an ordinary name */
	SPECIAL_USE_LOOPBACK,	/* has the loopback addresses */
	SPECIAL_USE_POINTER,	/* leads from a loopback address to localhost; has none itself */
	SPECIAL_USE_HOSTS_FILE,	/* exists where the hosts file has it */
	SPECIAL_USE_NO_HOST	/* does not exist */
};

/* Of a name without a final dot, in whatever case: a caller's, one made with the search list,
 * or where an alias leads to. */
enum special_use special_name_find(const char *name);

#endif
