/* SPDX-License-Identifier: MIT */
#include <config.h>

#include <arpa/inet.h>
#include <check.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../support/require.h"
#include "expectations.h"
#include "lookup_cases.h"
#include "loopback.h"
#include "real_server.h"
#include "zone.h"

enum {
	LONG = 60000,	/* milliseconds that nothing here takes */
	SHORT = 500
};

/* Started before the tests, which Check forks from here. */
static struct real_server *server;

static DnsResolver *
resolver_open(const char *servers, int timeout, int deadline)
{
	DnsResolverOptions *options = DnsResolverOptionsCreate();
	DnsResolver *resolver;

	ck_assert_int_eq(DnsResolverOptionsSetServers(options, servers), DNS_STATUS_OK);
	ck_assert_int_eq(DnsResolverOptionsSetResolvConfPath(options, "/dev/null"),
			 DNS_STATUS_OK);
	ck_assert_int_eq(DnsResolverOptionsSetTimeout(options, timeout), DNS_STATUS_OK);
	ck_assert_int_eq(DnsResolverOptionsSetDeadline(options, deadline), DNS_STATUS_OK);
	resolver = DnsResolverCreate(options);
	ck_assert_ptr_nonnull(resolver);
	DnsResolverOptionsRelease(options);
	return resolver;
}

static DnsAsyncResult *
begin(DnsResolver *resolver, const char *name)
{
	DnsAsyncResult *ar = BeginGetHostByName(resolver, name, NULL, NULL);

	require(ar != NULL, "Begin failed");
	return ar;
}

static DnsAsyncResult *
begin_burst(DnsResolver *resolver, unsigned int index)
{
	char name[ZONE_NAME_SIZE];

	zone_set_get_owner(&zone_burst, index, name);
	return begin(resolver, name);
}

/* Ends a lookup of the burst; if it succeeded, then with what belongs to its name. */
static DnsStatus
end_burst(DnsAsyncResult *ar, unsigned int index)
{
	char name[ZONE_NAME_SIZE], address[INET6_ADDRSTRLEN];
	struct expectation expected = { ON_ALL, name, DNS_STATUS_OK, 3600,
					name, { NULL }, { address } };
	DnsHostEntry *entry;
	DnsStatus status = EndGetHostByName(ar, &entry);

	zone_set_get_owner(&zone_burst, index, name);
	zone_set_get_address(&zone_burst, index, address);
	if (status == DNS_STATUS_OK)
		expectation_check(&expected, server->kind, status, entry);
	DnsHostEntryRelease(entry);
	return status;
}

/* Looks up names of the burst, one after the other, until one does not succeed: a signal
 * takes a moment to be felt. */
static DnsStatus
lookup_until_failure(DnsResolver *resolver)
{
	DnsStatus status = DNS_STATUS_OK;
	unsigned int i;

	for (i = 0; i < zone_burst.count && status == DNS_STATUS_OK; i++)
		status = end_burst(begin_burst(resolver, i), i);
	return status;
}

/* With all the time that it needs, whatever the resolver's deadline. */
static DnsStatus
lookup_patiently(DnsResolver *resolver, unsigned int index)
{
	DnsAsyncResult *ar = begin_burst(resolver, index);

	DnsAsyncResultSetDeadline(ar, LONG);
	return end_burst(ar, index);
}

START_TEST(get_host_by_name)
{
	DnsResolver *resolver = resolver_open(server->address, 2000, LONG);
	DnsHostEntry *entry;
	DnsStatus status;

	status = GetHostByName(resolver, expectations[_i].name, &entry);
	expectation_check(&expectations[_i], server->kind, status, entry);
	DnsHostEntryRelease(entry);
	DnsResolverClose(resolver);
}
END_TEST

static socklen_t
read_address(const char *text, struct sockaddr_storage *address)
{
	struct sockaddr_in6 ipv6 = { .sin6_family = AF_INET6 };
	struct sockaddr_in ipv4 = { .sin_family = AF_INET };

	if (inet_pton(AF_INET, text, &ipv4.sin_addr) == 1) {
		memcpy(address, &ipv4, sizeof(ipv4));
		return sizeof(ipv4);
	}
	ck_assert_int_eq(inet_pton(AF_INET6, text, &ipv6.sin6_addr), 1);
	memcpy(address, &ipv6, sizeof(ipv6));
	return sizeof(ipv6);
}

