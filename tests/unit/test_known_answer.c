/* SPDX-License-Identifier: MIT */
/* What a resolver answers by itself, and what it asks servers for: known_answer,
 * wire_lookup. */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "clock.h"
#include "dns_server.h"
#include "hosts.h"
#include "kept.h"
#include "known_answer.h"
#include "loop_thread.h"
#include "resolver_impl.h"
#include "rooms.h"
#include "wire_lookup.h"

static struct outcome outcome;

/* ---- known_answer ---- */

/* As if it had looked at its files later than any test lasts. */
#define LATER 60000

static struct dns_server *server;
static struct resolver *resolver;
static DnsResolver *token;
static char hosts_path[64];
static bool is_in_no_hosts;

static void
look_at_configuration(void *unused)
{
	int64_t then = clock_now() + LATER;

	(void)unused;
	generation_release(configuration_get(&resolver->configuration, resolver->loop, then));
}

static void
look_at_files(void *unused)
{
	hosts_file_refresh(resolver->hosts, clock_now() + LATER);
	look_at_configuration(unused);
}

static void
set_up_resolver(void)
{
	DnsResolverOptions *options = DnsResolverOptionsCreate();
	FILE *file;

	snprintf(hosts_path, sizeof hosts_path, "/tmp/test_known_answer.%d", (int)getpid());
	file = fopen(hosts_path, "w");
	ck_assert(options != NULL && file != NULL);
	fputs("192.0.2.7 hosts.test both.test\n192.0.2.1 reverse.test\n", file);
	fclose(file);
	setenv("LOCALDOMAIN", "x.test test", 1);
	server = dns_server_start();
	dns_server_add_address(server, "both.test", "192.0.2.1", 300);
	dns_server_add_address(server, "both.test", "2001:db8::1", 300);
	DnsResolverOptionsSetServers(options, dns_server_address(server));
	DnsResolverOptionsSetHostsPath(options, hosts_path);
	DnsResolverOptionsSetResolvConfPath(options, "/dev/null");
	DnsResolverOptionsSetTimeout(options, 30000);
	token = DnsResolverCreate(options);
	DnsResolverOptionsRelease(options);
	resolver = resolver_pin(token);
	ck_assert_ptr_nonnull(resolver);
	kept.cache = resolver->cache;
	kept.now = clock_now();
}

static void
tear_down_resolver(void)
{
	outcome_clear(&outcome);
	resolver_unpin(resolver);
	DnsResolverClose(token);
	dns_server_stop(server);
	unlink(hosts_path);
}

static bool
is_known(enum operation_kind kind, const char *host, unsigned int flags)
{
	struct DnsLookupOptions options = { .family = AF_UNSPEC, .flags = flags };
	struct operation_request given = { .kind = kind, .host = host, .options = &options };
	struct request understood;

	given.type = kind == OPERATION_QUERY_RECORDS ? A : 0;
	ck_assert_int_eq(request_read(&understood, &given), 0);
	outcome_clear(&outcome);
	return known_answer_at_once(resolver, &understood, clock_microseconds(), &outcome,
				    &is_in_no_hosts);
}

static void
expect_known(enum operation_kind kind, const char *host, unsigned int flags, DnsSource source)
{
	ck_assert_msg(is_known(kind, host, flags), "%s", host);
	ck_assert_int_eq(DnsReportGetSource(outcome.report), source);
	ck_assert_int_eq(outcome.status, DNS_STATUS_OK);
}

START_TEST(some_need_no_file)
{
	expect_known(OPERATION_GET_HOST_BY_NAME, "192.0.2.1", 0, DNS_SOURCE_LITERAL);
	expect_known(OPERATION_GET_HOST_BY_NAME, "localhost", 0, DNS_SOURCE_SPECIAL);
	expect_known(OPERATION_GET_HOST_ENTRY, "127.0.0.1", 0, DNS_SOURCE_SPECIAL);
	ck_assert_int_eq(DnsReportGetResponseCode(outcome.report), -1);
	ck_assert_uint_eq(DnsReportGetStepCount(outcome.report), 0);
	ck_assert(is_known(OPERATION_QUERY_RECORDS, "localhost", 0));
	ck_assert_int_eq(outcome.status, DNS_STATUS_NO_DATA);
	ck_assert(!is_known(OPERATION_GET_HOST_BY_NAME, "hosts.test", 0));
	ck_assert(!is_known(OPERATION_GET_HOST_ENTRY, "192.0.2.1", 0));
}
END_TEST

