/* SPDX-License-Identifier: MIT */
/* dotnet/runtime, System.Net.NameResolution: the cases about RFC 6761 of
 * FunctionalTests/GetHostAddressesTest.cs and GetHostEntryTest.cs. They are the same for
 * both, but for their names. */
#include "machine.h"

#include <stdio.h>

#include "suites.h"

#define COUNT(array) ((int)(sizeof(array) / sizeof *(array)))

static void
expect_no_question(void)
{
	ck_assert_uint_eq(dns_server_count_questions(world.server, NULL, 0), 0);
}

/* By X, and by Begin and End. */
static void
expect_loopback(int operation, const char *name)
{
	assert_loopback(get(operation, name));
	assert_loopback(begin_and_end(operation, name));
	expect_no_question();
}

/* ---- invalid ---- */

static const char *const invalid[] = {
	"invalid", "invalid.", "test.invalid", "test.invalid.", "foo.bar.invalid",
	"INVALID", "Test.INVALID",
};

START_TEST(DnsGetHostAddresses_InvalidDomain_ThrowsHostNotFound)
{
	expect_status(HOST_ADDRESSES, invalid[_i], DNS_STATUS_HOST_NOT_FOUND);
	expect_no_question();
}
END_TEST

START_TEST(DnsGetHostEntry_InvalidDomain_ThrowsHostNotFound)
{
	expect_status(HOST_ENTRY, invalid[_i], DNS_STATUS_HOST_NOT_FOUND);
	expect_no_question();
}
END_TEST

/* ---- localhost ---- */

static const char *const below_localhost[] = {
	"foo.localhost", "bar.foo.localhost", "test.localhost", "FOO.LOCALHOST",
	"Test.LocalHost",
};

START_TEST(DnsGetHostAddresses_LocalhostSubdomain_ReturnsLoopback)
{
	expect_loopback(HOST_ADDRESSES, below_localhost[_i]);
}
END_TEST

START_TEST(DnsGetHostEntry_LocalhostSubdomain_ReturnsLoopback)
{
	expect_loopback(HOST_ENTRY, below_localhost[_i]);
}
END_TEST

static const char *const dotted[] = {"foo.localhost.", "bar.test.localhost."};

START_TEST(DnsGetHostAddresses_LocalhostSubdomainWithTrailingDot_ReturnsLoopback)
{
	expect_loopback(HOST_ADDRESSES, dotted[_i]);
}
END_TEST

START_TEST(DnsGetHostEntry_LocalhostSubdomainWithTrailingDot_ReturnsLoopback)
{
	expect_loopback(HOST_ENTRY, dotted[_i]);
}
END_TEST

START_TEST(DnsGetHostAddresses_LocalhostWithTrailingDot_ReturnsLoopback)
{
	expect_loopback(HOST_ADDRESSES, "localhost.");
}
END_TEST

START_TEST(DnsGetHostEntry_LocalhostWithTrailingDot_ReturnsLoopback)
{
	expect_loopback(HOST_ENTRY, "localhost.");
}
END_TEST

START_TEST(DnsGetHostAddresses_LocalhostAndSubdomain_BothReturnLoopback)
{
	expect_loopback(HOST_ADDRESSES, "localhost");
	expect_loopback(HOST_ADDRESSES, "foo.localhost");
	expect_loopback(HOST_ADDRESSES, "bar.localhost");
}
END_TEST

START_TEST(DnsGetHostEntry_LocalhostAndSubdomain_BothReturnLoopback)
{
	expect_loopback(HOST_ENTRY, "localhost");
	expect_loopback(HOST_ENTRY, "foo.localhost");
	expect_loopback(HOST_ENTRY, "bar.localhost");
}
END_TEST

START_TEST(DnsGetHostAddresses_LocalhostSubdomain_RespectsAddressFamily)
{
	int family = _i == 0 ? AF_INET : AF_INET6;
	DnsAsyncResult *handle;
	DnsHostEntry *entry;

	ck_assert_int_eq(
		GetHostAddresses(world.resolver, "test.localhost", family, &entry),
		DNS_STATUS_OK);
	assert_of_family(entry, family);
	handle = BeginGetHostAddresses(world.resolver, "test.localhost", family, NULL,
				       NULL);
	ck_assert_int_eq(EndGetHostAddresses(handle, &entry), DNS_STATUS_OK);
	assert_of_family(entry, family);
	expect_no_question();
}
END_TEST