/* As text, and as a socket address. */
START_TEST(get_host_of_address)
{
	const struct expectation *expected = &backward_expectations[_i];
	DnsResolver *resolver = resolver_open(server->address, 2000, LONG);
	struct sockaddr_storage address;
	DnsHostEntry *entry;
	DnsStatus status;
	socklen_t length;

	status = GetHostEntry(resolver, expected->name, &entry);
	expectation_check(expected, server->kind, status, entry);
	DnsHostEntryRelease(entry);
	length = read_address(expected->name, &address);
	status = GetHostByAddress(resolver, (struct sockaddr *)&address, length, &entry);
	expectation_check(expected, server->kind, status, entry);
	DnsHostEntryRelease(entry);
	DnsResolverClose(resolver);
}
END_TEST

static void
check_family(DnsResolver *resolver, const char *name, int family, DnsStatus status,
	     const char *address)
{
	const struct expectation expected = { ON_ALL, name, status, 7200,
					      name, { NULL }, { address } };
	DnsHostEntry *entry;
	DnsStatus found = GetHostAddresses(resolver, name, family, &entry);

	ck_assert_int_eq(found, status);
	if (found == DNS_STATUS_OK)
		expectation_check_addresses(&expected, entry);
	DnsHostEntryRelease(entry);
}

START_TEST(get_host_addresses)
{
	DnsResolver *resolver = resolver_open(server->address, 2000, LONG);

	check_family(resolver, "both.demo.test", AF_INET, DNS_STATUS_OK, "192.0.2.2");
	check_family(resolver, "both.demo.test", AF_INET6, DNS_STATUS_OK, "2001:db8::2");
	check_family(resolver, "v4.demo.test", AF_INET6, DNS_STATUS_NO_DATA, NULL);
	check_family(resolver, "v6.demo.test", AF_INET6, DNS_STATUS_OK, "2001:db8::1");
	check_family(resolver, "missing.demo.test", AF_INET, DNS_STATUS_HOST_NOT_FOUND,
		     NULL);
	DnsResolverClose(resolver);
}
END_TEST

/* All names at once, ended in the opposite order. */
START_TEST(begin_all_end_all)
{
	DnsResolver *resolver = resolver_open(server->address, 2000, LONG);
	DnsAsyncResult *results[64];
	DnsHostEntry *entry;
	DnsStatus status;
	size_t i;

	ck_assert_uint_le(expectation_count, 64);
	for (i = 0; i < expectation_count; i++)
		results[i] = begin(resolver, expectations[i].name);
	while (i-- > 0) {
		status = EndGetHostByName(results[i], &entry);
		if (expectations[i].on & server->kind->bit)
			expectation_check(&expectations[i], server->kind, status, entry);
		DnsHostEntryRelease(entry);
	}
	DnsResolverClose(resolver);
}
END_TEST

/* Both answers are truncated over UDP and have to be fetched over TCP. */
START_TEST(many_addresses)
{
	DnsResolver *resolver = resolver_open(server->address, 2000, LONG);
	DnsHostEntry *entry;

	ck_assert_int_eq(GetHostByName(resolver, zone_many_ipv4.owner, &entry),
			 DNS_STATUS_OK);
	expectation_check_sets(&zone_many_ipv4, &zone_many_ipv6, entry);
	DnsHostEntryRelease(entry);
	DnsResolverClose(resolver);
}
END_TEST

START_TEST(huge_answer)
{
	DnsResolver *resolver = resolver_open(server->address, 2000, LONG);
	DnsHostEntry *entry;

	ck_assert_int_eq(GetHostByName(resolver, zone_huge.owner, &entry), DNS_STATUS_OK);
	expectation_check_sets(&zone_huge, NULL, entry);
	DnsHostEntryRelease(entry);
	DnsResolverClose(resolver);
}
END_TEST

START_TEST(burst)
{
	DnsResolver *resolver = resolver_open(server->address, 2000, LONG);
	DnsAsyncResult **results = calloc(zone_burst.count, sizeof(DnsAsyncResult *));
	unsigned int i;

	ck_assert_ptr_nonnull(results);
	for (i = 0; i < zone_burst.count; i++)
		results[i] = begin_burst(resolver, i);
	for (i = 0; i < zone_burst.count; i++)
		require(end_burst(results[i], i) == DNS_STATUS_OK, "not found");
	free(results);
	DnsResolverClose(resolver);
}
END_TEST

/* Once the first server refuses datagrams, once it keeps silent. */
START_TEST(first_server_is_dead)
{
	uint16_t port;
	int fd = loopback_bind_dead(_i == 0, &port);
	char servers[64];
	DnsResolver *resolver;

	ck_assert_int_ge(fd, 0);
	snprintf(servers, sizeof(servers), "127.0.0.1:%u,%s", port, server->address);
	resolver = resolver_open(servers, 100, LONG);
	ck_assert_int_eq(end_burst(begin_burst(resolver, 0), 0), DNS_STATUS_OK);
	ck_assert_int_eq(end_burst(begin_burst(resolver, 1), 1), DNS_STATUS_OK);
	DnsResolverClose(resolver);
	close(fd);
}
END_TEST

