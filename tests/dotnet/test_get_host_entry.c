/* SPDX-License-Identifier: MIT */
/* dotnet/runtime, System.Net.NameResolution, FunctionalTests/GetHostEntryTest.cs; its
 * cases about RFC 6761 are in test_rfc6761.c. What is Async there is Begin and End, and
 * GetHostEntry of an IPAddress is GetHostByAddress. */
#include <config.h>

#include "machine.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "suites.h"

/* Each with the three forms that .NET has; the third is Begin and End again. */
#define FORMS 3

static DnsHostEntry *
get_by_form(int form, int operation, const char *host)
{
	return form == 0 ? get(operation, host) : begin_and_end(operation, host);
}

/* ---- Two at once ---- */

static void
look_up_twice(int operation, const char *host)
{
	const struct operation *begun = &operations[operation];
	DnsAsyncResult *handles[2];
	DnsHostEntry *entries[2];
	int i;

	for (i = 0; i < 2; i++) {
		handles[i] = begun->begin(host, NULL, NULL);
		ck_assert_ptr_nonnull(handles[i]);
	}
	for (i = 0; i < 2; i++)
		ck_assert_int_eq(begun->end(handles[i], &entries[i]), DNS_STATUS_OK);
	ck_assert_uint_ge(DnsHostEntryGetAddressCount(entries[0]), 1);
	assert_same(entries[0], entries[1]);
}

START_TEST(Dns_GetHostEntryAsync_IPAddress_Ok)
{
	look_up_twice(BY_ADDRESS, "127.0.0.1");
	look_up_twice(BY_ADDRESS, OWN_ADDRESS);
	look_up_twice(BY_ADDRESS, "192.0.2.1");
}
END_TEST

/* The empty string is the machine's name. */
static const char *const local_names[] = {"", "localhost", "a.test"};
#define LOCAL_NAMES 3

START_TEST(Dns_GetHostEntry_HostString_Ok)
{
	DnsHostEntry *entry = get(HOST_ENTRY, local_names[_i]);

	ck_assert_uint_ge(DnsHostEntryGetAddressCount(entry), 1);
	assert_same(entry, get(HOST_ENTRY, local_names[_i]));
}
END_TEST

START_TEST(Dns_GetHostEntryAsync_HostString_Ok)
{
	look_up_twice(HOST_ENTRY, local_names[_i]);
}
END_TEST

START_TEST(Dns_GetHostEntryAsync_IPString_Ok)
{
	look_up_twice(HOST_ENTRY, "127.0.0.1");
	look_up_twice(HOST_ENTRY, "192.0.2.1");
}
END_TEST

/* ---- Arguments ---- */

START_TEST(Dns_GetHostEntry_NullStringHost_Fail)
{
	expect_refused(HOST_ENTRY, NULL, EINVAL);
}
END_TEST

START_TEST(Dns_GetHostEntryAsync_NullIPAddressHost_Fail)
{
	errno = 0;
	ck_assert_ptr_null(
		BeginGetHostByAddress(world.resolver, NULL, 16, on_impossible, NULL));
	ck_assert_int_eq(errno, EINVAL);
	ck_assert_int_eq(GetHostByAddress(world.resolver, NULL, 16, NULL),
			 DNS_STATUS_INVALID_ARGUMENT);
	ck_assert_uint_eq(read_statistics().begun, 0);
}
END_TEST

START_TEST(Dns_GetHostEntry_AnyIPAddress_Fail)
{
	static const char *const addresses[] = {"0.0.0.0", "::"};

	expect_refused(BY_ADDRESS, addresses[_i], EINVAL);
	expect_refused(HOST_ENTRY, addresses[_i], EINVAL);
}
END_TEST

/* A name in UTF-8 is asked for as the DNS has it, where libidn2 is there to say how. */
START_TEST(DnsGetHostEntry_BadName_ThrowsSocketException)
{
	static const char unicode[] = "Test-\346\226\260-Unicode";
	static const char punycode[] = "xn--test--unicode-0b01a";
	const char *const names[] = {"BadName", "0.0.1.1", punycode, unicode,
				     make_long_name(254, false)};
	bool is_asked = _i == 2;
	DnsStatus status = DNS_STATUS_HOST_NOT_FOUND;

	if (_i == 3) {
#ifdef HAVE_LIBIDN2
		is_asked = true;
#else
		status = DNS_STATUS_NO_IDN;
#endif
	}
	expect_status(HOST_ENTRY, names[_i], status);
	ck_assert_int_eq(dns_server_count_questions(world.server, punycode, TYPE_A) > 0,
			 is_asked);
	if (_i >= 3 && !is_asked)
		ck_assert_uint_eq(dns_server_count_questions(world.server, NULL, 0), 0);
}
END_TEST

