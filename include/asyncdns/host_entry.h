/* SPDX-License-Identifier: MIT */
/* DnsHostEntry: what is known of a host, the counterpart of .NET's IPHostEntry and of
 * struct hostent.
 *
 * An entry never changes after it was made, so any thread may read it without a lock. It
 * is counted: End hands you one reference, which you give back with DnsHostEntryRelease.
 * It lives on its own: End, Release of other objects and Close do not touch it.
 *
 * What the Get functions return belongs to the entry (borrowed): valid until your
 * reference is released. Given NULL they return NULL, 0 or an empty result. */
#ifndef ASYNCDNS_HOST_ENTRY_H
#define ASYNCDNS_HOST_ENTRY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>

#include <asyncdns/report.h>
#include <asyncdns/visibility.h>

struct hostent;

typedef struct DnsHostEntry DnsHostEntry;

/* The canonical name: the end of the CNAME chain, or the name that was looked up or found,
 * that in lower case, in presentation form (RFC 1035 5.1) without the final dot; for an address
 * literal its usual spelling. */
DNS_API const char *DnsHostEntryGetName(const DnsHostEntry *entry);

/* The other names on the CNAME chain, the one that was looked up first. Like the canonical
 * name they are names that hosts can have (RFC 1123 2.1, and '_'): an answer that leads to
 * another is malformed, DNS_STATUS_NO_RECOVERY. An index beyond the count gives NULL. */
DNS_API size_t DnsHostEntryGetAliasCount(const DnsHostEntry *entry);
DNS_API const char *DnsHostEntryGetAlias(const DnsHostEntry *entry, size_t index);

/* Addresses of both families, none twice, at most 512 of each. Each is a struct sockaddr_in or sockaddr_in6
 * with port 0; retLength, if not NULL, gets its size. An index beyond the count gives
 * NULL and length 0. */
DNS_API size_t DnsHostEntryGetAddressCount(const DnsHostEntry *entry);
DNS_API const struct sockaddr *DnsHostEntryGetAddress(const DnsHostEntry *entry,
						      size_t index, socklen_t *retLength);

/* For how many seconds the answer holds: the lowest TTL of the records it was made from.
 * 0 for address literals and special names, which do not age. */
DNS_API uint32_t DnsHostEntryGetTimeToLive(const DnsHostEntry *entry);

/* Are the addresses of one family missing because no server answered for them in time, so
 * that asking again may find more? */
DNS_API bool DnsHostEntryIsPartial(const DnsHostEntry *entry);

/* The same as a struct hostent (netdb.h) with the addresses of one family, AF_INET or
 * AF_INET6, for code written to gethostbyname(3). Its address list may be empty. NULL for
 * any other family. Borrowed: do not change or free what it points to. */
DNS_API const struct hostent *DnsHostEntryGetHostent(const DnsHostEntry *entry, int family);

/* How the entry was found; NULL if there was no memory to say. Borrowed. */
DNS_API const DnsReport *DnsHostEntryGetReport(const DnsHostEntry *entry);

/* One more reference, which you owe a Release; returns its argument. */
DNS_API DnsHostEntry *DnsHostEntryRetain(DnsHostEntry *entry);
DNS_API void DnsHostEntryRelease(DnsHostEntry *entry);

#endif
