/* SPDX-License-Identifier: MIT */
/* One client against the responder: asyncdns (GetHostByName, ended and begun anew in the
 * callback), raw c-ares (ares_query for A and AAAA on an epoll loop, the usual way), or
 * blocking getaddrinfo (a thread for each lookup outstanding).
 *
 *     bench asyncdns|ares|getaddrinfo SERVER COUNT OUTSTANDING
 *
 * Prints lookups a second, CPU microseconds a lookup, median and 99th percentile of the
 * latency in microseconds, and how many lookups were not answered as they should. */
#include "bench.h"

#include <arpa/inet.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "answer.h"

/* A run that loses answers must not take for ever. */
#define SECONDS_MAXIMUM 60

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

int
main(int argc, char *argv[])
{
	void (*client)(struct run *run) = NULL;
	struct run run = { 0 };
	double cpu, seconds;
	int64_t start;

	if (argc == 5) {
		client = !strcmp(argv[1], "asyncdns")	 ? client_asyncdns :
			 !strcmp(argv[1], "ares")	 ? client_ares :
			 !strcmp(argv[1], "getaddrinfo") ? client_getaddrinfo :
							   NULL;
		run.server = argv[2];
		run.count = atol(argv[3]);
		run.outstanding = atol(argv[4]);
	}
	if (client == NULL || run.count < 1 || run.outstanding < 1) {
		fprintf(stderr, "Usage: bench asyncdns|ares|getaddrinfo SERVER COUNT "
				"OUTSTANDING\n");
		return 2;
	}
	run.times = calloc((size_t)run.count, sizeof *run.times);
	alarm(SECONDS_MAXIMUM);
	cpu = cpu_seconds();
	start = now();
	client(&run);
	seconds = (double)(now() - start) / 1e9;
	cpu = cpu_seconds() - cpu;
	qsort(run.times, (size_t)run.count, sizeof *run.times, compare_times);
	printf("%.0f %.2f %.0f %.0f %ld\n", (double)run.count / seconds,
	       cpu * 1e6 / (double)run.count, (double)run.times[run.count / 2] / 1e3,
	       (double)run.times[run.count * 99 / 100] / 1e3, run.count - run.good);
	free(run.times);
	return 0;
}