START_TEST(DnsGetHostEntry_BadName_ThrowsArgumentOutOfRangeException)
{
	expect_refused(HOST_ENTRY, make_long_name(255, false), ENAMETOOLONG);
}
END_TEST

/* ---- All forms ---- */

START_TEST(DnsGetHostEntry_MachineName_AllVariationsMatch)
{
	const char *name = _i == 0 ? "localhost" : _i == 1 ? own_name : "a.test";

	assert_same(get(HOST_ENTRY, name), begin_and_end(HOST_ENTRY, name));
}
END_TEST

START_TEST(DnsGetHostEntry_Loopback_AllVariationsMatch)
{
	const char *address = _i == 0 ? "127.0.0.1" : _i == 1 ? "::1" : "192.0.2.1";

	assert_same(get(BY_ADDRESS, address), begin_and_end(BY_ADDRESS, address));
	assert_same(get(BY_ADDRESS, address), begin_and_end(HOST_ENTRY, address));
}
END_TEST

START_TEST(DnsGetHostEntry_LocalHost_ReturnsFqdnAndLoopbackIPs)
{
	DnsHostEntry *entry = get_by_form(_i, HOST_ENTRY, "localhost");

	ck_assert_uint_gt(strlen(DnsHostEntryGetName(entry)), 0);
	assert_loopback(entry);
}
END_TEST

START_TEST(DnsGetHostEntry_LoopbackIP_MatchesGetHostEntryLoopbackString)
{
	assert_same(get_by_form(_i, BY_ADDRESS, "127.0.0.1"),
		    get_by_form(_i, HOST_ENTRY, "127.0.0.1"));
}
END_TEST

/* ---- Families ---- */

START_TEST(DnsGetHostEntry_LocalHost_AddressFamilySpecific)
{
	assert_of_family(get_entry_of_family("localhost", AF_INET), AF_INET);
	assert_of_family(get_entry_of_family("localhost", AF_INET6), AF_INET6);
	assert_of_family(get_entry_of_family("a.test", AF_INET), AF_INET);
	ck_assert_uint_eq(dns_server_count_questions(world.server, NULL, TYPE_AAAA), 0);
	assert_of_family(get_entry_of_family("a.test", AF_INET6), AF_INET6);
	assert_of_family(get_entry_of_family("192.0.2.1", AF_INET6), AF_INET6);
}
END_TEST

/* There is no switch for the whole process; the family says it for each lookup. */
static void
expect_excluded(const char *host)
{
	DnsHostEntry *entry = get_entry_of_family(host, AF_INET);
	DnsHostEntry *whole = get(HOST_ENTRY, host);

	ck_assert_str_eq(DnsHostEntryGetName(entry), DnsHostEntryGetName(whole));
	DnsHostEntryRelease(whole);
	assert_of_family(entry, AF_INET);
}

START_TEST(Dns_GetHostEntry_DisableIPv6_ExcludesIPv6Addresses)
{
	expect_excluded("");
	expect_excluded("localhost");
	ck_assert_uint_eq(dns_server_count_questions(world.server, NULL, 0), 0);
}
END_TEST

/* In a row: one lookup does not change what another of the same name is given. */
START_TEST(Dns_GetHostEntryAsync_DisableIPv6_ExcludesIPv6Addresses)
{
	expect_excluded("a.test");
	expect_entry(HOST_ENTRY, "a.test", "a.test", "192.0.2.1 2001:db8::1");
	expect_excluded("localhost");
	expect_entry(HOST_ENTRY, "localhost", "localhost", "127.0.0.1 ::1");
}
END_TEST

/* ---- Cancelling ---- */

static void
end_cancelled(DnsAsyncResult *handle)
{
	DnsHostEntry *entry = (DnsHostEntry *)&world; /* to be overwritten */

	ck_assert_int_eq(EndGetHostEntry(handle, &entry), DNS_STATUS_CANCELLED);
	ck_assert_ptr_null(entry);
}

