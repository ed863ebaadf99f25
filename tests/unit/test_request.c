/* SPDX-License-Identifier: MIT */
#include "unit.h"

#include <arpa/inet.h>
#include <errno.h>
#include <string.h>

#include "hosts.h"
#include "request.h"
#include "rooms.h"

static const enum operation_kind kinds_by_name[] = { OPERATION_GET_HOST_BY_NAME,
						     OPERATION_GET_HOST_ENTRY,
						     OPERATION_GET_HOST_ADDRESSES };

static struct request request;

static int
read_name(enum operation_kind kind, const char *host, int family)
{
	struct operation_request given = { .kind = kind, .host = host, .family = family };

	memset(&request, 0xa5, sizeof request);
	return request_read(&request, &given);
}

static int
read_octets(const void *address, socklen_t length)
{
	struct operation_request given = { .kind = OPERATION_GET_HOST_BY_ADDRESS,
					   .address = address,
					   .address_length = length };

	memset(&request, 0xa5, sizeof request);
	return request_read(&request, &given);
}

static int
read_address(const char *digits)
{
	union host_address address = hosts_read_address(digits);

	return read_octets(&address, host_address_length(&address));
}

START_TEST(a_name_is_looked_up_forwards)
{
	int i;

	for (i = 0; i < 3; i++) {
		ck_assert_int_eq(read_name(kinds_by_name[i], "Host.TEST.", AF_UNSPEC), 0);
		ck_assert_int_eq(request.kind, kinds_by_name[i]);
		ck_assert_int_eq(request.question.kind, QUESTION_NAME);
		ck_assert_str_eq(request.question.name, "host.test");
		ck_assert(!request.is_backwards);
	}
}
END_TEST

START_TEST(the_family_is_the_callers)
{
	static const int families[] = { AF_UNSPEC, AF_INET, AF_INET6 };
	static const int others[] = { AF_UNIX, AF_MAX, -1, INT32_MAX, INT32_MIN };
	size_t i;

	for (i = 0; i < 3; i++) {
		ck_assert_int_eq(
			read_name(OPERATION_GET_HOST_ENTRY, "a.test", families[i]), 0);
		ck_assert_int_eq(request.family, families[i]);
	}
	for (i = 0; i < sizeof others / sizeof *others; i++)
		ck_assert_int_eq(
			read_name(OPERATION_GET_HOST_ADDRESSES, "a.test", others[i]),
			EINVAL);
}
END_TEST

START_TEST(names_that_are_no_arguments)
{
	char name[QUESTION_NAME_SIZE + 1];
	int i;

	memset(name, 'a', sizeof name - 1);
	name[sizeof name - 1] = '\0';
	for (i = 0; i < 3; i++) {
		ck_assert_int_eq(read_name(kinds_by_name[i], NULL, AF_UNSPEC), EINVAL);
		ck_assert_int_eq(read_name(kinds_by_name[i], name, AF_UNSPEC),
				 ENAMETOOLONG);
		ck_assert_int_eq(read_name(kinds_by_name[i], ".", AF_UNSPEC), 0);
	}
}
END_TEST

START_TEST(a_literal_is_looked_up_backwards_for_its_entry_only)
{
	static const char *const literals[] = { "192.0.2.1", "2001:db8::1" };
	int i, k;

	for (i = 0; i < 2; i++) {
		for (k = 0; k < 3; k++) {
			ck_assert_int_eq(
				read_name(kinds_by_name[k], literals[i], AF_UNSPEC), 0);
			ck_assert_int_eq(request.question.kind, QUESTION_ADDRESS);
			ck_assert_str_eq(request.question.name, literals[i]);
			ck_assert_int_eq(request.is_backwards,
					 kinds_by_name[k] == OPERATION_GET_HOST_ENTRY);
		}
	}
}
END_TEST

