/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "resolve_intake.h"

#include <errno.h>
#include <string.h>

#include "resolve.h"
#include "resolve_input.h"
#include "resolve_run_state.h"

/* How many items are passed over before something else gets its turn. */
#define SKIP_LIMIT 10000

static void
slot_begin(struct run *run, struct slot *slot)
{
	slot->is_begun = slot->item.fault == ITEM_SOUND;
	window_use(&run->window, slot);
	run->taken++;
	if (slot->is_begun)
		attempts_begin(&run->attempts, slot, run->now);
	else
		window_note_done(&run->window, slot);
}

static struct slot *
run_get_free_slot(struct run *run)
{
	if (run->is_input_ended || run->rounds.is_pausing ||
	    !flow_allows(&run->attempts.flow, run->now) ||
	    run_count_under_way(run) >= run->jobs)
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

void
intake_begin_lookups(struct run *run)
{
	unsigned int passed_over = 0;
	struct slot *slot;

	run->input_wait = -1;
	run->is_skipping = false;
	while (run_count_under_way(run) < run->jobs &&
	       attempts_begin_again(&run->attempts, run->now))
		continue;
	while (!run->is_skipping && (slot = run_get_free_slot(run)) != NULL) {
		switch (supply_next(run->supply, &slot->item)) {
		case SUPPLY_ITEM:
			slot_begin(run, slot);
			break;
		case SUPPLY_SKIPPED:
			run->skipped++;
			run->is_skipping = ++passed_over == SKIP_LIMIT;
			break;
		case SUPPLY_PUT_ASIDE:
			run->is_skipping = ++passed_over == SKIP_LIMIT;
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
