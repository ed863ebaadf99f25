/* SPDX-License-Identifier: MIT */
/* What all parts of resolve(1) share. */
#ifndef TOOLS_RESOLVE_H
#define TOOLS_RESOLVE_H

#define PROGRAM_NAME "resolve"

/* A run ends with the highest that applies; so they are also ranks. */
enum exit_status {
	EXIT_FOUND = 0,
	EXIT_NOT_FOUND = 1,	/* a definite "no" */
	EXIT_USAGE = 2,
	EXIT_NO_ANSWER = 3,	/* no definite answer: worth another try */
	EXIT_TROUBLE = 4	/* here, not with a lookup */
};

#endif
