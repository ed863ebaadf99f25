/* SPDX-License-Identifier: MIT */
/* address_probe: the source address that the system would use towards a destination. Asks
 * by connecting a UDP socket, which sends no packet. */
#ifndef ASYNCDNS_ADDRESS_PROBE_H
#define ASYNCDNS_ADDRESS_PROBE_H

#include <stdbool.h>

union host_address;
struct ifaddrs;

/* What the questions of one sort share: a socket a family, made when first needed. */
struct address_prober {
	int ipv4;			/* -1: not made yet, or it cannot be made */
	int ipv6;
	bool has_interfaces;		/* the system has been asked for them */
	struct ifaddrs *interfaces;
};

void address_prober_init(struct address_prober *prober);
void address_prober_close(struct address_prober *prober);

/* An address_source (address_order.h); the context is a prober. False: the destination
 * cannot be reached. The length of the source's prefix is told for IPv4 only, and 0 where
 * destination and source are not even in the same /8: getting it from the system is much
 * dearer than all the rest, and only a source in the destination's subnet needs it. */
bool address_probe(void *prober, const union host_address *destination,
		   union host_address *source, unsigned int *prefix_length);

#endif
