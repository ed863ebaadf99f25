/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "address_order.h"

#include "address_policy.h"
#include "host_entry_impl.h"

#include <stdlib.h>
#include <string.h>

/* About 5 kB of stack. */
#define ON_STACK 64

/* What comes before an IPv4 address that stands as ::ffff:a.b.c.d. */
#define MAPPED_BITS 96

#define SCOPE_LINK_LOCAL 2
#define SCOPE_SITE_LOCAL 5
#define SCOPE_GLOBAL 14

struct candidate {
	union host_address address;
	size_t received;		/* its place as received */
	struct candidate *next;
	bool is_reachable;
	bool has_source_scope;
	bool has_source_label;
	int precedence;
	int scope;
	unsigned int common;		/* rule 9: bits in common with the source */
};

/* Negative: a goes before b; 0: their order does not matter. */
typedef int comparison(const struct candidate *a, const struct candidate *b);

static bool
is_ipv4(const union host_address *address)
{
	return address->any.sa_family == AF_INET;
}

static void
copy_as_ipv6(const union host_address *address, struct in6_addr *copy)
{
	if (!is_ipv4(address)) {
		*copy = address->ipv6.sin6_addr;
		return;
	}
	memset(copy, 0, sizeof *copy);
	memset(copy->s6_addr + 10, 0xff, 2);
	memcpy(copy->s6_addr + 12, &address->ipv4.sin_addr, 4);
}

/* RFC 6724, sections 3.1 to 3.4. */
static int
scope_of(const union host_address *address, const struct in6_addr *as_ipv6,
	 const struct address_policy *policy)
{
	if (is_ipv4(address))
		return address_policy_ipv4_scope(policy, as_ipv6);
	if (IN6_IS_ADDR_MULTICAST(as_ipv6))
		return as_ipv6->s6_addr[1] & 0xf;
	if (IN6_IS_ADDR_LINKLOCAL(as_ipv6) || IN6_IS_ADDR_LOOPBACK(as_ipv6))
		return SCOPE_LINK_LOCAL;
	return IN6_IS_ADDR_SITELOCAL(as_ipv6) ? SCOPE_SITE_LOCAL : SCOPE_GLOBAL;
}

static unsigned int
count_common_bits(const struct in6_addr *a, const struct in6_addr *b)
{
	unsigned int octet = 0, bits, different;

	while (octet < 16 && a->s6_addr[octet] == b->s6_addr[octet])
		octet++;
	bits = 8 * octet;
	if (octet < 16) {
		different = a->s6_addr[octet] ^ b->s6_addr[octet];
		for (; different < 0x80; different <<= 1)
			bits++;
	}
	return bits;
}

static void
assess(struct candidate *candidate, const struct address_policy *policy,
       address_source *find_source, void *context)
{
	const union host_address *address = &candidate->address;
	union host_address source;
	struct in6_addr to, from;
	unsigned int prefix_length = 0;

	copy_as_ipv6(address, &to);
	candidate->precedence = address_policy_precedence(policy, &to);
	candidate->scope = scope_of(address, &to, policy);
	candidate->has_source_scope = candidate->has_source_label = false;
	candidate->common = 0;
	candidate->is_reachable = find_source(context, address, &source, &prefix_length);
	if (!candidate->is_reachable)
		return;
	copy_as_ipv6(&source, &from);
	candidate->has_source_scope =
		scope_of(&source, &from, policy) == candidate->scope;
	candidate->has_source_label =
		address_policy_label(policy, &from) == address_policy_label(policy, &to);
	candidate->common = count_common_bits(&from, &to);
	if (is_ipv4(address) && (prefix_length == 0 ||
				 candidate->common < MAPPED_BITS + prefix_length))
		candidate->common = 0;
}

/* Rules 1 to 8. */
static int
compare_kinds(const struct candidate *a, const struct candidate *b)
{
	if (a->is_reachable != b->is_reachable)
		return a->is_reachable ? -1 : 1;
	if (a->has_source_scope != b->has_source_scope)
		return a->has_source_scope ? -1 : 1;
	if (a->has_source_label != b->has_source_label)
		return a->has_source_label ? -1 : 1;
	if (a->precedence != b->precedence)
		return a->precedence > b->precedence ? -1 : 1;
	if (a->scope != b->scope)
		return a->scope < b->scope ? -1 : 1;
	return 0;
}

/* Those of one family: rules 1 to 9. */
static int
compare_in_family(const struct candidate *a, const struct candidate *b)
{
	int order = compare_kinds(a, b);

	if (order == 0 && a->common != b->common)
		order = a->common > b->common ? -1 : 1;
	return order;
}

