/* SPDX-License-Identifier: MIT */
/* dotnet/runtime, System.Net.NameResolution, FunctionalTests/GetHostAddressesTest.cs; its
 * cases about RFC 6761 are in test_rfc6761.c. What is Async there is Begin and End. */
#include "machine.h"

#include <errno.h>
#include <string.h>

#include "suites.h"

/* ---- Two at once ---- */

/* Equal lists, in the same order, without an address that is there twice. */
static void
assert_lists(DnsHostEntry *a, DnsHostEntry *b)
{
	const struct sockaddr *address;
	socklen_t length, other_length;
	size_t i, j;

	for (i = 0; i < DnsHostEntryGetAddressCount(a); i++) {
		address = DnsHostEntryGetAddress(a, i, &length);
		for (j = 0; j < i; j++) {
			if (DnsHostEntryGetAddress(a, j, &other_length)->sa_family ==
			    address->sa_family)
				ck_assert_mem_ne(DnsHostEntryGetAddress(a, j, NULL),
						 address, length);
		}
	}
	ck_assert_uint_ge(DnsHostEntryGetAddressCount(a), 1);
	assert_same(a, b);
}

static void
look_up_twice(const char *host)
{
	DnsAsyncResult *handles[2];
	DnsHostEntry *entries[2];
	int i;

	for (i = 0; i < 2; i++) {
		handles[i] = BeginGetHostAddresses(world.resolver, host, AF_UNSPEC, NULL,
						   NULL);
		ck_assert_ptr_nonnull(handles[i]);
	}
	for (i = 0; i < 2; i++)
		ck_assert_int_eq(EndGetHostAddresses(handles[i], &entries[i]),
				 DNS_STATUS_OK);
	assert_lists(entries[0], entries[1]);
	/* And one after another. */
	assert_lists(get(HOST_ADDRESSES, host), get(HOST_ADDRESSES, host));
}

START_TEST(Dns_GetHostAddressesAsync_HostString_Ok)
{
	static const char *const names[] = {"localhost", own_name, "a.test"};

	look_up_twice(names[_i]);
}
END_TEST

START_TEST(Dns_GetHostAddressesAsync_IPString_Ok)
{
	look_up_twice("127.0.0.1");
}
END_TEST

/* ---- Names ---- */

START_TEST(Dns_GetHostAddressesAsync_LongHostNameEndsInDot_Ok)
{
	char label[256];

	expect_status(HOST_ADDRESSES, make_long_name(255, true),
		      DNS_STATUS_HOST_NOT_FOUND);
	memset(label, 'a', 254);
	memcpy(label + 254, ".", 2);
	expect_status(HOST_ADDRESSES, label, DNS_STATUS_HOST_NOT_FOUND);
}
END_TEST

START_TEST(Dns_GetHostAddressesAsync_LongHostNameDoesNotEndInDot_Fail)
{
	char label[256];

	expect_refused(HOST_ADDRESSES, make_long_name(255, false), ENAMETOOLONG);
	memset(label, 'a', 255);
	label[255] = '\0';
	expect_refused(HOST_ADDRESSES, label, ENAMETOOLONG);
}
END_TEST

START_TEST(Dns_GetHostAddressesAsync_NullHost_Fail)
{
	expect_refused(HOST_ADDRESSES, NULL, EINVAL);
}
END_TEST

START_TEST(DnsBeginGetHostAddresses_BadName_Throws)
{
	DnsHostEntry *entry;
	DnsAsyncResult *handle;

	handle = BeginGetHostAddresses(world.resolver, "BadName", AF_UNSPEC, NULL, NULL);
	ck_assert_ptr_nonnull(handle);
	ck_assert_int_eq(EndGetHostAddresses(handle, &entry), DNS_STATUS_HOST_NOT_FOUND);
	ck_assert_ptr_null(entry);
}
END_TEST

START_TEST(DnsBeginGetHostAddresses_BadIpString_ReturnsAddress)
{
	DnsHostEntry *entry = begin_and_end(HOST_ADDRESSES, "0.0.1.1");

	ck_assert(has_addresses(entry, "0.0.1.1"));
	DnsHostEntryRelease(entry);
}
END_TEST

START_TEST(DnsBeginGetHostAddresses_MachineName_MatchesGetHostAddresses)
{
	static const char *const names[] = {"localhost", own_name, "a.test"};

	assert_same(begin_and_end(HOST_ADDRESSES, names[_i]),
		    get(HOST_ADDRESSES, names[_i]));
}
END_TEST

START_TEST(DnsGetHostAddresses_IPv4String_ReturnsSameIP)
{
	expect_entry(HOST_ADDRESSES, "127.0.0.1", "127.0.0.1", "127.0.0.1");
}
END_TEST