START_TEST(DnsGetHostEntry_PreCancelledToken_Throws)
{
	DnsAsyncResult *handle;
	struct witness occupied;
	DnsHostEntry *entry;

	occupy_loop(&occupied);
	handle = BeginGetHostEntry(world.resolver, "192.0.2.1", NULL, NULL);
	DnsAsyncResultCancel(handle);
	free_loop(&occupied);
	end_cancelled(handle);
	ck_assert_uint_eq(dns_server_count_questions(world.server, NULL, TYPE_PTR), 0);

	handle = BeginGetHostEntry(world.resolver, "localhost", NULL, NULL);
	DnsAsyncResultCancel(handle);
	ck_assert_int_eq(EndGetHostEntry(handle, &entry), DNS_STATUS_OK);
	assert_loopback(entry);
}
END_TEST

START_TEST(DnsGetHostEntry_PostCancelledToken_Throws)
{
	DnsAsyncResult *handle;

	handle = BeginGetHostEntry(world.resolver, HELD_NAME, NULL, NULL);
	world_await_question(HELD_NAME);
	DnsAsyncResultCancel(handle);
	end_cancelled(handle);

	handle = BeginGetHostEntry(world.resolver, "192.0.2.13", NULL, NULL);
	ck_assert(dns_server_wait_for_questions(world.server, POINTER_HELD, TYPE_PTR, 1));
	DnsAsyncResultCancel(handle);
	end_cancelled(handle);
}
END_TEST

static void
add_lookups(TCase *lookups)
{
	tcase_add_test(lookups, Dns_GetHostEntryAsync_IPAddress_Ok);
	tcase_add_loop_test(lookups, Dns_GetHostEntry_HostString_Ok, 0, LOCAL_NAMES);
	tcase_add_loop_test(lookups, Dns_GetHostEntryAsync_HostString_Ok, 0, LOCAL_NAMES);
	tcase_add_test(lookups, Dns_GetHostEntryAsync_IPString_Ok);
	tcase_add_loop_test(lookups, DnsGetHostEntry_MachineName_AllVariationsMatch, 0, 3);
	tcase_add_loop_test(lookups, DnsGetHostEntry_Loopback_AllVariationsMatch, 0, 3);
	tcase_add_loop_test(lookups, DnsGetHostEntry_LocalHost_ReturnsFqdnAndLoopbackIPs, 0,
			    FORMS);
	tcase_add_loop_test(lookups,
			    DnsGetHostEntry_LoopbackIP_MatchesGetHostEntryLoopbackString, 0,
			    FORMS);
}

static void
add_arguments(TCase *arguments)
{
	tcase_add_test(arguments, Dns_GetHostEntry_NullStringHost_Fail);
	tcase_add_test(arguments, Dns_GetHostEntryAsync_NullIPAddressHost_Fail);
	tcase_add_loop_test(arguments, Dns_GetHostEntry_AnyIPAddress_Fail, 0, 2);
	tcase_add_loop_test(arguments, DnsGetHostEntry_BadName_ThrowsSocketException, 0, 5);
	tcase_add_test(arguments,
		       DnsGetHostEntry_BadName_ThrowsArgumentOutOfRangeException);
}

static void
add_families(TCase *families)
{
	tcase_add_test(families, DnsGetHostEntry_LocalHost_AddressFamilySpecific);
	tcase_add_test(families, Dns_GetHostEntry_DisableIPv6_ExcludesIPv6Addresses);
	tcase_add_test(families, Dns_GetHostEntryAsync_DisableIPv6_ExcludesIPv6Addresses);
}

static void
add_cancelling(TCase *cancelling)
{
	tcase_add_test(cancelling, DnsGetHostEntry_PreCancelledToken_Throws);
	tcase_add_test(cancelling, DnsGetHostEntry_PostCancelledToken_Throws);
}

Suite *
get_host_entry_suite(void)
{
	Suite *suite = suite_create("GetHostEntryTest");

	add_lookups(machine_case(suite, "lookups"));
	add_arguments(machine_case(suite, "arguments"));
	add_families(machine_case(suite, "families"));
	add_cancelling(machine_case(suite, "cancelling"));
	return suite;
}