/* Until a file has been looked at nothing that it may say is known: nor is the cache, whose
 * answers it would hide. */
START_TEST(before_the_files_nothing_is_known)
{
	keep_both("both.test");
	ck_assert(!is_known(OPERATION_GET_HOST_BY_NAME, "both.test", 0));
	ck_assert(!is_in_no_hosts);
	ck_assert(!is_known(OPERATION_GET_HOST_BY_NAME, "both.test", DNS_LOOKUP_NO_HOSTS));
	ck_assert(!is_known(OPERATION_QUERY_RECORDS, "both.test", 0));
	loop_thread_run(resolver->loop, look_at_configuration, NULL);
	ck_assert(!is_known(OPERATION_GET_HOST_BY_NAME, "both.test", 0));
	ck_assert(is_known(OPERATION_GET_HOST_BY_NAME, "both.test", DNS_LOOKUP_NO_HOSTS));
}
END_TEST

START_TEST(without_aaaa_one_family_is_all)
{
	keep_address("four.test", A, "192.0.2.1", 300, 0);
	if (_i == 1)
		setenv("RES_OPTIONS", "no-aaaa", 1);
	loop_thread_run(resolver->loop, look_at_files, NULL);
	ck_assert(is_known(OPERATION_GET_HOST_BY_NAME, "four.test", 0) == (_i == 1));
}
END_TEST

START_TEST(the_hosts_file_comes_before_the_cache)
{
	loop_thread_run(resolver->loop, look_at_files, NULL);
	ck_assert(!is_known(OPERATION_GET_HOST_BY_NAME, "nowhere.test", 0));
	ck_assert(is_in_no_hosts);
	keep_both("both.test");
	expect_known(OPERATION_GET_HOST_BY_NAME, "both.test", 0, DNS_SOURCE_HOSTS);
	expect_known(OPERATION_GET_HOST_BY_NAME, "both.test", DNS_LOOKUP_NO_HOSTS,
		     DNS_SOURCE_CACHE);
	expect_known(OPERATION_QUERY_RECORDS, "both.test", 0, DNS_SOURCE_CACHE);
	ck_assert(outcome.records != NULL && outcome.entry == NULL);
	expect_known(OPERATION_GET_HOST_ENTRY, "192.0.2.1", 0, DNS_SOURCE_HOSTS);
	ck_assert_str_eq(DnsHostEntryGetName(outcome.entry), "reverse.test");
	ck_assert(!is_known(OPERATION_GET_HOST_ENTRY, "192.0.2.1", DNS_LOOKUP_NO_HOSTS));
	keep_pointer("both.test", 30);
	expect_known(OPERATION_GET_HOST_ENTRY, "192.0.2.1", DNS_LOOKUP_NO_HOSTS,
		     DNS_SOURCE_CACHE);
	ck_assert(!is_known(OPERATION_GET_HOST_BY_NAME, "both.test",
			    DNS_LOOKUP_NO_HOSTS | DNS_LOOKUP_NO_CACHE));
	ck_assert_uint_eq(dns_server_count_questions(server, NULL, 0), 0);
}
END_TEST

START_TEST(the_search_list_is_the_configurations)
{
	loop_thread_run(resolver->loop, look_at_files, NULL);
	keep_no_name("six.x.test");
	keep_both("six.test");
	expect_known(OPERATION_GET_HOST_BY_NAME, "six", 0, DNS_SOURCE_CACHE);
	ck_assert_uint_eq(DnsReportGetStepCount(outcome.report), 2);
	ck_assert(!is_known(OPERATION_GET_HOST_BY_NAME, "six", DNS_LOOKUP_ABSOLUTE));
}
END_TEST

