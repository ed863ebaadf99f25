/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "host_entry_impl.h"

#include <netdb.h>
#include <stdatomic.h>
#include <string.h>

#include "depot.h"

/* One block of memory: this, the pointers, the addresses, the names. */
struct DnsHostEntry {
	atomic_uint references;
	uint32_t time_to_live;
	bool is_partial;
	const char *name;
	char **aliases;			/* ends in NULL, for the hostents */
	size_t alias_count;
	union host_address *addresses;
	size_t address_count;
	struct hostent ipv4;
	struct hostent ipv6;
	struct DnsReport *report;	/* NULL: none */
};

void
host_address_set_ipv4(union host_address *address, const void *octets)
{
	memset(address, 0, sizeof *address);
	address->ipv4.sin_family = AF_INET;
	memcpy(&address->ipv4.sin_addr, octets, sizeof address->ipv4.sin_addr);
}

void
host_address_set_ipv6(union host_address *address, const void *octets)
{
	memset(address, 0, sizeof *address);
	address->ipv6.sin6_family = AF_INET6;
	memcpy(&address->ipv6.sin6_addr, octets, sizeof address->ipv6.sin6_addr);
}

/* Where the parts of the block begin, in the order that keeps each aligned. */
struct layout {
	size_t pointers;
	size_t addresses;
	size_t names;
	size_t total;
};

static struct layout
plan_layout(const struct host_facts *facts)
{
	struct layout layout;
	size_t pointers, i;

	/* Aliases with their NULL; each address once, and a NULL for each family. */
	pointers = facts->alias_count + 1 + facts->address_count + 2;
	layout.pointers = sizeof(struct DnsHostEntry);
	layout.addresses = layout.pointers + pointers * sizeof(char *);
	layout.names = layout.addresses + facts->address_count * sizeof(union host_address);
	layout.total = layout.names + strlen(facts->name) + 1;
	for (i = 0; i < facts->alias_count; i++)
		layout.total += strlen(facts->aliases[i]) + 1;
	return layout;
}

static char *
put_name(char **names, const char *name)
{
	size_t size = strlen(name) + 1;
	char *copy = *names;

	memcpy(copy, name, size);
	*names += size;
	return copy;
}

/* Fills in the view of one family; its pointers stand at list. Returns what follows. */
static char **
make_hostent(struct DnsHostEntry *entry, struct hostent *view, int family, char **list)
{
	union host_address *address;
	size_t i;

	view->h_name = (char *)(uintptr_t)entry->name;
	view->h_aliases = entry->aliases;
	view->h_addrtype = family;
	view->h_length = family == AF_INET ? sizeof(struct in_addr) : sizeof(struct in6_addr);
	view->h_addr_list = list;
	for (i = 0; i < entry->address_count; i++) {
		address = &entry->addresses[i];
		if (address->any.sa_family != family)
			continue;
		*list++ = family == AF_INET ? (char *)&address->ipv4.sin_addr :
					      (char *)&address->ipv6.sin6_addr;
	}
	*list++ = NULL;
	return list;
}

static void
make_hostents(struct DnsHostEntry *entry)
{
	char **list = entry->aliases + entry->alias_count + 1;

	list = make_hostent(entry, &entry->ipv4, AF_INET, list);
	make_hostent(entry, &entry->ipv6, AF_INET6, list);
}

struct DnsHostEntry *
host_entry_create(const struct host_facts *facts)
{
	struct layout layout = plan_layout(facts);
	struct DnsHostEntry *entry = depot_allocate(layout.total);
	char *names;
	size_t i;

	if (entry == NULL)
		return NULL;
	atomic_init(&entry->references, 1);
	entry->time_to_live = facts->time_to_live;
	entry->is_partial = facts->is_partial;
	entry->report = NULL;
	names = (char *)entry + layout.names;
	entry->name = put_name(&names, facts->name);
	entry->aliases = (char **)(void *)((char *)entry + layout.pointers);
	entry->alias_count = facts->alias_count;
	for (i = 0; i < facts->alias_count; i++)
		entry->aliases[i] = put_name(&names, facts->aliases[i]);
	entry->aliases[i] = NULL;
	entry->addresses = (union host_address *)(void *)((char *)entry + layout.addresses);
	entry->address_count = facts->address_count;
	if (facts->address_count > 0)
		memcpy(entry->addresses, facts->addresses,
		       facts->address_count * sizeof *facts->addresses);
	make_hostents(entry);
	return entry;
}

void
host_entry_set_port(struct DnsHostEntry *entry, unsigned int port)
{
	union host_address *address;

	for (address = entry->addresses; address < entry->addresses + entry->address_count;
	     address++) {
		if (address->any.sa_family == AF_INET)
			address->ipv4.sin_port = htons((uint16_t)port);
		else
			address->ipv6.sin6_port = htons((uint16_t)port);
	}
}

void
host_entry_arrange(struct DnsHostEntry *entry,
		   void (*arrange)(void *context, union host_address *addresses, size_t count),
		   void *context)
{
	arrange(context, entry->addresses, entry->address_count);
	make_hostents(entry);
}

void
host_entry_set_report(struct DnsHostEntry *entry, struct DnsReport *report)
{
	entry->report = DnsReportRetain(report);
}

DnsHostEntry *
DnsHostEntryRetain(DnsHostEntry *entry)
{
	if (entry != NULL)
		atomic_fetch_add_explicit(&entry->references, 1, memory_order_relaxed);
	return entry;
}

void
DnsHostEntryRelease(DnsHostEntry *entry)
{
	if (entry == NULL ||
	    atomic_fetch_sub_explicit(&entry->references, 1, memory_order_acq_rel) > 1)
		return;
	DnsReportRelease(entry->report);
	depot_free(entry);
}

const char *
DnsHostEntryGetName(const DnsHostEntry *entry)
{
	return entry != NULL ? entry->name : NULL;
}

size_t
DnsHostEntryGetAliasCount(const DnsHostEntry *entry)
{
	return entry != NULL ? entry->alias_count : 0;
}

const char *
DnsHostEntryGetAlias(const DnsHostEntry *entry, size_t index)
{
	return entry != NULL && index < entry->alias_count ? entry->aliases[index] : NULL;
}

size_t
DnsHostEntryGetAddressCount(const DnsHostEntry *entry)
{
	return entry != NULL ? entry->address_count : 0;
}

const struct sockaddr *
DnsHostEntryGetAddress(const DnsHostEntry *entry, size_t index, socklen_t *retLength)
{
	const union host_address *address = NULL;
	socklen_t length = 0;

	if (entry != NULL && index < entry->address_count) {
		address = &entry->addresses[index];
		length = host_address_length(address);
	}
	if (retLength != NULL)
		*retLength = length;
	return address != NULL ? &address->any : NULL;
}

uint32_t
DnsHostEntryGetTimeToLive(const DnsHostEntry *entry)
{
	return entry != NULL ? entry->time_to_live : 0;
}

bool
DnsHostEntryIsPartial(const DnsHostEntry *entry)
{
	return entry != NULL && entry->is_partial;
}

const struct hostent *
DnsHostEntryGetHostent(const DnsHostEntry *entry, int family)
{
	if (entry == NULL)
		return NULL;
	if (family == AF_INET)
		return &entry->ipv4;
	return family == AF_INET6 ? &entry->ipv6 : NULL;
}

const DnsReport *
DnsHostEntryGetReport(const DnsHostEntry *entry)
{
	return entry != NULL ? entry->report : NULL;
}
