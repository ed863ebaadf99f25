/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "resolve_progress.h"

#include <limits.h>

#include "resolve.h"
#include "resolve_json_text.h"
#include "resolve_stats.h"

#define SECOND INT64_C(1000000000)
#define MILLISECOND (SECOND / 1000)
/* How much of the past the speed is about; seconds. */
#define MEMORY 2.0

static const struct {
	int64_t first, interval;
} schedules[] = {
	[PROGRESS_NONE] = {INT64_MAX, INT64_MAX},
	[PROGRESS_LINE] = {SECOND / 2, SECOND / 5},
	[PROGRESS_PLAIN] = {5 * SECOND, 5 * SECOND},
	[PROGRESS_JSON] = {SECOND, SECOND},
};

void
progress_start(struct progress *progress, enum progress_kind kind, int64_t now)
{
	*progress = (struct progress){
		.kind = kind,
		.start = now,
		.due = kind == PROGRESS_NONE ? INT64_MAX : now + schedules[kind].first,
		.measured = now,
	};
}

bool
progress_is_due(const struct progress *progress, int64_t now)
{
	return now >= progress->due;
}

int
progress_get_wait(const struct progress *progress, int64_t now)
{
	int64_t wait = progress->due - now;

	if (progress->due == INT64_MAX)
		return -1;
	return wait > 0 ? (int)((wait + MILLISECOND - 1) / MILLISECOND) : 0;
}

/* What is new counts by the time that it is about. */
static double
mix(double old, double new, double seconds, bool is_first)
{
	return is_first ? new : old + (new - old) * seconds / (seconds + MEMORY);
}

static uint64_t
difference(uint64_t now, uint64_t before)
{
	return now > before ? now - before : 0;
}

void
progress_measure(struct progress *progress, const struct progress_counts *counts,
		 int64_t now)
{
	double seconds = (double)(now - progress->measured) / (double)SECOND;
	bool is_first = progress->measured == progress->start;
	double done = (double)difference(counts->done, progress->done);
	double skipped = (double)difference(counts->skipped, progress->skipped);

	if (now >= progress->due)
		progress->due = now + schedules[progress->kind].interval;
	if (seconds <= 0)
		return;
	progress->pace = mix(progress->pace, done / seconds, seconds, is_first);
	progress->speed = mix(progress->speed, (done > skipped ? done - skipped : 0) / seconds,
			      seconds, is_first);
	progress->measured = now;
	progress->done = counts->done;
	progress->skipped = counts->skipped;
}

/* Until the end, if it is known and goes on like this; -1: it is not. */
static int64_t
seconds_left(const struct progress *progress, const struct progress_counts *counts)
{
	double left = (double)difference(counts->total, counts->done);

	if (counts->total == 0 || progress->pace <= 0 || left / progress->pace > INT_MAX)
		return -1;
	return (int64_t)(left / progress->pace + 0.5);
}

/* "0:12", "1:00:00" */
static void
put_time(struct buffer *buffer, uint64_t seconds)
{
	if (seconds >= 3600) {
		buffer_put_number(buffer, seconds / 3600);
		buffer_put_byte(buffer, ':');
		buffer_put_digits(buffer, seconds / 60 % 60, 2);
	} else {
		buffer_put_number(buffer, seconds / 60);
	}
	buffer_put_byte(buffer, ':');
	buffer_put_digits(buffer, seconds % 60, 2);
}

static void
put_count(struct buffer *buffer, uint64_t count, const char *what)
{
	buffer_put_text(buffer, "  ");
	stats_put_grouped(buffer, count);
	buffer_put_text(buffer, what);
}

void
progress_put_line(struct buffer *buffer, const struct progress *progress,
		  const struct progress_counts *counts)
{
	int64_t left = seconds_left(progress, counts);

	buffer_put_text(buffer, PROGRAM_NAME ": ");
	stats_put_grouped(buffer, counts->done);
	if (counts->total > 0) {
		buffer_put_text(buffer, " of ");
		stats_put_grouped(buffer, counts->total);
		buffer_put_text(buffer, " (");
		buffer_put_number(buffer, counts->done * 100 / counts->total);
		buffer_put_text(buffer, "%)");
	}
	put_count(buffer, (uint64_t)(progress->speed + 0.5), "/s");
	put_count(buffer, counts->under_way, " under way");
	put_count(buffer, counts->no, " no");
	put_count(buffer, counts->failed, " failed");
	if (left >= 0) {
		buffer_put_text(buffer, "  ");
		put_time(buffer, (uint64_t)left);
		buffer_put_text(buffer, " left");
	}
}

void
progress_put_json(struct buffer *buffer, const struct progress *progress,
		  const struct progress_counts *counts, int64_t now)
{
	int64_t left = seconds_left(progress, counts);

	buffer_put_byte(buffer, '{');
	json_put_number_member(buffer, "done", counts->done);
	if (counts->total > 0)
		json_put_number_member(buffer, "total", counts->total);
	json_put_number_member(buffer, "per_second", (uint64_t)(progress->speed + 0.5));
	json_put_number_member(buffer, "under_way", counts->under_way);
	json_put_number_member(buffer, "no", counts->no);
	json_put_number_member(buffer, "failed", counts->failed);
	json_put_number_member(buffer, "seconds",
			       (uint64_t)(now - progress->start) / SECOND);
	if (left >= 0)
		json_put_number_member(buffer, "seconds_left", (uint64_t)left);
	buffer_put_byte(buffer, '}');
}
