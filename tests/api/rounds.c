/* SPDX-License-Identifier: MIT */
#include "rounds.h"

#include <dirent.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "../support/splitmix.h"

#if defined __has_feature
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define PERCENT 20
#endif
#elif defined __SANITIZE_ADDRESS__ || defined __SANITIZE_THREAD__
#define PERCENT 20
#endif
#ifndef PERCENT
#define PERCENT 25
#endif
#define PERCENT_VALGRIND 2

static double
percent(void)
{
	const char *asked = getenv("ASYNCDNS_TEST_ROUNDS"),
		   *loaded = getenv("LD_PRELOAD");

	if (asked != NULL)
		return strtod(asked, NULL);
	/* valgrind has no other sign that can be seen without its header. */
	if (loaded != NULL && strstr(loaded, "vgpreload") != NULL)
		return PERCENT_VALGRIND;
	return PERCENT;
}

unsigned int
rounds(unsigned int count)
{
	double scaled = count * percent() / 100;

	return scaled > 1 ? (unsigned int)scaled : 1;
}

int
many(int count)
{
	const char *asked = getenv("ASYNCDNS_TEST_MANY");
	int few = asked != NULL ? atoi(asked) : count;

	return few >= 2 && few < count ? few : count;
}

void
dice_init(struct dice *dice)
{
	const char *asked = getenv("ASYNCDNS_TEST_SEED");
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	dice->state = asked != NULL ? strtoull(asked, NULL, 10) : (uint64_t)now.tv_nsec;
	printf("# ASYNCDNS_TEST_SEED=%llu\n", (unsigned long long)dice->state);
	fflush(stdout);
}

uint64_t
dice_throw(struct dice *dice)
{
	return splitmix_draw(&dice->state);
}

unsigned int
dice_roll(struct dice *dice, unsigned int sides)
{
	return (unsigned int)(dice_throw(dice) % sides);
}

int
count_threads(void)
{
	DIR *directory = opendir("/proc/self/task");
	struct dirent *entry;
	int count = 0;

	if (directory == NULL)
		abort();
	while ((entry = readdir(directory)) != NULL)
		count += entry->d_name[0] != '.';
	closedir(directory);
	return count;
}

void
await_count(int (*count)(void), int wanted)
{
	while (count() > wanted)
		sched_yield();
}
