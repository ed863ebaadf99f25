/* SPDX-License-Identifier: MIT */
/* Lookups that need no server, from Begin to End. As many names as are "outstanding" are
 * known, and looked up in turn by each thread. */
#include <arpa/inet.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "answer.h"
#include "asyncdns_client.h"
#include "client.h"

static struct run *run;
static DnsResolver *resolver;
static pthread_barrier_t ready;

/* Takes the outcome, but no time: what is measured is the library. */
static bool
look_up(long number)
{
	DnsHostEntry *entry = NULL;
	DnsAsyncResult *result;

	result = BeginGetHostAddresses(resolver, run->names[number], run->family, NULL, NULL);
	if (result == NULL)
		run_fail("BeginGetHostAddresses");
	EndGetHostAddresses(result, &entry);
	return asyncdns_is_good(run, number, entry);
}

static void *
look_up_all(void *arg)
{
	long i, number = 0, good = 0;

	(void)arg;
	pthread_barrier_wait(&ready);
	for (i = 0; i < run->count / run->threads; i++) {
		good += look_up(number);
		if (++number == run->outstanding)
			number = 0;
	}
	__atomic_add_fetch(&run->good, good, __ATOMIC_RELAXED);
	pthread_barrier_wait(&ready);
	return NULL;
}

static void
measure(struct run *the_run, DnsResolverOptions *options)
{
	pthread_t *threads;
	DnsStatistics before, after;
	int i;

	run = the_run;
	if (run->outstanding > run->count)
		run->outstanding = run->count;
	run->count -= run->count % run->threads;
	resolver = asyncdns_open(options);
	threads = calloc((size_t)run->threads, sizeof *threads);
	pthread_barrier_init(&ready, NULL, (unsigned int)run->threads + 1);
	for (i = 0; i < run->outstanding; i++)
		if (!look_up(i))
			run_fail("a lookup to begin with");
	for (i = 0; i < run->threads; i++)
		if (pthread_create(&threads[i], NULL, look_up_all, NULL) != 0)
			run_fail("pthread_create");
	DnsResolverGetStatistics(resolver, &before);
	pthread_barrier_wait(&ready);
	run_start(run);
	pthread_barrier_wait(&ready);
	run_stop(run);
	DnsResolverGetStatistics(resolver, &after);
	for (i = 0; i < run->threads; i++)
		pthread_join(threads[i], NULL);
	DnsResolverClose(resolver);
	free(threads);
	run_say("rate", (double)run->count / run->seconds);
	run_say("cpu", run->cpu_seconds * 1e6 / (double)run->count);
	run_say("asked", (double)(after.questions - before.questions));
	run_say("wrong", (double)(run->count - run->good));
}

void
client_cache(struct run *the_run)
{
	DnsResolverOptions *options = asyncdns_options(the_run);

	DnsResolverOptionsSetCacheSize(options, 2 * (size_t)the_run->outstanding);
	measure(the_run, options);
}

static void
write_hosts(const struct run *the_run, const char *path)
{
	FILE *file = fopen(path, "w");
	struct in_addr address;
	long i;

	if (file == NULL)
		run_fail(path);
	for (i = 0; i < the_run->outstanding && i < the_run->count; i++) {
		address.s_addr = htonl(bench_address(i));
		fprintf(file, "%s %s\n", inet_ntoa(address), the_run->names[i]);
	}
	if (fclose(file) != 0)
		run_fail(path);
}

void
client_hosts(struct run *the_run)
{
	DnsResolverOptions *options = asyncdns_options(the_run);
	char path[] = "/tmp/bench-hosts.XXXXXX";
	int descriptor = mkstemp(path);

	if (descriptor < 0)
		run_fail(path);
	close(descriptor);
	write_hosts(the_run, path);
	DnsResolverOptionsSetHostsPath(options, path);
	measure(the_run, options);
	unlink(path);
}
