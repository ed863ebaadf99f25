/* SPDX-License-Identifier: MIT */
#include "world.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "sim_loop.h"
#include "splitmix.h"

#define BEGINNING (1000 * (int64_t)SECOND)

static struct {
	bool is_open;
	uint64_t chance, entropy; /* the states of both */
	int64_t now;
	struct timer_heap happenings;
	uint64_t digest;
} world;

void
world_open(uint64_t seed)
{
	memset(&world, 0, sizeof world);
	world.is_open = true;
	world.chance = world.entropy = seed;
	world.now = BEGINNING;
}

void
world_close(void)
{
	if (world.happenings.first != NULL)
		abort();
	world.is_open = false;
}

/* ---- Chance ---- */

uint32_t
world_roll(uint32_t bound)
{
	return (uint32_t)((splitmix_draw(&world.chance) >> 32) * bound >> 32);
}

bool
world_chance(uint32_t of_a_million)
{
	return of_a_million > 0 && world_roll(MILLION) < of_a_million;
}

/* Of its own, since not all that it is asked for matters to the world: the first handles of
 * a process are random. */
ssize_t
getrandom(void *buffer, size_t length, unsigned int flags)
{
	unsigned char *octets = buffer;
	size_t i;

	if (!world.is_open)
		return syscall(SYS_getrandom, buffer, length, flags);
	for (i = 0; i < length; i++)
		octets[i] = (unsigned char)splitmix_draw(&world.entropy);
	return (ssize_t)length;
}

/* What c-ares 1.34 takes where there is one. */
void
arc4random_buf(void *buffer, size_t length)
{
	getrandom(buffer, length, 0);
}

/* ---- Time ---- */

int64_t
world_now(void)
{
	return world.now;
}

int
clock_gettime(clockid_t clock, struct timespec *time)
{
	if (!world.is_open)
		return (int)syscall(SYS_clock_gettime, clock, time);
	time->tv_sec = (time_t)(world.now / SECOND);
	time->tv_nsec = (long)(world.now % SECOND) * 1000;
	return 0;
}

void
world_schedule(struct timer *happening, int64_t microseconds)
{
	timer_heap_set(&world.happenings, happening, world.now + microseconds);
}

void
world_clear(struct timer *happening)
{
	timer_heap_clear(&world.happenings, happening);
}

static void
pass_until(int64_t due)
{
	if (world.now < due)
		world.now = due;
	world_note((uint64_t)world.now);
}

bool
world_go_on(void)
{
	struct timer *first = world.happenings.first;
	int64_t due;

	if (sim_loop_turn())
		return true;
	due = sim_loop_next_due();
	if (first != NULL && first->due <= due) {
		pass_until(first->due);
		timer_heap_clear(&world.happenings, first);
		first->fire(first);
		return true;
	}
	if (due == INT64_MAX)
		return false;
	pass_until(due);
	return true;
}

void
world_note(uint64_t what)
{
	world.digest = splitmix_mix(world.digest + what + SPLITMIX_STEP);
}

uint64_t
world_digest(void)
{
	return world.digest;
}
