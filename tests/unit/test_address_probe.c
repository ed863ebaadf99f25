/* SPDX-License-Identifier: MIT */
#include "unit.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "address_probe.h"
#include "host_entry_impl.h"
#include "rooms.h"

static struct address_prober prober;
static union host_address source;
static unsigned int prefix_length;

static bool
probe(const char *text)
{
	union host_address destination;
	struct in6_addr octets;

	if (strchr(text, ':') != NULL) {
		ck_assert_int_eq(inet_pton(AF_INET6, text, &octets), 1);
		host_address_set_ipv6(&destination, &octets);
	} else {
		ck_assert_int_eq(inet_pton(AF_INET, text, &octets), 1);
		host_address_set_ipv4(&destination, &octets);
	}
	memset(&source, 0xa5, sizeof source);
	prefix_length = 99;
	return address_probe(&prober, &destination, &source, &prefix_length);
}

START_TEST(a_loopback_address_is_reached_from_the_interface)
{
	int i;

	address_prober_init(&prober);
	for (i = 0; i < 3; i++) {
		ck_assert(probe("127.0.0.1"));
		ck_assert_int_eq(source.ipv4.sin_family, AF_INET);
		ck_assert_uint_eq(ntohl(source.ipv4.sin_addr.s_addr), INADDR_LOOPBACK);
		ck_assert_uint_eq(source.ipv4.sin_port, 0);
		ck_assert_uint_eq(prefix_length, 8);
	}
	address_prober_close(&prober);
}
END_TEST

/* Where IPv6 is switched off, it cannot be reached. */
START_TEST(the_ipv6_loopback_is_reached_from_itself_if_at_all)
{
	address_prober_init(&prober);
	if (probe("::1")) {
		ck_assert_int_eq(source.ipv6.sin6_family, AF_INET6);
		ck_assert(IN6_IS_ADDR_LOOPBACK(&source.ipv6.sin6_addr));
		ck_assert_uint_eq(source.ipv6.sin6_port, 0);
	}
	ck_assert_uint_eq(prefix_length, 0);
	address_prober_close(&prober);
}
END_TEST

START_TEST(what_cannot_be_reached_is_told)
{
	address_prober_init(&prober);
	/* A broadcast needs permission; a link-local address needs a link. */
	ck_assert(!probe("255.255.255.255"));
	ck_assert(!probe("fe80::1"));
	ck_assert_uint_eq(prefix_length, 0);
	ck_assert(probe("127.0.0.1"));
	ck_assert(!probe("255.255.255.255"));
	address_prober_close(&prober);
}
END_TEST

static int
lowest_free_descriptor(void)
{
	int descriptor = open("/dev/null", O_RDONLY | O_CLOEXEC);

	ck_assert_int_ge(descriptor, 0);
	close(descriptor);
	return descriptor;
}

START_TEST(a_prober_has_a_socket_a_family_and_leaves_none)
{
	int before = lowest_free_descriptor(), ipv4, ipv6, i;

	address_prober_init(&prober);
	ck_assert_int_eq(lowest_free_descriptor(), before);
	for (i = 0; i < 5; i++) {
		probe("127.0.0.1");
		probe("::1");
	}
	ck_assert_int_ge(lowest_free_descriptor(), before + 1);
	ck_assert_int_le(lowest_free_descriptor(), before + 2);
	ck_assert_int_eq(fcntl(prober.ipv4, F_GETFD) & FD_CLOEXEC, FD_CLOEXEC);
	ipv4 = prober.ipv4;
	ipv6 = prober.ipv6;
	address_prober_close(&prober);
	ck_assert_int_lt(fcntl(ipv4, F_GETFD), 0);
	ck_assert_int_lt(fcntl(ipv6, F_GETFD), 0);
}
END_TEST

/* A kept socket waits for nothing and holds no port of the system's. */
START_TEST(between_questions_there_is_no_port)
{
	union host_address own;
	socklen_t size = sizeof own;

	address_prober_init(&prober);
	probe("127.0.0.1");
	probe("255.255.255.255");
	ck_assert_int_eq(getsockname(prober.ipv4, &own.any, &size), 0);
	ck_assert_uint_eq(own.ipv4.sin_port, 0);
	ck_assert_uint_eq(own.ipv4.sin_addr.s_addr, INADDR_ANY);
	probe("::1");
	size = sizeof own;
	if (prober.ipv6 >= 0) {
		ck_assert_int_eq(getsockname(prober.ipv6, &own.any, &size), 0);
		ck_assert_uint_eq(own.ipv6.sin6_port, 0);
	}
	address_prober_close(&prober);
}
END_TEST

static void
probe_often(unsigned int number)
{
	uint32_t loopback = htonl(INADDR_LOOPBACK);
	union host_address destination, own;
	unsigned int length, i;

	(void)number;
	host_address_set_ipv4(&destination, &loopback);
	for (i = 0; i < 1000; i++) {
		expect(address_probe(&prober, &destination, &own, &length), "no route");
		expect(own.ipv4.sin_addr.s_addr == loopback, "no source");
	}
}

START_TEST(any_thread_may_ask)
{
	address_prober_init(&prober);
	unit_run_threads(4, probe_often);
	address_prober_close(&prober);
}
END_TEST

void
address_probe_tests(TCase *tests)
{
	tcase_add_test(tests, a_loopback_address_is_reached_from_the_interface);
	tcase_add_test(tests, the_ipv6_loopback_is_reached_from_itself_if_at_all);
	tcase_add_test(tests, what_cannot_be_reached_is_told);
	tcase_add_test(tests, a_prober_has_a_socket_a_family_and_leaves_none);
	tcase_add_test(tests, between_questions_there_is_no_port);
	tcase_add_test(tests, any_thread_may_ask);
}
