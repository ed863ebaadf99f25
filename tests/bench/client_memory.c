/* SPDX-License-Identifier: MIT */
/* What the lookups under way take of the heap, c-ares' share and malloc's own included,
 * against a server that says nothing. */
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "asyncdns_client.h"
#include "client.h"
#include "silence.h"

/* In microseconds. */
#define MOMENT 1000

static void
nothing(DnsAsyncResult *result)
{
	DnsHostEntry *entry;

	EndGetHostAddresses(result, &entry);
	DnsHostEntryRelease(entry);
}

/* Until the loop has them all, and has sent what it sends at once. */
static void
settle(DnsResolver *resolver, uint64_t expected)
{
	DnsStatistics counts, before = { 0 };

	for (;;) {
		DnsResolverGetStatistics(resolver, &counts);
		if (counts.waiting + counts.inFlight >= expected &&
		    counts.inFlight == before.inFlight)
			return;
		before = counts;
		usleep(20 * MOMENT);
	}
}

void
client_memory(struct run *run)
{
	DnsResolver *resolver;
	size_t before;
	long i;

	run->server = silence_open();
	resolver = asyncdns_open(asyncdns_options(run));
	/* What is made once, for the first lookup. */
	asyncdns_begin(run, resolver, 0, nothing, NULL);
	settle(resolver, 1);
	before = silence_heap();
	for (i = 1; i < run->count; i++)
		asyncdns_begin(run, resolver, i, nothing, NULL);
	settle(resolver, (uint64_t)run->count * (run->family == AF_INET ? 1 : 2));
	run_say("bytes", (double)(silence_heap() - before) / (double)(run->count - 1));
	DnsResolverClose(resolver);
}
