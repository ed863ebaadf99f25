/* SPDX-License-Identifier: MIT */
/* What End must refuse: dotnet/runtime, the tests of HttpListener and Socket, which have
 * those that Dns lacks. Their classes stand before the names. HttpListener has four pairs
 * of Begin and End and so have we: GetContext is GetHostByName here, Read GetHostEntry,
 * Write GetHostAddresses, and GetClientCertificate GetHostByAddress. */
#include "machine.h"

#include <stdint.h>

#include "suites.h"

static DnsAsyncResult *
begin_held(int operation)
{
	DnsAsyncResult *handle;

	handle = operations[operation].begin(
		operation == BY_ADDRESS ? "192.0.2.13" : HELD_NAME, NULL, NULL);
	ck_assert_ptr_nonnull(handle);
	return handle;
}

static void
release_held(void)
{
	world_release();
	dns_server_release(world.server, POINTER_HELD);
}

static void
refuse(int operation, DnsAsyncResult *handle)
{
	DnsHostEntry *entry = (DnsHostEntry *)&world; /* to be overwritten */

	ck_assert_int_eq(operations[operation].end(handle, &entry),
			 DNS_STATUS_INVALID_OPERATION);
	ck_assert_ptr_null(entry);
}

static void
refuse_null(int operation)
{
	refuse(operation, NULL);
}

/* End names no resolver: a handle knows its own, and has one End whoever made it. */
static void
end_of_another_resolver(int operation)
{
	DnsResolver *own = world.resolver;
	DnsAsyncResult *handle;

	world.resolver = world_make_resolver(0);
	handle = begin_held(operation);
	DnsResolverClose(world.resolver);
	world.resolver = own;
	ck_assert_int_eq(operations[operation].end(handle, NULL), DNS_STATUS_CLOSED);
}

/* Objects that only look like a handle. */
static void
refuse_invalid(int operation)
{
	DnsAsyncResult *handle = begin_held(operation);
	uint64_t custom[8] = {0};
	uintptr_t next = (uintptr_t)handle + 1;

	refuse(operation, (DnsAsyncResult *)(void *)custom);
	refuse(operation, (DnsAsyncResult *)(void *)&handle);
	refuse(operation, (DnsAsyncResult *)next);
	refuse(operation, (DnsAsyncResult *)(void *)world.resolver);
	end_of_another_resolver(operation);
	release_held();
	ck_assert_int_eq(operations[operation].end(handle, NULL), DNS_STATUS_OK);
}

static void
refuse_second(int operation)
{
	DnsAsyncResult *handle = begin_held(operation);
	DnsHostEntry *entry;

	release_held();
	ck_assert_int_eq(operations[operation].end(handle, &entry), DNS_STATUS_OK);
	refuse(operation, handle);
	refuse(operation, handle);
	ck_assert_uint_ge(DnsHostEntryGetAddressCount(entry), 1); /* untouched */
	DnsHostEntryRelease(entry);
}

/* ---- HttpListener ---- */

START_TEST(HttpListener_EndGetContext_NullAsyncResult_ThrowsArgumentNullException)
{
	refuse_null(BY_NAME);
}
END_TEST

START_TEST(HttpListener_EndGetContext_InvalidAsyncResult_ThrowsArgumentException)
{
	refuse_invalid(BY_NAME);
}
END_TEST

START_TEST(HttpListener_EndGetContext_AlreadyCalled_ThrowsInvalidOperationException)
{
	refuse_second(BY_NAME);
}
END_TEST

START_TEST(HttpListener_EndRead_NullAsyncResult_ThrowsArgumentNullException)
{
	refuse_null(HOST_ENTRY);
}
END_TEST

START_TEST(HttpListener_EndRead_InvalidAsyncResult_ThrowsArgumentException)
{
	refuse_invalid(HOST_ENTRY);
}
END_TEST

START_TEST(HttpListener_EndRead_CalledTwice_ThrowsInvalidOperationException)
{
	refuse_second(HOST_ENTRY);
}
END_TEST

START_TEST(HttpListener_EndWrite_NullAsyncResult_ThrowsArgumentNullException)
{
	refuse_null(HOST_ADDRESSES);
}
END_TEST

