/* SPDX-License-Identifier: MIT */
/* rebinding: which answers may have private addresses. Who owns a name that strangers look
 * up could else lead their programs into their own network, or to their own host. It is the
 * name asked for that counts, wherever its aliases lead, since that is whom the program
 * takes itself to speak to. */
#ifndef ASYNCDNS_REBINDING_H
#define ASYNCDNS_REBINDING_H

#include <asyncdns/status.h>

#include <stdbool.h>

struct DnsRecordSet;
struct DnsResolverOptions;
struct host_answer;
struct search_list;

struct rebinding_policy {
	bool refuses_private;
	const struct search_list *exempt;	/* suffixes; NULL: none; the options' */
};

struct rebinding_policy rebinding_policy_of(const struct DnsResolverOptions *options);

/* An answer for that name (in normal form) with an address that it may not have has none,
 * and is NO_RECOVERY. */
void rebinding_judge_host(const struct rebinding_policy *policy, const char *name,
			  struct host_answer *answer);

/* The same for records, and addresses in SVCB and HTTPS records: takes the set away. The set
 * may be NULL. */
DnsStatus rebinding_judge_records(const struct rebinding_policy *policy, const char *name,
				  DnsStatus status, struct DnsRecordSet **set);

#endif
