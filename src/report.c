/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "report_impl.h"

#include <stdatomic.h>
#include <string.h>

#include "depot.h"

struct step {
	const char *name;
	DnsStatus status;
};

/* One block of memory: this, the steps, the names. */
struct DnsReport {
	atomic_uint references;
	DnsSource source;
	const char *server;
	unsigned int tries;
	unsigned int discarded;
	unsigned int unanswered;
	int rcode;
	int64_t microseconds;
	size_t step_count;
	struct step steps[];
};

static size_t
measure(const struct report_facts *facts)
{
	size_t size = sizeof(struct DnsReport) + facts->step_count * sizeof(struct step), i;

	if (facts->server != NULL)
		size += strlen(facts->server) + 1;
	for (i = 0; i < facts->step_count; i++)
		size += strlen(facts->step_names[i]) + 1;
	return size;
}

static const char *
put_text(char **place, const char *text)
{
	size_t size = strlen(text) + 1;
	char *copy = *place;

	memcpy(copy, text, size);
	*place += size;
	return copy;
}

struct DnsReport *
report_create(const struct report_facts *facts)
{
	struct DnsReport *report = depot_allocate(measure(facts));
	char *place;
	size_t i;

	if (report == NULL)
		return NULL;
	atomic_init(&report->references, 1);
	report->source = facts->source;
	report->tries = facts->tries;
	report->discarded = facts->discarded;
	report->unanswered = facts->unanswered;
	report->rcode = facts->rcode;
	report->microseconds = facts->microseconds;
	report->step_count = facts->step_count;
	place = (char *)&report->steps[facts->step_count];
	report->server = facts->server != NULL ? put_text(&place, facts->server) : NULL;
	for (i = 0; i < facts->step_count; i++) {
		report->steps[i].name = put_text(&place, facts->step_names[i]);
		report->steps[i].status = facts->step_statuses[i];
	}
	return report;
}

DnsReport *
DnsReportRetain(DnsReport *report)
{
	if (report != NULL)
		atomic_fetch_add_explicit(&report->references, 1, memory_order_relaxed);
	return report;
}

void
DnsReportRelease(DnsReport *report)
{
	if (report != NULL &&
	    atomic_fetch_sub_explicit(&report->references, 1, memory_order_acq_rel) == 1)
		depot_free(report);
}

DnsSource
DnsReportGetSource(const DnsReport *report)
{
	return report != NULL ? report->source : DNS_SOURCE_NONE;
}

const char *
DnsSourceGetText(DnsSource source)
{
	switch (source) {
	case DNS_SOURCE_LITERAL:
		return "literal";
	case DNS_SOURCE_SPECIAL:
		return "special";
	case DNS_SOURCE_HOSTS:
		return "hosts";
	case DNS_SOURCE_CACHE:
		return "cache";
	case DNS_SOURCE_STALE:
		return "stale";
	case DNS_SOURCE_SERVER:
		return "server";
	case DNS_SOURCE_NONE:
	case DNS_SOURCE_FORCE_INT:
		break;
	}
	return "none";
}

const char *
DnsReportGetServer(const DnsReport *report)
{
	return report != NULL ? report->server : NULL;
}

unsigned int
DnsReportGetTryCount(const DnsReport *report)
{
	return report != NULL ? report->tries : 0;
}

unsigned int
DnsReportGetDiscardedCount(const DnsReport *report)
{
	return report != NULL ? report->discarded : 0;
}

unsigned int
DnsReportGetUnansweredCount(const DnsReport *report)
{
	return report != NULL ? report->unanswered : 0;
}

int64_t
DnsReportGetDuration(const DnsReport *report)
{
	return report != NULL ? report->microseconds : 0;
}

int
DnsReportGetResponseCode(const DnsReport *report)
{
	return report != NULL ? report->rcode : -1;
}

size_t
DnsReportGetStepCount(const DnsReport *report)
{
	return report != NULL ? report->step_count : 0;
}

const char *
DnsReportGetStepName(const DnsReport *report, size_t index)
{
	return index < DnsReportGetStepCount(report) ? report->steps[index].name : NULL;
}

DnsStatus
DnsReportGetStepStatus(const DnsReport *report, size_t index)
{
	return index < DnsReportGetStepCount(report) ? report->steps[index].status :
							DNS_STATUS_INVALID_ARGUMENT;
}
