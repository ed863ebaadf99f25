/* SPDX-License-Identifier: MIT */
#include <poll.h>
#include <semaphore.h>
#include <stdatomic.h>

#include "asyncdns_client.h"
#include "client.h"

static struct run *run;
static DnsResolver *resolver;
static atomic_long next, left;
static sem_t all_done;

static void on_host(DnsAsyncResult *result);

static void
begin_next(void)
{
	long number = atomic_fetch_add(&next, 1);

	if (number < run->count)
		asyncdns_begin(run, resolver, number, on_host, &run->times[number]);
}

static void
on_host(DnsAsyncResult *result)
{
	asyncdns_end(run, (int64_t *)DnsAsyncResultGetState(result) - run->times, result);
	begin_next();
	if (atomic_fetch_sub(&left, 1) == 1)
		sem_post(&all_done);
}

static void
begin_all(struct run *the_run, DnsResolverOptions *options)
{
	long i;

	run = the_run;
	atomic_init(&left, run->count);
	sem_init(&all_done, 0, 0);
	resolver = asyncdns_open(options);
	run_start(run);
	for (i = 0; i < run->outstanding; i++)
		begin_next();
}

static void
wait_for_all(void)
{
	while (sem_wait(&all_done) != 0)
		continue;
	run_stop(run);
	DnsResolverClose(resolver);
}

void
client_callback(struct run *the_run)
{
	begin_all(the_run, asyncdns_options(the_run));
	wait_for_all();
}

void
client_sorted(struct run *the_run)
{
	DnsResolverOptions *options = asyncdns_options(the_run);

	DnsResolverOptionsSetAddressOrder(options, DNS_ADDRESS_ORDER_RFC6724);
	begin_all(the_run, options);
	wait_for_all();
}

void
client_dispatch(struct run *the_run)
{
	DnsResolverOptions *options = asyncdns_options(the_run);
	struct pollfd descriptor = { .events = POLLIN };

	DnsResolverOptionsSetFlags(options, DNS_RESOLVER_DISPATCH_CALLBACKS);
	begin_all(the_run, options);
	descriptor.fd = DnsResolverGetDescriptor(resolver);
	while (atomic_load(&left) > 0) {
		poll(&descriptor, 1, -1);
		DnsResolverDispatch(resolver);
	}
	run_stop(run);
	DnsResolverClose(resolver);
}
