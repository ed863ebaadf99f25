/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "contract.h"

#include <arpa/inet.h>
#include <dirent.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#ifdef SCHEDULE_FUZZING
#include <time.h>
#endif

/* More than any test takes, under valgrind too. */
#define NEVER_REACHED 50000

struct world world;

/* ---- The world ---- */

int
count_descriptors(void)
{
	DIR *directory = opendir("/proc/self/fd");
	int count = 0;

	ck_assert_ptr_nonnull(directory);
	while (readdir(directory) != NULL)
		count++;
	closedir(directory);
	return count;
}

static void
fill_zone(struct dns_server *server)
{
	dns_server_add_address(server, "a.test", "192.0.2.1", 300);
	dns_server_add_address(server, "a.test", "2001:db8::1", 300);
	dns_server_add_address(server, "b.test", "192.0.2.2", 300);
	dns_server_add_address(server, "c.test", "2001:db8::3", 300);
	dns_server_add_cname(server, "alias.test", "middle.test", 300);
	dns_server_add_cname(server, "middle.test", "a.test", 300);
	dns_server_add_name(server, "empty.test");
	dns_server_set_rcode(server, "failing.test", 0, RCODE_SERVFAIL);
	dns_server_set_rcode(server, "refused.test", 0, RCODE_REFUSED);
	dns_server_add_address(server, "*.many.test", "198.51.100.7", 300);
	dns_server_add_address(server, HELD_NAMES, "198.51.100.8", 300);
	dns_server_hold(server, HELD_NAMES);
}

static void
require_status(DnsStatus found, DnsStatus expected)
{
	if (found != expected)
		ck_abort_msg("%s, not %s", DnsStatusGetText(found),
			     DnsStatusGetText(expected));
}

static void
require_ok(DnsStatus status)
{
	require_status(status, DNS_STATUS_OK);
}

DnsResolverOptions *
world_make_options(void)
{
	DnsResolverOptions *options = DnsResolverOptionsCreate();
	const char *address = dns_server_address(world.server);

	require(options != NULL, "no options");
	require_ok(DnsResolverOptionsSetServers(options, address));
	require_ok(DnsResolverOptionsSetTimeout(options, NEVER_REACHED));
	require_ok(DnsResolverOptionsSetDeadline(options, NEVER_REACHED));
	require_ok(DnsResolverOptionsSetGrace(options, NEVER_REACHED));
	require_ok(DnsResolverOptionsSetCacheSize(options, 0));
	require_ok(DnsResolverOptionsSetSearchList(options, ""));
	return options;
}

DnsResolver *
world_make_resolver(unsigned int flags)
{
	DnsResolverOptions *options = world_make_options();
	DnsResolver *made;

	require_ok(DnsResolverOptionsSetFlags(options, flags));
	made = DnsResolverCreate(options);
	require(made != NULL, "no resolver");
	DnsResolverOptionsRelease(options);
	return made;
}

void
world_close_resolver(void)
{
	DnsResolverClose(world.resolver);
	world.resolver = NULL;
}

void
world_stop_server(void)
{
	dns_server_stop(world.server);
	world.server = NULL;
}

void
world_release(void)
{
	dns_server_release(world.server, HELD_NAMES);
}

void
world_await_question(const char *name)
{
	ck_assert(dns_server_wait_for_questions(world.server, name, 1, 1));
	ck_assert(dns_server_wait_for_questions(world.server, name, 28, 1));
}

static void
open_world(void)
{
	world.descriptors = count_descriptors();
	world.server = dns_server_start();
	fill_zone(world.server);
	world.resolver = world_make_resolver(0);
}

static void
close_world(void)
{
	world_close_resolver();
	world_stop_server();
	ck_assert_int_eq(count_descriptors(), world.descriptors);
}

DnsStatistics
read_statistics(void)
{
	DnsStatistics statistics;

	DnsResolverGetStatistics(world.resolver, &statistics);
	return statistics;
}

TCase *
contract_case(Suite *suite, const char *name)
{
	TCase *made = tcase_create(name);

	tcase_set_timeout(made, 60);
	tcase_add_checked_fixture(made, open_world, close_world);
	suite_add_tcase(suite, made);
	return made;
}

int
contract_run(Suite *suite)
{
	return contract_run_all(&suite, 1);
}

/* Which orders of threads are tried can be had again, as far as a seed decides it. */
static void
choose_schedule(void)
{
#ifdef SCHEDULE_FUZZING
	struct timespec now;
	char chosen[32];

	clock_gettime(CLOCK_REALTIME, &now);
	snprintf(chosen, sizeof chosen, "%ld", now.tv_nsec + 1);
	setenv("ASYNCDNS_SCHEDULE_SEED", chosen, 0);
	printf("# ASYNCDNS_SCHEDULE_SEED=%s\n", getenv("ASYNCDNS_SCHEDULE_SEED"));
	fflush(stdout);
#endif
}

