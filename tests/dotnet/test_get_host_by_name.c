/* SPDX-License-Identifier: MIT */
/* dotnet/runtime, System.Net.NameResolution, FunctionalTests/GetHostByNameTest.cs. */
#include "machine.h"

#include <errno.h>

#include "suites.h"

START_TEST(DnsObsoleteBeginGetHostByName_BadName_Throws)
{
	DnsHostEntry *entry;
	DnsAsyncResult *handle;

	handle = BeginGetHostByName(world.resolver, "BadName", NULL, NULL);
	ck_assert_ptr_nonnull(handle);
	ck_assert_int_eq(EndGetHostByName(handle, &entry), DNS_STATUS_HOST_NOT_FOUND);
	ck_assert_ptr_null(entry);
}
END_TEST

static void
assert_only(DnsHostEntry *entry, const char *address)
{
	ck_assert_str_eq(DnsHostEntryGetName(entry), address);
	ck_assert(has_addresses(entry, address));
	DnsHostEntryRelease(entry);
}

START_TEST(DnsObsoleteBeginGetHostByName_IPv4String_ReturnsOnlyGivenIP)
{
	assert_only(begin_and_end(BY_NAME, "127.0.0.1"), "127.0.0.1");
}
END_TEST

START_TEST(DnsObsoleteBeginGetHostByName_MachineNameWithIPv4_MatchesGetHostByName)
{
	static const char *const names[] = {"localhost", own_name, "a.test"};

	assert_same(begin_and_end(BY_NAME, names[_i]), get(BY_NAME, names[_i]));
}
END_TEST

START_TEST(DnsObsoleteBeginEndGetHostByName_EmptyString_ReturnsHostName)
{
	assert_named(begin_and_end(BY_NAME, ""), own_name);
}
END_TEST

START_TEST(DnsObsoleteGetHostByName_HostAlmostTooLong254Chars_Throws)
{
	expect_status(BY_NAME, make_long_name(254, false), DNS_STATUS_HOST_NOT_FOUND);
}
END_TEST

START_TEST(DnsObsoleteGetHostByName_HostAlmostTooLong254CharsAndDot_Throws)
{
	expect_status(BY_NAME, make_long_name(255, true), DNS_STATUS_HOST_NOT_FOUND);
}
END_TEST

START_TEST(DnsObsoleteGetHostByName_HostTooLong255Chars_Throws)
{
	expect_refused(BY_NAME, make_long_name(255, false), ENAMETOOLONG);
}
END_TEST

START_TEST(DnsObsoleteGetHostByName_LocalHost_ReturnsLoopback)
{
	DnsHostEntry *entry = get(BY_NAME, "localhost");

	ck_assert(has_addresses(entry, "127.0.0.1 ::1"));
	assert_loopback(entry);
}
END_TEST

START_TEST(DnsObsoleteGetHostByName_BadName_Throws)
{
	expect_status(BY_NAME, "BadName", DNS_STATUS_HOST_NOT_FOUND);
}
END_TEST

START_TEST(DnsObsoleteGetHostByName_IPv4String_ReturnsOnlyGivenIP)
{
	assert_only(get(BY_NAME, "127.0.0.1"), "127.0.0.1");
}
END_TEST

START_TEST(DnsObsoleteGetHostByName_IPv6String_ReturnsOnlyGivenIP)
{
	assert_only(get(BY_NAME, "::1"), "::1");
}
END_TEST

START_TEST(DnsObsoleteGetHostByName_EmptyString_ReturnsHostName)
{
	assert_named(get(BY_NAME, ""), own_name);
}
END_TEST

Suite *
get_host_by_name_suite(void)
{
	Suite *suite = suite_create("GetHostByNameTest");
	TCase *all = machine_case(suite, "GetHostByName");

	tcase_add_test(all, DnsObsoleteBeginGetHostByName_BadName_Throws);
	tcase_add_test(all, DnsObsoleteBeginGetHostByName_IPv4String_ReturnsOnlyGivenIP);
	tcase_add_loop_test(
		all,
		DnsObsoleteBeginGetHostByName_MachineNameWithIPv4_MatchesGetHostByName, 0,
		3);
	tcase_add_test(all, DnsObsoleteBeginEndGetHostByName_EmptyString_ReturnsHostName);
	tcase_add_test(all, DnsObsoleteGetHostByName_HostAlmostTooLong254Chars_Throws);
	tcase_add_test(all,
		       DnsObsoleteGetHostByName_HostAlmostTooLong254CharsAndDot_Throws);
	tcase_add_test(all, DnsObsoleteGetHostByName_HostTooLong255Chars_Throws);
	tcase_add_test(all, DnsObsoleteGetHostByName_LocalHost_ReturnsLoopback);
	tcase_add_test(all, DnsObsoleteGetHostByName_BadName_Throws);
	tcase_add_test(all, DnsObsoleteGetHostByName_IPv4String_ReturnsOnlyGivenIP);
	tcase_add_test(all, DnsObsoleteGetHostByName_IPv6String_ReturnsOnlyGivenIP);
	tcase_add_test(all, DnsObsoleteGetHostByName_EmptyString_ReturnsHostName);
	return suite;
}