START_TEST(DnsGetHostAddresses_IPv6String_ReturnsSameIP)
{
	expect_entry(HOST_ADDRESSES, "::1", "::1", "::1");
}
END_TEST

START_TEST(DnsGetHostAddresses_LocalHost_ReturnsSameAsGetHostEntry)
{
	static const char *const names[] = {"localhost", own_name, "a.test"};

	assert_same(get(HOST_ADDRESSES, names[_i]), get(HOST_ENTRY, names[_i]));
}
END_TEST

/* ---- Families ---- */

/* By X, or by Begin and End. */
static DnsHostEntry *
get_of_family(bool is_async, const char *host, int family)
{
	DnsAsyncResult *handle;
	DnsHostEntry *entry;

	if (!is_async) {
		ck_assert_int_eq(GetHostAddresses(world.resolver, host, family, &entry),
				 DNS_STATUS_OK);
		return entry;
	}
	handle = BeginGetHostAddresses(world.resolver, host, family, NULL, NULL);
	ck_assert_ptr_nonnull(handle);
	ck_assert_int_eq(EndGetHostAddresses(handle, &entry), DNS_STATUS_OK);
	return entry;
}

START_TEST(DnsGetHostAddresses_IPStringAndIncorrectFamily_ReturnsNoIPs)
{
	DnsHostEntry *entry;

	entry = get_of_family(_i == 1, "127.0.0.1", AF_INET6);
	ck_assert_uint_eq(DnsHostEntryGetAddressCount(entry), 0);
	DnsHostEntryRelease(entry);
	entry = get_of_family(_i == 1, "::1", AF_INET);
	ck_assert_uint_eq(DnsHostEntryGetAddressCount(entry), 0);
	DnsHostEntryRelease(entry);
}
END_TEST

START_TEST(DnsGetHostAddresses_LocalHost_AddressFamilySpecific)
{
	assert_of_family(get_of_family(_i == 1, "localhost", AF_INET), AF_INET);
	assert_of_family(get_of_family(_i == 1, "localhost", AF_INET6), AF_INET6);
	assert_of_family(get_of_family(_i == 1, "a.test", AF_INET), AF_INET);
	assert_of_family(get_of_family(_i == 1, "a.test", AF_INET6), AF_INET6);
}
END_TEST

/* There is no switch for the whole process; the family says it for each lookup. */
START_TEST(GetHostAddresses_DisableIPv6_ExcludesIPv6Addresses)
{
	assert_of_family(get_of_family(_i == 1, "localhost", AF_INET), AF_INET);
	assert_of_family(get_of_family(_i == 1, own_name, AF_INET), AF_INET);
	ck_assert_uint_eq(dns_server_count_questions(world.server, NULL, TYPE_AAAA), 0);
}
END_TEST

/* ---- Cancelling ---- */

static void
end_cancelled(DnsAsyncResult *handle)
{
	DnsHostEntry *entry = (DnsHostEntry *)&world; /* to be overwritten */

	ck_assert_int_eq(EndGetHostAddresses(handle, &entry), DNS_STATUS_CANCELLED);
	ck_assert_ptr_null(entry);
}

/* Before there is a handle there is nothing to cancel; before the loop has looked at the
 * operation there is. What Begin has completed stays so. */
START_TEST(DnsGetHostAddresses_PreCancelledToken_Throws)
{
	DnsAsyncResult *handle;
	struct witness occupied;
	DnsHostEntry *entry;

	occupy_loop(&occupied);
	handle = BeginGetHostAddresses(world.resolver, "a.test", AF_UNSPEC, NULL, NULL);
	DnsAsyncResultCancel(handle);
	free_loop(&occupied);
	end_cancelled(handle);
	ck_assert_uint_eq(dns_server_count_questions(world.server, "a.test", 0), 0);

	handle = BeginGetHostAddresses(world.resolver, "localhost", AF_UNSPEC, NULL,
				       NULL);
	DnsAsyncResultCancel(handle);
	ck_assert_int_eq(EndGetHostAddresses(handle, &entry), DNS_STATUS_OK);
	assert_loopback(entry);
}
END_TEST

START_TEST(DnsGetHostAddresses_PostCancelledToken_Throws)
{
	DnsAsyncResult *handle;

	handle = BeginGetHostAddresses(world.resolver, HELD_NAME, AF_UNSPEC, NULL, NULL);
	world_await_question(HELD_NAME);
	DnsAsyncResultCancel(handle);
	end_cancelled(handle);
}
END_TEST

/* Of several lookups the first that fails cancels all. */
#define SIBLINGS 8

static struct family {
	pthread_mutex_t lock;
	DnsAsyncResult *handles[SIBLINGS];
	bool has_failed;
	int left;
	sem_t done;
} siblings;

