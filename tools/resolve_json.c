/* SPDX-License-Identifier: MIT */
/* The format jsonl: one object a line and item, whatever came of it. */
#include <config.h>

#include "resolve_format.h"

#include <string.h>
#include <time.h>

#include "resolve_json_record.h"
#include "resolve_json_text.h"

#define RCODE_TEXT_SIZE 16

/* "2025-01-01T00:00:00.123Z" (RFC 3339). Results come many a second: the calendar is asked
 * for each second once. */
static void
put_time(struct buffer *buffer, const struct timespec *now)
{
	static time_t second = (time_t)-1;
	static char text[32];
	struct tm calendar;

	if (now->tv_sec != second) {
		second = now->tv_sec;
		if (gmtime_r(&second, &calendar) == NULL ||
		    strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%S", &calendar) == 0)
			text[0] = '\0';
	}
	json_put_key(buffer, "time");
	buffer_put_byte(buffer, '"');
	buffer_put_text(buffer, text);
	buffer_put_byte(buffer, '.');
	buffer_put_digits(buffer, (uint64_t)now->tv_nsec / 1000000, 3);
	buffer_put(buffer, "Z\"", 2);
}

static void
put_milliseconds(struct buffer *buffer, int64_t microseconds)
{
	uint64_t hundredths = ((uint64_t)microseconds + 5) / 10;

	json_put_number_member(buffer, "ms", hundredths / 100);
	if (hundredths % 100 == 0)
		return;
	buffer_put_byte(buffer, '.');
	if (hundredths % 10 == 0)
		buffer_put_digits(buffer, hundredths % 100 / 10, 1);
	else
		buffer_put_digits(buffer, hundredths % 100, 2);
}

static void
put_records(struct buffer *buffer, const struct result *result)
{
	struct result_cursor cursor = {0, 0};
	struct result_record record;
	bool is_first = true;

	json_put_key(buffer, "records");
	buffer_put_byte(buffer, '[');
	while (result_next(result, &cursor, &record)) {
		if (!is_first)
			buffer_put_byte(buffer, ',');
		json_put_record(buffer, &record);
		is_first = false;
	}
	buffer_put_byte(buffer, ']');
}

static void
put_report(struct buffer *buffer, const struct result *result)
{
	char rcode[RCODE_TEXT_SIZE];

	if (result->status != RESULT_FOUND && result->rcode >= 0) {
		rcode_format(result->rcode, rcode, sizeof(rcode));
		json_put_member(buffer, "rcode", rcode);
	}
	if (result->trouble != NULL)
		json_put_member(buffer, "error", result->trouble);
	json_put_member(buffer, "source", result_source_text(result->source));
	if (result->server != NULL)
		json_put_member(buffer, "server", result->server);
	json_put_number_member(buffer, "tries", result->tries);
	put_milliseconds(buffer, result->microseconds);
	put_time(buffer, &result->time);
}

void
json_put_item(struct buffer *buffer, const struct item *item)
{
	json_put_bytes_member(buffer, "name", item->name, item->length);
	json_put_key(buffer, "type");
	buffer_put_byte(buffer, '"');
	format_types(buffer, item);
	buffer_put_byte(buffer, '"');
}

static void
jsonl_write(struct buffer *buffer, struct layout *layout, const struct item *item,
	    const struct result *result)
{
	buffer_put_byte(buffer, '{');
	json_put_number_member(buffer, "index", item->index);
	json_put_item(buffer, item);
	json_put_member(buffer, "status", result_status_text(result->status));
	put_records(buffer, result);
	put_report(buffer, result);
	buffer_put_byte(buffer, '}');
	buffer_put_byte(buffer, layout->end);
}

const struct format format_jsonl = {
	.name = "jsonl",
	.has_failures = true,
	.write = jsonl_write,
};
