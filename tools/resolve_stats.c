/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "resolve_stats.h"

#include "resolve.h"
#include "resolve_json_text.h"

#define SECOND INT64_C(1000000000)

void
stats_note(struct stats *stats, const struct result *result)
{
	uint64_t microseconds = (uint64_t)result->microseconds;

	stats->items++;
	stats->of_status[result->status]++;
	stats->queries += result->tries;
	stats->microseconds += microseconds;
	if (microseconds > stats->longest)
		stats->longest = microseconds;
}

uint64_t
stats_count_no(const struct stats *stats)
{
	return stats->of_status[RESULT_NO_NAME] + stats->of_status[RESULT_NO_DATA] +
	       stats->of_status[RESULT_INVALID];
}

uint64_t
stats_count_failed(const struct stats *stats)
{
	return stats->items - stats->of_status[RESULT_FOUND] - stats_count_no(stats);
}

uint64_t
stats_get_rate(uint64_t count, int64_t nanoseconds)
{
	return nanoseconds > 0 ? (uint64_t)((double)count * (double)SECOND /
					    (double)nanoseconds + 0.5)
			       : 0;
}

void
stats_put_grouped(struct buffer *buffer, uint64_t number)
{
	if (number < 1000) {
		buffer_put_number(buffer, number);
		return;
	}
	stats_put_grouped(buffer, number / 1000);
	buffer_put_byte(buffer, ',');
	buffer_put_digits(buffer, number % 1000, 3);
}

/* So many parts of a whole, with as many digits behind the point as the whole has zeroes,
 * and no more than that. */
static void
put_decimal(struct buffer *buffer, uint64_t parts, uint64_t whole, unsigned int digits)
{
	uint64_t scale = 1, scaled;
	unsigned int i;

	for (i = 0; i < digits; i++)
		scale *= 10;
	scaled = (parts + whole / scale / 2) / (whole / scale);
	buffer_put_number(buffer, scaled / scale);
	if (digits > 0) {
		buffer_put_byte(buffer, '.');
		buffer_put_digits(buffer, scaled % scale, digits);
	}
}

/* "12.3 ms", "2.1 s" */
static void
put_time(struct buffer *buffer, uint64_t microseconds)
{
	if (microseconds < 1000000) {
		put_decimal(buffer, microseconds, 1000, 1);
		buffer_put_text(buffer, " ms");
	} else {
		put_decimal(buffer, microseconds, 1000000, 1);
		buffer_put_text(buffer, " s");
	}
}

static void
put_count(struct buffer *buffer, const char *before, uint64_t count, const char *what)
{
	if (count == 0)
		return;
	buffer_put_text(buffer, before);
	stats_put_grouped(buffer, count);
	buffer_put_text(buffer, what);
}

void
stats_put_text(struct buffer *buffer, const struct stats *stats, int64_t nanoseconds)
{
	static const char *const texts[] = {
		[RESULT_FOUND] = " found",
		[RESULT_NO_NAME] = " do not exist",
		[RESULT_NO_DATA] = " have no such record",
		[RESULT_TIMEOUT] = " without reply",
		[RESULT_SERVER_FAILURE] = " failed at the server",
		[RESULT_REFUSED] = " refused",
		[RESULT_UNREACHABLE] = " with no server reachable",
		[RESULT_INVALID] = " invalid",
		[RESULT_CANCELLED] = " cancelled",
	};
	const char *before = ": ";
	int status;

	buffer_put_text(buffer, PROGRAM_NAME ": ");
	stats_put_grouped(buffer, stats->items);
	buffer_put_text(buffer, stats->items == 1 ? " item in " : " items in ");
	put_time(buffer, (uint64_t)nanoseconds / 1000);
	buffer_put_text(buffer, ", ");
	stats_put_grouped(buffer, stats_get_rate(stats->items, nanoseconds));
	buffer_put_text(buffer, "/s");
	for (status = RESULT_FOUND; status <= RESULT_CANCELLED; status++) {
		put_count(buffer, before, stats->of_status[status], texts[status]);
		if (stats->of_status[status] > 0)
			before = ", ";
	}
	buffer_put_text(buffer, "\n" PROGRAM_NAME ": ");
	stats_put_grouped(buffer, stats->queries);
	buffer_put_text(buffer, stats->queries == 1 ? " query" : " queries");
	if (stats->items > 0) {
		buffer_put_text(buffer, "; an item took ");
		put_time(buffer, stats->microseconds / stats->items);
		buffer_put_text(buffer, " on average, ");
		put_time(buffer, stats->longest);
		buffer_put_text(buffer, " at most");
	}
	buffer_put_byte(buffer, '\n');
}

void
stats_put_json(struct buffer *buffer, const struct stats *stats, int64_t nanoseconds)
{
	uint64_t mean = stats->items > 0 ? stats->microseconds / stats->items : 0;
	int status;

	buffer_put_byte(buffer, '{');
	json_put_number_member(buffer, "items", stats->items);
	for (status = RESULT_FOUND; status <= RESULT_CANCELLED; status++)
		json_put_number_member(buffer,
				       result_status_text((enum result_status)status),
				       stats->of_status[status]);
	json_put_number_member(buffer, "queries", stats->queries);
	json_put_key(buffer, "seconds");
	put_decimal(buffer, (uint64_t)nanoseconds / 1000, 1000000, 3);
	json_put_number_member(buffer, "per_second",
			       stats_get_rate(stats->items, nanoseconds));
	json_put_key(buffer, "mean_ms");
	put_decimal(buffer, mean, 1000, 3);
	json_put_key(buffer, "longest_ms");
	put_decimal(buffer, stats->longest, 1000, 3);
	buffer_put_text(buffer, "}\n");
}
