/* SPDX-License-Identifier: MIT */
/* What time does to what a resolver keeps. */
#include "unit.h"

#include <asyncdns.h>

#include "dns_server.h"
#include "rooms.h"
#include "stopped_clock.h"

#define DAY 86400
#define A 1
#define HOUR 3600

static void
pass(double seconds)
{
	stopped_clock_advance((int64_t)(seconds * 1000));
}

static struct dns_server *server;
static DnsResolver *resolver;

static void
open_resolver(unsigned int flags)
{
	DnsResolverOptions *options = DnsResolverOptionsCreate();

	DnsResolverOptionsSetServers(options, dns_server_address(server));
	DnsResolverOptionsSetTries(options, 1);
	DnsResolverOptionsSetDeadline(options, 1000000000);
	DnsResolverOptionsSetFlags(options, flags);
	resolver = DnsResolverCreate(options);
	ck_assert_ptr_nonnull(resolver);
	DnsResolverOptionsRelease(options);
}

static void
set_up(void)
{
	server = dns_server_start();
	dns_server_add_address(server, "a.test", "192.0.2.1", 300);
	dns_server_add_address(server, "day.test", "192.0.2.1", 1000000);
	dns_server_add_address(server, "never.test", "192.0.2.1", 0);
	dns_server_add_cname(server, "alias.test", "a.test", 60);
	dns_server_add_name(server, "empty.test");
	dns_server_set_rcode(server, "failing.test", 0, RCODE_SERVFAIL);
	open_resolver(0);
}

static void
tear_down(void)
{
	DnsResolverClose(resolver);
	dns_server_stop(server);
}

/* Only one family, so that what is asked can be counted. */
static DnsStatus
look_up(const char *name, DnsHostEntry **entry)
{
	return GetHostAddresses(resolver, name, AF_INET, entry);
}

static void
expect_status(const char *name, DnsStatus status)
{
	ck_assert_int_eq(look_up(name, NULL), status);
}

/* Success, from there and with that TTL. */
static void
expect_entry(const char *name, DnsSource source, uint32_t ttl)
{
	DnsHostEntry *entry;

	ck_assert_int_eq(look_up(name, &entry), DNS_STATUS_OK);
	ck_assert_uint_eq(DnsHostEntryGetAddressCount(entry), 1);
	ck_assert_int_eq(DnsReportGetSource(DnsHostEntryGetReport(entry)), source);
	ck_assert_uint_eq(DnsHostEntryGetTimeToLive(entry), ttl);
	DnsHostEntryRelease(entry);
}

static unsigned int
count_asked(const char *name)
{
	return dns_server_count_questions(server, name, A);
}

START_TEST(the_ttl_counts_down)
{
	expect_entry("a.test", DNS_SOURCE_SERVER, 300);
	expect_entry("a.test", DNS_SOURCE_CACHE, 300);
	pass(0.999);
	expect_entry("a.test", DNS_SOURCE_CACHE, 300);
	pass(0.001);
	/* On the loop's thread, for the hosts file is looked at first; then inside Begin. */
	expect_entry("a.test", DNS_SOURCE_CACHE, 299);
	expect_entry("a.test", DNS_SOURCE_CACHE, 299);
	pass(298.999);
	expect_entry("a.test", DNS_SOURCE_CACHE, 1);
	ck_assert_uint_eq(count_asked("a.test"), 1);
	pass(0.001);
	expect_entry("a.test", DNS_SOURCE_SERVER, 300);
	ck_assert_uint_eq(count_asked("a.test"), 2);
}
END_TEST

START_TEST(the_least_ttl_of_the_chain_counts)
{
	expect_entry("alias.test", DNS_SOURCE_SERVER, 60);
	pass(59.999);
	expect_entry("alias.test", DNS_SOURCE_CACHE, 1);
	pass(0.001);
	expect_entry("alias.test", DNS_SOURCE_SERVER, 60);
}
END_TEST

/* Fault A09. */
START_TEST(nothing_is_kept_for_more_than_a_day)
{
	expect_entry("day.test", DNS_SOURCE_SERVER, 1000000);
	pass(DAY - 0.001);
	expect_entry("day.test", DNS_SOURCE_CACHE, 1000000 - DAY + 1);
	pass(0.001);
	expect_entry("day.test", DNS_SOURCE_SERVER, 1000000);
}
END_TEST

/* Fault A09. */
START_TEST(a_ttl_of_0_is_not_kept)
{
	expect_entry("never.test", DNS_SOURCE_SERVER, 0);
	expect_entry("never.test", DNS_SOURCE_SERVER, 0);
	ck_assert_uint_eq(count_asked("never.test"), 2);
}
END_TEST

/* The zone says 300 s. */
START_TEST(what_is_not_there_may_come)
{
	static const struct {
		const char *name;
		DnsStatus status;
	} negative[] = {
		{ "missing.test", DNS_STATUS_HOST_NOT_FOUND },
		{ "empty.test", DNS_STATUS_NO_DATA },
	};
	const char *name = negative[_i].name;

	expect_status(name, negative[_i].status);
	dns_server_add_address(server, name, "192.0.2.9", 60);
	pass(299.999);
	expect_status(name, negative[_i].status);
	expect_status(name, negative[_i].status);
	ck_assert_uint_eq(count_asked(name), 1);
	pass(0.001);
	expect_entry(name, DNS_SOURCE_SERVER, 60);
}
END_TEST

