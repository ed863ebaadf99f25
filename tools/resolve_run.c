/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "resolve_run.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "resolve.h"
#include "resolve_bell.h"
#include "resolve_flow.h"
#include "resolve_lookup.h"
#include "resolve_record.h"
#include "resolve_signals.h"
#include "resolve_rounds.h"
#include "resolve_window.h"

/* How many items may wait, for each that is under way, until those before are printed. */
#define WINDOW_FACTOR 16
/* But no more than that, for their memory, if more are not under way. */
#define WINDOW_LIMIT 65536
/* How many items are passed over before something else gets its turn. */
#define SKIP_LIMIT 10000

struct run {
	struct lookup_desk desk;
	struct supply *supply;
	struct output *output;
	struct bell bell;
	struct window window;
	uint64_t jobs;
	uint64_t begun;		/* lookups */
	const struct settings *settings;
	DnsLookupOptions *options;
	struct flow flow;
	struct rounds rounds;
	int64_t now;		/* when this turn began */
	int64_t end;		/* when the time is up */
	bool is_stopping;	/* nothing is begun any more */
	bool is_interrupted;	/* by a signal */
	bool is_input_ended;
	int input_wait;		/* a descriptor to wait for, or -1 */
	bool has_gap;		/* a result is missing: none is written any more */
	bool is_skipping;	/* there may be more to begin, without waiting */
	int status;
};

static void
run_raise_status(struct run *run, int status)
{
	if (status > run->status)
		run->status = status;
}

static int64_t
clock_read(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec * PACE_SECOND + time.tv_nsec;
}

/* On the loop thread or inside lookup_begin. */
static void
on_complete(struct lookup *lookup, void *context)
{
	struct run *run = context;

	/* A lookup is the first member of its slot. */
	window_note_done(&run->window, (struct slot *)(void *)lookup);
	bell_ring(&run->bell);
}

static void
slot_begin(struct run *run, struct slot *slot)
{
	slot->is_begun = slot->item.fault == ITEM_SOUND;
	window_use(&run->window, slot);
	if (slot->is_begun) {
		run->begun++;
		slot->begun = run->now;
		slot->is_again = false;
		slot->tries_before = 0;
		slot->microseconds_before = 0;
		flow_note_begin(&run->flow, slot, run->now);
		lookup_begin(&slot->lookup, &run->desk, &slot->item);
	} else {
		window_note_done(&run->window, slot);
	}
}

static struct slot *
run_get_free_slot(struct run *run)
{
	if (run->is_input_ended || run->rounds.is_pausing || !flow_allows(&run->flow, run->now) ||
	    run->begun - bell_count(&run->bell) >= run->jobs)
		return NULL;
	return window_get_free(&run->window);
}

static void
report_input_error(struct run *run, int error)
{
	const char *name = input_file_name(run->supply->input);

	output_message(run->output, name, strlen(name), strerror(error));
	run_raise_status(run, EXIT_TROUBLE);
}

static void
report_supply_error(struct run *run)
{
	const char *path = run->supply->path;

	output_message(run->output, path, strlen(path), run->supply->trouble);
	run_raise_status(run, EXIT_TROUBLE);
}

static void
run_continue_output(struct run *run)
{
	output_continue(run->output, run->supply->resume.end);
	run_raise_status(run, resume_exit_status(&run->supply->resume));
}

static void
run_begin_lookups(struct run *run)
{
	unsigned int skipped = 0;
	struct slot *slot;

	run->input_wait = -1;
	run->is_skipping = false;
	while (!run->is_skipping && (slot = run_get_free_slot(run)) != NULL) {
		switch (supply_next(run->supply, &slot->item)) {
		case SUPPLY_ITEM:
			slot_begin(run, slot);
			break;
		case SUPPLY_SKIPPED:
			run->is_skipping = ++skipped == SKIP_LIMIT;
			break;
		case SUPPLY_CHECKED:
			run_continue_output(run);
			break;
		case SUPPLY_NOT_READY:
			run->input_wait = input_descriptor(run->supply->input);
			return;
		case SUPPLY_INPUT_FAILED:
			report_input_error(run, errno);
			break;
		case SUPPLY_FAILED:
			report_supply_error(run);
			run->is_input_ended = true;
			break;
		case SUPPLY_ENDED:
			run->is_input_ended = !rounds_pause(&run->rounds);
			break;
		}
	}
}

