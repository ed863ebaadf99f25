/* SPDX-License-Identifier: MIT */
/* A line of input, "NAME [TYPE[,TYPE]...] [# comment]", taken byte by byte, since it may
 * come in pieces, and have any length. */
#ifndef TOOLS_RESOLVE_LINE_H
#define TOOLS_RESOLVE_LINE_H

#include <stdbool.h>
#include <stddef.h>

#include "resolve_item.h"

#define LINE_TYPES_LIMIT 127

struct line {
	enum item_fault fault;
	unsigned int words;	/* that have begun */
	bool is_in_word;
	bool is_in_comment;
	size_t name_length;
	size_t types_length;
	char name[ITEM_NAME_LIMIT];
	char types[LINE_TYPES_LIMIT + 1];
};

void line_clear(struct line *);
/* A byte that does not end the line. */
void line_take(struct line *, char byte);
/* The line is whole: its item, if it has one, with those types unless it names others.
 * It is empty then. */
bool line_end(struct line *, const struct type_list *, struct item *);

#endif
