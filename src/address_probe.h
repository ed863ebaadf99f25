/* SPDX-License-Identifier: MIT */
/* address_probe: the source address that the system would use towards a destination. Asks
 * by connecting a UDP socket, which sends no packet. */
#ifndef ASYNCDNS_ADDRESS_PROBE_H
#define ASYNCDNS_ADDRESS_PROBE_H

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

union host_address;
struct ifaddrs;

/* A socket a family, made when first needed and kept: making and closing one costs more
 * than the question. Between questions it has no port. */
struct address_prober {
	pthread_mutex_t lock; /* guards what follows */
	int ipv4;	      /* -1: not made yet, or it cannot be made */
	int ipv6;
	struct ifaddrs *interfaces;
	int64_t interfaces_until; /* older ones are not asked */
};

void address_prober_init(struct address_prober *prober);
void address_prober_close(struct address_prober *prober);

/* An address_source (address_order.h) for any thread; the context is a prober. False: the
 * destination cannot be reached. The length of the source's prefix is told for IPv4 only,
 * and 0 where destination and source are not even in the same /8: getting it from the
 * system is much dearer than all the rest, and only a source in the destination's subnet
 * needs it. It is at most a second old. */
bool address_probe(void *prober, const union host_address *destination,
		   union host_address *source, unsigned int *prefix_length);

#endif
