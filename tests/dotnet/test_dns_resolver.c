/* SPDX-License-Identifier: MIT */
/* dotnet/runtime, System.Net.NameResolution, FunctionalTests/DnsResolverLoopbackTest.cs and
 * DnsResolverTest.cs, as far as they are about addresses; the others are in
 * test_dns_records.c. Those that ask public servers ask the scripted one. */
#include "machine.h"

#include <errno.h>
#include <string.h>

#include "suites.h"

#define RCODE_OF(name, type, rcode)                                                      \
	dns_server_set_rcode(world.server, (name), (type), (rcode))

static unsigned int
count_questions(const char *name, int type)
{
	return dns_server_count_questions(world.server, name, type);
}

static void
add_address(const char *name, const char *address, unsigned int ttl)
{
	dns_server_add_address(world.server, name, address, ttl);
}

/* ---- DnsResolverLoopbackTest ---- */

START_TEST(ResolveAddresses_Unspecified_ReturnsBothV4AndV6)
{
	add_address("host.test", "10.0.0.1", 120);
	add_address("host.test", "fd00::1", 60);
	expect_entry(HOST_ADDRESSES, "host.test", "host.test", "10.0.0.1 fd00::1");
}
END_TEST

START_TEST(ResolveAddresses_IPv4Only_ReturnsOnlyV4)
{
	add_address("v4.test", "10.0.0.2", 300);
	RCODE_OF("v4.test", TYPE_AAAA, RCODE_NXDOMAIN);
	expect_entry(HOST_ADDRESSES, "v4.test", "v4.test", "10.0.0.2");
}
END_TEST

START_TEST(ResolveAddresses_IPv6Only_ReturnsOnlyV6)
{
	RCODE_OF("v6.test", TYPE_A, RCODE_NXDOMAIN);
	add_address("v6.test", "fd00::1", 60);
	expect_entry(HOST_ADDRESSES, "v6.test", "v6.test", "fd00::1");
}
END_TEST

START_TEST(ResolveAddresses_AddressFamilyV4_QueriesOnlyA)
{
	DnsHostEntry *entry;

	add_address("famv4.test", "192.0.2.7", 200);
	ck_assert_int_eq(GetHostAddresses(world.resolver, "famv4.test", AF_INET, &entry),
			 DNS_STATUS_OK);
	ck_assert(has_addresses(entry, "192.0.2.7"));
	DnsHostEntryRelease(entry);
	ck_assert_uint_eq(count_questions("famv4.test", TYPE_A), 1);
	ck_assert_uint_eq(count_questions(NULL, 0), 1);
}
END_TEST

START_TEST(ResolveAddresses_HasTtl)
{
	DnsHostEntry *entry;

	add_address("ttl.test", "10.0.0.1", 120);
	RCODE_OF("ttl.test", TYPE_AAAA, RCODE_NXDOMAIN);
	entry = get(HOST_ADDRESSES, "ttl.test");
	ck_assert(has_addresses(entry, "10.0.0.1"));
	ck_assert_uint_gt(DnsHostEntryGetTimeToLive(entry), 0);
	ck_assert_uint_le(DnsHostEntryGetTimeToLive(entry), 120);
	DnsHostEntryRelease(entry);
}
END_TEST

/* There is no entry of a name without addresses, but a response that there are none. */
static void
expect_none(const char *name, DnsStatus status, int rcode)
{
	DnsLookupOptions *options = DnsLookupOptionsCreate();
	DnsAsyncResult *handle;
	DnsRecordSet *set;

	expect_status(HOST_ADDRESSES, name, status);
	ck_assert_int_eq(DnsLookupOptionsSetFlags(options, DNS_LOOKUP_WHOLE_RESPONSE),
			 DNS_STATUS_OK);
	handle = BeginQueryRecordsWithOptions(world.resolver, name, TYPE_A, options, NULL,
					      NULL);
	DnsLookupOptionsRelease(options);
	ck_assert_int_eq(EndQueryRecords(handle, &set), status);
	ck_assert_int_eq(DnsRecordSetGetResponseCode(set), rcode);
	ck_assert_uint_eq(DnsRecordSetGetCount(set, DNS_SECTION_ANSWER), 0);
	ck_assert_uint_eq(DnsRecordSetGetTimeToLive(set), 300); /* NegativeCacheTtl */
	DnsRecordSetRelease(set);
}

