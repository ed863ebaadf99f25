/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "outcome.h"

#include "host_entry_impl.h"
#include "record_set_impl.h"

void
outcome_set_report(struct outcome *outcome, const struct report_facts *facts)
{
	outcome->report = report_create(facts);
	if (outcome->entry != NULL)
		host_entry_set_report(outcome->entry, outcome->report);
	if (outcome->records != NULL)
		outcome->records->report = DnsReportRetain(outcome->report);
}

void
outcome_clear(struct outcome *outcome)
{
	DnsHostEntryRelease(outcome->entry);
	DnsRecordSetRelease(outcome->records);
	DnsReportRelease(outcome->report);
	outcome->entry = NULL;
	outcome->records = NULL;
	outcome->report = NULL;
}

void
outcome_take_entry(struct outcome *outcome, struct DnsHostEntry **retEntry)
{
	if (retEntry != NULL) {
		*retEntry = outcome->entry;
		outcome->entry = NULL;
	}
	outcome_clear(outcome);
}

void
outcome_take_records(struct outcome *outcome, struct DnsRecordSet **retRecords)
{
	if (retRecords != NULL) {
		*retRecords = outcome->records;
		outcome->records = NULL;
	}
	outcome_clear(outcome);
}
