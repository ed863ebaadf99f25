/* SPDX-License-Identifier: MIT */
/* What happens to this process: resolv.conf, the hosts file and gai.conf change all the
 * time, and descriptors run out every now and then. */
#ifndef TESTS_SOAK_WEATHER_H
#define TESTS_SOAK_WEATHER_H

#include <stdbool.h>
#include <stdint.h>

#include <asyncdns.h>

struct weather {
	uint64_t dice;
	char directory[64];
	char resolv_conf[96], hosts[96], gai_conf[96];
	int64_t file_changes, drought_begins, drought_ends;
	int64_t drought_interval;	/* milliseconds */
	int *held;		/* descriptors */
	int held_count;
	unsigned long changes, droughts;
};

/* The directory must be there. */
void weather_begin(struct weather *weather, const char *directory, uint64_t seed,
		   int64_t drought_interval);
/* Now and then. */
void weather_go_on(struct weather *weather);
/* Fair weather: servers and descriptors are there. */
void weather_clear_up(struct weather *weather);
void weather_end(struct weather *weather);

void weather_point_options(const struct weather *weather, DnsResolverOptions *options);

#endif