START_TEST(ResolveAddresses_Nxdomain_ReturnsNxDomain)
{
	expect_none("missing.test", DNS_STATUS_HOST_NOT_FOUND, RCODE_NXDOMAIN);
}
END_TEST

START_TEST(ResolveAddresses_NoData_ReturnsNoErrorWithEmptyRecords)
{
	expect_none("empty.test", DNS_STATUS_NO_DATA, RCODE_NOERROR);
}
END_TEST

START_TEST(ResolveAddresses_NoData_And_Nxdomain_AreDistinguishable)
{
	int i;

	for (i = 0; i < 2; i++) {
		expect_status(HOST_ADDRESSES, "empty.test", DNS_STATUS_NO_DATA);
		expect_status(HOST_ADDRESSES, "missing.test", DNS_STATUS_HOST_NOT_FOUND);
	}
}
END_TEST

START_TEST(ResolveAddresses_CancellationInFlight_Throws)
{
	DnsAsyncResult *handle;
	DnsHostEntry *entry;

	handle = BeginGetHostAddresses(world.resolver, HELD_NAME, AF_INET, NULL, NULL);
	ck_assert(dns_server_wait_for_questions(world.server, HELD_NAME, TYPE_A, 1));
	DnsAsyncResultCancel(handle);
	ck_assert_int_eq(EndGetHostAddresses(handle, &entry), DNS_STATUS_CANCELLED);
	ck_assert_ptr_null(entry);
	world_release(); /* the answer comes too late, and harms nothing */
	expect_entry(HOST_ADDRESSES, "b.test", "b.test", "192.0.2.2");
}
END_TEST

/* A metric there; here each lookup has a report of its own. */
START_TEST(ResolveAddresses_RecordsDurationMetric_CoversQueryTime)
{
	DnsHostEntry *entry;

	dns_server_set_delay(world.server, "b.test", TYPE_A, 20);
	ck_assert_int_eq(GetHostAddresses(world.resolver, "b.test", AF_INET, &entry),
			 DNS_STATUS_OK);
	ck_assert_int_ge(DnsReportGetDuration(DnsHostEntryGetReport(entry)), 20000);
	DnsHostEntryRelease(entry);
}
END_TEST

/* ---- DnsResolverTest: arguments ---- */

/* NULL is a choice here: the system's configuration. */
START_TEST(DnsResolver_Construct_NullOptions_Throws)
{
	DnsResolver *made = DnsResolverCreate(NULL);

	ck_assert_ptr_nonnull(made);
	ck_assert_int_eq(GetHostByName(made, "localhost", NULL), DNS_STATUS_OK);
	DnsResolverClose(made);
}
END_TEST

START_TEST(DnsResolver_Construct_DefaultOptions_DoesNotThrow)
{
	DnsResolverOptions *options = DnsResolverOptionsCreate();
	DnsResolver *made = DnsResolverCreate(options);

	ck_assert_ptr_nonnull(made);
	DnsResolverOptionsRelease(options);
	ck_assert_int_eq(GetHostByName(made, "localhost", NULL), DNS_STATUS_OK);
	DnsResolverClose(made);
}
END_TEST

