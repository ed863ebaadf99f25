/* SPDX-License-Identifier: MIT */
/* lives [LIVES [PENDING]]: so many resolvers are made and closed, one after another, some
 * with lookups under way; and one is closed with so many lookups pending. Memory,
 * descriptors and threads have to be what they were. Speaks TAP. Faults L01, L17. */
#include <netinet/in.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <asyncdns.h>

#include "dice.h"
#include "holdings.h"

#define DRIFT	   (32 * 1024)	/* octets in use */
#define RSS_DRIFT  1024		/* KiB */
#define CLOSE_TIME 200		/* milliseconds, for 100,000 */
#define PATIENCE   5000

/* Sanitizers keep for a while what is freed. */
#ifndef __has_feature
#define __has_feature(feature) 0 /* clang's */
#endif
#if defined __SANITIZE_ADDRESS__ || defined __SANITIZE_THREAD__ || \
	__has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define HAS_OWN_HEAP true
#else
#define HAS_OWN_HEAP false
#endif

static unsigned int tests, failures;
static char server[32];
static atomic_ulong calls;

static void
tell(bool holds, const char *what)
{
	printf("%s %u - %s\n", holds ? "ok" : "not ok", ++tests, what);
	failures += !holds;
}

/* One who never answers. */
static int
open_server(void)
{
	struct sockaddr_in address = { .sin_family = AF_INET };
	socklen_t length = sizeof address;
	int silent = socket(AF_INET, SOCK_DGRAM, 0);

	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	require(silent >= 0 && bind(silent, (struct sockaddr *)&address, length) == 0);
	require(getsockname(silent, (struct sockaddr *)&address, &length) == 0);
	snprintf(server, sizeof server, "127.0.0.1:%u", ntohs(address.sin_port));
	return silent;
}

static DnsResolver *
make_resolver(void)
{
	DnsResolverOptions *options = DnsResolverOptionsCreate();
	DnsResolver *resolver;

	require(options != NULL);
	DnsResolverOptionsSetServers(options, server);
	DnsResolverOptionsSetSearchList(options, "");
	resolver = DnsResolverCreate(options);
	DnsResolverOptionsRelease(options);
	require(resolver != NULL);
	return resolver;
}

static void
on_completion(DnsAsyncResult *result)
{
	(void)result;
	atomic_fetch_add(&calls, 1);
}

static DnsAsyncResult *
begin(DnsResolver *resolver, unsigned long number)
{
	DnsAsyncResult *result;
	char name[32];

	snprintf(name, sizeof name, "n%lu.test", number);
	result = BeginGetHostByName(resolver, name, on_completion, NULL);
	require(result != NULL);
	return result;
}

/* Every other one with lookups, every tenth with those that need a server. */
static void
live(unsigned long number)
{
	DnsResolver *resolver = make_resolver();
	DnsAsyncResult *results[2] = { NULL, NULL };
	int i;

	if (number % 2 == 0)
		require(GetHostByName(resolver, "localhost", NULL) == DNS_STATUS_OK);
	for (i = 0; number % 10 == 0 && i < 2; i++)
		results[i] = begin(resolver, number + (unsigned long)i);
	DnsResolverClose(resolver);
	for (i = 0; i < 2; i++)
		if (results[i] != NULL)
			require(EndGetHostByName(results[i], NULL) == DNS_STATUS_CLOSED);
}

/* A thread that was joined can be seen for a while. */
static struct holdings
look(int threads)
{
	struct holdings holdings = holdings_look();
	int64_t limit = now() + PATIENCE;

	while (holdings.threads > threads && now() < limit) {
		pause_for(1);
		holdings = holdings_look();
	}
	return holdings;
}

static void
test_lives(unsigned long count)
{
	struct holdings before, after;
	unsigned long i;
	int64_t begun;

	for (i = 0; i < 10 + count / 20; i++)
		live(i);
	before = look(1);
	begun = now();
	for (i = 0; i < count; i++)
		live(i);
	begun = now() - begun;
	after = look(before.threads);
	printf("# %lu lives in %ld ms; in use %zu, then %zu octets; resident %ld, then %ld KiB; "
	       "%d, then %d descriptors; %d, then %d threads\n",
	       count, (long)begun, before.in_use, after.in_use, before.resident, after.resident,
	       before.descriptors, after.descriptors, before.threads, after.threads);
	tell(after.in_use < before.in_use + DRIFT, "no memory is lost");
	tell(HAS_OWN_HEAP || after.resident < before.resident + RSS_DRIFT, "none is wasted");
	tell(after.descriptors == before.descriptors, "no descriptor is left");
	tell(after.threads == before.threads, "no thread is left");
}

static void
test_pending(unsigned long count)
{
	DnsAsyncResult **results = calloc(count, sizeof *results);
	DnsResolver *resolver = make_resolver();
	unsigned long i, closed = 0;
	DnsStatistics statistics;
	int64_t took;

	require(results != NULL);
	atomic_store(&calls, 0);
	for (i = 0; i < count; i++)
		results[i] = begin(resolver, i);
	do
		DnsResolverGetStatistics(resolver, &statistics);
	while (statistics.waiting + statistics.inFlight < 2 * count);
	took = now();
	DnsResolverClose(resolver);
	took = now() - took;
	for (i = 0; i < count; i++)
		closed += EndGetHostByName(results[i], NULL) == DNS_STATUS_CLOSED;
	free(results);
	printf("# %lu pending are closed in %ld ms\n", count, (long)took);
	tell(closed == count && atomic_load(&calls) == count, "each is closed, and called back");
	tell(took < CLOSE_TIME || count < 100000, "and soon");
}

int
main(int argc, char **argv)
{
	unsigned long lives = argc > 1 ? strtoul(argv[1], NULL, 10) : 300;
	unsigned long pending = argc > 2 ? strtoul(argv[2], NULL, 10) : 3000;
	int silent = open_server();

	setvbuf(stdout, NULL, _IOLBF, 0);
	test_lives(lives);
	test_pending(pending);
	printf("1..%u\n", tests);
	close(silent);
	return failures > 0;
}
