/* SPDX-License-Identifier: MIT */
/* private_address: which addresses lead to this host or into a network of its own, so that
 * the owner of a name elsewhere has none of them to give. */
#ifndef ASYNCDNS_PRIVATE_ADDRESS_H
#define ASYNCDNS_PRIVATE_ADDRESS_H

#include <netinet/in.h>
#include <stdbool.h>

/* This host, loopback, private, shared, link-local; and the broadcast to the own link. */
bool private_address_is_ipv4(const struct in_addr *address);

/* The same, unique local and site-local ones, and each that holds such an IPv4 address:
 * mapped, compatible, translated, NAT64 by the well-known prefix, 6to4. */
bool private_address_is_ipv6(const struct in6_addr *address);

#endif