START_TEST(DnsResolver_NullName_Throws)
{
	errno = 0;
	ck_assert_ptr_null(BeginGetHostAddresses(world.resolver, NULL, AF_UNSPEC,
						 on_impossible, NULL));
	ck_assert_int_eq(errno, EINVAL);
	errno = 0;
	ck_assert_ptr_null(
		BeginGetHostByName(world.resolver, NULL, on_impossible, NULL));
	ck_assert_int_eq(errno, EINVAL);
	errno = 0;
	ck_assert_ptr_null(
		BeginGetHostByAddress(world.resolver, NULL, 0, on_impossible, NULL));
	ck_assert_int_eq(errno, EINVAL);
	errno = 0;
	ck_assert_ptr_null(BeginQueryRecords(world.resolver, NULL, TYPE_PTR,
					     on_impossible, NULL));
	ck_assert_int_eq(errno, EINVAL);
}
END_TEST

START_TEST(DnsResolver_NullName_Throws_Sync)
{
	ck_assert_int_eq(GetHostAddresses(world.resolver, NULL, AF_UNSPEC, NULL),
			 DNS_STATUS_INVALID_ARGUMENT);
	ck_assert_int_eq(GetHostByName(world.resolver, NULL, NULL),
			 DNS_STATUS_INVALID_ARGUMENT);
	ck_assert_int_eq(GetHostByAddress(world.resolver, NULL, 0, NULL),
			 DNS_STATUS_INVALID_ARGUMENT);
	ck_assert_int_eq(QueryRecords(world.resolver, NULL, TYPE_PTR, NULL),
			 DNS_STATUS_INVALID_ARGUMENT);
}
END_TEST

/* As in Dns it is the own name, whichever way the resolver was made; of records, which
 * hosts do not have, it is none. */
START_TEST(DnsResolver_EmptyName_Throws)
{
	assert_named(get(HOST_ADDRESSES, ""), own_name);
	ck_assert_int_eq(QueryRecords(world.resolver, "", TYPE_A, NULL),
			 DNS_STATUS_INVALID_ARGUMENT);
}
END_TEST

static void
expect_closed(DnsResolver *closed)
{
	errno = 0;
	ck_assert_ptr_null(BeginGetHostAddresses(closed, "a.test", AF_UNSPEC,
						 on_impossible, NULL));
	ck_assert_int_eq(errno, ESHUTDOWN);
	errno = 0;
	ck_assert_ptr_null(BeginGetHostByName(closed, "a.test", on_impossible, NULL));
	ck_assert_int_eq(errno, ESHUTDOWN);
	ck_assert_int_eq(GetHostAddresses(closed, "a.test", AF_UNSPEC, NULL),
			 DNS_STATUS_CLOSED);
	ck_assert_int_eq(GetHostEntry(closed, "a.test", NULL), DNS_STATUS_CLOSED);
	ck_assert_int_eq(QueryRecords(closed, "a.test", TYPE_A, NULL), DNS_STATUS_CLOSED);
}

START_TEST(DnsResolver_Disposed_Throws)
{
	DnsResolver *made = world_make_resolver(0);

	DnsResolverClose(made);
	expect_closed(made);
}
END_TEST

static void
close_in_callback(DnsAsyncResult *asyncResult)
{
	DnsResolverClose(DnsAsyncResultGetState(asyncResult));
}

/* Disposed without waiting for it: in a callback. */
START_TEST(DnsResolver_DisposeAsync_ThrowsOnUse)
{
	DnsResolver *made = world_make_resolver(0);
	DnsAsyncResult *handle;

	handle = BeginGetHostByName(made, "a.test", close_in_callback, made);
	ck_assert_int_eq(EndGetHostByName(handle, NULL), DNS_STATUS_OK);
	DnsResolverClose(made); /* waits until it is so */
	expect_closed(made);
}
END_TEST

START_TEST(DnsResolver_PreCanceledToken_ReturnsCanceled)
{
	DnsAsyncResult *handle = begin(HELD_NAME, NULL, NULL);

	DnsAsyncResultCancel(handle);
	end_expecting(handle, DNS_STATUS_CANCELLED);
}
END_TEST

