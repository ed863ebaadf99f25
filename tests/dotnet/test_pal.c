/* SPDX-License-Identifier: MIT */
/* dotnet/runtime, System.Net.NameResolution, PalTests/NameResolutionPalTests.cs: what is
 * below Dns there. GetAddrInfo is GetHostByName or, for just addresses, GetHostAddresses,
 * GetNameInfo is GetHostByAddress. */
#include "machine.h"

#include <string.h>

#include "suites.h"

/* Of a test that runs for the name, and again for just addresses. */
static const int forwards[] = {BY_NAME, HOST_ADDRESSES};

static void
assert_found(DnsHostEntry *entry)
{
	ck_assert_uint_gt(strlen(DnsHostEntryGetName(entry)), 0);
	ck_assert_uint_gt(DnsHostEntryGetAddressCount(entry), 0);
	DnsHostEntryRelease(entry);
}

/* ---- GetAddrInfo ---- */

START_TEST(TryGetAddrInfo_LocalHost)
{
	assert_found(get(forwards[_i], "localhost"));
}
END_TEST

START_TEST(TryGetAddrInfo_EmptyHost)
{
	assert_found(get(forwards[_i], ""));
}
END_TEST

START_TEST(TryGetAddrInfo_HostName)
{
	DnsHostEntry *entry = get(forwards[_i], own_name);

	ck_assert(has_addresses(entry, OWN_ADDRESS));
	assert_found(entry);
}
END_TEST

START_TEST(TryGetAddrInfo_ExternalHost)
{
	assert_found(get(forwards[_i], "a.test"));
}
END_TEST

START_TEST(TryGetAddrInfo_UnknownHost)
{
	ck_assert_int_eq(operations[forwards[_i]].run("test.123", NULL),
			 DNS_STATUS_HOST_NOT_FOUND);
	ck_assert_int_eq(operations[forwards[_i]].run("missing.test", NULL),
			 DNS_STATUS_HOST_NOT_FOUND);
}
END_TEST

START_TEST(GetAddrInfoAsync_LocalHost)
{
	assert_found(begin_and_end(forwards[_i], "localhost"));
}
END_TEST

START_TEST(GetAddrInfoAsync_EmptyHost)
{
	assert_found(begin_and_end(forwards[_i], ""));
}
END_TEST

START_TEST(GetAddrInfoAsync_HostName)
{
	assert_found(begin_and_end(forwards[_i], own_name));
}
END_TEST

START_TEST(GetAddrInfoAsync_ExternalHost)
{
	assert_found(begin_and_end(forwards[_i], "a.test"));
}
END_TEST

START_TEST(GetAddrInfoAsync_UnknownHost)
{
	expect_status(forwards[_i], "test.123", DNS_STATUS_HOST_NOT_FOUND);
	expect_status(forwards[_i], "missing.test", DNS_STATUS_HOST_NOT_FOUND);
}
END_TEST

/* ---- GetNameInfo ---- */

START_TEST(TryGetNameInfo_LocalHost_IPv4)
{
	assert_found(get(BY_ADDRESS, "127.0.0.1"));
}
END_TEST

START_TEST(TryGetNameInfo_LocalHost_IPv6)
{
	assert_found(get(BY_ADDRESS, "::1"));
}
END_TEST

/* ---- There and back ---- */

/* From a name to its first address to the name of that. */
static void
go_there_and_back(const char *host)
{
	DnsHostEntry *there = get(BY_NAME, host), *back;
	const struct sockaddr *address;
	socklen_t length;

	address = DnsHostEntryGetAddress(there, 0, &length);
	ck_assert_int_eq(GetHostByAddress(world.resolver, address, length, &back),
			 DNS_STATUS_OK);
	ck_assert_str_eq(DnsHostEntryGetName(back), DnsHostEntryGetName(there));
	DnsHostEntryRelease(there);
	assert_found(back);
}

START_TEST(TryGetAddrInfo_LocalHost_TryGetNameInfo)
{
	go_there_and_back("localhost");
}
END_TEST

START_TEST(TryGetAddrInfo_HostName_TryGetNameInfo)
{
	go_there_and_back(own_name);
	go_there_and_back("c.test");
}
END_TEST

/* From an address to its name to the addresses of that. */
static void
go_back_and_there(const char *address, int operation)
{
	DnsHostEntry *back = get(BY_ADDRESS, address), *there;

	there = get(operation, DnsHostEntryGetName(back));
	DnsHostEntryRelease(back);
	assert_loopback(there);
}

START_TEST(TryGetNameInfo_LocalHost_IPv4_TryGetAddrInfo)
{
	go_back_and_there("127.0.0.1", forwards[_i]);
}
END_TEST

START_TEST(TryGetNameInfo_LocalHost_IPv6_TryGetAddrInfo)
{
	go_back_and_there("::1", forwards[_i]);
}
END_TEST

/* The text of an error is one of ours, not of another that has the same number. */
START_TEST(Exception_HostNotFound_Success)
{
	const char *text = DnsStatusGetText(DNS_STATUS_HOST_NOT_FOUND);

	ck_assert_ptr_null(strstr(text, "evice"));
	ck_assert_str_ne(text, strerror(DNS_STATUS_HOST_NOT_FOUND));
	ck_assert_str_ne(text, DnsStatusGetText(DNS_STATUS_NO_DATA));
}
END_TEST

static void
add_forwards(TCase *all)
{
	tcase_add_loop_test(all, TryGetAddrInfo_LocalHost, 0, 2);
	tcase_add_loop_test(all, TryGetAddrInfo_EmptyHost, 0, 2);
	tcase_add_loop_test(all, TryGetAddrInfo_HostName, 0, 2);
	tcase_add_loop_test(all, TryGetAddrInfo_ExternalHost, 0, 2);
	tcase_add_loop_test(all, TryGetAddrInfo_UnknownHost, 0, 2);
	tcase_add_loop_test(all, GetAddrInfoAsync_LocalHost, 0, 2);
	tcase_add_loop_test(all, GetAddrInfoAsync_EmptyHost, 0, 2);
	tcase_add_loop_test(all, GetAddrInfoAsync_HostName, 0, 2);
	tcase_add_loop_test(all, GetAddrInfoAsync_ExternalHost, 0, 2);
	tcase_add_loop_test(all, GetAddrInfoAsync_UnknownHost, 0, 2);
}

static void
add_backwards(TCase *all)
{
	tcase_add_test(all, TryGetNameInfo_LocalHost_IPv4);
	tcase_add_test(all, TryGetNameInfo_LocalHost_IPv6);
	tcase_add_test(all, TryGetAddrInfo_LocalHost_TryGetNameInfo);
	tcase_add_test(all, TryGetAddrInfo_HostName_TryGetNameInfo);
	tcase_add_loop_test(all, TryGetNameInfo_LocalHost_IPv4_TryGetAddrInfo, 0, 2);
	tcase_add_loop_test(all, TryGetNameInfo_LocalHost_IPv6_TryGetAddrInfo, 0, 2);
	tcase_add_test(all, Exception_HostNotFound_Success);
}

Suite *
pal_suite(void)
{
	Suite *suite = suite_create("NameResolutionPalTests");

	add_forwards(machine_case(suite, "GetAddrInfo"));
	add_backwards(machine_case(suite, "GetNameInfo"));
	return suite;
}
