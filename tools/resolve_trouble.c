/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "resolve_trouble.h"

#include <stdio.h>

#include "resolve.h"

int
trouble_tell(const char *what, const char *why)
{
	fprintf(stderr, PROGRAM_NAME ": %s: %s\n", what, why);
	return EXIT_TROUBLE;
}
