/* SPDX-License-Identifier: MIT */
/* outcome: what comes of an operation: a status, with it an entry or records, and how it
 * went. */
#ifndef ASYNCDNS_OUTCOME_H
#define ASYNCDNS_OUTCOME_H

#include <asyncdns/host_entry.h>
#include <asyncdns/record_set.h>
#include <asyncdns/status.h>

#include "report_impl.h"

/* A reference to each, or NULL. */
struct outcome {
	DnsStatus status;
	struct DnsHostEntry *entry;
	struct DnsRecordSet *records;
	struct DnsReport *report;
};

#define OUTCOME_OF(code) ((struct outcome){ .status = (code) })

/* Makes the report, also for who gets the entry and asks it. */
void outcome_set_report(struct outcome *outcome, const struct report_facts *facts);

/* Gives all references back, or all but that to the entry, or the records, which goes to
 * the caller if he wants it (may be NULL). */
void outcome_clear(struct outcome *outcome);
void outcome_take_entry(struct outcome *outcome, struct DnsHostEntry **retEntry);
void outcome_take_records(struct outcome *outcome, struct DnsRecordSet **retRecords);

#endif
