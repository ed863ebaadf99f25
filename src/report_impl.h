/* SPDX-License-Identifier: MIT */
#ifndef ASYNCDNS_REPORT_IMPL_H
#define ASYNCDNS_REPORT_IMPL_H

#include <asyncdns/report.h>

/* What a report is to say; copied. */
struct report_facts {
	DnsSource source;
	const char *server;		/* as text; NULL: none */
	unsigned int tries;
	unsigned int discarded;
	unsigned int unanswered;
	int64_t microseconds;
	int rcode;			/* -1: no response */
	size_t step_count;
	const char *const *step_names;
	const DnsStatus *step_statuses;
};

/* One with one reference; NULL: no memory, which is no reason for a lookup to fail: its
 * report then knows nothing. */
struct DnsReport *report_create(const struct report_facts *facts);

#endif
