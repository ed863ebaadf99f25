/* SPDX-License-Identifier: MIT */
#ifndef ASYNCDNS_LOOKUP_OPTIONS_IMPL_H
#define ASYNCDNS_LOOKUP_OPTIONS_IMPL_H

#include <asyncdns/lookup_options.h>

#include <stdbool.h>

struct DnsLookupOptions {
	int family;
	int deadline;		/* milliseconds; 0: the resolver's */
	bool has_order;		/* else the resolver's */
	DnsAddressOrder order;
	unsigned int port;
	unsigned int flags;
};

#endif
