/* SPDX-License-Identifier: MIT */
#include "life.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "depot.h"
#include "lookups.h"
#include "memory.h"
#include "network.h"
#include "servers.h"
#include "sim_loop.h"
#include "truth.h"
#include "world.h"

static const struct life *current;

void
simulate_fail(const char *format, ...)
{
	va_list arguments;

	memory_leave();
	printf("not ok - seed %" PRIu64 " at %" PRId64 " us: ", current->seed, world_now());
	if (current->memory_fails_at != 0)
		printf("memory fails at %" PRIu64 "%s: ", current->memory_fails_at,
		       current->memory_stays_short ? " and from then on" : "");
	va_start(arguments, format);
	vprintf(format, arguments);
	va_end(arguments);
	printf("\nBail out!\n");
	exit(1);
}

static uint64_t
read_number(int argc, char *argv[], int index, uint64_t otherwise)
{
	return index < argc ? strtoull(argv[index], NULL, 10) : otherwise;
}

void
life_prepare(struct life *life, int argc, char *argv[], uint64_t *first, uint64_t *count)
{
	setvbuf(stdout, NULL, _IOLBF, BUFSIZ);
	setenv("LOCALDOMAIN", "", 1);
	*first = read_number(argc, argv, 1, *first);
	*count = read_number(argc, argv, 2, argc > 1 ? 1 : *count);
	life->lookups = (unsigned int)read_number(argc, argv, 3, life->lookups);
	life->zone = truth_open();
	life->is_first = true;
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

static void
live(const struct life *life, bool has_trouble)
{
	enum servers_state state = SERVERS_UNREST;

	if (!has_trouble)
		state = world_roll(2) == 0 ? SERVERS_WELL : SERVERS_ONE_ILL;
	servers_open(life->zone, state);
	sim_loop_set_failures(has_trouble ? draw_share(MILLION / 100) : 0);
	lookups_run(life->lookups, has_trouble, state == SERVERS_ONE_ILL);
	servers_close();
	while (world_go_on())
		continue;
}

static void
expect_nothing_left(bool is_first)
{
	unsigned int sockets = network_close();
	int64_t pieces;

	depot_leave(); /* what was released after the last loop's end */
	pieces = memory_leave();
	if (sockets != 0 || sim_loop_count() != 0)
		simulate_fail("%u sockets and %u loops are left", sockets, sim_loop_count());
	if (pieces != 0 && !is_first)
		simulate_fail("%" PRId64 " pieces of memory are left", pieces);
}

uint64_t
life_run(const struct life *life)
{
	struct climate climate;
	bool has_trouble;

	current = life;
	world_open(life->seed);
	has_trouble = draw_climate(&climate) || life->memory_fails_at != 0;
	draw_environment();
	network_open(&climate);
	memory_watch(life->memory_fails_at, life->memory_stays_short);
	live(life, has_trouble);
	expect_nothing_left(life->is_first);
	world_close();
	return world_digest();
}
