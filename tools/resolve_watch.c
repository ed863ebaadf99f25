/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "resolve_watch.h"

#include <unistd.h>

static enum progress_kind
kind_of(const struct settings *settings, const struct output *output)
{
	bool is_terminal = isatty(STDERR_FILENO) != 0;

	switch (settings->progress) {
	case PROGRESS_WHEN_AUTO:
		/* Results that scroll by are progress enough. */
		return is_terminal && !output_is_terminal(output) ? PROGRESS_LINE
								   : PROGRESS_NONE;
	case PROGRESS_WHEN_ALWAYS:
		return is_terminal ? PROGRESS_LINE : PROGRESS_PLAIN;
	case PROGRESS_WHEN_JSON:
		return PROGRESS_JSON;
	default:
		return PROGRESS_NONE;
	}
}

void
watch_open(struct watch *watch, const struct settings *settings, struct output *output,
	   int64_t now)
{
	const struct input_source source = {
		.operand_count = settings->operand_count,
		.files = settings->files,
		.file_count = settings->file_count,
		.end = settings->end,
	};

	*watch = (struct watch){
		.output = output,
		.form = settings->stats,
		.rounds = settings->count,
	};
	progress_start(&watch->progress, kind_of(settings, output), now);
	total_open(&watch->total, &source);
}

void
watch_note_result(struct watch *watch, const struct result *result)
{
	stats_note(&watch->stats, result);
}

bool
watch_is_due(const struct watch *watch, int64_t now)
{
	return progress_is_due(&watch->progress, now);
}

int
watch_get_wait(const struct watch *watch, int64_t now)
{
	return progress_get_wait(&watch->progress, now);
}

static void
put(struct watch *watch, const struct progress_counts *counts, enum progress_kind kind,
    int64_t now)
{
	struct buffer buffer;

	buffer_init(&buffer, 256);
	if (kind == PROGRESS_JSON)
		progress_put_json(&buffer, &watch->progress, counts, now);
	else
		progress_put_line(&buffer, &watch->progress, counts);
	if (kind == PROGRESS_LINE)
		output_draw_line(watch->output, buffer.bytes, buffer.length);
	else
		output_put_line(watch->output, buffer.bytes, buffer.length);
	buffer_free(&buffer);
}

static struct progress_counts
measure(struct watch *watch, const struct progress_counts *counts, int64_t now)
{
	struct progress_counts all = *counts;

	total_count_on(&watch->total);
	if (watch->total.state == TOTAL_KNOWN)
		all.total = watch->total.count * watch->rounds;
	if (all.total > 0 && all.total < all.done)
		all.total = all.done;
	all.no = stats_count_no(&watch->stats);
	all.failed = stats_count_failed(&watch->stats);
	progress_measure(&watch->progress, &all, now);
	return all;
}

void
watch_tell(struct watch *watch, const struct progress_counts *counts, int64_t now)
{
	bool is_due = watch_is_due(watch, now);
	struct progress_counts all = measure(watch, counts, now);

	if (is_due)
		put(watch, &all, watch->progress.kind, now);
	else if (watch->progress.kind == PROGRESS_JSON)
		put(watch, &all, PROGRESS_JSON, now);
	else
		put(watch, &all, PROGRESS_PLAIN, now);
}

void
watch_close(struct watch *watch, const struct progress_counts *counts, int64_t now)
{
	enum progress_kind kind = watch->progress.kind;
	int64_t nanoseconds = now - watch->progress.start;
	struct progress_counts all;

	if (kind == PROGRESS_PLAIN || kind == PROGRESS_JSON) {
		all = measure(watch, counts, now);
		put(watch, &all, kind, now);
	}
	output_erase_line(watch->output);
	if (watch->form == STATS_TEXT)
		stats_put_text(output_get_messages(watch->output), &watch->stats,
			       nanoseconds);
	else if (watch->form == STATS_JSON)
		stats_put_json(output_get_messages(watch->output), &watch->stats,
			       nanoseconds);
	total_close(&watch->total);
}
