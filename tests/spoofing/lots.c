/* SPDX-License-Identifier: MIT */
#include "lots.h"

#include <math.h>
#include <stdlib.h>

void
lots_init(struct lots *lots, size_t cells)
{
	lots->cells = cells;
	lots->total = 0;
	lots->counts = calloc(cells, sizeof *lots->counts);
	if (lots->counts == NULL)
		abort();
}

void
lots_clear(struct lots *lots)
{
	free(lots->counts);
}

void
lots_note(struct lots *lots, size_t cell)
{
	lots->counts[cell]++;
	lots->total++;
}

double
lots_chi_square(const struct lots *lots)
{
	double expected = (double)lots->total / (double)lots->cells, sum = 0, off;
	size_t i;

	for (i = 0; i < lots->cells; i++) {
		off = lots->counts[i] - expected;
		sum += off * off / expected;
	}
	return sum;
}

double
lots_deviation(const struct lots *lots)
{
	double freedom = (double)lots->cells - 1;

	return (lots_chi_square(lots) - freedom) / sqrt(2 * freedom);
}

size_t
lots_distinct(const struct lots *lots)
{
	size_t i, distinct = 0;

	for (i = 0; i < lots->cells; i++)
		distinct += lots->counts[i] != 0;
	return distinct;
}

double
lots_entropy(const struct lots *lots)
{
	double total = (double)lots->total, sum = 0, share;
	size_t i;

	for (i = 0; i < lots->cells; i++) {
		share = lots->counts[i] / total;
		if (lots->counts[i] != 0)
			sum -= share * log2(share);
	}
	return sum + ((double)lots_distinct(lots) - 1) / (2 * total * log(2));
}
