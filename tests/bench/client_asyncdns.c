/* SPDX-License-Identifier: MIT */
/* GetHostByName, ended and begun anew in the callback. */
#include <asyncdns.h>
#include <netdb.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

#include "bench.h"

static struct run *run;
static DnsResolver *resolver;
static atomic_long next, left;
static sem_t all_done;

static void on_host(DnsAsyncResult *result);

static void
begin_next(void)
{
	long number = atomic_fetch_add(&next, 1);
	char name[NAME_SIZE];

	if (number >= run->count)
		return;
	run_begin(run, number, name);
	if (BeginGetHostByName(resolver, name, on_host, &run->times[number]) == NULL) {
		perror("BeginGetHostByName");
		exit(1);
	}
}

static const void *
first_address(const DnsHostEntry *entry, int family)
{
	const struct hostent *host = DnsHostEntryGetHostent(entry, family);

	return host != NULL ? host->h_addr_list[0] : NULL;
}

static void
on_host(DnsAsyncResult *result)
{
	long number = (int64_t *)DnsAsyncResultGetState(result) - run->times;
	DnsHostEntry *entry;

	EndGetHostByName(result, &entry);
	run_end(run, number, is_answer(number, first_address(entry, AF_INET),
				       first_address(entry, AF_INET6)));
	DnsHostEntryRelease(entry);
	begin_next();
	if (atomic_fetch_sub(&left, 1) == 1)
		sem_post(&all_done);
}

void
client_asyncdns(struct run *the_run)
{
	DnsResolverOptions *options = DnsResolverOptionsCreate();
	long i;

	run = the_run;
	atomic_init(&left, run->count);
	sem_init(&all_done, 0, 0);
	DnsResolverOptionsSetServers(options, run->server);
	resolver = DnsResolverCreate(options);
	DnsResolverOptionsRelease(options);
	run_start(run);
	for (i = 0; i < run->outstanding; i++)
		begin_next();
	while (sem_wait(&all_done) != 0)
		continue;
	run_stop(run);
	DnsResolverClose(resolver);
}
