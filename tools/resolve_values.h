/* SPDX-License-Identifier: MIT */
/* Arguments of options: times and numbers. */
#ifndef TOOLS_RESOLVE_VALUES_H
#define TOOLS_RESOLVE_VALUES_H

/* "250ms", "1.5", "2s", "1m" as milliseconds, any fraction of one rounded up; 0 if it is
 * not a time, or one of none or more than INT_MAX. */
int time_read(const char *text);

/* A decimal number from 1 to a limit; 0 if it is none. */
unsigned int number_read(const char *text, unsigned int limit);

/* Which of the words it is, of which NULL is behind the last; -1 if it is none. */
int word_read(const char *text, const char *const words[]);

#endif
