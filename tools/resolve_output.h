/* SPDX-License-Identifier: MIT */
/* What the user sees: results on standard output or in a file, messages on standard error,
 * both in the order of the results, and written a block at a time. Nothing that came from
 * outside reaches a terminal unescaped. */
#ifndef TOOLS_RESOLVE_OUTPUT_H
#define TOOLS_RESOLVE_OUTPUT_H

#include <stdbool.h>
#include <stddef.h>

#include <sys/types.h>

#include "resolve_buffer.h"
#include "resolve_format.h"
#include "resolve_item.h"
#include "resolve_options.h"
#include "resolve_result.h"
#include "resolve_stream.h"
#include "resolve_terminal.h"

struct output {
	const struct format *format;
	struct layout layout;
	struct stream results;
	struct stream messages;
	struct terminal_line line;	/* on standard error */
	enum only only;
	bool is_quiet;
	int verbosity;
	bool has_colored_messages;
	bool is_terminal;	/* where the results go */
	int64_t held_since;	/* 0: nothing is held back */
	bool is_shared;		/* they are one file: messages go where results go */
};

/* EXIT_FOUND, or the user has been told that the file cannot be opened. */
int output_open(struct output *, const struct settings *);
/* Of a file that was opened as it is: cuts off what is behind the offset, and goes on
 * there. */
void output_continue(struct output *, off_t offset);
/* Writes what is left and closes; says so and returns EXIT_TROUBLE if not all of it could
 * be written. */
int output_close(struct output *);
/* Of the results: no more of them can be written. */
bool output_has_failed(const struct output *);

void output_result(struct output *, const struct item *, const struct result *);
/* "resolve: NAME: TEXT" on standard error, in its place among the results. */
void output_message(struct output *, const char *name, size_t length, const char *text);
/* For whole lines of other messages. */
struct buffer *output_get_messages(struct output *);
/* A line on standard error, now. */
void output_put_line(struct output *, const char *text, size_t length);
/* The same on a terminal, in place of the one that was drawn before; it disappears when
 * anything else is written. */
void output_draw_line(struct output *, const char *text, size_t length);
void output_erase_line(struct output *);
/* Do the results go to a terminal? */
bool output_is_terminal(const struct output *);
/* All that was put in goes out now. */
void output_flush(struct output *);
/* There is nothing to do but to wait. Where more is to come, what there is may wait for a
 * tenth of a second to go out with it, unless somebody looks on. Milliseconds until then;
 * -1: nothing waits. The time is that of the run. */
int64_t output_rest(struct output *, bool is_more_to_come, int64_t now);

#endif
