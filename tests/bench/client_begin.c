/* SPDX-License-Identifier: MIT */
/* What Begin costs its caller, in processor time of its thread: however often the loop's
 * thread runs meanwhile, on the same processor or another, that is not counted. */
#include <stdlib.h>
#include <unistd.h>

#include "asyncdns_client.h"
#include "client.h"

/* Long enough for the loop to fall asleep, in microseconds. */
#define IDLE 300

static DnsAsyncResult **results;

static DnsResolver *
prepare(struct run *run)
{
	DnsResolver *resolver = asyncdns_open(asyncdns_options(run));

	results = calloc((size_t)run->count, sizeof(DnsAsyncResult *));
	if (results == NULL)
		run_fail("calloc");
	return resolver;
}

static void
end_one(struct run *run, long number)
{
	asyncdns_end(run, number, results[number]);
}

static void
finish(struct run *run, DnsResolver *resolver, double seconds)
{
	run_say("begin", seconds * 1e6 / (double)run->count);
	run_say("wrong", (double)(run->count - run->good));
	DnsResolverClose(resolver);
	free(results);
}

/* So many at a time: the first wakes the loop, the others find it busy. */
void
client_begin_busy(struct run *run)
{
	DnsResolver *resolver = prepare(run);
	long number = 0, first, end;
	double seconds = 0, start;

	while (number < run->count) {
		first = number;
		end = first + run->outstanding < run->count ? first + run->outstanding :
							      run->count;
		results[number] = asyncdns_begin(run, resolver, number, NULL, NULL);
		number++;
		start = run_thread_seconds();
		for (; number < end; number++)
			results[number] = BeginGetHostAddresses(resolver, run->names[number],
								run->family, NULL, NULL);
		seconds += run_thread_seconds() - start;
		for (number = first; number < end; number++)
			end_one(run, number);
	}
	finish(run, resolver, seconds);
}

/* What the clock itself costs is left out. */
void
client_begin_woken(struct run *run)
{
	DnsResolver *resolver = prepare(run);
	double seconds = 0, start;
	long number;

	for (number = 0; number < run->count; number++) {
		usleep(IDLE);
		start = run_thread_seconds();
		seconds -= run_thread_seconds() - start;
		start = run_thread_seconds();
		results[number] = BeginGetHostAddresses(resolver, run->names[number],
							run->family, NULL, NULL);
		seconds += run_thread_seconds() - start;
		end_one(run, number);
	}
	finish(run, resolver, seconds);
}