static void
look_into_hosts(void *name)
{
	union host_address address = hosts_read_address("192.0.2.7");
	struct DnsLookupOptions options = { .family = AF_UNSPEC };

	if (known_answer_from_hosts(resolver, name, AF_UNSPEC, name == NULL ? &address : NULL,
				    &options, clock_microseconds(), &outcome))
		ck_assert_int_eq(DnsReportGetSource(outcome.report), DNS_SOURCE_HOSTS);
}

START_TEST(on_the_loop_the_file_is_looked_at)
{
	char known[] = "hosts.test", unknown[] = "a.test";

	loop_thread_run(resolver->loop, look_into_hosts, known);
	ck_assert_ptr_nonnull(outcome.entry);
	outcome_clear(&outcome);
	loop_thread_run(resolver->loop, look_into_hosts, NULL);
	ck_assert_str_eq(DnsHostEntryGetName(outcome.entry), "hosts.test");
	outcome_clear(&outcome);
	loop_thread_run(resolver->loop, look_into_hosts, unknown);
	ck_assert(outcome.entry == NULL && outcome.report == NULL);
}
END_TEST

/* ---- wire_lookup ---- */

static struct wire_lookup lookup;
static struct wire_request wanted;
static struct DnsLookupOptions lookup_options;
static struct tally done = TALLY_INITIALIZER;
static unsigned int references;

static void
on_done(void *owner, struct outcome *result)
{
	ck_assert_ptr_eq(owner, &lookup);
	wire_lookup_done(&lookup);
	outcome = *result;
	wire_lookup_abandon(&lookup, &outcome);
	ck_assert_ptr_null(lookup.generation);
	references = resolver->configuration.current->references;
	tally_add(&done);
}

static void
start(void *unused)
{
	(void)unused;
	outcome_clear(&outcome);
	wanted.options = &lookup_options;
	wanted.is_absolute = true;
	wanted.begun = clock_microseconds();
	wanted.on_done = on_done;
	wanted.owner = &lookup;
	ck_assert(wire_lookup_start(&lookup, resolver, &wanted));
	references = resolver->configuration.current->references;
}

static void
ask(const char *name)
{
	unsigned int before = tally_get(&done);

	wanted.name = name;
	loop_thread_run(resolver->loop, start, NULL);
	tally_await(&done, before + 1);
	ck_assert_uint_eq(references, 1);
}

static unsigned int
count_questions(int type)
{
	return dns_server_count_questions(server, NULL, type);
}

START_TEST(a_host_or_records)
{
	ask("both.test");
	ck_assert_uint_eq(DnsHostEntryGetAddressCount(outcome.entry), 2);
	ck_assert_ptr_null(outcome.records);
	wanted.type = MX;
	ask("both.test");
	ck_assert_int_eq(outcome.status, DNS_STATUS_NO_DATA);
	ck_assert_ptr_null(outcome.records);
	lookup_options.flags = DNS_LOOKUP_WHOLE_RESPONSE;
	ask("both.test");
	ck_assert_ptr_nonnull(outcome.records);
	ck_assert_uint_eq(count_questions(0), 3);
	wanted.type = 0;
	wanted.is_backwards = true;
	ask(REVERSE);
	ck_assert_int_eq(outcome.status, DNS_STATUS_HOST_NOT_FOUND);
	ck_assert_uint_eq(count_questions(PTR), 1);
	ck_assert_uint_eq(count_questions(0), 4);
}
END_TEST

