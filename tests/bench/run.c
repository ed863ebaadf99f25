/* SPDX-License-Identifier: MIT */
#include "run.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include "answer.h"

/* What takes so long has lost a datagram, in nanoseconds. */
#define LATE 1900000000

void
run_fail(const char *what)
{
	perror(what);
	exit(1);
}

static double
seconds_of(clockid_t clock)
{
	struct timespec at;

	clock_gettime(clock, &at);
	return (double)at.tv_sec + (double)at.tv_nsec / 1e9;
}

int64_t
run_now(void)
{
	struct timespec at;

	clock_gettime(CLOCK_MONOTONIC, &at);
	return (int64_t)at.tv_sec * 1000000000 + at.tv_nsec;
}

double
run_cpu_seconds(void)
{
	struct rusage usage;

	getrusage(RUSAGE_SELF, &usage);
	return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
	       (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

double
run_thread_seconds(void)
{
	return seconds_of(CLOCK_THREAD_CPUTIME_ID);
}

bool
run_prepare(struct run *run, bool is_slow)
{
	long i;

	run->times = calloc((size_t)run->count, sizeof *run->times);
	run->names = calloc((size_t)run->count, sizeof *run->names);
	if (run->times == NULL || run->names == NULL)
		return false;
	/* Pages are had when they are written to, which is not to be measured. */
	memset(run->times, 0xff, (size_t)run->count * sizeof *run->times);
	for (i = 0; i < run->count; i++) {
		if (is_slow)
			snprintf(run->names[i], NAME_SIZE, BENCH_SLOW_FORMAT, i);
		else
			snprintf(run->names[i], NAME_SIZE, BENCH_NAME_FORMAT, i);
	}
	return true;
}

void
run_release(struct run *run)
{
	free(run->times);
	free(run->names);
}

void
run_start(struct run *run)
{
	run->cpu_seconds = run_cpu_seconds();
	run->seconds = seconds_of(CLOCK_MONOTONIC);
}

void
run_stop(struct run *run)
{
	run->seconds = seconds_of(CLOCK_MONOTONIC) - run->seconds;
	run->cpu_seconds = run_cpu_seconds() - run->cpu_seconds;
}

void
run_begin(struct run *run, long number)
{
	run->times[number] = run_now();
}

void
run_end(struct run *run, long number, bool is_good)
{
	run->times[number] = run_now() - run->times[number];
	if (is_good)
		__atomic_add_fetch(&run->good, 1, __ATOMIC_RELAXED);
}

bool
run_is_answer(const struct run *run, long number, const void *ipv4, const void *ipv6)
{
	uint32_t expected = htonl(bench_address(number));
	const uint8_t *octets = ipv6;

	if (ipv4 == NULL || memcmp(ipv4, &expected, sizeof expected) != 0)
		return false;
	if (run->family == AF_INET)
		return ipv6 == NULL;
	return ipv6 != NULL && octets[0] == 0xfd &&
	       memcmp(octets + 12, &expected, sizeof expected) == 0;
}

static int
compare_times(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

void
run_say(const char *name, double value)
{
	printf("%s %.6g\n", name, value);
}

void
run_report(struct run *run)
{
	double count = (double)run->count;
	long late = 0;

	qsort(run->times, (size_t)run->count, sizeof *run->times, compare_times);
	while (late < run->count && run->times[run->count - 1 - late] >= LATE)
		late++;
	run_say("rate", count / run->seconds);
	run_say("cpu", run->cpu_seconds * 1e6 / count);
	run_say("p50", (double)run->times[run->count / 2] / 1e3);
	run_say("p99", (double)run->times[run->count * 99 / 100] / 1e3);
	run_say("late", (double)late);
	run_say("wrong", (double)(run->count - run->good));
}
