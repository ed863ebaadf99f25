/* SPDX-License-Identifier: MIT */
/* The hosts file: before the servers, both ways, and read again when it changed. */
#include "contract.h"

#include <arpa/inet.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char path[] = "/tmp/asyncdns_hosts.XXXXXX";

static void
write_hosts(const char *text)
{
	FILE *file = fopen(path, "w");

	ck_assert_ptr_nonnull(file);
	ck_assert_int_ge(fputs(text, file), 0);
	ck_assert_int_eq(fclose(file), 0);
}

/* The resolver of this world reads a hosts file of its own. */
static void
use_hosts(const char *text)
{
	DnsResolverOptions *options = world_make_options();
	int descriptor;

	memcpy(path + sizeof path - 7, "XXXXXX", 6);
	descriptor = mkstemp(path);
	ck_assert_int_ge(descriptor, 0);
	close(descriptor);
	write_hosts(text);
	ck_assert_int_eq(DnsResolverOptionsSetHostsPath(options, path), DNS_STATUS_OK);
	world_close_resolver();
	world.resolver = DnsResolverCreate(options);
	ck_assert_ptr_nonnull(world.resolver);
	DnsResolverOptionsRelease(options);
}

static void
remove_hosts(void)
{
	unlink(path);
}

static DnsStatus
get_addresses(const char *name, int family, const char *addresses)
{
	DnsHostEntry *entry;
	DnsStatus status = GetHostAddresses(world.resolver, name, family, &entry);

	if (status == DNS_STATUS_OK)
		ck_assert_msg(has_addresses(entry, addresses), "%s", name);
	DnsHostEntryRelease(entry);
	return status;
}

static void
expect_first(const char *name, DnsAddressOrder order, const char *first)
{
	DnsLookupOptions *options = DnsLookupOptionsCreate();
	const struct hostent *view;
	const struct sockaddr *address;
	char digits[INET6_ADDRSTRLEN];
	DnsAsyncResult *handle;
	DnsHostEntry *entry;
	socklen_t length;

	ck_assert_int_eq(DnsLookupOptionsSetAddressOrder(options, order), DNS_STATUS_OK);
	handle = BeginGetHostByNameWithOptions(world.resolver, name, options, NULL, NULL);
	DnsLookupOptionsRelease(options);
	ck_assert_int_eq(EndGetHostByName(handle, &entry), DNS_STATUS_OK);
	ck_assert(has_addresses(entry, "192.0.2.34 192.0.2.35 ::1"));
	address = DnsHostEntryGetAddress(entry, 0, &length);
	ck_assert_int_eq(getnameinfo(address, length, digits, sizeof digits, NULL, 0,
				     NI_NUMERICHOST),
			 0);
	ck_assert_str_eq(digits, first);
	view = DnsHostEntryGetHostent(entry, AF_INET);
	ck_assert_str_eq(inet_ntop(AF_INET, view->h_addr_list[0], digits, sizeof digits),
			 "192.0.2.34");
	ck_assert_str_eq(inet_ntop(AF_INET, view->h_addr_list[1], digits, sizeof digits),
			 "192.0.2.35");
	ck_assert_ptr_null(view->h_addr_list[2]);
	view = DnsHostEntryGetHostent(entry, AF_INET6);
	ck_assert_str_eq(inet_ntop(AF_INET6, view->h_addr_list[0], digits, sizeof digits),
			 "::1");
	ck_assert_ptr_null(view->h_addr_list[1]);
	DnsHostEntryRelease(entry);
}

/* By the loop, which reads the file, and then inside Begin. */
START_TEST(several_addresses_stand_in_the_order_that_is_asked_for)
{
	int i;

	use_hosts("192.0.2.34 several.test\n::1 several.test\n192.0.2.35 several.test\n");
	for (i = 0; i < 2; i++) {
		expect_first("several.test", DNS_ADDRESS_ORDER_IPV6_FIRST, "::1");
		expect_first("several.test", DNS_ADDRESS_ORDER_IPV4_FIRST, "192.0.2.34");
		expect_first("several.test", DNS_ADDRESS_ORDER_AS_RECEIVED, "192.0.2.34");
	}
}
END_TEST

static const char text[] = "192.0.2.31 first.test alias.first.test # comment\n"
			   "2001:db8::31 first.test\n"
			   "192.0.2.32 a.test\n";

START_TEST(names_in_the_file_are_not_asked_for)
{
	DnsHostEntry *entry;

	use_hosts(text);
	end_with_addresses(begin("first.test", NULL, NULL), "192.0.2.31 2001:db8::31");
	end_with_addresses(begin("FIRST.test.", NULL, NULL), "192.0.2.31 2001:db8::31");
	/* It is in the zone too, with other addresses. */
	end_with_addresses(begin("a.test", NULL, NULL), "192.0.2.32");
	ck_assert_int_eq(GetHostByName(world.resolver, "alias.first.test", &entry),
			 DNS_STATUS_OK);
	ck_assert_str_eq(DnsHostEntryGetName(entry), "first.test");
	ck_assert_str_eq(DnsHostEntryGetAlias(entry, 0), "alias.first.test");
	ck_assert_uint_eq(DnsHostEntryGetTimeToLive(entry), 0);
	DnsHostEntryRelease(entry);
	ck_assert_uint_eq(dns_server_count_questions(world.server, NULL, 0), 0);
	end_with_addresses(begin("b.test", NULL, NULL), "192.0.2.2");
	ck_assert_uint_eq(dns_server_count_questions(world.server, NULL, 0), 2);
}
END_TEST

