/* SPDX-License-Identifier: MIT */
#ifndef TOOLS_RESOLVE_JSON_RECORD_H
#define TOOLS_RESOLVE_JSON_RECORD_H

#include "resolve_buffer.h"
#include "resolve_result.h"

/* A record as an object: its name, type and TTL, and its data taken apart where the type
 * is known, else as text. */
void json_put_record(struct buffer *, const struct result_record *);

#endif