START_TEST(HttpListener_EndWrite_InvalidAsyncResult_ThrowsArgumentException)
{
	refuse_invalid(HOST_ADDRESSES);
}
END_TEST

START_TEST(HttpListener_EndWrite_CalledTwice_ThrowsInvalidOperationException)
{
	refuse_second(HOST_ADDRESSES);
}
END_TEST

START_TEST(HttpListener_EndGetClientCertificate_NullAsyncResult_ThrowsArgumentException)
{
	refuse_null(BY_ADDRESS);
}
END_TEST

START_TEST(HttpListener_EndGetClientCertificate_InvalidAsyncResult_ThrowsArgumentException)
{
	refuse_invalid(BY_ADDRESS);
}
END_TEST

START_TEST(
	HttpListener_EndGetClientCertificate_AlreadyCalled_ThrowsInvalidOperationException)
{
	refuse_second(BY_ADDRESS);
}
END_TEST

/* ---- Socket ---- */

START_TEST(Socket_EndConnect_NullAsyncResult_Throws_ArgumentNull)
{
	refuse_null(_i);
}
END_TEST

/* One of another operation is refused, and not consumed. */
START_TEST(Socket_EndConnect_UnrelatedAsyncResult_Throws_Argument)
{
	DnsAsyncResult *handle = begin_held(_i);
	int other;

	for (other = 0; other < OPERATIONS; other++)
		if (other != _i)
			refuse(other, handle);
	release_held();
	ck_assert_int_eq(operations[_i].end(handle, NULL), DNS_STATUS_OK);
}
END_TEST

START_TEST(Socket_BeginConnectDnsEndPoint_Success)
{
	DnsAsyncResult *handle = begin("localhost", NULL, NULL);

	ck_assert_int_eq(EndGetHostByName(handle, NULL), DNS_STATUS_OK);
	refuse(BY_NAME, handle);
	handle = begin("a.test", NULL, NULL);
	ck_assert_int_eq(EndGetHostByName(handle, NULL), DNS_STATUS_OK);
	refuse(BY_NAME, handle);
}
END_TEST

static void
add_http_listener(TCase *all)
{
	tcase_add_test(
		all,
		HttpListener_EndGetContext_NullAsyncResult_ThrowsArgumentNullException);
	tcase_add_test(
		all, HttpListener_EndGetContext_InvalidAsyncResult_ThrowsArgumentException);
	tcase_add_test(
		all,
		HttpListener_EndGetContext_AlreadyCalled_ThrowsInvalidOperationException);
	tcase_add_test(all,
		       HttpListener_EndRead_NullAsyncResult_ThrowsArgumentNullException);
	tcase_add_test(all,
		       HttpListener_EndRead_InvalidAsyncResult_ThrowsArgumentException);
	tcase_add_test(all,
		       HttpListener_EndRead_CalledTwice_ThrowsInvalidOperationException);
	tcase_add_test(all,
		       HttpListener_EndWrite_NullAsyncResult_ThrowsArgumentNullException);
	tcase_add_test(all,
		       HttpListener_EndWrite_InvalidAsyncResult_ThrowsArgumentException);
	tcase_add_test(all,
		       HttpListener_EndWrite_CalledTwice_ThrowsInvalidOperationException);
	tcase_add_test(
		all,
		HttpListener_EndGetClientCertificate_NullAsyncResult_ThrowsArgumentException);
	tcase_add_test(
		all,
		HttpListener_EndGetClientCertificate_InvalidAsyncResult_ThrowsArgumentException);
	tcase_add_test(
		all,
		HttpListener_EndGetClientCertificate_AlreadyCalled_ThrowsInvalidOperationException);
}

static void
add_socket(TCase *all)
{
	tcase_add_loop_test(all, Socket_EndConnect_NullAsyncResult_Throws_ArgumentNull, 0,
			    OPERATIONS);
	tcase_add_loop_test(all, Socket_EndConnect_UnrelatedAsyncResult_Throws_Argument, 0,
			    OPERATIONS);
	tcase_add_test(all, Socket_BeginConnectDnsEndPoint_Success);
}

Suite *
end_suite(void)
{
	Suite *suite = suite_create("End");

	add_http_listener(machine_case(suite, "HttpListener"));
	add_socket(machine_case(suite, "Socket"));
	return suite;
}