/* With what is left of its time; what is remembered of the first time does not count. */
static bool
slot_begin_again(struct run *run, struct slot *slot, const struct result *result)
{
	unsigned int flags = run->settings->lookup_flags;
	int time_left;

	if (run->is_stopping)
		return false;
	time_left = flow_get_time_for_more(&run->flow, slot, result, run->now);
	if (time_left == 0)
		return false;
	slot->is_again = true;
	slot->tries_before = result->tries;
	slot->microseconds_before = result->microseconds;
	flow_note_begin(&run->flow, slot, run->now);
	run->begun++;
	DnsLookupOptionsSetDeadline(run->options, time_left);
	DnsLookupOptionsSetFlags(run->options, flags | DNS_LOOKUP_NO_CACHE);
	lookup_begin(&slot->lookup, &run->desk, &slot->item);
	DnsLookupOptionsSetDeadline(run->options, run->settings->timeout);
	DnsLookupOptionsSetFlags(run->options, flags);
	return true;
}

/* False: it has no result yet, after all. */
static bool
slot_take_result(struct run *run, struct slot *slot, struct result *result)
{
	if (!slot->is_begun) {
		result_of_fault(result, slot->item.fault);
		return true;
	}
	lookup_end(&slot->lookup, &slot->item, result);
	flow_note_result(&run->flow, slot, result);
	if (slot_begin_again(run, slot, result)) {
		result_clear(result);
		return false;
	}
	result->tries += slot->tries_before;
	result->microseconds += slot->microseconds_before;
	return true;
}

/* Will another run write behind our results, in order? */
static bool
run_keeps_order(const struct run *run)
{
	const struct settings *settings = run->settings;

	return !settings->is_unordered && settings->output_path != NULL &&
	       record_form_find(settings->format) != NULL;
}

static void
slot_print(struct run *run, struct slot *slot)
{
	struct result result;

	if (!slot_take_result(run, slot, &result))
		return;
	/* What a signal has cancelled has no result; another run will find it. */
	if (run->is_interrupted && result.status == RESULT_CANCELLED) {
		run->has_gap = run_keeps_order(run);
	} else if (!run->has_gap) {
		run_raise_status(run, result.exit_status);
		output_result(run->output, &slot->item, &result);
	}
	result_clear(&result);
	window_give_back(&run->window, slot);
}

/* Says whether there was anything to print. */
static bool
run_print_results(struct run *run)
{
	bool is_any = false;
	struct slot *slot;

	while (!output_has_failed(run->output) &&
	       (slot = window_get_done(&run->window)) != NULL) {
		slot_print(run, slot);
		is_any = true;
	}
	return is_any;
}

static bool
run_is_over(const struct run *run)
{
	return output_has_failed(run->output) ||
	       (run->is_input_ended && window_is_empty(&run->window));
}

static void
slot_cancel(struct slot *slot, void *context)
{
	(void)context;
	lookup_cancel(&slot->lookup);
}

/* Nothing more is begun, and what is under way is done soon. */
static void
run_stop(struct run *run)
{
	run->is_stopping = run->is_input_ended = true;
	run->end = INT64_MAX;
	window_visit(&run->window, slot_cancel, NULL);
}