START_TEST(flags_of_one_lookup)
{
	wanted.type = _i == 0 ? 0 : A;
	wanted.family = AF_INET;
	ask("both.test");
	ask("both.test");
	ck_assert_uint_eq(count_questions(0), 1);
	lookup_options.flags = DNS_LOOKUP_NO_CACHE;
	ask("both.test");
	ck_assert_uint_eq(count_questions(0), 2);
	ck_assert_uint_eq(dns_server_count_tcp_questions(server, NULL), 0);
	lookup_options.flags = DNS_LOOKUP_NO_CACHE | DNS_LOOKUP_TCP_ONLY;
	ask("both.test");
	ck_assert_uint_eq(dns_server_count_tcp_questions(server, NULL), 1);
}
END_TEST

START_TEST(no_aaaa_is_for_who_wants_any)
{
	setenv("RES_OPTIONS", "no-aaaa", 1);
	ask("both.test");
	ck_assert_uint_eq(DnsHostEntryGetAddressCount(outcome.entry), 1);
	ck_assert_uint_eq(count_questions(AAAA), 0);
	wanted.family = AF_INET6;
	ask("both.test");
	ck_assert_uint_eq(DnsHostEntryGetAddressCount(outcome.entry), 1);
	ck_assert_uint_eq(count_questions(AAAA), 1);
}
END_TEST

START_TEST(the_order_of_one_lookup)
{
	lookup_options.has_order = true;
	lookup_options.order = _i == 0 ? DNS_ADDRESS_ORDER_IPV4_FIRST :
					 DNS_ADDRESS_ORDER_IPV6_FIRST;
	ask("both.test");
	ck_assert_int_eq(DnsHostEntryGetAddress(outcome.entry, 0, NULL)->sa_family,
			 _i == 0 ? AF_INET : AF_INET6);
}
END_TEST

static bool was_there;

static void
expire(void *unused)
{
	(void)unused;
	was_there = wire_lookup_expire(&lookup);
}

static void
abandon(void *unused)
{
	(void)unused;
	outcome = OUTCOME_OF(DNS_STATUS_CANCELLED);
	wire_lookup_abandon(&lookup, &outcome);
	wire_lookup_abandon(&lookup, &outcome);
	references = resolver->configuration.current->references;
}

START_TEST(expired_or_abandoned)
{
	loop_thread_run(resolver->loop, expire, NULL);
	ck_assert(!was_there);
	dns_server_hold(server, "both.test");
	wanted.name = "both.test";
	wanted.type = _i % 2 == 0 ? 0 : A;
	loop_thread_run(resolver->loop, start, NULL);
	ck_assert_uint_eq(references, 2);
	ck_assert(dns_server_wait_for_questions(server, "both.test", 0, _i % 2 == 0 ? 2 : 1));
	loop_thread_run(resolver->loop, _i < 2 ? expire : abandon, NULL);
	ck_assert_uint_eq(references, 1);
	ck_assert_uint_eq(tally_get(&done), _i < 2);
	ck_assert(was_there == (_i < 2));
	ck_assert_int_eq(outcome.status,
			 _i < 2 ? DNS_STATUS_TIMED_OUT : DNS_STATUS_CANCELLED);
	ck_assert_str_eq(DnsReportGetServer(outcome.report), dns_server_address(server));
	loop_thread_run(resolver->loop, expire, NULL);
	ck_assert(!was_there);
}
END_TEST

void
known_answer_tests(TCase *tests)
{
	tcase_add_checked_fixture(tests, set_up_resolver, tear_down_resolver);
	tcase_add_test(tests, some_need_no_file);
	tcase_add_test(tests, before_the_files_nothing_is_known);
	tcase_add_loop_test(tests, without_aaaa_one_family_is_all, 0, 2);
	tcase_add_test(tests, the_hosts_file_comes_before_the_cache);
	tcase_add_test(tests, the_search_list_is_the_configurations);
	tcase_add_test(tests, on_the_loop_the_file_is_looked_at);
	tcase_add_test(tests, a_host_or_records);
	tcase_add_loop_test(tests, flags_of_one_lookup, 0, 2);
	tcase_add_test(tests, no_aaaa_is_for_who_wants_any);
	tcase_add_loop_test(tests, the_order_of_one_lookup, 0, 2);
	tcase_add_loop_test(tests, expired_or_abandoned, 0, 4);
}

