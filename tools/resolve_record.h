/* SPDX-License-Identifier: MIT */
/* Results read back from where they were written, as far as they say whose they are and
 * what came of it: of those formats that tell. */
#ifndef TOOLS_RESOLVE_RECORD_H
#define TOOLS_RESOLVE_RECORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "resolve_buffer.h"
#include "resolve_format.h"
#include "resolve_item.h"
#include "resolve_result.h"

/* All that is read of a line is in so many bytes of it, if it is one of ours. */
#define RECORD_HEAD_SIZE 4096

struct record_head {
	uint64_t index;
	const char *key;	/* what it says of the item, in the line */
	size_t key_length;
	enum result_status status;
	bool may_go_on;		/* in another line */
};

struct record_form {
	const struct format *format;
	const char *opening;	/* what the file begins with */
	bool has_title;		/* its first line is that, and no record */
	char last_byte;		/* of each record; 0: any */
	/* False: this is no line of that format. */
	bool (*read)(const char *line, size_t length, struct record_head *);
	/* What the key of an item is. */
	void (*put_key)(struct buffer *, const struct item *);
};

/* NULL: results in this format cannot be read back. */
const struct record_form *record_form_find(const struct format *);

#endif
