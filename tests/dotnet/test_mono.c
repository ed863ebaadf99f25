/* SPDX-License-Identifier: MIT */
/* mono/mono, mcs/class/System/Test/System.Net/DnsTest.cs; the names have its class before
 * them. The sites are names of the scripted server. */
#include "machine.h"

#include <errno.h>
#include <string.h>

#include "suites.h"

static void
assert_valid(const DnsHostEntry *entry)
{
	ck_assert_ptr_nonnull(DnsHostEntryGetName(entry));
	ck_assert_uint_gt(DnsHostEntryGetAddressCount(entry), 0);
	ck_assert_ptr_nonnull(DnsHostEntryGetAddress(entry, 0, NULL));
}

/* ---- GetHostByName ---- */

struct outcome {
	DnsStatus status;
	DnsHostEntry *entry;
	sem_t finished;
};

static void
end_in_callback(DnsAsyncResult *asyncResult)
{
	struct outcome *outcome = DnsAsyncResultGetState(asyncResult);

	outcome->status = EndGetHostByName(asyncResult, &outcome->entry);
	sem_post(&outcome->finished);
}

START_TEST(DnsTest_AsyncGetHostByName)
{
	struct outcome outcome;
	DnsHostEntry *entry;

	sem_init(&outcome.finished, 0, 0);
	begin("b.test", end_in_callback, &outcome);
	entry = begin_and_end(BY_NAME, "b.test");
	assert_valid(entry);
	ck_assert_str_eq(DnsHostEntryGetName(entry), "b.test");
	DnsHostEntryRelease(entry);

	await(&outcome.finished);
	ck_assert_int_eq(outcome.status, DNS_STATUS_OK);
	assert_valid(outcome.entry);
	DnsHostEntryRelease(outcome.entry);
	world_close_resolver(); /* the callback has returned */
	sem_destroy(&outcome.finished);
}
END_TEST

START_TEST(DnsTest_GetHostByName)
{
	expect_entry(BY_NAME, "b.test", "b.test", "192.0.2.2");
	expect_entry(BY_NAME, "c.test", "c.test", "2001:db8::3");
	expect_status(BY_NAME, "missing.test", DNS_STATUS_HOST_NOT_FOUND);
}
END_TEST

START_TEST(DnsTest_GetHostByName_HostName_Null)
{
	expect_refused(BY_NAME, NULL, EINVAL);
}
END_TEST

/* ---- GetHostAddresses ---- */

START_TEST(DnsTest_BeginGetHostAddresses_HostNameOrAddress_Null)
{
	expect_refused(HOST_ADDRESSES, NULL, EINVAL);
}
END_TEST

START_TEST(DnsTest_GetHostAddresses_HostNameOrAddress_Null)
{
	expect_refused(HOST_ADDRESSES, NULL, EINVAL);
}
END_TEST

/* Nothing has to be looked up for it, and so nothing is wrong with it. */
START_TEST(DnsTest_BeginGetHostAddresses_HostNameOrAddress_UnspecifiedAddress)
{
	DnsHostEntry *entry = begin_and_end(HOST_ADDRESSES, "0.0.0.0");

	ck_assert(has_addresses(entry, "0.0.0.0"));
	DnsHostEntryRelease(entry);
	entry = begin_and_end(HOST_ADDRESSES, "::0");
	ck_assert(has_addresses(entry, "::"));
	DnsHostEntryRelease(entry);
}
END_TEST

START_TEST(DnsTest_GetHostAddresses_HostNameOrAddress_UnspecifiedAddress)
{
	expect_entry(HOST_ADDRESSES, "0.0.0.0", "0.0.0.0", "0.0.0.0");
	expect_entry(HOST_ADDRESSES, "::0", "::", "::");
}
END_TEST

/* ---- GetHostByAddress ---- */

static void
refuse_null(void)
{
	errno = 0;
	ck_assert_ptr_null(
		BeginGetHostByAddress(world.resolver, NULL, 0, on_impossible, NULL));
	ck_assert_int_eq(errno, EINVAL);
	ck_assert_int_eq(GetHostByAddress(world.resolver, NULL, 0, NULL),
			 DNS_STATUS_INVALID_ARGUMENT);
	ck_assert_uint_eq(read_statistics().begun, 0);
}

START_TEST(DnsTest_GetHostByAddressString_Address_Null)
{
	expect_refused(HOST_ENTRY, NULL, EINVAL);
}
END_TEST

/* It is 123.255.0.23, which has no name. */
START_TEST(DnsTest_GetHostByAddressString2)
{
	expect_status(HOST_ENTRY, "123.255.23", DNS_STATUS_HOST_NOT_FOUND);
	ck_assert_uint_ge(dns_server_count_questions(world.server,
						     "23.0.255.123.in-addr.arpa", TYPE_PTR),
			  1);
}
END_TEST

/* It is no address, and no name that a host can have. */
START_TEST(DnsTest_GetHostByAddressString3)
{
	expect_status(HOST_ENTRY, "123.256.34.10", DNS_STATUS_HOST_NOT_FOUND);
	ck_assert_uint_eq(dns_server_count_questions(world.server, NULL, 0), 0);
}
END_TEST

