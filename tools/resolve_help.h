/* SPDX-License-Identifier: MIT */
#ifndef TOOLS_RESOLVE_HELP_H
#define TOOLS_RESOLVE_HELP_H

/* To standard output, whose errors are left to the caller. */
void help_print(void);
void version_print(void);

#endif