/* The tries are over long before the deadline. Fault R11. */
START_TEST(server_is_killed)
{
	struct real_server *victim = real_server_start(server->kind);
	DnsResolver *resolver = resolver_open(victim->address, 100, LONG);
	DnsAsyncResult *results[200];
	DnsStatus status;
	unsigned int i;

	for (i = 0; i < 200; i++)
		results[i] = begin_burst(resolver, i);
	real_server_signal(victim, SIGKILL);
	for (i = 0; i < 200; i++) {
		status = end_burst(results[i], i);
		ck_assert(status == DNS_STATUS_OK || status == DNS_STATUS_TRY_AGAIN);
	}
	ck_assert_int_eq(lookup_until_failure(resolver), DNS_STATUS_TRY_AGAIN);
	DnsResolverClose(resolver);
	real_server_stop(victim);
}
END_TEST

/* The deadline is over before the first try. Then the server comes back: its late
 * answers harm nobody, and new ones are heard. Fault R11. */
START_TEST(server_is_frozen)
{
	struct real_server *victim = real_server_start(server->kind);
	DnsResolver *resolver = resolver_open(victim->address, 2000, SHORT);
	unsigned int i;

	real_server_signal(victim, SIGSTOP);
	ck_assert_int_eq(lookup_until_failure(resolver), DNS_STATUS_TIMED_OUT);
	real_server_signal(victim, SIGCONT);
	for (i = 0; i < 10; i++)
		ck_assert_int_eq(lookup_patiently(resolver, i), DNS_STATUS_OK);
	DnsResolverClose(resolver);
	real_server_stop(victim);
}
END_TEST

/* What a recursive server has in its cache outlives the server behind it. For the rest it
 * reports a failure, or is still trying at our deadline. */
START_TEST(upstream_is_killed)
{
	struct real_server *victim = real_server_start(server->kind);
	DnsResolver *resolver = resolver_open(victim->address, 2000, SHORT);
	DnsStatus status;

	ck_assert_int_eq(lookup_patiently(resolver, 0), DNS_STATUS_OK);
	real_server_signal(victim->upstream, SIGKILL);
	status = lookup_until_failure(resolver);
	ck_assert(status == DNS_STATUS_TRY_AGAIN || status == DNS_STATUS_TIMED_OUT);
	ck_assert_int_eq(lookup_patiently(resolver, 0), DNS_STATUS_OK);
	DnsResolverClose(resolver);
	real_server_stop(victim);
}
END_TEST

static Suite *
lookup_cases_suite(const struct server_kind *kind)
{
	Suite *suite = suite_create(kind->program);
	TCase *lookups = tcase_create("lookups");
	TCase *faults = tcase_create("faults");
	int i;

	tcase_set_timeout(lookups, LONG / 1000);
	for (i = 0; i < (int)expectation_count; i++)
		if (expectations[i].on & kind->bit)
			tcase_add_loop_test(lookups, get_host_by_name, i, i + 1);
	for (i = 0; i < (int)backward_expectation_count; i++)
		if (backward_expectations[i].on & kind->bit)
			tcase_add_loop_test(lookups, get_host_of_address, i, i + 1);
	tcase_add_test(lookups, get_host_addresses);
	tcase_add_test(lookups, begin_all_end_all);
	tcase_add_test(lookups, many_addresses);
	tcase_add_test(lookups, huge_answer);
	tcase_add_test(lookups, burst);
	suite_add_tcase(suite, lookups);

	tcase_set_timeout(faults, LONG / 1000);
	tcase_add_loop_test(faults, first_server_is_dead, 0, 2);
	tcase_add_test(faults, server_is_killed);
	tcase_add_test(faults, server_is_frozen);
	if (kind->upstream != NULL)
		tcase_add_test(faults, upstream_is_killed);
	suite_add_tcase(suite, faults);
	return suite;
}

int
lookup_cases_run(const struct server_kind *kind)
{
	const char *obstacle = real_server_find_obstacle(kind);
	const char *required = getenv("REQUIRE_SERVERS");
	SRunner *runner;

	if (obstacle != NULL && required != NULL && strcmp(required, "1") == 0) {
		printf("Bail out! %s\n", obstacle);
		return 1;
	}
	if (obstacle != NULL) {
		printf("1..0 # SKIP %s\n", obstacle);
		return 0;
	}
	server = real_server_start(kind);
	runner = srunner_create(lookup_cases_suite(kind));
	srunner_set_tap(runner, "-");
	srunner_run_all(runner, CK_SILENT);
	srunner_free(runner);
	real_server_stop(server);
	return 0;
}
