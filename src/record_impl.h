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

/* What it points to lies in the arena of the record's set. Small: a message may have five
 * thousand, and fresh memory costs more than all else. */
struct DnsRecord {
	const char *name;
	const uint8_t *data;	/* names expanded; good, if the type is known */
	const void *parts;
	uint32_t length;
	uint32_t ttl;
	uint16_t type;
	uint16_t class;
	enum parts_kind kind;
};

/* A message may have sixty thousand of them. */
struct record_strings {
	size_t count;
	const char *text;	/* the data, with a 0 in place of each length */
	uint16_t places[];	/* in it; the lengths are before these in the data */
};

#endif
