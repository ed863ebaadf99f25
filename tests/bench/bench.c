/* SPDX-License-Identifier: MIT */
/* One client against the responder: asyncdns (GetHostByName, ended and begun anew in the
 * callback), raw c-ares (ares_query for A and AAAA on an epoll loop, the usual way), or
 * blocking getaddrinfo (a thread for each lookup outstanding).
 *
 *     bench asyncdns|ares|getaddrinfo SERVER COUNT OUTSTANDING
 *     bench version
 *
 * Prints lookups a second, CPU microseconds a lookup, median and 99th percentile of the
 * latency in microseconds, how many lookups took more than two seconds (datagrams were
 * lost), and how many were not answered as they should. */
#include "bench.h"

#include <arpa/inet.h>
#include <asyncdns.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "answer.h"

/* A run that loses answers must not take for ever. */
#define SECONDS_MAXIMUM 60
/* In nanoseconds. */
#define LATE 2000000000

static int64_t
now(void)
{
	struct timespec at;

	clock_gettime(CLOCK_MONOTONIC, &at);
	return (int64_t)at.tv_sec * 1000000000 + at.tv_nsec;
}

static double
cpu_seconds(void)
{
	struct rusage usage;

	getrusage(RUSAGE_SELF, &usage);
	return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
	       (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

void
run_start(struct run *run)
{
	run->cpu_seconds = cpu_seconds();
	run->seconds = (double)now() / 1e9;
}

void
run_stop(struct run *run)
{
	run->seconds = (double)now() / 1e9 - run->seconds;
	run->cpu_seconds = cpu_seconds() - run->cpu_seconds;
}

void
run_begin(struct run *run, long number, char name[NAME_SIZE])
{
	snprintf(name, NAME_SIZE, BENCH_NAME_FORMAT, number);
	run->times[number] = now();
}

void
run_end(struct run *run, long number, bool good)
{
	run->times[number] = now() - run->times[number];
	if (good)
		__atomic_add_fetch(&run->good, 1, __ATOMIC_RELAXED);
}

bool
is_answer(long number, const struct in_addr *ipv4, const struct in6_addr *ipv6)
{
	uint32_t expected = htonl(bench_address(number));

	return ipv4 != NULL && ipv6 != NULL && ipv4->s_addr == expected &&
	       ipv6->s6_addr[0] == 0xfd &&
	       memcmp(ipv6->s6_addr + 12, &expected, sizeof expected) == 0;
}

static int
compare_times(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

static void
report(struct run *run)
{
	double count = (double)run->count;
	long late = 0;

	qsort(run->times, (size_t)run->count, sizeof *run->times, compare_times);
	while (late < run->count && run->times[run->count - 1 - late] >= LATE)
		late++;
	printf("%.0f %.2f %.0f %.0f %ld %ld\n", count / run->seconds,
	       run->cpu_seconds * 1e6 / count, (double)run->times[run->count / 2] / 1e3,
	       (double)run->times[run->count * 99 / 100] / 1e3, late,
	       run->count - run->good);
}

int
main(int argc, char *argv[])
{
	void (*client)(struct run *run) = NULL;
	struct run run = { 0 };

	if (argc == 2 && !strcmp(argv[1], "version")) {
		printf("asyncdns %s, c-ares %s\n", DNS_VERSION_TEXT,
		       client_ares_version());
		return 0;
	}
	if (argc == 5) {
		client = !strcmp(argv[1], "asyncdns")	 ? client_asyncdns :
			 !strcmp(argv[1], "ares")	 ? client_ares :
			 !strcmp(argv[1], "getaddrinfo") ? client_getaddrinfo :
							   NULL;
		run.server = argv[2];
		run.count = atol(argv[3]);
		run.outstanding = atol(argv[4]);
	}
	if (client == NULL || run.count < 1 || run.outstanding < 1 ||
	    (run.times = calloc((size_t)run.count, sizeof *run.times)) == NULL) {
		fprintf(stderr, "Usage: bench asyncdns|ares|getaddrinfo SERVER COUNT "
				"OUTSTANDING\n");
		return 2;
	}
	alarm(SECONDS_MAXIMUM);
	client(&run);
	report(&run);
	free(run.times);
	return 0;
}
