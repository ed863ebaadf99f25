/* SPDX-License-Identifier: MIT */
/* Which items of the input are to be looked up: those of the shard that the output file
 * does not have yet. None is handed out before it is sure that what the file has is of
 * this input; those that it lacks are put aside until then. */
#ifndef TOOLS_RESOLVE_SUPPLY_H
#define TOOLS_RESOLVE_SUPPLY_H

#include "resolve_input.h"
#include "resolve_options.h"
#include "resolve_resume.h"
#include "resolve_shard.h"
#include "resolve_spool.h"

struct supply {
	struct input *input;
	struct shard shard;
	const char *path;	/* of the output file */
	struct resume resume;
	struct spool spool;	/* what the file lacks of the items below its limit */
	struct item next;	/* the first behind those */
	bool has_next;
	bool is_checked;
	const char *trouble;	/* after SUPPLY_FAILED */
};

enum supply_outcome {
	SUPPLY_ITEM,
	SUPPLY_SKIPPED,		/* an item that is not wanted: ask again */
	SUPPLY_PUT_ASIDE,	/* one that comes later: ask again */
	SUPPLY_CHECKED,		/* once: the output file can be written to from now on */
	SUPPLY_NOT_READY,	/* ask again when the input's descriptor is readable */
	SUPPLY_INPUT_FAILED,	/* as INPUT_FAILED */
	SUPPLY_ENDED,
	SUPPLY_FAILED		/* the file cannot be gone on with, as trouble says */
};

/* If the settings say so, reads what the output file has. EXIT_FOUND, or the user has
 * been told that it cannot be, and there is nothing to close. The input is borrowed. */
int supply_open(struct supply *, const struct settings *, struct input *,
		int output_descriptor);
void supply_close(struct supply *);

enum supply_outcome supply_next(struct supply *, struct item *);

#endif