START_TEST(DnsGetHostEntry_LocalhostSubdomain_RespectsAddressFamily)
{
	int family = _i == 0 ? AF_INET : AF_INET6;
	DnsHostEntry *entry = get_entry_of_family("test.localhost", family);

	ck_assert_uint_eq(DnsHostEntryGetAddressCount(entry), 1);
	assert_of_family(entry, family);
	expect_no_question();
}
END_TEST

/* ---- Neither ---- */

static const char *const similar[] = {"notlocalhost", "localhostfoo", "invalidname",
				      "testinvalid"};

/* They are asked for like others. */
static void
expect_asked(int operation, const char *name)
{
	char absolute[64];

	expect_status(operation, name, DNS_STATUS_HOST_NOT_FOUND);
	ck_assert_uint_ge(dns_server_count_questions(world.server, name, TYPE_A), 1);
	snprintf(absolute, sizeof absolute, "%s.", name);
	expect_status(operation, absolute, DNS_STATUS_HOST_NOT_FOUND);
}

START_TEST(DnsGetHostAddresses_SimilarButNotReserved_ThrowsSocketException)
{
	expect_asked(HOST_ADDRESSES, similar[_i]);
}
END_TEST

START_TEST(DnsGetHostEntry_SimilarButNotReserved_ThrowsSocketException)
{
	expect_asked(HOST_ENTRY, similar[_i]);
}
END_TEST

static const char *const malformed[] = {".invalid", "test..invalid"};

START_TEST(DnsGetHostAddresses_MalformedReservedName_NotTreatedAsReserved)
{
	expect_status(HOST_ADDRESSES, malformed[_i], DNS_STATUS_HOST_NOT_FOUND);
	expect_no_question();
}
END_TEST

START_TEST(DnsGetHostEntry_MalformedReservedName_NotTreatedAsReserved)
{
	expect_status(HOST_ENTRY, malformed[_i], DNS_STATUS_HOST_NOT_FOUND);
	expect_no_question();
}
END_TEST

static void
add_addresses(TCase *all)
{
	tcase_add_loop_test(all, DnsGetHostAddresses_InvalidDomain_ThrowsHostNotFound, 0,
			    COUNT(invalid));
	tcase_add_loop_test(all, DnsGetHostAddresses_LocalhostSubdomain_ReturnsLoopback, 0,
			    COUNT(below_localhost));
	tcase_add_loop_test(
		all, DnsGetHostAddresses_LocalhostSubdomainWithTrailingDot_ReturnsLoopback,
		0, COUNT(dotted));
	tcase_add_test(all, DnsGetHostAddresses_LocalhostWithTrailingDot_ReturnsLoopback);
	tcase_add_test(all, DnsGetHostAddresses_LocalhostAndSubdomain_BothReturnLoopback);
	tcase_add_loop_test(
		all, DnsGetHostAddresses_LocalhostSubdomain_RespectsAddressFamily, 0, 2);
	tcase_add_loop_test(all,
			    DnsGetHostAddresses_SimilarButNotReserved_ThrowsSocketException,
			    0, COUNT(similar));
	tcase_add_loop_test(all,
			    DnsGetHostAddresses_MalformedReservedName_NotTreatedAsReserved,
			    0, COUNT(malformed));
}

static void
add_entries(TCase *all)
{
	tcase_add_loop_test(all, DnsGetHostEntry_InvalidDomain_ThrowsHostNotFound, 0,
			    COUNT(invalid));
	tcase_add_loop_test(all, DnsGetHostEntry_LocalhostSubdomain_ReturnsLoopback, 0,
			    COUNT(below_localhost));
	tcase_add_loop_test(
		all, DnsGetHostEntry_LocalhostSubdomainWithTrailingDot_ReturnsLoopback, 0,
		COUNT(dotted));
	tcase_add_test(all, DnsGetHostEntry_LocalhostWithTrailingDot_ReturnsLoopback);
	tcase_add_test(all, DnsGetHostEntry_LocalhostAndSubdomain_BothReturnLoopback);
	tcase_add_loop_test(all, DnsGetHostEntry_LocalhostSubdomain_RespectsAddressFamily, 0,
			    2);
	tcase_add_loop_test(all,
			    DnsGetHostEntry_SimilarButNotReserved_ThrowsSocketException, 0,
			    COUNT(similar));
	tcase_add_loop_test(all, DnsGetHostEntry_MalformedReservedName_NotTreatedAsReserved,
			    0, COUNT(malformed));
}

Suite *
rfc6761_suite(void)
{
	Suite *suite = suite_create("RFC 6761");

	add_addresses(machine_case(suite, "GetHostAddresses"));
	add_entries(machine_case(suite, "GetHostEntry"));
	return suite;
}
