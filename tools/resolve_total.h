/* SPDX-License-Identifier: MIT */
/* How many items the input has: counted beside the reading, a piece at a time, so that
 * nothing waits for it. Only regular files can be counted. */
#ifndef TOOLS_RESOLVE_TOTAL_H
#define TOOLS_RESOLVE_TOTAL_H

#include <stdbool.h>
#include <stdint.h>

#include <sys/types.h>

#include "resolve_input.h"

enum total_state {
	TOTAL_COUNTING,
	TOTAL_KNOWN,
	TOTAL_UNKNOWABLE
};

struct total {
	enum total_state state;
	uint64_t count;		/* so far */
	struct input_source source;
	off_t first_offset;	/* of standard input, from where it is read */
	int file;		/* the one that is being counted */
	int descriptor;		/* -1: it is not open */
	off_t offset;
	bool has_word, is_in_comment;	/* the line so far */
};

/* Before anything is read. */
void total_open(struct total *, const struct input_source *);
/* Counts on for some milliseconds at most. */
void total_count_on(struct total *);
void total_close(struct total *);

#endif
