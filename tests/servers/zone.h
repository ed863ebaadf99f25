/* SPDX-License-Identifier: MIT */
/* What every server of these tests serves: the zone is the truth that the answers are
 * held against. */
#ifndef TESTS_SERVERS_ZONE_H
#define TESTS_SERVERS_ZONE_H

#include <netinet/in.h>
#include <stdbool.h>
#include <stdio.h>

#define ZONE_ORIGIN "demo.test"
/* Of 192.0.2.0/24 and of 2001:db8::/32. */
#define ZONE_ORIGIN_IPV4 "2.0.192.in-addr.arpa"
#define ZONE_ORIGIN_IPV6 "8.b.d.0.1.0.0.2.ip6.arpa"

/* 253 bytes, the longest name there is: three labels of 63 bytes and one of 51. */
#define ZONE_LONG_NAME \
	"a23456789012345678901234567890123456789012345678901234567890123." \
	"b23456789012345678901234567890123456789012345678901234567890123." \
	"c23456789012345678901234567890123456789012345678901234567890123." \
	"d23456789012345678901234567890123456789012345678901." ZONE_ORIGIN

enum { ZONE_NAME_SIZE = 254 };

struct zone_record {
	const char *owner;	/* absolute, without the final dot */
	const char *type;
	unsigned int ttl;
	const char *data;	/* as in a master file (RFC 1035 5.1), names absolute */
};

/* Many addresses, of one name or each of a name of its own. */
struct zone_set {
	const char *owner;
	bool numbered;		/* the owner of address 7 is "h7." before the above */
	const char *type;
	const char *network, *separator;
	unsigned int count;
};

/* Beyond 512 bytes of plain UDP; beyond the 4,096 that any server gives to EDNS. */
extern const struct zone_set zone_many_ipv4, zone_many_ipv6, zone_huge;
extern const struct zone_set zone_burst;

void zone_set_get_owner(const struct zone_set *, unsigned int index,
			char retName[ZONE_NAME_SIZE]);
void zone_set_get_address(const struct zone_set *, unsigned int index,
			  char retText[INET6_ADDRSTRLEN]);

/* Writes all records, and an address for the name ready, which tells servers apart. */
void zone_write(FILE *, const char *ready,
		void (*write_record)(FILE *, const struct zone_record *));
/* Writes the names of addresses, of both zones or of one. */
void zone_write_pointers(FILE *, const char *origin,
			 void (*write_record)(FILE *, const struct zone_record *));
/* The two ways to write one: a line of a master file, or of dnsmasq's configuration,
 * which leaves out what dnsmasq does not have. */
void zone_write_master_line(FILE *, const struct zone_record *);
void zone_write_dnsmasq_line(FILE *, const struct zone_record *);

#endif
