/* SPDX-License-Identifier: MIT */
/* hosts_table: what a text in the form of hosts(5) says, as glibc reads it with "multi
 * on": a name has the addresses of all its lines, in their order. Immutable, so that any
 * thread may read it. */
#ifndef ASYNCDNS_HOSTS_TABLE_H
#define ASYNCDNS_HOSTS_TABLE_H

#include "host_entry_impl.h"
#include "readers.h"

#define HOSTS_TABLE_TEXT_MAXIMUM (16u << 20)

struct hosts_table;

/* Passed over are lines without an address or with a NUL before the comment, and names
 * that no host can have. An interface's name in an address ("fe80::1%eth0") means the
 * interface that has it now. NULL with errno: ENOMEM; EFBIG for more than the maximum. */
struct hosts_table *hosts_table_parse(const char *text, size_t length);

/* NULL: nothing happens. */
void hosts_table_free(struct hosts_table *table);
/* Frees it when nobody reads it any more. */
void hosts_table_retire(struct hosts_table *table, struct readers *readers);

/* Looks for a name in normal form in the lines of one family, or AF_UNSPEC: of both. The
 * canonical name is the first of its first line, the others on its lines are aliases, all
 * as the file spells them, but for the final dot. NULL with errno: ENOENT, no line has
 * the name; ENODATA, only lines of the other family; ENOMEM. */
struct DnsHostEntry *hosts_table_find_name(const struct hosts_table *table,
					   const char *name, int family);

/* The names of the first line with that address. A link-local address is also found where
 * the file names no interface. NULL with errno: ENOENT, ENOMEM. */
struct DnsHostEntry *hosts_table_find_address(const struct hosts_table *table,
					      const union host_address *address);

#endif
