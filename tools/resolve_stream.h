/* SPDX-License-Identifier: MIT */
/* A descriptor that is written to a block at a time. */
#ifndef TOOLS_RESOLVE_STREAM_H
#define TOOLS_RESOLVE_STREAM_H

#include <stdbool.h>

#include "resolve_buffer.h"
#include "resolve_terminal.h"

struct stream {
	int descriptor;
	int error;		/* errno of the first write that failed */
	struct buffer buffer;
	struct terminal_line *line; /* to be erased before it is written to, or NULL */
};

/* The line is that of the terminal which the stream may be written to. */
void stream_open(struct stream *, int descriptor, struct terminal_line *line);
/* Writes what is in the buffer, however long that takes; after an error, nothing. */
void stream_flush(struct stream *);
/* The same if it is a block or more; says so. */
bool stream_flush_full(struct stream *);

#endif