/* There a server has the port 53, and all servers one family. */
START_TEST(DnsResolver_CustomServer_NonStandardPort_ThrowsPlatformNotSupported)
{
	ck_assert_int_ne(dns_server_port(world.server), 53);
	expect_entry(HOST_ADDRESSES, "b.test", "b.test", "192.0.2.2");
}
END_TEST

START_TEST(DnsResolver_CustomServers_MixedAddressFamilies_ThrowsArgumentException)
{
	DnsResolverOptions *options = world_make_options();
	char servers[64];

	strcpy(servers, dns_server_address(world.server));
	strcat(servers, ",[::1]:53");
	ck_assert_int_eq(DnsResolverOptionsSetServers(options, servers), DNS_STATUS_OK);
	world_close_resolver();
	world.resolver = DnsResolverCreate(options);
	DnsResolverOptionsRelease(options);
	expect_entry(HOST_ADDRESSES, "b.test", "b.test", "192.0.2.2");
}
END_TEST

/* ---- DnsResolverTest: lookups ---- */

static void
count_call(DnsAsyncResult *asyncResult)
{
	atomic_int *calls = DnsAsyncResultGetState(asyncResult);

	atomic_fetch_add(calls, 1);
}

/* A callback must not be waited for that has been called already. */
START_TEST(ResolveAddresses_SynchronouslyCompletingQuery_DoesNotHang)
{
	static const char *const names[] = {"localhost", "127.0.0.1", "::1", own_name};
	DnsAsyncResult *handle;
	atomic_int calls = 0;
	int i;

	for (i = 0; i < 4; i++) {
		DnsHostEntryRelease(get(HOST_ADDRESSES, names[i]));
		handle = begin(names[i], count_call, &calls);
		ck_assert_int_eq(EndGetHostByName(handle, NULL), DNS_STATUS_OK);
	}
	world_close_resolver(); /* the callbacks have returned */
	ck_assert_int_eq(atomic_load(&calls), 4);
}
END_TEST

START_TEST(ResolveAddresses_KnownName_ReturnsRecords)
{
	expect_entry(HOST_ADDRESSES, "a.test", "a.test", "192.0.2.1 2001:db8::1");
}
END_TEST

START_TEST(ResolveAddresses_IPv4Only_ReturnsOnlyIPv4)
{
	DnsHostEntry *entry;

	ck_assert_int_eq(GetHostAddresses(world.resolver, "a.test", AF_INET, &entry),
			 DNS_STATUS_OK);
	assert_of_family(entry, AF_INET);
}
END_TEST

START_TEST(ResolveAddresses_CNameChain_WaitsForAddressRecords)
{
	DnsHostEntry *entry;

	ck_assert_int_eq(GetHostAddresses(world.resolver, "alias.test", AF_INET, &entry),
			 DNS_STATUS_OK);
	ck_assert_str_eq(DnsHostEntryGetName(entry), "a.test");
	assert_of_family(entry, AF_INET);
}
END_TEST

START_TEST(ResolveAddresses_NonExistent_ReturnsNxDomain)
{
	expect_status(HOST_ADDRESSES, "does-not-exist.test.invalid",
		      DNS_STATUS_HOST_NOT_FOUND);
	expect_status(HOST_ADDRESSES, "does-not-exist.test", DNS_STATUS_HOST_NOT_FOUND);
}
END_TEST

START_TEST(ResolvePtr_ByIPAddress_ReturnsRecord)
{
	expect_entry(BY_ADDRESS, "192.0.2.1", "a.test", "192.0.2.1 2001:db8::1");
}
END_TEST

START_TEST(ResolvePtr_IPv6Address_DoesNotThrow)
{
	expect_entry(BY_ADDRESS, "2001:db8::3", "c.test", "2001:db8::3");
	ck_assert_uint_ge(count_questions(POINTER_IPV6, TYPE_PTR), 1);
	expect_status(BY_ADDRESS, "2001:db8::8888", DNS_STATUS_HOST_NOT_FOUND);
}
END_TEST

