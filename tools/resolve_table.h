/* SPDX-License-Identifier: MIT */
/* The options as a table, which is made from resolve_options.list. */
#ifndef TOOLS_RESOLVE_TABLE_H
#define TOOLS_RESOLVE_TABLE_H

/* Each option by its long name. */
enum option_key {
#define OPTION(key, name, letter, argument, has_argument, help) OPTION_##key,
#include "resolve_options.def"
#undef OPTION
	OPTIONS_END
};

struct option_row {
	const char *name;
	char letter;		/* the short form; 0: none */
	const char *argument;	/* NULL: none */
	int has_argument;	/* as getopt_long has it */
	const char *help;
};

extern const struct option_row option_rows[OPTIONS_END];

#endif
