/* SPDX-License-Identifier: MIT */
/* A hosts file: what its lines say, read one by one, is what is found in its table. */
#include <errno.h>
#include <stdbool.h>
#include <string.h>

#include "fuzz.h"
#include "host_name.h"
#include "hosts_line.h"
#include "hosts_table.h"

#define NAMES_MAXIMUM 32 /* looked for, of a file */

static bool
has_name(const struct DnsHostEntry *entry, const struct text_span *spelling)
{
	const char *name = DnsHostEntryGetName(entry);
	char text[HOST_NAME_MAXIMUM + 1];
	size_t i;

	memcpy(text, spelling->start, spelling->length);
	text[spelling->length] = '\0';
	if (host_name_is_same(name, text))
		return true;
	for (i = 0; i < DnsHostEntryGetAliasCount(entry); i++)
		if (host_name_is_same(DnsHostEntryGetAlias(entry, i), text))
			return true;
	return false;
}

static bool
has_address(const struct DnsHostEntry *entry, const union host_address *address)
{
	const struct sockaddr *other;
	socklen_t length;
	size_t i;

	for (i = 0; i < DnsHostEntryGetAddressCount(entry); i++) {
		other = DnsHostEntryGetAddress(entry, i, &length);
		if (length == host_address_length(address) &&
		    memcmp(other, address, length) == 0)
			return true;
	}
	return false;
}

static union host_address
address_of(const struct hosts_line *line)
{
	union host_address address;

	if (line->family == AF_INET) {
		host_address_set_ipv4(&address, &line->address);
	} else {
		host_address_set_ipv6(&address, &line->address);
		address.ipv6.sin6_scope_id = line->scope;
	}
	return address;
}

static void
check_name(const struct hosts_table *table, const struct hosts_name *name,
	   const union host_address *address)
{
	struct DnsHostEntry *entry;

	require(host_name_is_possible(name->normal));
	require(strlen(name->normal) == name->spelling.length);
	entry = hosts_table_find_name(table, name->normal, address->any.sa_family);
	require(entry != NULL && has_address(entry, address));
	require(has_name(entry, &name->spelling));
	DnsHostEntryRelease(entry);
}

static void
check_address(const struct hosts_table *table, const union host_address *address)
{
	struct DnsHostEntry *entry = hosts_table_find_address(table, address);

	require(entry != NULL && has_address(entry, address));
	DnsHostEntryRelease(entry);
}

/* Lines after line, each name of them. */
static void
check_lines(const struct hosts_table *table, struct text_span text)
{
	struct hosts_line line;
	union host_address address;
	struct hosts_name name;
	struct text_span span;
	unsigned int names = 0, before;

	hosts_line_init(&line);
	while (names < NAMES_MAXIMUM && text_file_next_line(&text, &span)) {
		if (!hosts_line_read(&line, span))
			continue;
		address = address_of(&line);
		before = names;
		for (; hosts_line_next_name(&line, &name); names++)
			check_name(table, &name, &address);
		if (names > before)
			check_address(table, &address);
	}
	hosts_line_clear(&line);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct text_span text = { (const char *)data, size };
	struct hosts_table *table = hosts_table_parse(text.start, size);

	require(table != NULL);
	check_lines(table, text);
	errno = 0;
	require(hosts_table_find_name(table, "not there", AF_UNSPEC) == NULL);
	require(errno == ENOENT);
	hosts_table_free(table);
	return 0;
}
