/* SPDX-License-Identifier: MIT */
#ifndef TOOLS_RESOLVE_MESSAGE_H
#define TOOLS_RESOLVE_MESSAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "resolve_buffer.h"
#include "resolve_format.h"
#include "resolve_item.h"
#include "resolve_result.h"

/* Why there is no record, in words that follow the name: "does not exist". */
void message_put_failure(struct buffer *, const struct layout *, const struct item *,
			 const struct result *);
/* Where the answer came from, what it took, and, in full, what else is known of that. */
void message_put_origin(struct buffer *, const struct result *, bool is_full);
/* Each name that was asked for, and what came of it. */
size_t message_count_steps(const struct result *);
void message_put_step(struct buffer *, const struct result *, size_t index);
/* "250 ms", "10 s", "1.5 s" */
void message_put_time(struct buffer *, int milliseconds);

#endif
