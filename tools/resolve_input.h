/* SPDX-License-Identifier: MIT */
/* Where the items come from: the operands, then the files, one item a line. Reads as
 * little ahead as a buffer holds, and never waits. */
#ifndef TOOLS_RESOLVE_INPUT_H
#define TOOLS_RESOLVE_INPUT_H

#include "resolve_item.h"

/* The arrays and strings are borrowed. */
struct input_source {
	char *const *operands;
	int operand_count;
	const char *const *files;	/* "-" is standard input */
	int file_count;
	char end;			/* of a line: '\n', or NUL */
	bool wants_addresses;		/* whatever else is a fault */
	struct type_list types;		/* what is asked for where the item does not say */
};

enum input_outcome {
	INPUT_ITEM,
	INPUT_NOT_READY,	/* ask again when the descriptor is readable */
	INPUT_ENDED,
	INPUT_FAILED		/* a file: errno says why; the next call goes on behind it */
};

struct input;

/* NULL: no memory. */
struct input *input_create(const struct input_source *);
void input_free(struct input *);
/* After INPUT_ENDED: all items once more, with the indexes that follow. */
void input_rewind(struct input *);

enum input_outcome input_next(struct input *, struct item *);
/* After INPUT_NOT_READY. */
int input_descriptor(const struct input *);
/* After INPUT_FAILED. */
const char *input_file_name(const struct input *);

#endif
