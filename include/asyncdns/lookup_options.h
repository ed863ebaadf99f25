/* SPDX-License-Identifier: MIT */
/* DnsLookupOptions: how one lookup is to differ from what its resolver does. Fill one in,
 * give it to a Begin...WithOptions, which copies it, as often as you like, and release it.
 * One thread at a time.
 *
 * Every Set function returns DNS_STATUS_OK or DNS_STATUS_INVALID_ARGUMENT (options is NULL,
 * or the value outside what is stated); then the options are as before. */
#ifndef ASYNCDNS_LOOKUP_OPTIONS_H
#define ASYNCDNS_LOOKUP_OPTIONS_H

#include <asyncdns/resolver_options.h>
#include <asyncdns/status.h>
#include <asyncdns/visibility.h>

typedef struct DnsLookupOptions DnsLookupOptions;

typedef enum DnsLookupFlags {
	/* What the cache has is not used; what servers say is still kept there. */
	DNS_LOOKUP_NO_CACHE = 1 << 0,
	/* No suffix of the search list is tried. */
	DNS_LOOKUP_NO_SEARCH = 1 << 1,
	/* The hosts file is not looked into. */
	DNS_LOOKUP_NO_HOSTS = 1 << 2,
	/* The name is complete, as if it ended in a dot. */
	DNS_LOOKUP_ABSOLUTE = 1 << 3,
	/* Servers are asked over TCP, never over UDP. */
	DNS_LOOKUP_TCP_ONLY = 1 << 4,
	/* Of a response to QueryRecords keep the authority and additional sections too; and
	 * hand it out also when it says that there is no such name or record. */
	DNS_LOOKUP_WHOLE_RESPONSE = 1 << 5,
	/* No server is asked: what is not known without is DNS_STATUS_HOST_NOT_FOUND. */
	DNS_LOOKUP_LOCAL_ONLY = 1 << 6,

	DNS_LOOKUP_FLAGS_FORCE_INT = 0x7fffffff
} DnsLookupFlags;

/* Options that differ in nothing. NULL: no memory. */
DNS_API DnsLookupOptions *DnsLookupOptionsCreate(void);
DNS_API void DnsLookupOptionsRelease(DnsLookupOptions *options);

/* AF_INET or AF_INET6: only addresses of that family; AF_UNSPEC: of both (the default).
 * The family that BeginGetHostAddresses is given counts more, unless it is AF_UNSPEC. */
DNS_API DnsStatus DnsLookupOptionsSetFamily(DnsLookupOptions *options, int family);

/* How long the operation may take in all: milliseconds, from 1. Default: the resolver's. */
DNS_API DnsStatus DnsLookupOptionsSetDeadline(DnsLookupOptions *options, int milliseconds);

/* The order of addresses. Default: the resolver's. */
DNS_API DnsStatus DnsLookupOptionsSetAddressOrder(DnsLookupOptions *options,
						  DnsAddressOrder order);

/* The port of each address in the entry, 0 to 65535 in the host's byte order, so that it
 * can be given to connect(2). Default 0. */
DNS_API DnsStatus DnsLookupOptionsSetPort(DnsLookupOptions *options, unsigned int port);

/* DnsLookupFlags, or-ed together; an unknown bit is an invalid argument. Default 0. */
DNS_API DnsStatus DnsLookupOptionsSetFlags(DnsLookupOptions *options, unsigned int flags);

#endif
