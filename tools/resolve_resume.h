/* SPDX-License-Identifier: MIT */
/* What an output file has from runs before: which items are done, and whether they are
 * those of the input. The file is all that a run leaves to the next one. It is read
 * once, and takes a bit an item at most; of the names only the sum of their hashes is
 * kept, from which those of the input are taken away again. */
#ifndef TOOLS_RESOLVE_RESUME_H
#define TOOLS_RESOLVE_RESUME_H

#include <stdbool.h>
#include <stdint.h>

#include <sys/types.h>

#include "resolve_buffer.h"
#include "resolve_index_set.h"
#include "resolve_item.h"
#include "resolve_record.h"

struct resume {
	const struct record_form *form;
	bool is_retrying;	/* what failed for the time being is not done */
	off_t end;		/* of what is kept: whole records, none cancelled */
	uint64_t limit;		/* all indexes are below */
	/* The n-th has the indexes that n records and more are of. */
	struct index_set *levels;
	size_t level_count;
	struct index_set temporary;	/* their last record is no definite answer */
	bool has_negative;	/* a definite "no" is among the answers */
	uint64_t sum;		/* of the hashes of records of items not seen yet */
	struct buffer key;
};

enum resume_outcome {
	RESUME_READ,
	RESUME_FAILED,		/* errno says why */
	RESUME_NOT_OURS		/* a line is no record in that format */
};

/* Reads the file from its beginning. Lines end with that byte. In *line the number of the
 * one that is not ours. */
enum resume_outcome resume_read(struct resume *, int descriptor,
				const struct record_form *, char end, uint64_t *line);
void resume_clear(struct resume *);

/* Each item of the input once, while its index is below the limit. True: it is done. */
bool resume_has(struct resume *, const struct item *);
/* All items below the limit were seen: were they the same in the file? */
bool resume_is_of_input(const struct resume *);
/* Of the items that are done. */
int resume_exit_status(const struct resume *);

#endif
