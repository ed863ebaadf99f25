/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "resolve_run.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "resolve.h"
#include "resolve_bell.h"

/* How many items may wait, for each that is under way, until those before are printed. */
#define WINDOW_FACTOR 16

struct slot {
	struct item item;
	DnsAsyncResult *result;	/* NULL: not begun */
	int error;		/* errno of Begin, if that failed */
};

struct run {
	DnsResolver *resolver;
	struct input *input;
	struct output *output;
	struct bell bell;
	struct slot *window;	/* a ring; item n is in slot n % window_size */
	uint64_t window_size;
	uint64_t first, next;	/* items: the next to print, the next to read */
	uint64_t jobs;
	uint64_t begun;		/* lookups */
	bool is_input_ended;
	int input_wait;		/* a descriptor to wait for, or -1 */
	int status;
};

static struct slot *
run_slot(struct run *run, uint64_t item)
{
	return &run->window[item % run->window_size];
}

static void
run_raise_status(struct run *run, int status)
{
	if (status > run->status)
		run->status = status;
}

/* On the loop thread or inside Begin. */
static void
on_complete(DnsAsyncResult *result)
{
	struct run *run = DnsAsyncResultGetState(result);

	bell_ring(&run->bell);
}

static void
slot_begin(struct run *run, struct slot *slot)
{
	slot->result = NULL;
	slot->error = 0;
	if (slot->item.fault != ITEM_SOUND)
		return;
	slot->result = BeginGetHostByName(run->resolver, slot->item.name, on_complete,
					  run);
	if (slot->result != NULL)
		run->begun++;
	else if (errno == ENAMETOOLONG)
		slot->item.fault = ITEM_TOO_LONG;
	else
		slot->error = errno;
}

static bool
run_has_room(struct run *run)
{
	return run->next - run->first < run->window_size &&
	       run->begun - bell_count(&run->bell) < run->jobs;
}

static void
run_begin_lookups(struct run *run)
{
	run->input_wait = -1;
	while (!run->is_input_ended && run_has_room(run)) {
		struct slot *slot = run_slot(run, run->next);

		switch (input_next(run->input, &slot->item)) {
		case INPUT_ITEM:
			slot_begin(run, slot);
			run->next++;
			break;
		case INPUT_NOT_READY:
			run->input_wait = input_descriptor(run->input);
			return;
		case INPUT_FAILED:
			run_raise_status(run, output_file_error(
				run->output, input_file_name(run->input), errno));
			break;
		case INPUT_ENDED:
			run->is_input_ended = true;
			break;
		}
	}
}

/* Takes the result of a lookup that has completed. */
static int
slot_print(struct slot *slot, struct output *output)
{
	DnsHostEntry *entry;
	DnsStatus status;
	int exit_status;

	if (slot->item.fault != ITEM_SOUND)
		return output_fault(output, &slot->item);
	if (slot->result == NULL)
		return output_error(output, &slot->item, slot->error);
	status = EndGetHostByName(slot->result, &entry);
	if (status != DNS_STATUS_OK)
		return output_failure(output, &slot->item, status);
	exit_status = output_entry(output, &slot->item, entry);
	DnsHostEntryRelease(entry);
	return exit_status;
}

/* Says whether there was anything to print. */
static bool
run_print_results(struct run *run)
{
	uint64_t before = run->first;

	while (run->first < run->next && run->output->error == 0) {
		struct slot *slot = run_slot(run, run->first);

		if (slot->result != NULL && !DnsAsyncResultIsCompleted(slot->result))
			break;
		run_raise_status(run, slot_print(slot, run->output));
		run->first++;
	}
	return run->first != before;
}

static bool
run_is_over(const struct run *run)
{
	return run->output->error != 0 ||
	       (run->is_input_ended && run->first == run->next);
}

static void
run_work(struct run *run)
{
	uint64_t seen;

	while (!run_is_over(run)) {
		seen = bell_count(&run->bell);
		run_begin_lookups(run);
		if (run_print_results(run) || run_is_over(run))
			continue;
		output_flush(run->output);
		if (run->output->error == 0)
			bell_wait(&run->bell, seen, run->input_wait);
	}
}

/* Lookups are left over if standard output failed: Close has completed them. */
static void
run_end_rest(struct run *run)
{
	for (; run->first < run->next; run->first++) {
		struct slot *slot = run_slot(run, run->first);

		if (slot->result != NULL)
			EndGetHostByName(slot->result, NULL);
	}
}

int
run_all(DnsResolver *resolver, struct input *input, struct output *output,
	unsigned int jobs)
{
	struct run run = {
		.resolver = resolver,
		.input = input,
		.output = output,
		.window_size = (uint64_t)jobs * WINDOW_FACTOR,
		.jobs = jobs,
		.status = EXIT_FOUND,
	};

	run.window = calloc(run.window_size, sizeof(*run.window));
	if (run.window == NULL || !bell_open(&run.bell)) {
		perror(PROGRAM_NAME);
		free(run.window);
		DnsResolverClose(resolver);
		return EXIT_TROUBLE;
	}
	run_work(&run);
	DnsResolverClose(resolver);
	run_end_rest(&run);
	bell_close(&run.bell);
	free(run.window);
	return run.status;
}
