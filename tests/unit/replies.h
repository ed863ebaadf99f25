/* SPDX-License-Identifier: MIT */
/* Answers for the rooms that keep them, made of packets. */
#ifndef TESTS_UNIT_REPLIES_H
#define TESTS_UNIT_REPLIES_H

#include "answer.h"
#include "packet.h"

#define REPLIES_SOA 6
#define REPLIES_NOERROR 0
#define REPLIES_NXDOMAIN 3

/* A record of the authority section. */
void replies_add_soa(struct packet *packet, const char *owner, uint32_t ttl,
		     uint32_t minimum);

/* What came at that time; with a reference. */
struct answer *replies_take(const struct packet *packet, int64_t received);

/* "name A address", "there is no such name, says its parent", "servers failed". */
struct answer *replies_address(const char *name, const char *address, uint32_t ttl,
			       int64_t received);
struct answer *replies_no_name(const char *name, const char *zone, uint32_t ttl,
			       int64_t received);
struct answer *replies_failure(DnsStatus status);

#endif