/* Fault R02. */
START_TEST(failures_are_not_asked_for_again_at_once)
{
	static const int seconds[] = { 1, 2, 4, 8, 16, 30, 30 };
	unsigned int asked;
	size_t i;

	for (i = 0; i < sizeof seconds / sizeof *seconds; i++) {
		asked = count_asked("failing.test");
		expect_status("failing.test", DNS_STATUS_TRY_AGAIN);
		ck_assert_uint_gt(count_asked("failing.test"), asked);
		asked = count_asked("failing.test");
		expect_status("failing.test", DNS_STATUS_TRY_AGAIN);
		pass(seconds[i] - 0.001);
		expect_status("failing.test", DNS_STATUS_TRY_AGAIN);
		ck_assert_uint_eq(count_asked("failing.test"), asked);
		pass(0.001);
	}
}
END_TEST

START_TEST(an_answer_ends_the_failures)
{
	dns_server_set_rcode(server, "a.test", 0, RCODE_SERVFAIL);
	expect_status("a.test", DNS_STATUS_TRY_AGAIN);
	dns_server_set_rcode(server, "a.test", 0, RCODE_NOERROR);
	expect_status("a.test", DNS_STATUS_TRY_AGAIN);
	pass(1);
	expect_entry("a.test", DNS_SOURCE_SERVER, 300);
	expect_entry("a.test", DNS_SOURCE_CACHE, 300);
}
END_TEST

START_TEST(stale_when_the_server_fails)
{
	unsigned int asked;

	expect_entry("a.test", DNS_SOURCE_SERVER, 300);
	dns_server_set_rcode(server, "a.test", 0, RCODE_SERVFAIL);
	pass(300);
	expect_entry("a.test", DNS_SOURCE_STALE, 30);
	asked = count_asked("a.test");
	ck_assert_uint_gt(asked, 1);
	/* It is not asked again at once. */
	expect_entry("a.test", DNS_SOURCE_STALE, 30);
	ck_assert_uint_eq(count_asked("a.test"), asked);
	pass(1);
	expect_entry("a.test", DNS_SOURCE_STALE, 30);
	ck_assert_uint_gt(count_asked("a.test"), asked);
	pass(DAY - 1.001);
	expect_entry("a.test", DNS_SOURCE_STALE, 30);
	pass(30);
	expect_status("a.test", DNS_STATUS_TRY_AGAIN);
	dns_server_set_rcode(server, "a.test", 0, RCODE_NOERROR);
	pass(30);
	expect_entry("a.test", DNS_SOURCE_SERVER, 300);
}
END_TEST

START_TEST(stale_when_the_server_is_gone)
{
	expect_entry("a.test", DNS_SOURCE_SERVER, 300);
	dns_server_stop(server);
	server = NULL;
	pass(300);
	expect_entry("a.test", DNS_SOURCE_STALE, 30);
}
END_TEST

START_TEST(a_flush_takes_the_stale_ones_too)
{
	expect_entry("a.test", DNS_SOURCE_SERVER, 300);
	dns_server_set_rcode(server, "a.test", 0, RCODE_SERVFAIL);
	pass(300);
	expect_entry("a.test", DNS_SOURCE_STALE, 30);
	DnsResolverFlushCache(resolver);
	expect_status("a.test", DNS_STATUS_TRY_AGAIN);
}
END_TEST

START_TEST(an_option_forbids_stale_answers)
{
	DnsResolverClose(resolver);
	open_resolver(DNS_RESOLVER_NO_STALE);
	expect_entry("a.test", DNS_SOURCE_SERVER, 300);
	dns_server_set_rcode(server, "a.test", 0, RCODE_SERVFAIL);
	pass(299.999);
	expect_entry("a.test", DNS_SOURCE_CACHE, 1);
	pass(0.001);
	expect_status("a.test", DNS_STATUS_TRY_AGAIN);
}
END_TEST

START_TEST(that_there_is_nothing_is_never_stale)
{
	expect_status("missing.test", DNS_STATUS_HOST_NOT_FOUND);
	dns_server_set_rcode(server, "missing.test", 0, RCODE_SERVFAIL);
	pass(300);
	expect_status("missing.test", DNS_STATUS_TRY_AGAIN);
}
END_TEST

void
cache_time_tests(TCase *tests)
{
	tcase_add_checked_fixture(tests, set_up, tear_down);
	tcase_add_test(tests, the_ttl_counts_down);
	tcase_add_test(tests, the_least_ttl_of_the_chain_counts);
	tcase_add_test(tests, nothing_is_kept_for_more_than_a_day);
	tcase_add_test(tests, a_ttl_of_0_is_not_kept);
	tcase_add_loop_test(tests, what_is_not_there_may_come, 0, 2);
	tcase_add_test(tests, failures_are_not_asked_for_again_at_once);
	tcase_add_test(tests, an_answer_ends_the_failures);
	tcase_add_test(tests, stale_when_the_server_fails);
	tcase_add_test(tests, stale_when_the_server_is_gone);
	tcase_add_test(tests, a_flush_takes_the_stale_ones_too);
	tcase_add_test(tests, an_option_forbids_stale_answers);
	tcase_add_test(tests, that_there_is_nothing_is_never_stale);
}
