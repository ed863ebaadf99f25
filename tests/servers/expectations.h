/* SPDX-License-Identifier: MIT */
/* What a lookup must give, of the zone in zone.c, on which server. */
#ifndef TESTS_SERVERS_EXPECTATIONS_H
#define TESTS_SERVERS_EXPECTATIONS_H

#include <stddef.h>

#include <asyncdns.h>

#include "real_server.h"
#include "zone.h"

struct expectation {
	unsigned int on;	/* enum server_bit, or-ed together */
	const char *name;
	DnsStatus status;
	uint32_t ttl;
	const char *canonical;
	const char *aliases[4];
	const char *addresses[4];
};

extern const struct expectation expectations[];
extern const size_t expectation_count;
/* The names of these are addresses. */
extern const struct expectation backward_expectations[];
extern const size_t backward_expectation_count;

/* Fail the test if the outcome is another. */
void expectation_check(const struct expectation *, const struct server_kind *, DnsStatus,
		       const DnsHostEntry *);
/* Only of its addresses. */
void expectation_check_addresses(const struct expectation *, const DnsHostEntry *);
/* The entry has the addresses of these sets and no other; the second may be NULL. */
void expectation_check_sets(const struct zone_set *, const struct zone_set *,
			    const DnsHostEntry *);

#endif
