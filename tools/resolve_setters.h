/* SPDX-License-Identifier: MIT */
#ifndef TOOLS_RESOLVE_SETTERS_H
#define TOOLS_RESOLVE_SETTERS_H

#include "resolve_options.h"
#include "resolve_table.h"

/* Does to the settings what an option says; the argument is NULL if it has none. EXIT_FOUND;
 * or EXIT_USAGE, and what is wrong with it has been said, but for OPTIONS_END, which is
 * what getopt_long has complained of. */
int option_apply(struct settings *, enum option_key, const char *argument);

#endif
