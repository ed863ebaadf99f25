/* SPDX-License-Identifier: MIT */
/* DnsLookupOptions: each of them, for one lookup of a resolver that does otherwise. */
#include "operations.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define PORT 8080

static DnsLookupOptions *options;
static char path[] = "/tmp/asyncdns_hosts.XXXXXX";

/* This world's resolver with a cache, the suffix many.test, and a hosts file. */
static void
open_options(void)
{
	static const char text[] = "192.0.2.51 here.test\n192.0.2.52 a.test\n";
	DnsResolverOptions *used = world_make_options();
	int descriptor;

	memcpy(path + sizeof path - 7, "XXXXXX", 6);
	descriptor = mkstemp(path);
	ck_assert_int_eq(write(descriptor, text, sizeof text - 1), sizeof text - 1);
	close(descriptor);
	world_close_resolver();
	ck_assert_int_eq(DnsResolverOptionsSetHostsPath(used, path), DNS_STATUS_OK);
	ck_assert_int_eq(DnsResolverOptionsSetSearchList(used, "many.test"),
			 DNS_STATUS_OK);
	ck_assert_int_eq(DnsResolverOptionsSetCacheSize(used, 100), DNS_STATUS_OK);
	world.resolver = DnsResolverCreate(used);
	ck_assert_ptr_nonnull(world.resolver);
	DnsResolverOptionsRelease(used);
	options = DnsLookupOptionsCreate();
	ck_assert_ptr_nonnull(options);
}

static void
close_options(void)
{
	DnsLookupOptionsRelease(options);
	unlink(path);
}

/* ---- The four operations ---- */

static DnsAsyncResult *
begin_by_name(const char *host)
{
	return BeginGetHostByNameWithOptions(world.resolver, host, options, NULL, NULL);
}

static DnsAsyncResult *
begin_host_entry(const char *host)
{
	return BeginGetHostEntryWithOptions(world.resolver, host, options, NULL, NULL);
}

static DnsAsyncResult *
begin_host_addresses(const char *host)
{
	return BeginGetHostAddressesWithOptions(world.resolver, host, AF_UNSPEC, options,
						NULL, NULL);
}

static DnsAsyncResult *
begin_by_address(const char *host)
{
	struct sockaddr_storage address;
	socklen_t length = make_address(host, &address);

	return BeginGetHostByAddressWithOptions(
		world.resolver, (struct sockaddr *)&address, length, options, NULL, NULL);
}

static DnsAsyncResult *(*const begins[])(const char *host) = {
	[BY_NAME] = begin_by_name,
	[HOST_ENTRY] = begin_host_entry,
	[HOST_ADDRESSES] = begin_host_addresses,
	[BY_ADDRESS] = begin_by_address,
};

static DnsStatus
run(int operation, const char *host, DnsHostEntry **entry)
{
	DnsAsyncResult *begun = begins[operation](host);

	ck_assert_ptr_nonnull(begun);
	return operations[operation].end(begun, entry);
}

static void
expect(int operation, const char *host, const char *addresses)
{
	DnsHostEntry *entry;

	ck_assert_int_eq(run(operation, host, &entry), DNS_STATUS_OK);
	ck_assert_msg(has_addresses(entry, addresses), "%s", host);
	DnsHostEntryRelease(entry);
}

static void
set_flags(unsigned int flags)
{
	ck_assert_int_eq(DnsLookupOptionsSetFlags(options, flags), DNS_STATUS_OK);
}

static unsigned int
count(const char *name)
{
	return dns_server_count_questions(world.server, name, 0);
}

/* ---- Each option ---- */

START_TEST(none_is_what_the_resolver_does)
{
	int i;

	for (i = 0; i < 2; i++) {
		expect(BY_NAME, "x", "198.51.100.7");
		expect(HOST_ENTRY, "here.test", "192.0.2.51");
		expect(HOST_ADDRESSES, "alias.test", "192.0.2.1 2001:db8::1");
		DnsLookupOptionsRelease(options);
		options = NULL;
	}
	ck_assert_uint_eq(count(NULL), 4);
}
END_TEST

