/* SPDX-License-Identifier: MIT */
/* What the user sees: results on standard output, messages on standard error. Nothing
 * that came from outside reaches a terminal unescaped. */
#ifndef TOOLS_RESOLVE_OUTPUT_H
#define TOOLS_RESOLVE_OUTPUT_H

#include <stdbool.h>
#include <stddef.h>

#include <asyncdns.h>

#include "resolve_input.h"
#include "resolve_options.h"

struct output {
	int family;
	int timeout;
	bool is_short;
	bool is_aligned;	/* for a terminal */
	bool is_shared;		/* standard output and standard error are one file */
	int name_width;
	int error;		/* errno of the first write that failed */
};

void output_open(struct output *, const struct settings *);
/* Writes what is left and closes standard output; says so and returns EXIT_TROUBLE if
 * not all of it could be written. */
int output_close(struct output *);
void output_flush(struct output *);

/* One item's result: its addresses, or why there are none. Each returns the exit status
 * that it stands for. */
int output_entry(struct output *, const struct item *, const DnsHostEntry *);
int output_failure(struct output *, const struct item *, DnsStatus);
int output_fault(struct output *, const struct item *);
int output_error(struct output *, const struct item *, int error);
/* A file of names that cannot be read. */
int output_file_error(struct output *, const char *file_name, int error);

#endif
