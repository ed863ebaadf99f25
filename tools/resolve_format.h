/* SPDX-License-Identifier: MIT */
/* How results are written: a format is a table of functions, which put one item's result
 * into a buffer and know nothing of the run. */
#ifndef TOOLS_RESOLVE_FORMAT_H
#define TOOLS_RESOLVE_FORMAT_H

#include <stdbool.h>

#include "resolve_buffer.h"
#include "resolve_item.h"
#include "resolve_result.h"

/* How the text is laid out. */
struct layout {
	int family;		/* AF_UNSPEC, or the only one that is asked for */
	int timeout;		/* milliseconds, of a lookup in all */
	bool refuses_private;	/* addresses */
	char end;		/* of each line: '\n', or NUL */
	bool is_aligned;	/* columns, for a terminal */
	bool is_colored;
	size_t name_width;	/* of the first one; it grows */
};

struct format {
	const char *name;
	/* A failure is a record too: there is no message on standard error. */
	bool has_failures;
	/* What comes before all records; NULL: nothing. */
	void (*begin)(struct buffer *, struct layout *);
	void (*write)(struct buffer *, struct layout *, const struct item *,
		      const struct result *);
};

/* The first line of tsv. */
#define TSV_TITLE "index\tname\tstatus\tttl\ttype\tdata"

/* NULL: there is none of that name. */
const struct format *format_find(const char *name);

extern const struct format format_text, format_short, format_jsonl, format_tsv,
	format_hosts;

/* For several of them. The address with its scope; the data of a record as people and zone
 * files write them, a name that they end in without its final dot; the name as given; the
 * types asked for, "A,MX". */
void format_address(struct buffer *, const struct sockaddr *);
void format_data(struct buffer *, const struct result_record *);
void format_types(struct buffer *, const struct item *);

/* The name and the types of an item, as members of an object. */
void json_put_item(struct buffer *, const struct item *);

/* A longer name moves its own line only. */
#define NAME_WIDTH_LIMIT 48

#endif