START_TEST(family)
{
	static const char *const addresses[] = {"192.0.2.1", "2001:db8::1"};
	const bool is_ipv4 = _i / 3 == 0;

	ck_assert_int_eq(DnsLookupOptionsSetFamily(options, is_ipv4 ? AF_INET : AF_INET6),
			 DNS_STATUS_OK);
	expect(_i % 3, "alias.test", addresses[!is_ipv4]);
	ck_assert_uint_eq(count("alias.test"), 1);
	ck_assert_uint_eq(dns_server_count_questions(world.server, "alias.test",
						     is_ipv4 ? TYPE_A : TYPE_AAAA),
			  1);
	ck_assert_int_eq(run(_i % 3, is_ipv4 ? "c.test" : "b.test", NULL),
			 DNS_STATUS_NO_DATA);
}
END_TEST

START_TEST(the_family_of_begin_counts_more)
{
	DnsAsyncResult *begun;
	DnsHostEntry *entry;

	ck_assert_int_eq(DnsLookupOptionsSetFamily(options, AF_INET), DNS_STATUS_OK);
	begun = BeginGetHostAddressesWithOptions(world.resolver, "alias.test", AF_INET6,
						 options, NULL, NULL);
	ck_assert_int_eq(EndGetHostAddresses(begun, &entry), DNS_STATUS_OK);
	ck_assert(has_addresses(entry, "2001:db8::1"));
	DnsHostEntryRelease(entry);
}
END_TEST

START_TEST(deadline)
{
	ck_assert_int_eq(DnsLookupOptionsSetDeadline(options, 50), DNS_STATUS_OK);
	ck_assert_int_eq(run(_i, HELD_NAME, NULL), DNS_STATUS_TIMED_OUT);
}
END_TEST

START_TEST(without_the_cache)
{
	expect(BY_NAME, "b.test", "192.0.2.2");
	expect(BY_NAME, "b.test", "192.0.2.2");
	ck_assert_uint_eq(count("b.test"), 2);
	set_flags(DNS_LOOKUP_NO_CACHE);
	expect(BY_NAME, "b.test", "192.0.2.2");
	ck_assert_uint_eq(count("b.test"), 4);
}
END_TEST

/* Both say it for one of two names only. */
START_TEST(without_the_search_list)
{
	set_flags(_i == 0 ? DNS_LOOKUP_NO_SEARCH : DNS_LOOKUP_ABSOLUTE);
	ck_assert_int_eq(run(BY_NAME, "x", NULL), DNS_STATUS_HOST_NOT_FOUND);
	ck_assert_int_eq(run(HOST_ENTRY, "x.missing", NULL), DNS_STATUS_HOST_NOT_FOUND);
	ck_assert_uint_eq(count("x"), 2);
	ck_assert_uint_eq(count("x.missing"), 2);
	ck_assert_uint_eq(count(NULL), 4);
	set_flags(0);
	expect(BY_NAME, "x", "198.51.100.7");
}
END_TEST

/* The hosts file has not been read the first time. */
START_TEST(without_servers)
{
	int i;

	set_flags(DNS_LOOKUP_LOCAL_ONLY);
	for (i = 0; i < 2; i++) {
		ck_assert_int_eq(run(BY_NAME, "alias.test", NULL),
				 DNS_STATUS_HOST_NOT_FOUND);
		ck_assert_int_eq(run(BY_ADDRESS, "192.0.2.1", NULL),
				 DNS_STATUS_HOST_NOT_FOUND);
		expect(HOST_ENTRY, "here.test", "192.0.2.51");
		expect(BY_ADDRESS, "192.0.2.52", "192.0.2.52");
	}
	ck_assert_uint_eq(count(NULL), 0);
	set_flags(0);
	expect(BY_NAME, "b.test", "192.0.2.2");
	set_flags(DNS_LOOKUP_LOCAL_ONLY);
	expect(BY_NAME, "b.test", "192.0.2.2");
	ck_assert_uint_eq(count(NULL), 2);
}
END_TEST

