/* SPDX-License-Identifier: MIT */
#ifndef TOOLS_RESOLVE_MESSAGE_H
#define TOOLS_RESOLVE_MESSAGE_H

#include "resolve_buffer.h"
#include "resolve_format.h"
#include "resolve_item.h"
#include "resolve_result.h"

/* Why there is no record, in words that follow the name: "does not exist". */
void message_put_failure(struct buffer *, const struct layout *, const struct item *,
			 const struct result *);
/* "250 ms", "10 s", "1.5 s" */
void message_put_time(struct buffer *, int milliseconds);

#endif
