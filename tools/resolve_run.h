/* SPDX-License-Identifier: MIT */
/* The run: lookups begun as the input gives names, ended and printed in input order, or
 * as they are done. */
#ifndef TOOLS_RESOLVE_RUN_H
#define TOOLS_RESOLVE_RUN_H

#include <asyncdns.h>

#include "resolve_options.h"
#include "resolve_output.h"
#include "resolve_setup.h"
#include "resolve_supply.h"

/* Until the input has ended and all results are printed, or they cannot be printed.
 * Returns the exit status. The resolver is closed: its callbacks use what ends here. */
int run_all(const struct setup *, const struct settings *, struct supply *,
	    struct output *);

#endif
