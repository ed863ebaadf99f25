/* SPDX-License-Identifier: MIT */
#ifndef ASYNCDNS_RECORD_IMPL_H
#define ASYNCDNS_RECORD_IMPL_H

#include <asyncdns/record.h>

/* What the data of a record were taken apart into. */
enum parts_kind {
	PARTS_NONE,	/* nothing is known of the type */
	PARTS_ADDRESS,	/* a struct sockaddr */
	PARTS_HOST,	/* a name */
	PARTS_STRINGS,	/* a struct record_strings */
	PARTS_SOA,	/* these and below: the struct of record.h */
	PARTS_MX,
	PARTS_SRV,
	PARTS_CAA,
	PARTS_NAPTR,
	PARTS_TLSA,
	PARTS_DS,
	PARTS_URI,
	PARTS_SVCB
};

/* What it points to lies in the arena of the record's set. */
struct DnsRecord {
	const char *name;
	unsigned int type;
	unsigned int class;
	uint32_t ttl;
	const uint8_t *data;	/* names expanded; good, if the type is known */
	size_t length;
	enum parts_kind kind;
	const void *parts;
};

struct record_string {
	const char *text;
	size_t length;
};

struct record_strings {
	size_t count;
	struct record_string strings[];
};

#endif
