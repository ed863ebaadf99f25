/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "resolve_supply.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "resolve.h"
#include "resolve_trouble.h"

/* EXIT_FOUND, or the user has been told. */
static int
file_read(struct supply *supply, const struct settings *settings, int descriptor)
{
	enum resume_outcome outcome;
	uint64_t line;

	outcome = resume_read(&supply->resume, descriptor,
			      record_form_find(settings->format), settings->end, &line);
	supply->resume.is_retrying = settings->is_retrying;
	if (outcome == RESUME_READ)
		return EXIT_FOUND;
	if (outcome == RESUME_FAILED)
		return trouble_tell(supply->path, strerror(errno));
	fprintf(stderr,
		PROGRAM_NAME ": %s: line %" PRIu64 " is no result in the format %s\n",
		supply->path, line, settings->format->name);
	return EXIT_TROUBLE;
}

int
supply_open(struct supply *supply, const struct settings *settings, struct input *input,
	    int output_descriptor)
{
	int status = EXIT_FOUND;

	*supply = (struct supply){
		.input = input,
		.shard = settings->shard,
		.path = settings->output_path,
		.is_checked = !settings->is_resumed,
	};
	if (settings->is_resumed)
		status = file_read(supply, settings, output_descriptor);
	if (status != EXIT_FOUND)
		supply_close(supply);
	return status;
}

void
supply_close(struct supply *supply)
{
	resume_clear(&supply->resume);
	spool_clear(&supply->spool);
}

static enum supply_outcome
supply_fail(struct supply *supply, const char *trouble)
{
	supply->trouble = trouble;
	return SUPPLY_FAILED;
}

static enum supply_outcome
from_input(struct supply *supply, struct item *item)
{
	switch (input_next(supply->input, item)) {
	case INPUT_ITEM:
		return shard_has(&supply->shard, item) ? SUPPLY_ITEM : SUPPLY_SKIPPED;
	case INPUT_NOT_READY:
		return SUPPLY_NOT_READY;
	case INPUT_FAILED:
		return SUPPLY_INPUT_FAILED;
	default:
		return SUPPLY_ENDED;
	}
}

/* All items that the file could have were seen. */
static enum supply_outcome
conclude(struct supply *supply)
{
	if (!resume_is_of_input(&supply->resume))
		return supply_fail(supply, "has results of other items than the input's; "
					   "nothing was written to it");
	if (!spool_rewind(&supply->spool))
		return supply_fail(supply, strerror(errno));
	supply->is_checked = true;
	return SUPPLY_CHECKED;
}

static enum supply_outcome
check_next(struct supply *supply)
{
	struct item *item = &supply->next;
	enum supply_outcome outcome;

	if (supply->resume.limit == 0)
		return conclude(supply);
	outcome = from_input(supply, item);
	if (outcome == SUPPLY_ENDED)
		return conclude(supply);
	if (outcome != SUPPLY_ITEM)
		return outcome;
	if (item->index >= supply->resume.limit) {
		supply->has_next = true;
		return conclude(supply);
	}
	if (resume_has(&supply->resume, item))
		return SUPPLY_SKIPPED;
	if (!spool_put(&supply->spool, item))
		return supply_fail(supply, strerror(errno));
	return SUPPLY_PUT_ASIDE;
}

enum supply_outcome
supply_next(struct supply *supply, struct item *item)
{
	if (!supply->is_checked)
		return check_next(supply);
	if (supply->spool.count > 0)
		return spool_take(&supply->spool, item)
			       ? SUPPLY_ITEM
			       : supply_fail(supply, strerror(errno));
	if (!supply->has_next)
		return from_input(supply, item);
	*item = supply->next;
	supply->has_next = false;
	return SUPPLY_ITEM;
}
