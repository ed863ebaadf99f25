/* SPDX-License-Identifier: MIT */
/* DnsRecordSet: what a server said to a question for records of one type.
 *
 * A set never changes after it was made, so any thread may read it without a lock. It is
 * counted: End hands you one reference, which you give back with DnsRecordSetRelease. It
 * lives on its own: End, Release of other objects and Close do not touch it.
 *
 * What the Get functions return belongs to the set (borrowed): valid until your reference
 * is released. Given NULL they return NULL, 0 or false. */
#ifndef ASYNCDNS_RECORD_SET_H
#define ASYNCDNS_RECORD_SET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <asyncdns/record.h>
#include <asyncdns/report.h>
#include <asyncdns/visibility.h>

typedef struct DnsRecordSet DnsRecordSet;

/* Parts of a response (RFC 1035 4.1). The last two are empty unless they were asked for. */
typedef enum DnsSection {
	DNS_SECTION_ANSWER = 0,	/* the records of the name, and the aliases that led there */
	DNS_SECTION_AUTHORITY,	/* whose word it is; for what is not there, an SOA record */
	DNS_SECTION_ADDITIONAL,	/* what may be of use, such as addresses of mail servers */

	DNS_SECTION_FORCE_INT = 0x7fffffff
} DnsSection;

/* The name that was asked for, in lower case, in presentation form (RFC 1035 5.1) without
 * the final dot. */
DNS_API const char *DnsRecordSetGetName(const DnsRecordSet *set);

/* The response code, with the bits that EDNS adds (RFC 6891): 0 is NOERROR, 3 NXDOMAIN. */
DNS_API int DnsRecordSetGetResponseCode(const DnsRecordSet *set);

/* Did the server say that it has validated the records (AD, RFC 4035)? This is worth as
 * much as the server and the way to it can be trusted. */
DNS_API bool DnsRecordSetIsAuthenticated(const DnsRecordSet *set);

/* For how many seconds the answer holds: the lowest TTL in the answer section; for the
 * answer that there is nothing, no more than the SOA record allows (RFC 2308 5), and 0
 * without one. */
DNS_API uint32_t DnsRecordSetGetTimeToLive(const DnsRecordSet *set);

/* The records of a section, in the order in which the server wrote them. Their class is
 * IN; OPT records are left out. In the answer section are the records of the name, and, if
 * it is an alias, the CNAME and DNAME records that lead on and the records of the name at
 * their end; types may differ from the one asked for, so look at DnsRecordGetType. An
 * index beyond the count gives NULL, an unknown section is empty. */
DNS_API size_t DnsRecordSetGetCount(const DnsRecordSet *set, DnsSection section);
DNS_API const DnsRecord *DnsRecordSetGetRecord(const DnsRecordSet *set, DnsSection section,
					       size_t index);

/* How the set was found; NULL if there was no memory to say. Borrowed. */
DNS_API const DnsReport *DnsRecordSetGetReport(const DnsRecordSet *set);

/* One more reference, which you owe a Release; returns its argument. */
DNS_API DnsRecordSet *DnsRecordSetRetain(DnsRecordSet *set);
DNS_API void DnsRecordSetRelease(DnsRecordSet *set);

#endif
