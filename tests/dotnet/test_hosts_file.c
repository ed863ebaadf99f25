/* SPDX-License-Identifier: MIT */
/* dotnet/runtime, System.Net.NameResolution, FunctionalTests/HostOverridesTest.cs, a
 * proposal: a hosts file of the program's own. Here an option of the resolver names it. */
#include "machine.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "suites.h"

static const char hosts[] =
	"# a hosts file\n"
	"#\n"
	"192.0.2.97   rhino.test  # something\n"
	"  192.0.2.10  x.rhino.test  # something else\n"
	"::1   example\n"
	"\n"
	"nonparsableip\n"
	".....\n"
	"1.2..3 test\n"
	"\n"
	"::1  invalid$$$host$@\n"
	"192.0.2.11 firstnameonline    secondnameonline   thirdnameonline secondnameonline\n"
	"\n"
	"192.0.2.12  example2\n"
	"2001:db8::2  example2\n"
	"::1  localhost\n"
	"::1  anothermappedto1\n";

static void
expect_addresses(const char *host, const char *canonical, const char *addresses)
{
	expect_entry(BY_NAME, host, canonical, addresses);
	expect_entry(HOST_ENTRY, host, canonical, addresses);
	expect_entry(HOST_ADDRESSES, host, canonical, addresses);
}

static void
expect_family(const char *host, int family, const char *addresses)
{
	DnsHostEntry *entry;

	ck_assert_int_eq(GetHostAddresses(world.resolver, host, family, &entry),
			 DNS_STATUS_OK);
	ck_assert(has_addresses(entry, addresses));
	DnsHostEntryRelease(entry);
}

/* The first name of a line is the canonical one, the others are aliases. */
static void
expect_names_of_line(const char *host)
{
	DnsHostEntry *entry = get(HOST_ENTRY, host);

	ck_assert_str_eq(DnsHostEntryGetName(entry), "firstnameonline");
	ck_assert_uint_eq(DnsHostEntryGetAliasCount(entry), 2);
	ck_assert_str_eq(DnsHostEntryGetAlias(entry, 0), "secondnameonline");
	ck_assert_str_eq(DnsHostEntryGetAlias(entry, 1), "thirdnameonline");
	ck_assert(has_addresses(entry, "192.0.2.11"));
	DnsHostEntryRelease(entry);
}

/* localhost is both loopback addresses whatever the file says, and they are localhost. */
START_TEST(AllHookedEntrypoints_LookupsFindExpectedData)
{
	machine_use_hosts(machine_write_hosts(hosts, strlen(hosts)));
	expect_addresses("rhino.test", "rhino.test", "192.0.2.97");
	expect_addresses("x.rhino.test", "x.rhino.test", "192.0.2.10");
	expect_addresses("example", "example", "::1");
	expect_addresses("example2", "example2", "192.0.2.12 2001:db8::2");
	expect_addresses("anothermappedto1", "anothermappedto1", "::1");
	expect_addresses("localhost", "localhost", "127.0.0.1 ::1");
	expect_addresses("secondnameonline", "firstnameonline", "192.0.2.11");
	expect_addresses("thirdnameonline", "firstnameonline", "192.0.2.11");
	expect_names_of_line("firstnameonline");
	expect_names_of_line("thirdnameonline");
	expect_names_of_line("192.0.2.11");

	expect_family("rhino.test", AF_INET, "192.0.2.97");
	expect_family("example", AF_INET6, "::1");
	expect_family("example2", AF_INET, "192.0.2.12");
	expect_family("example2", AF_UNSPEC, "192.0.2.12 2001:db8::2");
	expect_family("example2", AF_INET6, "2001:db8::2");
	expect_family("localhost", AF_INET6, "::1");
	expect_family("anothermappedto1", AF_INET6, "::1");

	expect_entry(HOST_ENTRY, "192.0.2.97", "rhino.test", "192.0.2.97");
	expect_entry(BY_ADDRESS, "192.0.2.97", "rhino.test", "192.0.2.97");
	expect_entry(BY_ADDRESS, "::1", "localhost", "127.0.0.1 ::1");
	ck_assert_uint_eq(dns_server_count_questions(world.server, NULL, 0), 0);
}
END_TEST

/* What is not in the file is as without it. */
static void
expect_not_impacted(void)
{
	assert_same(get(HOST_ADDRESSES, "localhost"),
		    begin_and_end(HOST_ADDRESSES, "localhost"));
	assert_same(get(HOST_ADDRESSES, "127.0.0.1"),
		    begin_and_end(HOST_ADDRESSES, "127.0.0.1"));
	expect_entry(HOST_ADDRESSES, "a.test", "a.test", "192.0.2.1 2001:db8::1");
	expect_entry(BY_ADDRESS, "192.0.2.1", "a.test", "192.0.2.1 2001:db8::1");
	expect_status(HOST_ADDRESSES, own_name, DNS_STATUS_HOST_NOT_FOUND);
}

START_TEST(MissingHostsFile_DnsNotImpacted)
{
	const char *path = machine_write_hosts("", 0);

	unlink(path);
	machine_use_hosts(path);
	expect_not_impacted();
}
END_TEST

START_TEST(EmptyHostsFile_DnsNotImpacted)
{
	machine_use_hosts(machine_write_hosts("", 0));
	expect_not_impacted();
}
END_TEST

START_TEST(CorruptedHostsFile_DnsNotImpacted)
{
	static const char octets[] = {0, 1, 2, 3, 4, 5, 6, 7};

	machine_use_hosts(machine_write_hosts(octets, sizeof octets));
	expect_not_impacted();
}
END_TEST

Suite *
hosts_file_suite(void)
{
	Suite *suite = suite_create("HostOverridesTest");
	TCase *all = machine_case(suite, "hosts file");

	tcase_add_test(all, AllHookedEntrypoints_LookupsFindExpectedData);
	tcase_add_test(all, MissingHostsFile_DnsNotImpacted);
	tcase_add_test(all, EmptyHostsFile_DnsNotImpacted);
	tcase_add_test(all, CorruptedHostsFile_DnsNotImpacted);
	return suite;
}
