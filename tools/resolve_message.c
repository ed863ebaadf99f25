/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "resolve_message.h"

#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define RCODE_TEXT_SIZE 16
#define TYPE_TEXT_SIZE 16

void
message_put_time(struct buffer *buffer, int milliseconds)
{
	unsigned int fraction = (unsigned int)milliseconds % 1000, width = 3;

	if (milliseconds < 1000) {
		buffer_put_number(buffer, (uint64_t)milliseconds);
		buffer_put_text(buffer, " ms");
		return;
	}
	buffer_put_number(buffer, (uint64_t)milliseconds / 1000);
	if (fraction > 0) {
		for (; fraction % 10 == 0; width--)
			fraction /= 10;
		buffer_put_byte(buffer, '.');
		buffer_put_digits(buffer, fraction, width);
	}
	buffer_put_text(buffer, " s");
}

static const char *
fault_text(enum item_fault fault)
{
	switch (fault) {
	case ITEM_TOO_LONG:
		return "too long for a name";
	case ITEM_LABEL_TOO_LONG:
		return "a label of more than 63 bytes";
	case ITEM_SEVERAL_WORDS:
		return "more than a name and types in a line";
	case ITEM_BAD_TYPE:
		return "no such type of records, or too many";
	case ITEM_NO_ADDRESS:
		return "not an address";
	default:
		return "cannot be a name";
	}
}

/* "has no IPv4 address", "has no MX or TXT record" */
static void
put_no_data(struct buffer *buffer, const struct layout *layout, const struct item *item)
{
	char type[TYPE_TEXT_SIZE];
	uint8_t i;

	buffer_put_text(buffer, "has no ");
	if (item->is_address) {
		buffer_put_text(buffer, "name");
		return;
	}
	for (i = 0; i < item->types.count; i++) {
		if (i > 0)
			buffer_put_text(buffer, i + 1 < item->types.count ? ", " : " or ");
		if (item->types.types[i] == TYPE_ADDRESSES) {
			buffer_put_text(buffer, layout->family == AF_INET    ? "IPv4 "
						: layout->family == AF_INET6 ? "IPv6 "
									     : "");
			buffer_put_text(buffer, "address");
			continue;
		}
		type_format(item->types.types[i], type, sizeof(type));
		buffer_put_text(buffer, type);
	}
	if (item->types.types[item->types.count - 1] != TYPE_ADDRESSES)
		buffer_put_text(buffer, " record");
}

static void
put_server(struct buffer *buffer, const char *before, const struct result *result)
{
	if (result->server == NULL)
		return;
	buffer_put_text(buffer, before);
	buffer_put_text(buffer, result->server);
}

static void
put_count(struct buffer *buffer, const char *before, unsigned int count,
	  const char *singular, const char *plural)
{
	buffer_put_text(buffer, before);
	buffer_put_number(buffer, count);
	buffer_put_text(buffer, count == 1 ? singular : plural);
}

/* " (3 tries in 10 s)": the time that was set, or that it took until all tries were over */
static void
put_effort(struct buffer *buffer, const struct layout *layout, const struct result *result)
{
	int time = (int)((result->microseconds + 500) / 1000);
	size_t i;

	for (i = 0; i < result->part_count; i++) {
		if (result->parts[i].status == DNS_STATUS_TIMED_OUT)
			time = layout->timeout;
	}
	buffer_put_text(buffer, " (");
	if (result->tries > 0) {
		put_count(buffer, "", result->tries, " try", " tries");
		buffer_put_text(buffer, " in ");
	}
	message_put_time(buffer, time);
	buffer_put_byte(buffer, ')');
}

static void
put_server_failure(struct buffer *buffer, const struct layout *layout,
		   const struct result *result)
{
	char rcode[RCODE_TEXT_SIZE];

	if (result->rcode <= 0) {
		buffer_put_text(buffer, layout->refuses_private ?
						"malformed answer or private address" :
						"malformed answer");
		put_server(buffer, " from ", result);
		return;
	}
	rcode_format(result->rcode, rcode, sizeof(rcode));
	buffer_put_text(buffer, "server failure");
	put_server(buffer, " at ", result);
	buffer_put_text(buffer, " (");
	buffer_put_text(buffer, rcode);
	buffer_put_byte(buffer, ')');
}

