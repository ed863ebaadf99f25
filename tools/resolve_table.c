/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "resolve_table.h"

#include <getopt.h>
#include <stddef.h>

const struct option_row option_rows[OPTIONS_END] = {
#define OPTION(key, name, letter, argument, has_argument, help)                           \
	[OPTION_##key] = {name, letter, argument, has_argument, help},
#include "resolve_options.def"
#undef OPTION
};
