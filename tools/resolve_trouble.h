/* SPDX-License-Identifier: MIT */
/* What is said on standard error while there is no output that orders it: before the run,
 * and after it. */
#ifndef TOOLS_RESOLVE_TROUBLE_H
#define TOOLS_RESOLVE_TROUBLE_H

/* "resolve: WHAT: WHY"; EXIT_TROUBLE. */
int trouble_tell(const char *what, const char *why);

#endif
