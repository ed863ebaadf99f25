/* SPDX-License-Identifier: MIT */
/* Which of a host's addresses comes first. */
#include "contract.h"

#include <ifaddrs.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Takes the options; the policy is that of the RFC, whatever this system says. */
static void
use(DnsResolverOptions *options, const char *gai_conf)
{
	ck_assert_int_eq(DnsResolverOptionsSetGaiConfPath(options, gai_conf), DNS_STATUS_OK);
	world_close_resolver();
	world.resolver = DnsResolverCreate(options);
	ck_assert_ptr_nonnull(world.resolver);
	DnsResolverOptionsRelease(options);
}

static void
use_order(DnsAddressOrder order)
{
	DnsResolverOptions *options = world_make_options();

	ck_assert_int_eq(DnsResolverOptionsSetAddressOrder(options, order), DNS_STATUS_OK);
	use(options, "/dev/null");
}

static void
assert_first(const char *name, const char *first)
{
	const struct sockaddr *address;
	char text[INET6_ADDRSTRLEN];
	DnsHostEntry *entry;
	socklen_t length;

	ck_assert_int_eq(GetHostByName(world.resolver, name, &entry), DNS_STATUS_OK);
	address = DnsHostEntryGetAddress(entry, 0, &length);
	ck_assert_int_eq(getnameinfo(address, length, text, sizeof text, NULL, 0,
				     NI_NUMERICHOST),
			 0);
	ck_assert_str_eq(text, first);
	DnsHostEntryRelease(entry);
}

START_TEST(families_in_either_order)
{
	use_order(DNS_ADDRESS_ORDER_IPV6_FIRST);
	assert_first("a.test", "2001:db8::1");
	use_order(DNS_ADDRESS_ORDER_IPV4_FIRST);
	assert_first("a.test", "192.0.2.1");
	use_order(DNS_ADDRESS_ORDER_AS_RECEIVED);
	assert_first("a.test", "192.0.2.1");
}
END_TEST

/* Nobody may send to every host without permission. */
START_TEST(what_can_be_reached_comes_first_by_default)
{
	dns_server_add_address(world.server, "local.test", "255.255.255.255", 300);
	dns_server_add_address(world.server, "local.test", "127.0.0.1", 300);
	assert_first("local.test", "127.0.0.1");
	use_order(DNS_ADDRESS_ORDER_AS_RECEIVED);
	assert_first("local.test", "255.255.255.255");
}
END_TEST

/* Both are reached from 127.0.0.1, to which the one is nearer. */
START_TEST(gai_conf_says_what_comes_first)
{
	char path[] = "test_order.XXXXXX";
	FILE *file = fdopen(mkstemp(path), "w");

	ck_assert_ptr_nonnull(file);
	fputs("precedence ::ffff:127.1.1.1/128 100\nprecedence ::/0 1\n", file);
	ck_assert_int_eq(fclose(file), 0);
	dns_server_add_address(world.server, "local.test", "127.1.1.1", 300);
	dns_server_add_address(world.server, "local.test", "127.0.0.1", 300);
	use(world_make_options(), "/dev/null");
	assert_first("local.test", "127.0.0.1");
	use(world_make_options(), path);
	assert_first("local.test", "127.1.1.1");
	use(world_make_options(), "/nonexistent/gai.conf");
	assert_first("local.test", "127.0.0.1");
	unlink(path);
}
END_TEST

/* Those that the rules do not tell apart. */
START_TEST(equal_ones_stay_as_received)
{
	dns_server_add_address(world.server, "far.test", "255.255.255.255", 300);
	dns_server_add_address(world.server, "far.test", "fe80::2", 300);
	dns_server_add_address(world.server, "far.test", "fe80::1", 300);
	use_order(DNS_ADDRESS_ORDER_IPV6_FIRST);
	assert_first("far.test", "fe80::2");
}
END_TEST

/* The sockets that the system is asked with: two, and none once it is closed. */
START_TEST(descriptors)
{
	int before, i;

	GetHostByName(world.resolver, "b.test", NULL);
	before = count_descriptors();
	for (i = 0; i < 3; i++)
		ck_assert_int_eq(GetHostByName(world.resolver, "a.test", NULL),
				 DNS_STATUS_OK);
	ck_assert_int_le(count_descriptors(), before + 2);
}
END_TEST

static bool
system_has(int family)
{
	struct ifaddrs *interfaces, *next;
	char text[NI_MAXHOST];
	bool found = false;

	ck_assert_int_eq(getifaddrs(&interfaces), 0);
	for (next = interfaces; next != NULL; next = next->ifa_next) {
		if (next->ifa_addr == NULL || next->ifa_addr->sa_family != family)
			continue;
		getnameinfo(next->ifa_addr, sizeof(struct sockaddr_in6), text, sizeof text,
			    NULL, 0, NI_NUMERICHOST);
		if (strncmp(text, "127.", 4) != 0 && strcmp(text, "::1") != 0)
			found = true;
	}
	freeifaddrs(interfaces);
	return found;
}

/* The unit tests have networks of their own for this. */
START_TEST(only_families_of_this_system_by_flag)
{
	bool has_ipv4 = system_has(AF_INET), has_ipv6 = system_has(AF_INET6);
	DnsResolverOptions *options = world_make_options();
	DnsAsyncResult *asyncResult;

	ck_assert_int_eq(DnsResolverOptionsSetFlags(options, DNS_RESOLVER_ADDRESS_CONFIG),
			 DNS_STATUS_OK);
	ck_assert_int_eq(DnsResolverOptionsSetCacheSize(options, 100), DNS_STATUS_OK);
	use(options, "/dev/null");
	ck_assert_int_eq(GetHostByName(world.resolver, "a.test", NULL), DNS_STATUS_OK);
	ck_assert_uint_eq(dns_server_count_questions(world.server, "a.test", 1),
			  has_ipv4 || !has_ipv6);
	ck_assert_uint_eq(dns_server_count_questions(world.server, "a.test", 28),
			  has_ipv6 || !has_ipv4);
	/* What was not asked for is not missed in the cache. */
	asyncResult = begin("a.test", NULL, NULL);
	ck_assert(DnsAsyncResultCompletedSynchronously(asyncResult));
	end_expecting(asyncResult, DNS_STATUS_OK);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("order");
	TCase *tests = contract_case(suite, "order");

	tcase_add_test(tests, families_in_either_order);
	tcase_add_test(tests, what_can_be_reached_comes_first_by_default);
	tcase_add_test(tests, gai_conf_says_what_comes_first);
	tcase_add_test(tests, equal_ones_stay_as_received);
	tcase_add_test(tests, descriptors);
	tcase_add_test(tests, only_families_of_this_system_by_flag);
	return contract_run(suite);
}