/* Those of two families: rules 1 to 8, and 10. */
static int
compare_families(const struct candidate *a, const struct candidate *b)
{
	int order = compare_kinds(a, b);

	if (order == 0)
		order = a->received < b->received ? -1 : 1;
	return order;
}

/* One list of two that are in order; where it does not matter, a's come first. */
static struct candidate *
merge(struct candidate *a, struct candidate *b, comparison *compare)
{
	struct candidate *merged = NULL, **tail = &merged, **from;

	while (a != NULL && b != NULL) {
		from = compare(b, a) < 0 ? &b : &a;
		*tail = *from;
		tail = &(*from)->next;
		*from = *tail;
	}
	*tail = a != NULL ? a : b;
	return merged;
}

/* Cuts a list after so many, of which there are enough; returns the rest. */
static struct candidate *
cut(struct candidate *list, size_t count)
{
	struct candidate *rest;

	while (--count > 0)
		list = list->next;
	rest = list->next;
	list->next = NULL;
	return rest;
}

/* A merge sort: stable, without memory, its depth the logarithm of the count. */
static struct candidate *
sort(struct candidate *list, size_t count)
{
	struct candidate *rest;

	if (count < 2)
		return list;
	rest = cut(list, count / 2);
	return merge(sort(list, count / 2), sort(rest, count - count / 2),
		     compare_in_family);
}

static struct candidate *
join(struct candidate *a, struct candidate *b)
{
	struct candidate *joined = a, **tail = &joined;

	while (*tail != NULL)
		tail = &(*tail)->next;
	*tail = b;
	return joined;
}

static struct candidate *
interleave(struct candidate *a, struct candidate *b)
{
	struct candidate *list = NULL, **tail = &list, *turn;

	while (a != NULL && b != NULL) {
		turn = a;
		*tail = turn;
		tail = &turn->next;
		a = b;
		b = turn->next;
	}
	*tail = a != NULL ? a : b;
	return list;
}

/* One list of both families, each in order. */
static struct candidate *
unite(enum address_order order, struct candidate *ipv4, struct candidate *ipv6)
{
	if (ipv4 == NULL || ipv6 == NULL)
		return ipv4 != NULL ? ipv4 : ipv6;
	switch (order) {
	case ADDRESS_ORDER_IPV4_FIRST:
		return join(ipv4, ipv6);
	case ADDRESS_ORDER_IPV6_FIRST:
		return join(ipv6, ipv4);
	case ADDRESS_ORDER_INTERLEAVED:
		return compare_families(ipv4, ipv6) < 0 ? interleave(ipv4, ipv6) :
							  interleave(ipv6, ipv4);
	case ADDRESS_ORDER_RFC6724:
	case ADDRESS_ORDER_AS_RECEIVED:
		break;
	}
	return merge(ipv4, ipv6, compare_families);
}

/* A list for each family, as received. */
static void
split(struct candidate *candidates, size_t count, struct candidate *lists[2],
      size_t counts[2])
{
	struct candidate **tails[2] = { &lists[0], &lists[1] };
	size_t i;
	int family;

	counts[0] = counts[1] = 0;
	for (i = 0; i < count; i++) {
		family = is_ipv4(&candidates[i].address) ? 0 : 1;
		*tails[family] = &candidates[i];
		tails[family] = &candidates[i].next;
		counts[family]++;
	}
	*tails[0] = *tails[1] = NULL;
}

void
address_order_apply(enum address_order order, union host_address *addresses, size_t count,
		    const struct address_policy *policy, address_source *source,
		    void *context)
{
	struct candidate few[ON_STACK], *candidates = few, *list, *lists[2];
	size_t counts[2], i;

	if (order == ADDRESS_ORDER_AS_RECEIVED || count < 2 ||
	    count > ADDRESS_ORDER_MAXIMUM)
		return;
	if (count > ON_STACK)
		candidates = malloc(count * sizeof *candidates);
	if (candidates == NULL)
		return;
	for (i = 0; i < count; i++) {
		candidates[i].address = addresses[i];
		candidates[i].received = i;
		assess(&candidates[i], policy, source, context);
	}
	split(candidates, count, lists, counts);
	list = unite(order, sort(lists[0], counts[0]), sort(lists[1], counts[1]));
	for (; list != NULL; list = list->next)
		*addresses++ = list->address;
	if (candidates != few)
		free(candidates);
}

void
address_order_sort(union host_address *addresses, size_t count,
		   const struct address_policy *policy, address_source *source,
		   void *context)
{
	address_order_apply(ADDRESS_ORDER_RFC6724, addresses, count, policy, source,
			    context);
}