/* Without a resolver it is the default one, which here has no server to ask. */
START_TEST(Static_Dns_ResolveAddresses_Works)
{
	DnsAsyncResult *handle;
	DnsHostEntry *entry;

	ck_assert_int_eq(GetHostAddresses(NULL, "localhost", AF_UNSPEC, &entry),
			 DNS_STATUS_OK);
	assert_loopback(entry);
	handle = BeginGetHostAddresses(NULL, "localhost", AF_UNSPEC, NULL, NULL);
	ck_assert_int_eq(EndGetHostAddresses(handle, &entry), DNS_STATUS_OK);
	assert_loopback(entry);
	DnsResolverClose(DnsResolverGetDefault());
}
END_TEST

static void
add_loopback(TCase *all)
{
	tcase_add_test(all, ResolveAddresses_Unspecified_ReturnsBothV4AndV6);
	tcase_add_test(all, ResolveAddresses_IPv4Only_ReturnsOnlyV4);
	tcase_add_test(all, ResolveAddresses_IPv6Only_ReturnsOnlyV6);
	tcase_add_test(all, ResolveAddresses_AddressFamilyV4_QueriesOnlyA);
	tcase_add_test(all, ResolveAddresses_HasTtl);
	tcase_add_test(all, ResolveAddresses_Nxdomain_ReturnsNxDomain);
	tcase_add_test(all, ResolveAddresses_NoData_ReturnsNoErrorWithEmptyRecords);
	tcase_add_test(all, ResolveAddresses_NoData_And_Nxdomain_AreDistinguishable);
	tcase_add_test(all, ResolveAddresses_CancellationInFlight_Throws);
	tcase_add_test(all, ResolveAddresses_RecordsDurationMetric_CoversQueryTime);
}

static void
add_arguments(TCase *all)
{
	tcase_add_test(all, DnsResolver_Construct_NullOptions_Throws);
	tcase_add_test(all, DnsResolver_Construct_DefaultOptions_DoesNotThrow);
	tcase_add_test(all, DnsResolver_NullName_Throws);
	tcase_add_test(all, DnsResolver_NullName_Throws_Sync);
	tcase_add_test(all, DnsResolver_EmptyName_Throws);
	tcase_add_test(all, DnsResolver_Disposed_Throws);
	tcase_add_test(all, DnsResolver_DisposeAsync_ThrowsOnUse);
	tcase_add_test(all, DnsResolver_PreCanceledToken_ReturnsCanceled);
	tcase_add_test(all,
		       DnsResolver_CustomServer_NonStandardPort_ThrowsPlatformNotSupported);
	tcase_add_test(
		all,
		DnsResolver_CustomServers_MixedAddressFamilies_ThrowsArgumentException);
}

static void
add_lookups(TCase *all)
{
	tcase_add_test(all, ResolveAddresses_SynchronouslyCompletingQuery_DoesNotHang);
	tcase_add_test(all, ResolveAddresses_KnownName_ReturnsRecords);
	tcase_add_test(all, ResolveAddresses_IPv4Only_ReturnsOnlyIPv4);
	tcase_add_test(all, ResolveAddresses_CNameChain_WaitsForAddressRecords);
	tcase_add_test(all, ResolveAddresses_NonExistent_ReturnsNxDomain);
	tcase_add_test(all, ResolvePtr_ByIPAddress_ReturnsRecord);
	tcase_add_test(all, ResolvePtr_IPv6Address_DoesNotThrow);
	tcase_add_test(all, Static_Dns_ResolveAddresses_Works);
}

Suite *
dns_resolver_suite(void)
{
	Suite *suite = suite_create("DnsResolver");

	add_loopback(machine_case(suite, "DnsResolverLoopbackTest"));
	add_arguments(machine_case(suite, "arguments"));
	add_lookups(machine_case(suite, "lookups"));
	return suite;
}
