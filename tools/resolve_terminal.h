/* SPDX-License-Identifier: MIT */
/* A line on a terminal that is drawn again and again in its place. */
#ifndef TOOLS_RESOLVE_TERMINAL_H
#define TOOLS_RESOLVE_TERMINAL_H

#include <stddef.h>

struct terminal_line {
	int descriptor;
	size_t width;		/* of what is drawn; 0: nothing is */
};

/* Cut to the width of the terminal. Printable ASCII. */
void terminal_line_draw(struct terminal_line *, const char *text, size_t length);
void terminal_line_erase(struct terminal_line *);

/* COLUMNS, or what the terminal says, or 80. */
size_t terminal_get_columns(int descriptor);

#endif