START_TEST(without_the_hosts_file)
{
	expect(_i, "a.test", "192.0.2.52");
	set_flags(DNS_LOOKUP_NO_HOSTS);
	expect(_i, "a.test", "192.0.2.1 2001:db8::1");
	expect(_i, "here.test", "198.51.100.7"); /* with the suffix */
}
END_TEST

/* Backwards too. */
START_TEST(without_the_names_in_the_hosts_file)
{
	set_flags(DNS_LOOKUP_NO_HOSTS);
	ck_assert_int_eq(run(BY_ADDRESS, "192.0.2.51", NULL), DNS_STATUS_HOST_NOT_FOUND);
	ck_assert_uint_eq(count("51.2.0.192.in-addr.arpa"), 1);
}
END_TEST

START_TEST(over_tcp_only)
{
	set_flags(DNS_LOOKUP_TCP_ONLY);
	expect(BY_NAME, "alias.test", "192.0.2.1 2001:db8::1");
	ck_assert_uint_eq(dns_server_count_tcp_questions(world.server, "alias.test"), 2);
	ck_assert_uint_eq(count("alias.test"), 2);
	set_flags(0);
	expect(BY_NAME, "b.test", "192.0.2.2");
	ck_assert_uint_eq(dns_server_count_tcp_questions(world.server, "b.test"), 0);
}
END_TEST

static int
family_at(const DnsHostEntry *entry, size_t index)
{
	return DnsHostEntryGetAddress(entry, index, NULL)->sa_family;
}

START_TEST(order)
{
	static const struct {
		DnsAddressOrder order;
		int first;
	} cases[] = {
		{DNS_ADDRESS_ORDER_IPV4_FIRST, AF_INET},
		{DNS_ADDRESS_ORDER_IPV6_FIRST, AF_INET6},
		{DNS_ADDRESS_ORDER_AS_RECEIVED, AF_INET},
	};
	DnsHostEntry *entry;

	ck_assert_int_eq(DnsLookupOptionsSetAddressOrder(options, cases[_i].order),
			 DNS_STATUS_OK);
	ck_assert_int_eq(run(BY_NAME, "alias.test", &entry), DNS_STATUS_OK);
	ck_assert_uint_eq(DnsHostEntryGetAddressCount(entry), 2);
	ck_assert_int_eq(family_at(entry, 0), cases[_i].first);
	DnsHostEntryRelease(entry);
}
END_TEST

static void
expect_port(const char *host, unsigned int port)
{
	const struct sockaddr *address;
	struct sockaddr_in ipv4;
	DnsHostEntry *entry;
	size_t i;

	ck_assert_int_eq(run(BY_NAME, host, &entry), DNS_STATUS_OK);
	ck_assert_uint_gt(DnsHostEntryGetAddressCount(entry), 0);
	for (i = 0; i < DnsHostEntryGetAddressCount(entry); i++) {
		address = DnsHostEntryGetAddress(entry, i, NULL);
		/* The port is at the same place in both families. */
		memcpy(&ipv4, address, sizeof ipv4);
		ck_assert_uint_eq(ntohs(ipv4.sin_port), port);
	}
	DnsHostEntryRelease(entry);
}

/* From servers and the cache, the hosts file, as a literal, and as a special name. What
 * is kept for others has none. */
START_TEST(port)
{
	static const char *const hosts[] = {"alias.test", "alias.test",	  "here.test",
					    "192.0.2.99", "2001:db8::99", "localhost"};
	const char *host = hosts[_i];

	ck_assert_int_eq(DnsLookupOptionsSetPort(options, PORT), DNS_STATUS_OK);
	if (_i == 1)
		expect_port(host, PORT);
	expect_port(host, PORT);
	ck_assert_int_eq(DnsLookupOptionsSetPort(options, 65535), DNS_STATUS_OK);
	expect_port(host, 65535);
	ck_assert_int_eq(DnsLookupOptionsSetPort(options, 0), DNS_STATUS_OK);
	expect_port(host, 0);
}
END_TEST

