/* SPDX-License-Identifier: MIT */
/* simulate [FIRST [COUNT [LOOKUPS]]]: the whole library in a world of its own, once
 * for each seed: a program that looks up hosts, in weather that the seed brings.
 * Speaks TAP; says the seed that failed. Faults W34, W36, O02, O04. */
#include <inttypes.h>
#include <stdio.h>
#include <time.h>

#include "life.h"
#include "lookups.h"
#include "truth.h"

#define SEEDS_DEFAULT	40 /* a second or two */
#define LOOKUPS_DEFAULT 1000
#define TWICE_EVERY	16 /* so many seeds one is run again: the world must be the same */

static void
show_progress(uint64_t done, uint64_t count)
{
	static time_t last;
	time_t now = time(NULL);

	if (last == 0)
		last = now;
	if (now - last < 10)
		return;
	last = now;
	fprintf(stderr, "%" PRIu64 " of %" PRIu64 " seeds, %" PRIu64 " lookups\n", done, count,
		lookups_total());
}

int
main(int argc, char *argv[])
{
	struct life life = { .lookups = LOOKUPS_DEFAULT };
	uint64_t first = 1, count = SEEDS_DEFAULT, i, digest;

	life_prepare(&life, argc, argv, &first, &count);
	printf("1..1\n");
	life_run(&life);
	life.is_first = false;
	for (i = 0; i < count; i++) {
		life.seed = first + i;
		digest = life_run(&life);
		if (life.seed % TWICE_EVERY == 0 && life_run(&life) != digest)
			simulate_fail("the second time it was another world");
		show_progress(i + 1, count);
	}
	truth_close();
	printf("ok - seeds %" PRIu64 " to %" PRIu64 ": %" PRIu64 " lookups, %" PRIu64
	       " of them found\n",
	       first, first + count - 1, lookups_total(), lookups_found());
	return 0;
}
