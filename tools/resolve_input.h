/* SPDX-License-Identifier: MIT */
/* Where the items come from: the operands, then the files, one item a line. Reads as
 * little ahead as a buffer holds, and never waits. */
#ifndef TOOLS_RESOLVE_INPUT_H
#define TOOLS_RESOLVE_INPUT_H

#include <stddef.h>

/* The longest name, with its final dot. What is longer can be no name; the beginning is
 * kept for the message. */
#define ITEM_NAME_LIMIT 255

enum item_fault {
	ITEM_SOUND,
	ITEM_IMPOSSIBLE,	/* empty, or with a NUL */
	ITEM_TOO_LONG,
	ITEM_SEVERAL_WORDS
};

struct item {
	enum item_fault fault;
	size_t length;
	char name[ITEM_NAME_LIMIT + 1];
};

enum input_outcome {
	INPUT_ITEM,
	INPUT_NOT_READY,	/* ask again when the descriptor is readable */
	INPUT_ENDED,
	INPUT_FAILED		/* a file: errno says why; the next call goes on behind it */
};

struct input;

/* The arrays are borrowed; a file "-" is standard input. NULL: no memory. */
struct input *input_create(char *const *operands, int operand_count,
			   const char *const *files, int file_count);
void input_free(struct input *);

enum input_outcome input_next(struct input *, struct item *);
/* After INPUT_NOT_READY. */
int input_descriptor(const struct input *);
/* After INPUT_FAILED. */
const char *input_file_name(const struct input *);

#endif
