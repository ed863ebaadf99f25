/* SPDX-License-Identifier: MIT */
/* address_order: which of a host's addresses to try first. RFC 6724, section 6, as
 * getaddrinfo of glibc does it, with what a program can learn by asking the system for
 * the source addresses. The rules:
 *
 *  1    what cannot be reached comes last
 *  2    destination and source have the same scope
 *  3, 4 left out: that a source is deprecated, or a home address, only the kernel's
 *       netlink tells; and the kernel takes a deprecated one only if it has no other
 *  5    destination and source have the same label
 *  6    the higher precedence
 *  7    left out: that an interface is a tunnel does not show in its addresses; the
 *       policy table puts 6to4 and Teredo behind
 *  8    the smaller scope
 *  9    in one family, the longer prefix in common with the source. As in glibc, all 128
 *       bits of IPv6 count (the RFC stops where the source's prefix ends), and IPv4
 *       counts only where source and destination are in one subnet
 *  10   as received
 *
 * Rule 9 in each family and rule 10 between them can lead round in a circle, where the
 * policy gives both families one precedence. Then rule 9 holds, and of the two families'
 * next addresses the one that was received first goes first. */
#ifndef ASYNCDNS_ADDRESS_ORDER_H
#define ASYNCDNS_ADDRESS_ORDER_H

#include <stdbool.h>
#include <stddef.h>

struct address_policy;
union host_address;

/* More addresses stay as they are. */
#define ADDRESS_ORDER_MAXIMUM 1024

/* The source address that the system would use towards a destination, and the length of
 * its prefix if it is IPv4 (0: not known, not in the same subnet). False: the destination
 * cannot be reached. */
typedef bool address_source(void *context, const union host_address *destination,
			    union host_address *source, unsigned int *prefix_length);

enum address_order {
	ADDRESS_ORDER_RFC6724,
	ADDRESS_ORDER_IPV4_FIRST,	/* that of the RFC in each family */
	ADDRESS_ORDER_IPV6_FIRST,
	ADDRESS_ORDER_AS_RECEIVED,
	ADDRESS_ORDER_INTERLEAVED	/* by turns, from the RFC's first on (RFC 8305) */
};

/* Orders in place, and stably. Asks once for the source of each address, in the order
 * received. Up to 64 addresses need no memory; if there is none for more, they stay as
 * they are. */
void address_order_apply(enum address_order order, union host_address *addresses,
			 size_t count, const struct address_policy *policy,
			 address_source *source, void *context);

/* The RFC's order. */
void address_order_sort(union host_address *addresses, size_t count,
			const struct address_policy *policy, address_source *source,
			void *context);

#endif