START_TEST(DnsTest_GetHostByAddressString4)
{
	expect_status(HOST_ENTRY, "not an IP address", DNS_STATUS_HOST_NOT_FOUND);
	ck_assert_uint_eq(dns_server_count_questions(world.server, NULL, 0), 0);
}
END_TEST

START_TEST(DnsTest_GetHostByAddressString5)
{
	DnsHostEntry *entry = get(HOST_ENTRY, "192.0.2.1");

	assert_valid(entry);
	DnsHostEntryRelease(entry);
}
END_TEST

START_TEST(DnsTest_GetHostByAddressIPAddress_Address_Null)
{
	refuse_null();
}
END_TEST

START_TEST(DnsTest_GetHostByAddressIPAddress2)
{
	expect_entry(BY_ADDRESS, "192.0.2.1", "a.test", "192.0.2.1 2001:db8::1");
}
END_TEST

START_TEST(DnsTest_GetHostByAddressIPAddress3)
{
	expect_entry(BY_ADDRESS, "2001:db8::3", "c.test", "2001:db8::3");
}
END_TEST

/* ---- GetHostEntry ---- */

START_TEST(DnsTest_BeginGetHostEntry1_Address_Null)
{
	refuse_null();
}
END_TEST

START_TEST(DnsTest_BeginGetHostEntry2_HostNameOrAddress_Null)
{
	expect_refused(HOST_ENTRY, NULL, EINVAL);
}
END_TEST

START_TEST(DnsTest_BeginGetHostEntry2_HostNameOrAddress_UnspecifiedAddress)
{
	expect_refused(HOST_ENTRY, "0.0.0.0", EINVAL);
	expect_refused(HOST_ENTRY, "::0", EINVAL);
}
END_TEST

START_TEST(DnsTest_GetHostEntry1_Address_Null)
{
	refuse_null();
}
END_TEST

START_TEST(DnsTest_GetHostEntry2)
{
	expect_entry(HOST_ENTRY, "a.test", "a.test", "192.0.2.1 2001:db8::1");
	expect_entry(HOST_ENTRY, "192.0.2.1", "a.test", "192.0.2.1 2001:db8::1");
}
END_TEST

START_TEST(DnsTest_GetHostEntry2_HostNameOrAddress_Null)
{
	expect_refused(HOST_ENTRY, NULL, EINVAL);
}
END_TEST

/* Other spellings are the same addresses, which mono does not see. */
START_TEST(DnsTest_GetHostEntry2_HostNameOrAddress_UnspecifiedAddress)
{
	expect_refused(HOST_ENTRY, "0.0.0.0", EINVAL);
	expect_refused(HOST_ENTRY, "::0", EINVAL);
	expect_refused(HOST_ENTRY, "0", EINVAL);
	expect_refused(HOST_ENTRY, "0:0:0:0:0:0:0:0", EINVAL);
}
END_TEST

START_TEST(DnsTest_GetHostEntry_StringEmpty)
{
	assert_named(get(HOST_ENTRY, ""), own_name);
}
END_TEST

static void
add_forwards(TCase *all)
{
	tcase_add_test(all, DnsTest_AsyncGetHostByName);
	tcase_add_test(all, DnsTest_GetHostByName);
	tcase_add_test(all, DnsTest_GetHostByName_HostName_Null);
	tcase_add_test(all, DnsTest_BeginGetHostAddresses_HostNameOrAddress_Null);
	tcase_add_test(all, DnsTest_GetHostAddresses_HostNameOrAddress_Null);
	tcase_add_test(all,
		       DnsTest_BeginGetHostAddresses_HostNameOrAddress_UnspecifiedAddress);
	tcase_add_test(all, DnsTest_GetHostAddresses_HostNameOrAddress_UnspecifiedAddress);
}

static void
add_backwards(TCase *all)
{
	tcase_add_test(all, DnsTest_GetHostByAddressString_Address_Null);
	tcase_add_test(all, DnsTest_GetHostByAddressString2);
	tcase_add_test(all, DnsTest_GetHostByAddressString3);
	tcase_add_test(all, DnsTest_GetHostByAddressString4);
	tcase_add_test(all, DnsTest_GetHostByAddressString5);
	tcase_add_test(all, DnsTest_GetHostByAddressIPAddress_Address_Null);
	tcase_add_test(all, DnsTest_GetHostByAddressIPAddress2);
	tcase_add_test(all, DnsTest_GetHostByAddressIPAddress3);
	tcase_add_test(all, DnsTest_BeginGetHostEntry1_Address_Null);
	tcase_add_test(all, DnsTest_BeginGetHostEntry2_HostNameOrAddress_Null);
	tcase_add_test(all,
		       DnsTest_BeginGetHostEntry2_HostNameOrAddress_UnspecifiedAddress);
	tcase_add_test(all, DnsTest_GetHostEntry1_Address_Null);
	tcase_add_test(all, DnsTest_GetHostEntry2);
	tcase_add_test(all, DnsTest_GetHostEntry2_HostNameOrAddress_Null);
	tcase_add_test(all, DnsTest_GetHostEntry2_HostNameOrAddress_UnspecifiedAddress);
	tcase_add_test(all, DnsTest_GetHostEntry_StringEmpty);
}

Suite *
mono_suite(void)
{
	Suite *suite = suite_create("mono, DnsTest");

	add_forwards(machine_case(suite, "forwards"));
	add_backwards(machine_case(suite, "backwards"));
	return suite;
}
