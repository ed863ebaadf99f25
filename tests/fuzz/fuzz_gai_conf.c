/* SPDX-License-Identifier: MIT */
/* A gai.conf: whatever it says, there is a label, a precedence and a scope for every
 * address, by the longest prefix. */
#include <stdbool.h>
#include <string.h>

#include "address_policy.h"
#include "fuzz.h"

static bool
is_within(const struct in6_addr *address, const struct policy_entry *entry)
{
	unsigned int i, bits, mask;

	for (i = 0; i * 8 < entry->bits; i++) {
		bits = entry->bits - i * 8;
		mask = bits < 8 ? 0xff00u >> bits & 0xff : 0xff;
		if (((address->s6_addr[i] ^ entry->prefix.s6_addr[i]) & mask) != 0)
			return false;
	}
	return true;
}

/* The first of the longest, whatever their order is. */
static int
value_for(const struct policy_table *table, const struct in6_addr *address)
{
	const struct policy_entry *best = NULL, *entry;

	for (entry = table->entries; entry < table->entries + table->count; entry++)
		if (is_within(address, entry) &&
		    (best == NULL || entry->bits > best->bits))
			best = entry;
	require(best != NULL);
	return best->value;
}

static void
check_table(const struct policy_table *table)
{
	size_t i;

	require(table->count >= 1 && table->count <= ADDRESS_POLICY_MAXIMUM);
	for (i = 0; i < table->count; i++) {
		require(table->entries[i].bits <= 128 && table->entries[i].value >= 0);
		require(i == 0 || table->entries[i].bits <= table->entries[i - 1].bits);
	}
	require(table->entries[table->count - 1].bits == 0);
}

/* Of each prefix its own address, and one that is just not within it. */
static void
check_lookup(const struct address_policy *policy, const struct policy_table *table,
	     int (*look_up)(const struct address_policy *, const struct in6_addr *))
{
	struct in6_addr address;
	unsigned int bit;
	size_t i;

	for (i = 0; i < table->count; i++) {
		address = table->entries[i].prefix;
		require(look_up(policy, &address) == value_for(table, &address));
		if (table->entries[i].bits == 0)
			continue;
		bit = table->entries[i].bits - 1;
		address.s6_addr[bit / 8] ^= (uint8_t)(0x80 >> bit % 8);
		require(look_up(policy, &address) == value_for(table, &address));
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct address_policy policy;

	memset(&policy, 0xa5, sizeof policy);
	address_policy_parse(&policy, (const char *)data, size);
	check_table(&policy.labels);
	check_table(&policy.precedences);
	check_table(&policy.scopes);
	check_lookup(&policy, &policy.labels, address_policy_label);
	check_lookup(&policy, &policy.precedences, address_policy_precedence);
	check_lookup(&policy, &policy.scopes, address_policy_ipv4_scope);
	return 0;
}