/* Begin has copied them. */
START_TEST(they_may_go_after_begin)
{
	DnsAsyncResult *begun;
	DnsHostEntry *entry;

	DnsLookupOptionsSetFamily(options, AF_INET);
	begun = begin_by_name(HELD_NAME);
	DnsLookupOptionsRelease(options);
	options = NULL;
	ck_assert(dns_server_wait_for_questions(world.server, HELD_NAME, TYPE_A, 1));
	world_release();
	ck_assert_int_eq(EndGetHostByName(begun, &entry), DNS_STATUS_OK);
	ck_assert(has_addresses(entry, "198.51.100.8"));
	DnsHostEntryRelease(entry);
	ck_assert_uint_eq(count(HELD_NAME), 1);
}
END_TEST

/* ---- Values ---- */

START_TEST(bad_values_are_refused)
{
	const DnsStatus bad = DNS_STATUS_INVALID_ARGUMENT;

	ck_assert_int_eq(DnsLookupOptionsSetFamily(options, AF_UNIX), bad);
	ck_assert_int_eq(DnsLookupOptionsSetFamily(options, -1), bad);
	ck_assert_int_eq(DnsLookupOptionsSetDeadline(options, 0), bad);
	ck_assert_int_eq(DnsLookupOptionsSetDeadline(options, -1), bad);
	ck_assert_int_eq(DnsLookupOptionsSetPort(options, 65536), bad);
	ck_assert_int_eq(DnsLookupOptionsSetFlags(options, 1U << 31), bad);
	ck_assert_int_eq(DnsLookupOptionsSetFlags(options, ~0U), bad);
	ck_assert_int_eq(DnsLookupOptionsSetAddressOrder(options, (DnsAddressOrder)-1),
			 bad);
	ck_assert_int_eq(DnsLookupOptionsSetAddressOrder(
				 options, DNS_ADDRESS_ORDER_AS_RECEIVED + 1),
			 bad);
	/* Nothing of that has stayed. */
	expect(BY_NAME, "alias.test", "192.0.2.1 2001:db8::1");
	expect_port("x", 0);
}
END_TEST

START_TEST(no_options_are_refused)
{
	const DnsStatus bad = DNS_STATUS_INVALID_ARGUMENT;

	ck_assert_int_eq(DnsLookupOptionsSetFamily(NULL, AF_INET), bad);
	ck_assert_int_eq(DnsLookupOptionsSetDeadline(NULL, 1), bad);
	ck_assert_int_eq(DnsLookupOptionsSetPort(NULL, 1), bad);
	ck_assert_int_eq(DnsLookupOptionsSetFlags(NULL, 0), bad);
	ck_assert_int_eq(DnsLookupOptionsSetAddressOrder(NULL, DNS_ADDRESS_ORDER_RFC6724),
			 bad);
	DnsLookupOptionsRelease(NULL);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("lookup_options");
	TCase *each = contract_case(suite, "lookup options");

	tcase_add_checked_fixture(each, open_options, close_options);
	tcase_add_test(each, none_is_what_the_resolver_does);
	tcase_add_loop_test(each, family, 0, 6);
	tcase_add_test(each, the_family_of_begin_counts_more);
	tcase_add_loop_test(each, deadline, BY_NAME, BY_ADDRESS);
	tcase_add_test(each, without_the_cache);
	tcase_add_loop_test(each, without_the_search_list, 0, 2);
	tcase_add_test(each, without_servers);
	tcase_add_loop_test(each, without_the_hosts_file, BY_NAME, BY_ADDRESS);
	tcase_add_test(each, without_the_names_in_the_hosts_file);
	tcase_add_test(each, over_tcp_only);
	tcase_add_loop_test(each, order, 0, 3);
	tcase_add_loop_test(each, port, 0, 6);
	tcase_add_test(each, they_may_go_after_begin);
	tcase_add_test(each, bad_values_are_refused);
	tcase_add_test(each, no_options_are_refused);
	return contract_run(suite);
}