START_TEST(an_address_is_looked_up_backwards)
{
	struct in_addr ipv4 = { htonl(0xc0000201) };

	ck_assert_int_eq(read_address("192.0.2.1"), 0);
	ck_assert_int_eq(request.kind, OPERATION_GET_HOST_BY_ADDRESS);
	ck_assert_int_eq(request.question.kind, QUESTION_ADDRESS);
	ck_assert_str_eq(request.question.name, "192.0.2.1");
	ck_assert_int_eq(request.question.address.any.sa_family, AF_INET);
	ck_assert_mem_eq(&request.question.address.ipv4.sin_addr, &ipv4, sizeof ipv4);
	ck_assert_int_eq(request.family, AF_UNSPEC);
	ck_assert(request.is_backwards);
	ck_assert_int_eq(read_address("2001:db8::1"), 0);
	ck_assert_str_eq(request.question.name, "2001:db8::1");
	ck_assert_int_eq(request.question.address.any.sa_family, AF_INET6);
	ck_assert(request.is_backwards);
}
END_TEST

/* Its port is not looked at. */
START_TEST(an_address_with_a_port)
{
	union host_address address = hosts_read_address("192.0.2.1");

	address.ipv4.sin_port = htons(53);
	ck_assert_int_eq(read_octets(&address, sizeof address.ipv4), 0);
	ck_assert_str_eq(request.question.name, "192.0.2.1");
	ck_assert_uint_eq(request.question.address.ipv4.sin_port, 0);
}
END_TEST

START_TEST(addresses_have_the_length_of_their_family)
{
	union host_address ipv4 = hosts_read_address("192.0.2.1");
	union host_address ipv6 = hosts_read_address("2001:db8::1");
	socklen_t length;

	for (length = 0; length <= sizeof(struct sockaddr_storage); length++) {
		ck_assert_int_eq(read_octets(&ipv4, length),
				 length == sizeof ipv4.ipv4 ? 0 : EINVAL);
		ck_assert_int_eq(read_octets(&ipv6, length),
				 length == sizeof ipv6.ipv6 ? 0 : EINVAL);
	}
	ck_assert_int_eq(read_octets(NULL, 0), EINVAL);
	ck_assert_int_eq(read_octets(NULL, sizeof ipv4.ipv4), EINVAL);
}
END_TEST

START_TEST(addresses_of_other_families)
{
	static const sa_family_t families[] = { AF_UNSPEC, AF_UNIX, AF_MAX };
	union host_address address;
	size_t i;

	for (i = 0; i < sizeof families / sizeof *families; i++) {
		address = hosts_read_address("2001:db8::1");
		address.any.sa_family = families[i];
		ck_assert_int_eq(read_octets(&address, sizeof address.ipv4), EINVAL);
		ck_assert_int_eq(read_octets(&address, sizeof address.ipv6), EINVAL);
	}
}
END_TEST

/* Nobody has it, so it has no name; forwards it is as good as any literal. */
START_TEST(the_unspecified_address_is_not_looked_up_backwards)
{
	static const char *const unspecified[] = { "0.0.0.0", "::" };
	static const char *const specified[] = { "0.0.0.1", "::1", "::ffff:0.0.0.0",
						 "255.255.255.255" };
	int i, k, error;
	bool is_entry;

	for (i = 0; i < 2; i++) {
		ck_assert_int_eq(read_address(unspecified[i]), EINVAL);
		for (k = 0; k < 3; k++) {
			is_entry = kinds_by_name[k] == OPERATION_GET_HOST_ENTRY;
			error = read_name(kinds_by_name[k], unspecified[i], AF_UNSPEC);
			ck_assert_int_eq(error, is_entry ? EINVAL : 0);
			ck_assert_int_eq(request.is_backwards, is_entry);
		}
	}
	for (i = 0; i < 4; i++) {
		ck_assert_int_eq(read_address(specified[i]), 0);
		ck_assert(request.is_backwards);
	}
}
END_TEST

void
request_tests(TCase *tests)
{
	tcase_add_test(tests, a_name_is_looked_up_forwards);
	tcase_add_test(tests, the_family_is_the_callers);
	tcase_add_test(tests, names_that_are_no_arguments);
	tcase_add_test(tests, a_literal_is_looked_up_backwards_for_its_entry_only);
	tcase_add_test(tests, an_address_is_looked_up_backwards);
	tcase_add_test(tests, an_address_with_a_port);
	tcase_add_test(tests, addresses_have_the_length_of_their_family);
	tcase_add_test(tests, addresses_of_other_families);
	tcase_add_test(tests, the_unspecified_address_is_not_looked_up_backwards);
}
