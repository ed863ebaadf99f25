/* SPDX-License-Identifier: MIT */
/* The four operations in one shape, so that what holds for all is tested for all, and
 * addresses that have names in the zone of this world. */
#ifndef TESTS_API_OPERATIONS_H
#define TESTS_API_OPERATIONS_H

#include "contract.h"

enum {
	BY_NAME,
	HOST_ENTRY,
	HOST_ADDRESSES, /* of both families */
	BY_ADDRESS,	/* the host is an address as inet_pton(3) reads it */
	OPERATIONS
};

/* What each does, with the resolver of this world. */
struct operation {
	const char *name;
	DnsStatus (*run)(const char *host, DnsHostEntry **retEntry);
	DnsAsyncResult *(*begin)(const char *host, DnsAsyncCallback *callback,
				 void *state);
	DnsStatus (*end)(DnsAsyncResult *asyncResult, DnsHostEntry **retEntry);
};

extern const struct operation operations[OPERATIONS];

/* The address as a struct sockaddr_in or sockaddr_in6, and its length. */
socklen_t make_address(const char *text, struct sockaddr_storage *address);

/* Looks the host up by X, by X without an entry, and by Begin and End: they agree on the
 * status and, if it is OK, on an entry with this name and these addresses. The entry of
 * End is handed out, or NULL. */
DnsHostEntry *look_up(int operation, const char *host, DnsStatus status, const char *name,
		      const char *addresses);
/* The same, and the entry is released. */
void expect_entry(int operation, const char *host, const char *name,
		  const char *addresses);
void expect_status(int operation, const char *host, DnsStatus status);

#define TYPE_A	  1
#define TYPE_PTR  12
#define TYPE_AAAA 28

/* Adds to the zone the names of addresses, TTL 50:
 *   192.0.2.1     a.test
 *   192.0.2.2     missing.test
 *   192.0.2.3     failing.test
 *   192.0.2.4     empty.test
 *   192.0.2.5     alias.test
 *   192.0.2.6     x.slow.test
 *   192.0.2.7     a name with a blank
 *   192.0.2.8     *.many.test
 *   192.0.2.9     a.test, by way of a CNAME (RFC 2317)
 *   192.0.2.10    there is a TXT record only
 *   192.0.2.11    SERVFAIL
 *   192.0.2.12    REFUSED
 *   192.0.2.13    held until its POINTER_HELD is released, then a.test
 *   2001:db8::3   c.test */
#define POINTER_HELD "13.2.0.192.in-addr.arpa"
#define POINTER_IPV6                                                                     \
	"3.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa"
void add_pointers(void);

#endif