static void
run_end_in_time(struct run *run)
{
	static const char option[] = "--max-time";
	struct item item;

	if (!run->is_input_ended && supply_next(run->supply, &item) != SUPPLY_ENDED) {
		output_message(run->output, option, sizeof(option) - 1,
			       "not all items were begun in that time");
		run_raise_status(run, EXIT_NO_ANSWER);
	}
	run_stop(run);
}

static void
run_heed_time_and_signals(struct run *run)
{
	run->now = clock_read();
	if (run->now >= run->end)
		run_end_in_time(run);
	if (!run->is_interrupted && signals_get_stop() != 0) {
		run->is_interrupted = true;
		run_stop(run);
	}
	if (rounds_begin(&run->rounds, run->now))
		input_rewind(run->supply->input);
	flow_note_time(&run->flow, &run->window, bell_count(&run->bell), run->now);
}

/* Milliseconds until something is to be done whatever happens; -1: nothing. */
static int
run_get_wait(struct run *run)
{
	uint64_t under_way = run->begun - bell_count(&run->bell);
	bool has_room = !run->is_input_ended && under_way < run->jobs &&
			window_get_free(&run->window) != NULL;
	int64_t wait = flow_get_wait(&run->flow, has_room, under_way > 0, run->now);
	int64_t left = (run->end - run->now) / (PACE_SECOND / 1000) + 1;
	int64_t pause = rounds_get_wait(&run->rounds, run->now);

	if (pause >= 0 && (wait < 0 || pause < wait))
		wait = pause;
	if (run->end != INT64_MAX && (wait < 0 || left < wait))
		wait = left;
	return wait < INT_MAX ? (int)wait : INT_MAX;
}

static void
run_work(struct run *run)
{
	uint64_t seen;

	while (!run_is_over(run)) {
		seen = bell_count(&run->bell);
		run_heed_time_and_signals(run);
		run_begin_lookups(run);
		if (run_print_results(run) || run_is_over(run))
			continue;
		output_flush(run->output);
		if (!output_has_failed(run->output) && !run->is_skipping)
			bell_wait(&run->bell, seen, run->input_wait, run_get_wait(run));
	}
}

/* Lookups are left over if results cannot be written: Close has completed them. */
static void
slot_drop(struct slot *slot, void *context)
{
	struct result result;

	(void)context;
	lookup_end(&slot->lookup, &slot->item, &result);
	result_clear(&result);
}

static uint64_t
window_size(uint64_t jobs)
{
	if (jobs * WINDOW_FACTOR <= WINDOW_LIMIT)
		return jobs * WINDOW_FACTOR;
	return jobs > WINDOW_LIMIT ? jobs : WINDOW_LIMIT;
}

int
run_all(DnsResolver *resolver, DnsLookupOptions *options, const struct settings *settings,
	struct supply *supply, struct output *output)
{
	uint64_t size = settings->jobs;
	struct run run = {
		.desk = {
			.resolver = resolver,
			.options = options,
			.on_complete = on_complete,
			.context = &run,
		},
		.supply = supply,
		.output = output,
		.jobs = settings->jobs,
		.settings = settings,
		.options = options,
		.end = INT64_MAX,
		.status = EXIT_FOUND,
	};

	if (!settings->is_unordered)
		size = window_size(settings->jobs);
	if (!window_open(&run.window, size, !settings->is_unordered) ||
	    !bell_open(&run.bell)) {
		perror(PROGRAM_NAME);
		window_close(&run.window);
		DnsResolverClose(resolver);
		return EXIT_TROUBLE;
	}
	run.now = clock_read();
	flow_start(&run.flow, settings, run.now);
	rounds_start(&run.rounds, settings, run.now);
	if (settings->max_time > 0)
		run.end = run.now + (int64_t)settings->max_time * (PACE_SECOND / 1000);
	signals_heed(&run.bell);
	run_work(&run);
	signals_leave_bell();
	DnsResolverClose(resolver);
	window_visit(&run.window, slot_drop, NULL);
	bell_close(&run.bell);
	window_close(&run.window);
	return run.status;
}