/* Whoever types the name of a file may mean what is in it. */
static void
put_file_hint(struct buffer *buffer, const struct item *item)
{
	if (item->is_operand && access(item->name, R_OK) == 0)
		buffer_put_text(buffer, "; there is a file of that name: -f reads it");
}

void
message_put_failure(struct buffer *buffer, const struct layout *layout,
		    const struct item *item, const struct result *result)
{
	if (result->trouble != NULL) {
		buffer_put_text(buffer, result->trouble);
		return;
	}
	switch (result->status) {
	case RESULT_NO_NAME:
		if (item->is_address)
			put_no_data(buffer, layout, item);
		else
			buffer_put_text(buffer, "does not exist");
		put_file_hint(buffer, item);
		return;
	case RESULT_FOUND:	/* aliases only, or an address family left out */
	case RESULT_NO_DATA:
		put_no_data(buffer, layout, item);
		return;
	case RESULT_TIMEOUT:
		buffer_put_text(buffer, "no reply");
		put_server(buffer, " from ", result);
		put_effort(buffer, layout, result);
		return;
	case RESULT_SERVER_FAILURE:
		put_server_failure(buffer, layout, result);
		return;
	case RESULT_REFUSED:
		buffer_put_text(buffer, "refused");
		put_server(buffer, " by ", result);
		return;
	case RESULT_UNREACHABLE:
		buffer_put_text(buffer, "no server reachable");
		put_server(buffer, ", tried ", result);
		return;
	case RESULT_INVALID:
		buffer_put_text(buffer, fault_text(result->fault));
		return;
	case RESULT_CANCELLED:
		buffer_put_text(buffer, "no result within --max-time");
		return;
	}
}

/* "0.41 ms" */
static void
put_duration(struct buffer *buffer, int64_t microseconds)
{
	uint64_t hundredths = ((uint64_t)microseconds + 5) / 10;

	buffer_put_number(buffer, hundredths / 100);
	buffer_put_byte(buffer, '.');
	buffer_put_digits(buffer, hundredths % 100, 2);
	buffer_put_text(buffer, " ms");
}

void
message_put_origin(struct buffer *buffer, const struct result *result, bool is_full)
{
	char rcode[RCODE_TEXT_SIZE];
	unsigned int discarded = 0;
	size_t i;

	buffer_put_text(buffer, result_status_text(result->status));
	buffer_put_text(buffer, ", source ");
	buffer_put_text(buffer, result_source_text(result->source));
	put_server(buffer, ", server ", result);
	put_count(buffer, ", ", result->tries, " try", " tries");
	if (is_full) {
		for (i = 0; i < result->part_count; i++)
			discarded += DnsReportGetDiscardedCount(result->parts[i].report);
		put_count(buffer, ", ", discarded, " bad response", " bad responses");
		if (result->rcode >= 0) {
			rcode_format(result->rcode, rcode, sizeof(rcode));
			buffer_put_text(buffer, ", ");
			buffer_put_text(buffer, rcode);
		}
	}
	buffer_put_text(buffer, ", ");
	put_duration(buffer, result->microseconds);
}

size_t
message_count_steps(const struct result *result)
{
	size_t count = 0, i;

	for (i = 0; i < result->part_count; i++)
		count += DnsReportGetStepCount(result->parts[i].report);
	return count;
}

void
message_put_step(struct buffer *buffer, const struct result *result, size_t index)
{
	const DnsReport *report;
	char type[TYPE_TEXT_SIZE];
	const char *name;
	size_t i;

	for (i = 0; index >= DnsReportGetStepCount(result->parts[i].report); i++)
		index -= DnsReportGetStepCount(result->parts[i].report);
	report = result->parts[i].report;
	name = DnsReportGetStepName(report, index);
	type_format(result->parts[i].type, type, sizeof(type));
	buffer_put_text(buffer, "asked for ");
	buffer_put_presented(buffer, name, strlen(name));
	buffer_put_byte(buffer, ' ');
	buffer_put_text(buffer, type);
	buffer_put_text(buffer, ": ");
	buffer_put_text(buffer, DnsStatusGetText(DnsReportGetStepStatus(report, index)));
}
