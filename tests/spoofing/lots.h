/* SPDX-License-Identifier: MIT */
/* How evenly lots fall: counts of what was drawn, and what they say. */
#ifndef TESTS_SPOOFING_LOTS_H
#define TESTS_SPOOFING_LOTS_H

#include <stddef.h>
#include <stdint.h>

struct lots {
	size_t cells;		/* a power of two */
	uint64_t total;
	uint32_t *counts;
};

void lots_init(struct lots *lots, size_t cells);
void lots_clear(struct lots *lots);
void lots_note(struct lots *lots, size_t cell);

/* Pearson's sum over all cells, if each is as likely. */
double lots_chi_square(const struct lots *lots);
/* How many standard deviations it is from where it should be: beyond 5 in one of three
 * million such counts of even lots. There should be at least 5 lots a cell. */
double lots_deviation(const struct lots *lots);
/* Shannon's, in bits, with Miller's correction for the finite number of lots. */
double lots_entropy(const struct lots *lots);
/* Cells that were hit. */
size_t lots_distinct(const struct lots *lots);

#endif
