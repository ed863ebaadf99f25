/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "resolve_run.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "resolve.h"
#include "resolve_intake.h"
#include "resolve_record.h"
#include "resolve_run_state.h"
#include "resolve_signals.h"

void
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

uint64_t
run_count_under_way(struct run *run)
{
	return run->attempts.begun - bell_count(&run->bell);
}

/* Will another run write behind our results, in order? */
static bool
run_keeps_order(const struct run *run)
{
	const struct settings *settings = run->attempts.settings;

	return !settings->is_unordered && settings->output_path != NULL &&
	       record_form_find(settings->format) != NULL;
}

static void
slot_print(struct run *run, struct slot *slot)
{
	struct result result;

	if (!slot->is_begun)
		result_of_fault(&result, slot->item.fault);
	else if (!attempts_end(&run->attempts, slot, run->is_stopping, run->now, &result))
		return;
	/* What a signal has cancelled has no result; another run will find it. */
	if (run->is_interrupted && result.status == RESULT_CANCELLED) {
		run->has_gap = run_keeps_order(run);
	} else if (!run->has_gap) {
		run_raise_status(run, result.exit_status);
		output_result(run->output, &slot->item, &result);
		watch_note_result(&run->watch, &result);
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
	if (!lookup_is_complete(&slot->lookup))
		lookup_cancel(&slot->lookup);
}

/* Nothing more is begun, and what is under way is done soon. */
static void
run_stop(struct run *run)
{
	run->is_stopping = run->is_input_ended = true;
	run->end = INT64_MAX;
	attempts_stop_waiting(&run->attempts, run->now);
	window_visit(&run->window, slot_cancel, NULL);
}

static void
run_end_in_time(struct run *run)
{
	static const char option[] = "--max-time";
	struct item item;

	if (!run->is_input_ended && (run->rounds.left > 0 ||
				     supply_next(run->supply, &item) != SUPPLY_ENDED)) {
		output_message(run->output, option, sizeof(option) - 1,
			       "not all items were begun in that time");
		run_raise_status(run, EXIT_NO_ANSWER);
	}
	run_stop(run);
}

static struct progress_counts
run_count(struct run *run)
{
	uint64_t under_way = run_count_under_way(run);

	return (struct progress_counts){
		.done = run->taken + run->skipped - under_way,
		.skipped = run->skipped,
		.under_way = under_way,
	};
}

static void
run_tell(struct run *run)
{
	struct progress_counts counts = run_count(run);

	watch_tell(&run->watch, &counts, run->now);
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
	flow_note_time(&run->attempts.flow, &run->window, bell_count(&run->bell), run->now);
	if (signals_take_inquiry() || watch_is_due(&run->watch, run->now))
		run_tell(run);
}

/* The shorter of two waits, of which -1 is none. */
static int64_t
shorter(int64_t a, int64_t b)
{
	return a < 0 || (b >= 0 && b < a) ? b : a;
}

/* Milliseconds until something is to be done whatever happens; -1: nothing. */
static int
run_get_wait(struct run *run, int64_t held)
{
	uint64_t under_way = run_count_under_way(run);
	bool is_waiting = attempts_are_waiting(&run->attempts);
	bool has_room = is_waiting || (!run->is_input_ended && under_way < run->jobs &&
				       window_get_free(&run->window) != NULL);
	int64_t left = (run->end - run->now) / (PACE_SECOND / 1000) + 1;
	int64_t wait = run->end == INT64_MAX ? -1 : left;

	wait = shorter(wait, flow_get_wait(&run->attempts.flow, has_room,
					   under_way > 0 || is_waiting, run->now));
	wait = shorter(wait, rounds_get_wait(&run->rounds, run->now));
	wait = shorter(wait, watch_get_wait(&run->watch, run->now));
	wait = shorter(wait, held);
	return wait < INT_MAX ? (int)wait : INT_MAX;
}

static void
run_work(struct run *run)
{
	uint64_t seen;
	int64_t held;

	while (!run_is_over(run)) {
		seen = bell_count(&run->bell);
		run_heed_time_and_signals(run);
		intake_begin_lookups(run);
		trace_print(run->trace, run->output);
		if (run_print_results(run) || run_is_over(run) || run->is_skipping)
			continue;
		held = output_rest(run->output, run_count_under_way(run) > 0, run->now);
		if (!output_has_failed(run->output))
			bell_wait(&run->bell, seen, run_count_under_way(run) / 2,
				  run->input_wait, run_get_wait(run, held));
	}
}

/* Lookups are left over if results cannot be written: Close has completed them. */
static void
slot_drop(struct slot *slot, void *context)
{
	struct result result;

	(void)context;
	if (slot->is_waiting)
		return;
	lookup_end(&slot->lookup, &slot->item, &result);
	result_clear(&result);
}

int
run_all(const struct setup *setup, const struct settings *settings, struct supply *supply,
	struct output *output)
{
	struct progress_counts counts;
	struct run run = {
		.attempts = {
			.desk = {
				.resolver = setup->resolver,
				.options = setup->options,
				.local_options = setup->local_options,
				.on_complete = on_complete,
				.context = &run,
			},
			.options = setup->options,
			.settings = settings,
		},
		.supply = supply,
		.output = output,
		.trace = setup->trace,
		.jobs = settings->jobs,
		.end = INT64_MAX,
		.status = EXIT_FOUND,
	};

	if (!window_open(&run.window, settings->jobs, !settings->is_unordered) ||
	    !bell_open(&run.bell)) {
		perror(PROGRAM_NAME);
		window_close(&run.window);
		DnsResolverClose(setup->resolver);
		return EXIT_TROUBLE;
	}
	run.now = clock_read();
	attempts_start(&run.attempts, run.now);
	rounds_start(&run.rounds, settings, run.now);
	if (settings->max_time > 0)
		run.end = run.now + (int64_t)settings->max_time * (PACE_SECOND / 1000);
	watch_open(&run.watch, settings, output, run.now);
	if (run.trace != NULL)
		trace_set_bell(run.trace, &run.bell);
	signals_heed(&run.bell);
	run_work(&run);
	signals_leave_bell();
	counts = run_count(&run);
	watch_close(&run.watch, &counts, clock_read());
	DnsResolverClose(setup->resolver);
	window_visit(&run.window, slot_drop, NULL);
	bell_close(&run.bell);
	window_close(&run.window);
	return run.status;
}
