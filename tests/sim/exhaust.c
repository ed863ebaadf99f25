/* SPDX-License-Identifier: MIT */
/* exhaust [FIRST [COUNT [LOOKUPS]]]: small lives in the simulated world, in which each
 * piece of memory in turn cannot be had: that one only, and from that one on. Speaks
 * TAP. Faults O05, O06, O07, O15. */
#include <inttypes.h>
#include <stdio.h>

#include "cares.h"
#include "life.h"
#include "lookups.h"
#include "memory.h"
#include "truth.h"

#define SEEDS_DEFAULT	4
#define LOOKUPS_DEFAULT 6

static uint64_t lives;

static void
exhaust(struct life *life)
{
	uint64_t pieces;

	life->memory_fails_at = 0;
	life_run(life);
	pieces = memory_count();
	for (life->memory_fails_at = 1; life->memory_fails_at <= pieces;
	     life->memory_fails_at++) {
		life->memory_stays_short = false;
		life_run(life);
		life->memory_stays_short = true;
		life_run(life);
		lives += 2;
	}
}

int
main(int argc, char *argv[])
{
	struct life life = { .lookups = LOOKUPS_DEFAULT };
	uint64_t first = 1, count = SEEDS_DEFAULT, i;

	life_prepare(&life, argc, argv, &first, &count);
	if (!memory_can_be_watched()) {
		printf("1..0 # SKIP malloc is not the simulation's\n");
		return 0;
	}
	if (!cares_stands_short_memory())
		memory_spare_cares();
	printf("1..1\n");
	life_run(&life);
	life.is_first = false;
	for (i = 0; i < count; i++) {
		life.seed = first + i;
		exhaust(&life);
	}
	truth_close();
	printf("ok - memory ran out in %" PRIu64 " lives\n", lives);
	return 0;
}
