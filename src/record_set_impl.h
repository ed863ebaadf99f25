/* SPDX-License-Identifier: MIT */
#ifndef ASYNCDNS_RECORD_SET_IMPL_H
#define ASYNCDNS_RECORD_SET_IMPL_H

#include <asyncdns/record_set.h>

#include <stdatomic.h>

#include "arena.h"
#include "record_impl.h"

#define RECORD_SECTION_COUNT 3

struct record_section {
	struct DnsRecord *records;
	size_t count;
};

struct DnsRecordSet {
	atomic_uint references;
	const char *name;
	unsigned int response_code;
	bool is_authenticated;
	uint32_t time_to_live;
	struct record_section sections[RECORD_SECTION_COUNT];
	struct DnsReport *report; /* NULL: none */
	struct arena arena;	/* all that is pointed to */
};

/* One with a reference; all else is zero, for whoever creates it to fill in before anybody
 * else sees it. NULL: no memory. */
struct DnsRecordSet *record_set_create(void);

#endif
