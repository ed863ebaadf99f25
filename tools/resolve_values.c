/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "resolve_values.h"

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Reads the digits at *text, and moves *text behind them; false if they are too many. */
static bool
digits_read(const char **text, uint64_t *retNumber, uint64_t *retScale)
{
	const uint64_t scale_limit = (uint64_t)10 * 1000 * 1000 * 1000;

	*retNumber = 0;
	for (*retScale = 1; **text >= '0' && **text <= '9'; ++*text) {
		if (*retScale >= scale_limit)
			return false;
		*retNumber = *retNumber * 10 + (uint64_t)(**text - '0');
		*retScale *= 10;
	}
	return true;
}

int
time_read(const char *text)
{
	static const struct {
		const char *name;
		uint64_t milliseconds;
	} units[] = {{"", 1000}, {"ms", 1}, {"s", 1000}, {"m", 60 * 1000}};
	uint64_t whole, fraction = 0, scale, total;
	size_t i;

	if (!digits_read(&text, &whole, &scale))
		return 0;
	scale = 1;
	if (*text == '.') {
		text++;
		if (!digits_read(&text, &fraction, &scale))
			return 0;
	}
	for (i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
		if (strcmp(text, units[i].name) != 0)
			continue;
		total = whole * units[i].milliseconds;
		total += (fraction * units[i].milliseconds + scale - 1) / scale;
		return total <= INT_MAX ? (int)total : 0;
	}
	return 0;
}

unsigned int
number_read(const char *text, unsigned int limit)
{
	uint64_t number, scale;

	if (!digits_read(&text, &number, &scale) || scale == 1 || *text != '\0')
		return 0;
	return number <= limit ? (unsigned int)number : 0;
}

int
word_read(const char *text, const char *const words[])
{
	int i;

	for (i = 0; words[i] != NULL; i++) {
		if (strcmp(text, words[i]) == 0)
			return i;
	}
	return -1;
}