static void
cancel_all(void)
{
	int i;

	for (i = 0; i < SIBLINGS; i++)
		DnsAsyncResultCancel(siblings.handles[i]);
}

static void
on_sibling(DnsAsyncResult *asyncResult)
{
	DnsStatus status = EndGetHostAddresses(asyncResult, NULL);

	pthread_mutex_lock(&siblings.lock);
	if (status != DNS_STATUS_OK && !siblings.has_failed) {
		siblings.has_failed = true;
		cancel_all();
	}
	siblings.left--;
	pthread_mutex_unlock(&siblings.lock);
	sem_post(&siblings.done);
}

static DnsAsyncResult *
begin_sibling(int number, bool is_one_local)
{
	const char *host = "x.slow.test";

	if (number == SIBLINGS - 1)
		host = "missing.test";
	else if (number == 0 && is_one_local)
		host = "localhost";
	return BeginGetHostAddresses(world.resolver, host, AF_UNSPEC, on_sibling, NULL);
}

START_TEST(DnsGetHostAddresses_ResolveParallelCancelOnFailure_AllCallsReturn)
{
	DnsAsyncResult *begun;
	int i;

	memset(&siblings, 0, sizeof siblings);
	pthread_mutex_init(&siblings.lock, NULL);
	sem_init(&siblings.done, 0, 0);
	siblings.left = SIBLINGS;
	for (i = 0; i < SIBLINGS; i++) {
		begun = begin_sibling(i, _i == 1);
		ck_assert_ptr_nonnull(begun);
		pthread_mutex_lock(&siblings.lock);
		siblings.handles[i] = begun;
		pthread_mutex_unlock(&siblings.lock);
	}
	for (i = 0; i < SIBLINGS; i++)
		await(&siblings.done);
	ck_assert(siblings.has_failed);
	ck_assert_int_eq(siblings.left, 0);
	ck_assert_uint_eq(read_statistics().cancelled,
			  (unsigned int)(SIBLINGS - (_i == 1 ? 2 : 1)));
	ck_assert_uint_eq(read_statistics().ended, SIBLINGS);
	world_close_resolver(); /* the callbacks have returned */
	sem_destroy(&siblings.done);
	pthread_mutex_destroy(&siblings.lock);
}
END_TEST

static void
add_names(TCase *names)
{
	tcase_add_loop_test(names, Dns_GetHostAddressesAsync_HostString_Ok, 0, 3);
	tcase_add_test(names, Dns_GetHostAddressesAsync_IPString_Ok);
	tcase_add_test(names, Dns_GetHostAddressesAsync_LongHostNameEndsInDot_Ok);
	tcase_add_test(names, Dns_GetHostAddressesAsync_LongHostNameDoesNotEndInDot_Fail);
	tcase_add_test(names, Dns_GetHostAddressesAsync_NullHost_Fail);
	tcase_add_test(names, DnsBeginGetHostAddresses_BadName_Throws);
	tcase_add_test(names, DnsBeginGetHostAddresses_BadIpString_ReturnsAddress);
	tcase_add_loop_test(
		names, DnsBeginGetHostAddresses_MachineName_MatchesGetHostAddresses, 0, 3);
	tcase_add_test(names, DnsGetHostAddresses_IPv4String_ReturnsSameIP);
	tcase_add_test(names, DnsGetHostAddresses_IPv6String_ReturnsSameIP);
	tcase_add_loop_test(names, DnsGetHostAddresses_LocalHost_ReturnsSameAsGetHostEntry,
			    0, 3);
}

static void
add_families(TCase *families)
{
	tcase_add_loop_test(
		families, DnsGetHostAddresses_IPStringAndIncorrectFamily_ReturnsNoIPs, 0,
		2);
	tcase_add_loop_test(families, DnsGetHostAddresses_LocalHost_AddressFamilySpecific,
			    0, 2);
	tcase_add_loop_test(families,
			    GetHostAddresses_DisableIPv6_ExcludesIPv6Addresses, 0, 2);
}

static void
add_cancelling(TCase *cancelling)
{
	tcase_add_test(cancelling, DnsGetHostAddresses_PreCancelledToken_Throws);
	tcase_add_test(cancelling, DnsGetHostAddresses_PostCancelledToken_Throws);
	tcase_add_loop_test(
		cancelling,
		DnsGetHostAddresses_ResolveParallelCancelOnFailure_AllCallsReturn, 0, 2);
}

Suite *
get_host_addresses_suite(void)
{
	Suite *suite = suite_create("GetHostAddressesTest");

	add_names(machine_case(suite, "names"));
	add_families(machine_case(suite, "families"));
	add_cancelling(machine_case(suite, "cancelling"));
	return suite;
}
