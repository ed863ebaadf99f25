/* SPDX-License-Identifier: MIT */
/* dotnet/runtime, System.Net.NameResolution, UnitTests/InitializationTest.cs: NULL is
 * refused by every function that is called first in its process. There it must have
 * started what it needs before that; here it starts nothing, which is as harmless. */
#include "machine.h"

#include <errno.h>

#include "suites.h"

/* What comes after it works. */
static void
expect_working(void)
{
	DnsHostEntry *entry;

	ck_assert_int_eq(GetHostByName(NULL, "localhost", &entry), DNS_STATUS_OK);
	assert_loopback(entry);
	DnsResolverClose(DnsResolverGetDefault());
}

static void
expect_nothing_begun(const DnsAsyncResult *handle)
{
	ck_assert_int_eq(errno, EINVAL);
	ck_assert_ptr_null(handle);
	expect_working();
}

START_TEST(Dns_BeginGetHostAddresses_CallSocketInit_Ok)
{
	errno = 0;
	expect_nothing_begun(
		BeginGetHostAddresses(NULL, NULL, AF_UNSPEC, on_impossible, NULL));
}
END_TEST

START_TEST(Dns_BeginGetHostByName_CallSocketInit_Ok)
{
	errno = 0;
	expect_nothing_begun(BeginGetHostByName(NULL, NULL, on_impossible, NULL));
}
END_TEST

START_TEST(Dns_BeginGetHostEntry_String_CallSocketInit_Ok)
{
	errno = 0;
	expect_nothing_begun(BeginGetHostEntry(NULL, NULL, on_impossible, NULL));
}
END_TEST

START_TEST(Dns_BeginGetHostEntry_IPAddress_CallSocketInit_Ok)
{
	errno = 0;
	expect_nothing_begun(BeginGetHostByAddress(NULL, NULL, 0, on_impossible, NULL));
}
END_TEST

static void
expect_invalid(DnsStatus status, const DnsHostEntry *entry)
{
	ck_assert_int_eq(status, DNS_STATUS_INVALID_ARGUMENT);
	ck_assert_ptr_null(entry);
	expect_working();
}

START_TEST(Dns_GetHostAddresses_CallSocketInit_Ok)
{
	DnsHostEntry *entry = (DnsHostEntry *)&world; /* to be overwritten */
	DnsStatus status = GetHostAddresses(NULL, NULL, AF_UNSPEC, &entry);

	expect_invalid(status, entry);
}
END_TEST

/* The address in text is a matter of GetHostEntry here. */
START_TEST(Dns_GetHostByAddress_String_CallSocketInit_Ok)
{
	DnsHostEntry *entry = (DnsHostEntry *)&world;
	DnsStatus status = GetHostEntry(NULL, NULL, &entry);

	expect_invalid(status, entry);
}
END_TEST

START_TEST(Dns_GetHostByAddress_IPAddress_CallSocketInit_Ok)
{
	DnsHostEntry *entry = (DnsHostEntry *)&world;
	DnsStatus status = GetHostByAddress(NULL, NULL, 0, &entry);

	expect_invalid(status, entry);
}
END_TEST

START_TEST(Dns_GetHostByName_CallSocketInit_Ok)
{
	DnsHostEntry *entry = (DnsHostEntry *)&world;
	DnsStatus status = GetHostByName(NULL, NULL, &entry);

	expect_invalid(status, entry);
}
END_TEST

START_TEST(Dns_GetHostEntry_String_CallSocketInit_Ok)
{
	DnsHostEntry *entry = (DnsHostEntry *)&world;
	DnsStatus status = GetHostEntry(NULL, NULL, &entry);

	expect_invalid(status, entry);
}
END_TEST

START_TEST(Dns_GetHostEntry_IPAddress_CallSocketInit_Ok)
{
	DnsHostEntry *entry = (DnsHostEntry *)&world;
	DnsStatus status = GetHostByAddress(NULL, NULL, 0, &entry);

	expect_invalid(status, entry);
}
END_TEST

/* The forms with Async are Begin and End. */
START_TEST(Dns_GetHostAddressesAsync_CallsSocketInit_Ok)
{
	errno = 0;
	expect_nothing_begun(
		BeginGetHostAddresses(NULL, NULL, AF_UNSPEC, on_impossible, NULL));
}
END_TEST

START_TEST(Dns_GetHostEntryAsync_CallsSocketInit_Ok)
{
	errno = 0;
	expect_nothing_begun(BeginGetHostEntry(NULL, NULL, on_impossible, NULL));
}
END_TEST

Suite *
initialization_suite(void)
{
	Suite *suite = suite_create("InitializationTests");
	TCase *all = contract_case(suite, "first call");

	tcase_add_test(all, Dns_BeginGetHostAddresses_CallSocketInit_Ok);
	tcase_add_test(all, Dns_BeginGetHostByName_CallSocketInit_Ok);
	tcase_add_test(all, Dns_BeginGetHostEntry_String_CallSocketInit_Ok);
	tcase_add_test(all, Dns_BeginGetHostEntry_IPAddress_CallSocketInit_Ok);
	tcase_add_test(all, Dns_GetHostAddresses_CallSocketInit_Ok);
	tcase_add_test(all, Dns_GetHostByAddress_String_CallSocketInit_Ok);
	tcase_add_test(all, Dns_GetHostByAddress_IPAddress_CallSocketInit_Ok);
	tcase_add_test(all, Dns_GetHostByName_CallSocketInit_Ok);
	tcase_add_test(all, Dns_GetHostEntry_String_CallSocketInit_Ok);
	tcase_add_test(all, Dns_GetHostEntry_IPAddress_CallSocketInit_Ok);
	tcase_add_test(all, Dns_GetHostAddressesAsync_CallsSocketInit_Ok);
	tcase_add_test(all, Dns_GetHostEntryAsync_CallsSocketInit_Ok);
	return suite;
}
