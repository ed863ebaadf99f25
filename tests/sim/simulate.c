/* SPDX-License-Identifier: MIT */
/* simulate [FIRST [COUNT [LOOKUPS]]]: the whole library in a world of its own, once for
 * each seed: a program that looks up hosts, in weather that the seed brings. Nothing may
 * be lost, done twice, late or untrue. Speaks TAP; says the seed that failed. */
#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <asyncdns.h>

#include "lookups.h"
#include "network.h"
#include "servers.h"
#include "sim_loop.h"
#include "truth.h"
#include "world.h"

#define SEEDS_DEFAULT	40 /* a second or two */
#define LOOKUPS_DEFAULT 1000
#define TWICE_EVERY	16 /* so many seeds one is run again: the world must be the same */

static uint64_t seed;

void
simulate_fail(const char *format, ...)
{
	va_list arguments;

	printf("not ok - seed %" PRIu64 " at %" PRId64 " us: ", seed, world_now());
	va_start(arguments, format);
	vprintf(format, arguments);
	va_end(arguments);
	printf("\nBail out!\n");
	exit(1);
}

/* ---- Weather ---- */

static uint32_t
draw_share(uint32_t maximum)
{
	return world_roll(2) == 0 ? 0 : world_roll(maximum);
}

/* One in three is fine: what is lost, late or spoilt excuses nothing then. */
static bool
draw_climate(struct climate *climate)
{
	bool has_trouble = world_roll(3) != 0;

	memset(climate, 0, sizeof *climate);
	climate->delay_minimum = world_roll(2 * MILLISECOND);
	climate->delay_maximum = climate->delay_minimum + world_roll(40 * MILLISECOND);
	climate->forging = draw_share(MILLION / 2);
	climate->doubling = draw_share(MILLION / 2);
	if (!has_trouble)
		return false;
	climate->delay_maximum += draw_share(2 * SECOND);
	climate->loss = draw_share(MILLION / 2);
	climate->spoiling = draw_share(MILLION / 10);
	climate->breaking = draw_share(MILLION / 10);
	climate->socket_failures = draw_share(MILLION / 20);
	climate->send_failures = draw_share(MILLION / 20);
	return true;
}

static void
draw_environment(void)
{
	static const char *const options[] = { "", "edns0", "rotate", "use-vc",
					       "edns0 rotate" };

	setenv("RES_OPTIONS", options[world_roll(sizeof options / sizeof *options)], 1);
}

/* ---- One world ---- */

/* Its number: another run must have the same. */
static uint64_t
run_seed(const struct dns_zone *zone, unsigned int lookup_count)
{
	enum servers_state state = SERVERS_UNREST;
	struct climate climate;
	bool has_trouble;
	unsigned int open;

	world_open(seed);
	has_trouble = draw_climate(&climate);
	draw_environment();
	network_open(&climate);
	if (!has_trouble)
		state = world_roll(2) == 0 ? SERVERS_WELL : SERVERS_ONE_ILL;
	servers_open(zone, state);
	sim_loop_set_failures(has_trouble ? draw_share(MILLION / 100) : 0);
	lookups_run(lookup_count, has_trouble, state == SERVERS_ONE_ILL);
	servers_close();
	while (world_go_on())
		continue;
	open = network_close();
	if (open != 0 || sim_loop_count() != 0)
		simulate_fail("%u sockets and %u loops are left", open, sim_loop_count());
	world_close();
	return world_digest();
}

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
	uint64_t first = argc > 1 ? strtoull(argv[1], NULL, 10) : 1;
	uint64_t count = argc > 2 ? strtoull(argv[2], NULL, 10) : SEEDS_DEFAULT, i, digest;
	unsigned int lookup_count = argc > 3 ? (unsigned int)strtoul(argv[3], NULL, 10) :
					       LOOKUPS_DEFAULT;
	const struct dns_zone *zone = truth_open();

	setvbuf(stdout, NULL, _IOLBF, 0);
	printf("1..1\n");
	setenv("LOCALDOMAIN", "", 1);
	for (i = 0; i < count; i++) {
		seed = first + i;
		digest = run_seed(zone, lookup_count);
		if (seed % TWICE_EVERY == 0 && run_seed(zone, lookup_count) != digest)
			simulate_fail("the second time it was another world");
		show_progress(i + 1, count);
	}
	truth_close();
	printf("ok - seeds %" PRIu64 " to %" PRIu64 ": %" PRIu64 " lookups, %" PRIu64
	       " of them found\n",
	       first, first + count - 1, lookups_total(), lookups_found());
	return 0;
}
