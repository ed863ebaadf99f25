/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "resolve_result.h"

#include <stdio.h>
#include <string.h>

#include "resolve.h"

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

enum {
	RCODE_SERVFAIL = 2,
	RCODE_REFUSED = 5
};

static const char *const status_texts[] = {
	[RESULT_FOUND] = "found",
	[RESULT_NO_NAME] = "no-name",
	[RESULT_NO_DATA] = "no-data",
	[RESULT_TIMEOUT] = "timeout",
	[RESULT_SERVER_FAILURE] = "server-failure",
	[RESULT_REFUSED] = "refused",
	[RESULT_UNREACHABLE] = "unreachable",
	[RESULT_INVALID] = "invalid",
	[RESULT_CANCELLED] = "cancelled",
};

const char *
result_status_text(enum result_status status)
{
	return status_texts[status];
}

bool
result_status_read(const char *text, size_t length, enum result_status *status)
{
	size_t i;

	for (i = 0; i < COUNT_OF(status_texts); i++) {
		if (strlen(status_texts[i]) == length &&
		    memcmp(status_texts[i], text, length) == 0) {
			*status = (enum result_status)i;
			return true;
		}
	}
	return false;
}

const char *
result_source_text(DnsSource source)
{
	return source == DNS_SOURCE_SERVER ? "dns" : DnsSourceGetText(source);
}

void
rcode_format(int rcode, char *text, size_t size)
{
	static const char *const names[] = {"NOERROR", "FORMERR", "SERVFAIL", "NXDOMAIN",
					    "NOTIMP", "REFUSED", "YXDOMAIN", "YXRRSET",
					    "NXRRSET", "NOTAUTH", "NOTZONE"};

	if (rcode >= 0 && (size_t)rcode < COUNT_OF(names))
		snprintf(text, size, "%s", names[rcode]);
	else
		snprintf(text, size, "RCODE%d", rcode);
}

/* No definite answer: what the servers said tells why. */
static enum result_status
judge_failure(const struct result_part *part)
{
	int rcode = DnsReportGetResponseCode(part->report);

	if (rcode == RCODE_REFUSED)
		return RESULT_REFUSED;
	if (part->status == DNS_STATUS_NO_RECOVERY || rcode > 0 ||
	    DnsReportGetDiscardedCount(part->report) > 0)
		return RESULT_SERVER_FAILURE;
	return DnsReportGetUnansweredCount(part->report) > 0 ? RESULT_TIMEOUT
							     : RESULT_UNREACHABLE;
}

static enum result_status
judge_part(const struct result_part *part)
{
	switch (part->status) {
	case DNS_STATUS_OK:
		return RESULT_FOUND;
	case DNS_STATUS_HOST_NOT_FOUND:
		return RESULT_NO_NAME;
	case DNS_STATUS_NO_DATA:
		return RESULT_NO_DATA;
	case DNS_STATUS_TIMED_OUT:
		return RESULT_TIMEOUT;
	case DNS_STATUS_CANCELLED:
	case DNS_STATUS_CLOSED:
		return RESULT_CANCELLED;
	case DNS_STATUS_NO_IDN:
		return RESULT_INVALID;
	default:
		return judge_failure(part);
	}
}

/* Not the lookup failed, but something here. */
static const char *
judge_trouble(const struct result_part *part)
{
	switch (part->status) {
	case DNS_STATUS_NO_MEMORY:
	case DNS_STATUS_FORKED:
	case DNS_STATUS_INVALID_ARGUMENT:
	case DNS_STATUS_INVALID_OPERATION:
	case DNS_STATUS_WOULD_DEADLOCK:
	case DNS_STATUS_NO_IDN:
		return DnsStatusGetText(part->status);
	case DNS_STATUS_NO_SERVERS:
		return "no name server in resolv.conf; name one with --server";
	default:
		return NULL;
	}
}

int
result_exit_status(enum result_status status)
{
	switch (status) {
	case RESULT_FOUND:
		return EXIT_FOUND;
	case RESULT_NO_NAME:
	case RESULT_NO_DATA:
	case RESULT_INVALID:
		return EXIT_NOT_FOUND;
	default:
		return EXIT_NO_ANSWER;
	}
}

/* Of several types that count most which may be there and are not known; then what was
 * found. A name without one of them has another, or may have: it is not no name. */
static unsigned int
rank_of(enum result_status status)
{
	static const unsigned char ranks[] = {
		[RESULT_NO_NAME] = 0,	 [RESULT_NO_DATA] = 1, [RESULT_INVALID] = 2,
		[RESULT_FOUND] = 3,	 [RESULT_CANCELLED] = 4, [RESULT_TIMEOUT] = 5,
		[RESULT_UNREACHABLE] = 6, [RESULT_REFUSED] = 7,
		[RESULT_SERVER_FAILURE] = 8,
	};

	return ranks[status];
}