/* Fault C14. */
START_TEST(families_in_the_file)
{
	use_hosts(text);
	ck_assert_int_eq(get_addresses("first.test", AF_INET6, "2001:db8::31"), DNS_STATUS_OK);
	ck_assert_int_eq(get_addresses("first.test", AF_INET, "192.0.2.31"), DNS_STATUS_OK);
	/* The zone would have one. */
	ck_assert_int_eq(get_addresses("a.test", AF_INET6, ""), DNS_STATUS_NO_DATA);
	ck_assert_uint_eq(dns_server_count_questions(world.server, NULL, 0), 0);
}
END_TEST

START_TEST(addresses_in_the_file)
{
	struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = 7 };
	DnsHostEntry *entry;

	use_hosts(text);
	inet_pton(AF_INET, "192.0.2.31", &address.sin_addr);
	ck_assert_int_eq(GetHostByAddress(world.resolver, (struct sockaddr *)&address,
					  sizeof address, &entry),
			 DNS_STATUS_OK);
	ck_assert_str_eq(DnsHostEntryGetName(entry), "first.test");
	DnsHostEntryRelease(entry);
	ck_assert_int_eq(GetHostEntry(world.resolver, "2001:db8::31", &entry), DNS_STATUS_OK);
	ck_assert_str_eq(DnsHostEntryGetName(entry), "first.test");
	DnsHostEntryRelease(entry);
	ck_assert_uint_eq(dns_server_count_questions(world.server, NULL, 0), 0);
}
END_TEST

/* In a callback, which may not wait for servers: the file has been read by then, unless
 * it is time for another look. */
struct inside {
	DnsStatus in_the_file;
	DnsStatus elsewhere;
	sem_t looked_up;
};

static void
look_up_inside(DnsAsyncResult *result)
{
	struct inside *inside = DnsAsyncResultGetState(result);

	inside->in_the_file = GetHostByName(world.resolver, "first.test", NULL);
	inside->elsewhere = GetHostByName(world.resolver, "b.test", NULL);
	sem_post(&inside->looked_up);
}

START_TEST(in_a_callback)
{
	struct inside inside;

	sem_init(&inside.looked_up, 0, 0);
	use_hosts(text);
	end_with_addresses(begin("first.test", look_up_inside, &inside),
			   "192.0.2.31 2001:db8::31");
	await(&inside.looked_up);
	ck_assert(inside.in_the_file == DNS_STATUS_OK ||
		  inside.in_the_file == DNS_STATUS_WOULD_DEADLOCK);
	ck_assert_int_eq(inside.elsewhere, DNS_STATUS_WOULD_DEADLOCK);
}
END_TEST

/* Bounded by the test's time; a look is taken every second. */
static void
await_addresses(const char *addresses)
{
	DnsHostEntry *entry;
	bool seen = false;

	while (!seen) {
		usleep(10000);
		ck_assert_int_eq(GetHostByName(world.resolver, "a.test", &entry),
				 DNS_STATUS_OK);
		seen = has_addresses(entry, addresses);
		DnsHostEntryRelease(entry);
	}
}

/* Fault C13. */
START_TEST(a_change_is_noticed)
{
	use_hosts(text);
	end_with_addresses(begin("a.test", NULL, NULL), "192.0.2.32");
	write_hosts("192.0.2.33 a.test\n");
	await_addresses("192.0.2.33");
	write_hosts("");
	await_addresses("192.0.2.1 2001:db8::1");
}
END_TEST

START_TEST(a_file_that_is_not_there_is_empty)
{
	use_hosts(text);
	remove_hosts();
	end_with_addresses(begin("a.test", NULL, NULL), "192.0.2.1 2001:db8::1");
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("hosts");
	TCase *hosts = contract_case(suite, "hosts");

	tcase_add_checked_fixture(hosts, NULL, remove_hosts);
	tcase_add_test(hosts,
		       several_addresses_stand_in_the_order_that_is_asked_for);
	tcase_add_test(hosts, names_in_the_file_are_not_asked_for);
	tcase_add_test(hosts, families_in_the_file);
	tcase_add_test(hosts, addresses_in_the_file);
	tcase_add_test(hosts, in_a_callback);
	tcase_add_test(hosts, a_change_is_noticed);
	tcase_add_test(hosts, a_file_that_is_not_there_is_empty);
	return contract_run(suite);
}
