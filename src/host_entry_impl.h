/* SPDX-License-Identifier: MIT */
#ifndef ASYNCDNS_HOST_ENTRY_IMPL_H
#define ASYNCDNS_HOST_ENTRY_IMPL_H

#include <asyncdns/host_entry.h>

#include <netinet/in.h>
#include <stdbool.h>

/* An address of a host, with port 0. */
union host_address {
	struct sockaddr any;
	struct sockaddr_in ipv4;
	struct sockaddr_in6 ipv6;
};

/* What an entry is to hold; copied. */
struct host_facts {
	const char *name;
	const char *const *aliases;
	size_t alias_count;
	const union host_address *addresses;
	size_t address_count;
	uint32_t time_to_live;
	bool is_partial;
};

static inline socklen_t
host_address_length(const union host_address *address)
{
	return address->any.sa_family == AF_INET ? sizeof address->ipv4 : sizeof address->ipv6;
}

void host_address_set_ipv4(union host_address *address, const void *octets);
void host_address_set_ipv6(union host_address *address, const void *octets);

/* An entry with one reference; NULL: no memory. */
struct DnsHostEntry *host_entry_create(const struct host_facts *facts);

/* Before anybody else sees the entry: the port of its addresses, in the host's order. */
void host_entry_set_port(struct DnsHostEntry *entry, unsigned int port);

/* The same: puts its addresses into another order. */
void host_entry_arrange(struct DnsHostEntry *entry,
			void (*arrange)(void *context, union host_address *addresses,
					size_t count),
			void *context);

/* How it was found: before anybody else sees the entry; it gets a reference of its own. */
void host_entry_set_report(struct DnsHostEntry *entry, struct DnsReport *report);

#endif