static void
add_report(struct result *result, const DnsReport *report)
{
	DnsSource source = DnsReportGetSource(report);
	const char *server = DnsReportGetServer(report);
	int64_t microseconds = DnsReportGetDuration(report);

	if (source > result->source)
		result->source = source;
	if (server != NULL)
		result->server = server;
	result->tries += DnsReportGetTryCount(report);
	if (microseconds > result->microseconds)
		result->microseconds = microseconds;
}

void
result_judge(struct result *result)
{
	enum result_status status;
	size_t i;

	result->fault = ITEM_SOUND;
	result->trouble = NULL;
	result->source = DNS_SOURCE_NONE;
	result->server = NULL;
	result->tries = 0;
	result->microseconds = 0;
	for (i = 0; i < result->part_count; i++) {
		const struct result_part *part = &result->parts[i];

		status = judge_part(part);
		if (i == 0 || rank_of(status) > rank_of(result->status)) {
			result->status = status;
			result->rcode = DnsReportGetResponseCode(part->report);
		}
		if (result->trouble == NULL)
			result->trouble = judge_trouble(part);
		add_report(result, part->report);
	}
	result->exit_status = result->trouble != NULL ? EXIT_TROUBLE
						      : result_exit_status(result->status);
}

static void
result_without_parts(struct result *result, enum result_status status)
{
	result->part_count = 0;
	result_judge(result);
	result->status = status;
	result->rcode = -1;
	result->exit_status = result_exit_status(status);
	clock_gettime(CLOCK_REALTIME, &result->time);
}

void
result_of_fault(struct result *result, enum item_fault fault)
{
	result_without_parts(result, RESULT_INVALID);
	result->fault = fault;
}

void
result_of_trouble(struct result *result, const char *trouble)
{
	result_without_parts(result, RESULT_UNREACHABLE);
	result->trouble = trouble;
	result->exit_status = EXIT_TROUBLE;
}

void
result_clear(struct result *result)
{
	size_t i;

	for (i = 0; i < result->part_count; i++) {
		DnsHostEntryRelease(result->parts[i].entry);
		DnsRecordSetRelease(result->parts[i].records);
		DnsReportRelease(result->parts[i].report);
	}
	result->part_count = 0;
}

static bool
entry_get(const struct result_part *part, size_t index, struct result_record *record)
{
	const struct sockaddr *address = DnsHostEntryGetAddress(part->entry, index, NULL);

	if (address == NULL)
		return false;
	*record = (struct result_record){
		.name = DnsHostEntryGetName(part->entry),
		.type = address->sa_family == AF_INET ? DNS_RECORD_TYPE_A
						      : DNS_RECORD_TYPE_AAAA,
		.type_asked = TYPE_ADDRESSES,
		.ttl = DnsHostEntryGetTimeToLive(part->entry),
		.address = address,
	};
	return true;
}

/* The names of an address that needed no server. */
static bool
entry_get_name(const struct result_part *part, size_t index, struct result_record *record)
{
	const char *host = index == 0 ? DnsHostEntryGetName(part->entry)
				      : DnsHostEntryGetAlias(part->entry, index - 1);

	*record = (struct result_record){
		.type = DNS_RECORD_TYPE_PTR,
		.type_asked = DNS_RECORD_TYPE_PTR,
		.ttl = DnsHostEntryGetTimeToLive(part->entry),
		.host = host,
	};
	return host != NULL;
}

static bool
set_get(const struct result_part *part, size_t index, struct result_record *retRecord)
{
	const DnsRecord *record =
		DnsRecordSetGetRecord(part->records, DNS_SECTION_ANSWER, index);

	if (record == NULL)
		return false;
	*retRecord = (struct result_record){
		.name = DnsRecordGetName(record),
		.type = DnsRecordGetType(record),
		.type_asked = part->type,
		.ttl = DnsRecordGetTimeToLive(record),
		.address = DnsRecordGetAddress(record, NULL),
		.record = record,
	};
	return true;
}

static bool
part_get(const struct result_part *part, size_t index, struct result_record *record)
{
	if (part->entry == NULL)
		return set_get(part, index, record);
	return part->type == TYPE_ADDRESSES ? entry_get(part, index, record)
					    : entry_get_name(part, index, record);
}

bool
result_next(const struct result *result, struct result_cursor *cursor,
	    struct result_record *record)
{
	for (; cursor->part < result->part_count; cursor->part++, cursor->index = 0) {
		const struct result_part *part = &result->parts[cursor->part];

		if (part_get(part, cursor->index, record)) {
			cursor->index++;
			return true;
		}
	}
	return false;
}

bool
result_next_asked(const struct result *result, struct result_cursor *cursor,
		  struct result_record *record)
{
	while (result_next(result, cursor, record)) {
		if (record->type_asked == TYPE_ADDRESSES ||
		    record->type == record->type_asked)
			return true;
	}
	return false;
}
