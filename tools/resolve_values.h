/* SPDX-License-Identifier: MIT */
/* Arguments of options: times and numbers. */
#ifndef TOOLS_RESOLVE_VALUES_H
#define TOOLS_RESOLVE_VALUES_H

/* "250ms", "1.5", "2s", "1m" as milliseconds, any fraction of one rounded up; 0 if it is
 * not a time, or one of none or more than INT_MAX. */
int time_read(const char *text);

#endif