int
contract_run_all(Suite *const suites[], size_t count)
{
	SRunner *runner = srunner_create(NULL);
	size_t i;

	choose_schedule();
	for (i = 0; i < count; i++)
		srunner_add_suite(runner, suites[i]);
	srunner_set_tap(runner, "-");
	srunner_run_all(runner, CK_SILENT);
	srunner_free(runner);
	return 0;
}

/* ---- Callbacks and threads ---- */

void
await(sem_t *semaphore)
{
	while (sem_wait(semaphore) < 0 && errno == EINTR)
		;
}

void
witness_init(struct witness *witness)
{
	memset(witness, 0, sizeof *witness);
	sem_init(&witness->entered, 0, 0);
	sem_init(&witness->leave, 0, 0);
}

void
witness_destroy(struct witness *witness)
{
	sem_destroy(&witness->entered);
	sem_destroy(&witness->leave);
}

void
on_completion(DnsAsyncResult *asyncResult)
{
	struct witness *witness = DnsAsyncResultGetState(asyncResult);
	bool stays = witness->stays;

	witness->handle = asyncResult;
	witness->thread = pthread_self();
	atomic_fetch_add(&witness->calls, 1);
	/* From here on a witness for whom nobody stays may be gone. */
	sem_post(&witness->entered);
	if (stays)
		await(&witness->leave);
}

void
on_impossible(DnsAsyncResult *asyncResult)
{
	(void)asyncResult;
	abort();
}

pthread_t
start_thread(void *(*run)(void *), void *argument)
{
	pthread_t thread;

	require(pthread_create(&thread, NULL, run, argument) == 0, "no thread");
	return thread;
}

void
join_thread(pthread_t thread)
{
	require(pthread_join(thread, NULL) == 0, "not joined");
}

/* The loop thread has to be asked for each of these names anew. */
static DnsAsyncResult *
begin_on_the_loop(DnsAsyncCallback *callback, void *state)
{
	static unsigned int number;
	char name[32];

	snprintf(name, sizeof name, "loop%u.many.test", number++);
	return begin(name, callback, state);
}

void
occupy_loop(struct witness *witness)
{
	witness_init(witness);
	witness->stays = true;
	begin_on_the_loop(on_completion, witness);
	await(&witness->entered);
}

void
free_loop(struct witness *witness)
{
	sem_post(&witness->leave);
	end_with_addresses(witness->handle, "198.51.100.7");
	end_with_addresses(begin_on_the_loop(NULL, NULL), "198.51.100.7");
	witness_destroy(witness);
}

/* ---- Operations ---- */

DnsAsyncResult *
begin(const char *name, DnsAsyncCallback *callback, void *state)
{
	DnsAsyncResult *begun = BeginGetHostByName(world.resolver, name, callback, state);

	require(begun != NULL, "Begin failed");
	return begun;
}

DnsWaitHandle *
copy_wait_handle(DnsAsyncResult *asyncResult)
{
	DnsWaitHandle *copy = DnsAsyncResultCopyWaitHandle(asyncResult);

	require(copy != NULL, "no wait handle");
	return copy;
}

void
end_expecting(DnsAsyncResult *asyncResult, DnsStatus status)
{
	DnsHostEntry *entry = NULL;

	require_status(EndGetHostByName(asyncResult, &entry), status);
	require((entry != NULL) == (status == DNS_STATUS_OK), "an entry, or none");
	DnsHostEntryRelease(entry);
}

static void
format_address(const struct sockaddr *address, char text[INET6_ADDRSTRLEN])
{
	const void *octets =
		&((const struct sockaddr_in *)(const void *)address)->sin_addr;

	if (address->sa_family == AF_INET6)
		octets = &((const struct sockaddr_in6 *)(const void *)address)->sin6_addr;
	require(inet_ntop(address->sa_family, octets, text, INET6_ADDRSTRLEN) != NULL,
	       "neither IPv4 nor IPv6");
}

static bool
has_address(const DnsHostEntry *entry, const char *wanted)
{
	char text[INET6_ADDRSTRLEN];
	size_t i;

	for (i = 0; i < DnsHostEntryGetAddressCount(entry); i++) {
		format_address(DnsHostEntryGetAddress(entry, i, NULL), text);
		if (strcmp(text, wanted) == 0)
			return true;
	}
	return false;
}

bool
has_addresses(const DnsHostEntry *entry, const char *addresses)
{
	char copy[256], *rest = copy, *wanted;
	size_t count = 0;

	snprintf(copy, sizeof copy, "%s", addresses);
	while ((wanted = strtok_r(rest, " ", &rest)) != NULL) {
		if (!has_address(entry, wanted))
			return false;
		count++;
	}
	return DnsHostEntryGetAddressCount(entry) == count;
}

void
end_with_addresses(DnsAsyncResult *asyncResult, const char *addresses)
{
	DnsHostEntry *entry = NULL;

	require_ok(EndGetHostByName(asyncResult, &entry));
	if (!has_addresses(entry, addresses))
		ck_abort_msg("not the addresses %s", addresses);
	DnsHostEntryRelease(entry);
}
