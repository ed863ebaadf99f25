/* SPDX-License-Identifier: MIT */
/* What Begin refuses, and X in the same way: nothing has been started then. */
#include "operations.h"

#include <errno.h>
#include <netinet/in.h>
#include <string.h>

static void
assert_refused(DnsAsyncResult *begun, DnsStatus status, int error)
{
	ck_assert_ptr_null(begun);
	ck_assert_int_eq(errno, error);
	ck_assert_int_eq(status, error == ESHUTDOWN ? DNS_STATUS_CLOSED
						    : DNS_STATUS_INVALID_ARGUMENT);
}

static void
assert_host_refused(int operation, const char *host, int error)
{
	DnsHostEntry *entry = (DnsHostEntry *)&world;
	DnsStatus status = operations[operation].run(host, &entry);

	ck_assert_ptr_null(entry);
	errno = 0;
	assert_refused(operations[operation].begin(host, on_impossible, NULL), status,
		       error);
}

static void
assert_address_refused(const void *address, socklen_t length)
{
	DnsStatus status = GetHostByAddress(world.resolver, address, length, NULL);

	errno = 0;
	assert_refused(BeginGetHostByAddress(world.resolver, address, length,
					     on_impossible, NULL),
		       status, EINVAL);
}

static void
assert_nothing_was_begun(void)
{
	ck_assert_uint_eq(read_statistics().begun, 0);
	ck_assert_uint_eq(dns_server_count_questions(world.server, NULL, 0), 0);
}

START_TEST(bad_hosts)
{
	char name[300];

	memset(name, 'x', sizeof name);
	name[256] = '\0';
	assert_host_refused(_i, NULL, EINVAL);
	assert_host_refused(_i, name, ENAMETOOLONG);
	assert_nothing_was_begun();
}
END_TEST

START_TEST(the_unspecified_address)
{
	assert_host_refused(_i, "0.0.0.0", EINVAL);
	assert_host_refused(_i, "::", EINVAL);
	if (_i == HOST_ENTRY)
		assert_host_refused(_i, "0", EINVAL);
	assert_nothing_was_begun();
}
END_TEST

START_TEST(bad_families)
{
	static const int families[] = {AF_UNIX, -1, 4711};
	DnsStatus status;
	size_t i;

	for (i = 0; i < sizeof families / sizeof *families; i++) {
		status = GetHostAddresses(world.resolver, "localhost", families[i], NULL);
		errno = 0;
		assert_refused(BeginGetHostAddresses(world.resolver, "localhost",
						     families[i], on_impossible, NULL),
			       status, EINVAL);
	}
	assert_nothing_was_begun();
}
END_TEST

START_TEST(bad_addresses)
{
	const socklen_t ipv4_size = sizeof(struct sockaddr_in);
	const socklen_t ipv6_size = sizeof(struct sockaddr_in6);
	struct sockaddr_storage address;

	assert_address_refused(NULL, ipv4_size);
	make_address("127.0.0.1", &address);
	assert_address_refused(&address, 0);
	assert_address_refused(&address, ipv4_size - 1);
	assert_address_refused(&address, ipv4_size + 1);
	assert_address_refused(&address, ipv6_size);
	assert_address_refused(&address, sizeof address);
	make_address("::1", &address);
	assert_address_refused(&address, ipv4_size);
	assert_address_refused(&address, ipv6_size - 1);
	assert_address_refused(&address, sizeof address);
	address.ss_family = AF_UNIX;
	assert_address_refused(&address, ipv6_size);
	address.ss_family = AF_UNSPEC;
	assert_address_refused(&address, ipv4_size);
	assert_nothing_was_begun();
}
END_TEST

START_TEST(a_closed_resolver)
{
	DnsResolver *open = world.resolver;

	world.resolver = world_make_resolver(0);
	DnsResolverClose(world.resolver);
	assert_host_refused(_i, "127.0.0.1", ESHUTDOWN);
	assert_host_refused(_i, "192.0.2.1", ESHUTDOWN);
	world.resolver = open;
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("refused");
	TCase *calls = contract_case(suite, "calls");

	tcase_add_loop_test(calls, bad_hosts, BY_NAME, BY_ADDRESS);
	tcase_add_loop_test(calls, the_unspecified_address, HOST_ENTRY, HOST_ENTRY + 1);
	tcase_add_loop_test(calls, the_unspecified_address, BY_ADDRESS, BY_ADDRESS + 1);
	tcase_add_test(calls, bad_families);
	tcase_add_test(calls, bad_addresses);
	tcase_add_loop_test(calls, a_closed_resolver, 0, OPERATIONS);
	return contract_run(suite);
}
