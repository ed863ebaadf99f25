/* SPDX-License-Identifier: MIT */
/* DnsReport: how a lookup went: what somebody who wonders about its result wants to know.
 *
 * A report never changes after it was made, so any thread may read it without a lock. It
 * is counted. DnsAsyncResultCopyReport hands you a reference, which you give back with
 * DnsReportRelease; after End the result has it: DnsHostEntryGetReport and
 * DnsRecordSetGetReport. That of an operation which was cancelled, overdue or closed says
 * how far it had come. What the Get functions return belongs to the report (borrowed). Given NULL they return what is said for a report that knows nothing. */
#ifndef ASYNCDNS_REPORT_H
#define ASYNCDNS_REPORT_H

#include <stddef.h>
#include <stdint.h>

#include <asyncdns/status.h>
#include <asyncdns/visibility.h>

typedef struct DnsReport DnsReport;

/* Where a result came from; of several answers the one that was dearest. Values never
 * change; new ones are added behind the last. */
typedef enum DnsSource {
	DNS_SOURCE_NONE = 0,	/* it ended before there was any */
	DNS_SOURCE_LITERAL,	/* the name was an address */
	DNS_SOURCE_SPECIAL,	/* a name that needs no server (RFC 6761) */
	DNS_SOURCE_HOSTS,	/* the hosts file */
	DNS_SOURCE_CACHE,	/* an earlier answer that is still good */
	DNS_SOURCE_STALE,	/* one whose time is over; servers failed (RFC 8767) */
	DNS_SOURCE_SERVER,

	DNS_SOURCE_FORCE_INT = 0x7fffffff
} DnsSource;

DNS_API DnsSource DnsReportGetSource(const DnsReport *report);
/* One English word, for any value; never NULL. */
DNS_API const char *DnsSourceGetText(DnsSource source);

/* The server that answered, or that was asked last, also if it was for an answer that has
 * come from the cache: "192.0.2.1:53", "[2001:db8::1]:53". NULL: none. */
DNS_API const char *DnsReportGetServer(const DnsReport *report);

/* How often a server was sent a question for this lookup, or for another that wanted to
 * know the same at the same time: all its questions together. 0: none was. */
DNS_API unsigned int DnsReportGetTryCount(const DnsReport *report);

/* How many responses came and were not good enough: failures, refusals, and what was
 * malformed. */
DNS_API unsigned int DnsReportGetDiscardedCount(const DnsReport *report);

/* How many servers, counted for each question, were silent however often they were asked,
 * or had been when an answer that comes from the cache was looked for. What a server still
 * owes when the lookup ends does not count. Where DNS_STATUS_TRY_AGAIN comes without any, and
 * nothing was discarded, no server could be reached. */
DNS_API unsigned int DnsReportGetUnansweredCount(const DnsReport *report);

/* From Begin to completion, in microseconds. */
DNS_API int64_t DnsReportGetDuration(const DnsReport *report);

/* The response code (RFC 6895 2.3) of the last response that counted; -1: there was none. */
DNS_API int DnsReportGetResponseCode(const DnsReport *report);

/* The names that were asked for, one after another: the name as it is, and with the
 * suffixes of the search list; and what came of each. An index beyond the count gives NULL,
 * and DNS_STATUS_INVALID_ARGUMENT. */
DNS_API size_t DnsReportGetStepCount(const DnsReport *report);
DNS_API const char *DnsReportGetStepName(const DnsReport *report, size_t index);
DNS_API DnsStatus DnsReportGetStepStatus(const DnsReport *report, size_t index);

/* One more reference, which you owe a Release; returns its argument. */
DNS_API DnsReport *DnsReportRetain(DnsReport *report);
DNS_API void DnsReportRelease(DnsReport *report);

#endif
