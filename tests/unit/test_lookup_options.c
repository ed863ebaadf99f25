/* SPDX-License-Identifier: MIT */
#include "unit.h"

#include <limits.h>
#include <sys/socket.h>

#include "lookup_options_impl.h"
#include "rooms.h"

static DnsLookupOptions *options;

static void
set_up(void)
{
	options = DnsLookupOptionsCreate();
	ck_assert_ptr_nonnull(options);
}

static void
tear_down(void)
{
	DnsLookupOptionsRelease(options);
}

START_TEST(new_ones_differ_in_nothing)
{
	ck_assert_int_eq(options->family, AF_UNSPEC);
	ck_assert_int_eq(options->deadline, 0);
	ck_assert(!options->has_order);
	ck_assert_uint_eq(options->port, 0);
	ck_assert_uint_eq(options->flags, 0);
}
END_TEST

START_TEST(null_is_an_invalid_argument)
{
	ck_assert_int_eq(DnsLookupOptionsSetFamily(NULL, AF_INET),
			 DNS_STATUS_INVALID_ARGUMENT);
	ck_assert_int_eq(DnsLookupOptionsSetDeadline(NULL, 1),
			 DNS_STATUS_INVALID_ARGUMENT);
	ck_assert_int_eq(DnsLookupOptionsSetAddressOrder(NULL, (DnsAddressOrder)0),
			 DNS_STATUS_INVALID_ARGUMENT);
	ck_assert_int_eq(DnsLookupOptionsSetPort(NULL, 1), DNS_STATUS_INVALID_ARGUMENT);
	ck_assert_int_eq(DnsLookupOptionsSetFlags(NULL, 0), DNS_STATUS_INVALID_ARGUMENT);
	DnsLookupOptionsRelease(NULL);
}
END_TEST

/* What is refused leaves the options as they were, here and below. */
START_TEST(three_families)
{
	ck_assert_int_eq(DnsLookupOptionsSetFamily(options, AF_INET), DNS_STATUS_OK);
	ck_assert_int_eq(DnsLookupOptionsSetFamily(options, AF_INET6), DNS_STATUS_OK);
	ck_assert_int_eq(DnsLookupOptionsSetFamily(options, AF_UNIX),
			 DNS_STATUS_INVALID_ARGUMENT);
	ck_assert_int_eq(DnsLookupOptionsSetFamily(options, -1),
			 DNS_STATUS_INVALID_ARGUMENT);
	ck_assert_int_eq(options->family, AF_INET6);
	ck_assert_int_eq(DnsLookupOptionsSetFamily(options, AF_UNSPEC), DNS_STATUS_OK);
	ck_assert_int_eq(options->family, AF_UNSPEC);
}
END_TEST

START_TEST(numbers_have_bounds)
{
	ck_assert_int_eq(DnsLookupOptionsSetDeadline(options, 1), DNS_STATUS_OK);
	ck_assert_int_eq(DnsLookupOptionsSetDeadline(options, INT_MAX), DNS_STATUS_OK);
	ck_assert_int_eq(DnsLookupOptionsSetDeadline(options, 0),
			 DNS_STATUS_INVALID_ARGUMENT);
	ck_assert_int_eq(DnsLookupOptionsSetDeadline(options, INT_MIN),
			 DNS_STATUS_INVALID_ARGUMENT);
	ck_assert_int_eq(options->deadline, INT_MAX);
	ck_assert_int_eq(DnsLookupOptionsSetPort(options, 0), DNS_STATUS_OK);
	ck_assert_int_eq(DnsLookupOptionsSetPort(options, 65535), DNS_STATUS_OK);
	ck_assert_int_eq(DnsLookupOptionsSetPort(options, 65536),
			 DNS_STATUS_INVALID_ARGUMENT);
	ck_assert_int_eq(DnsLookupOptionsSetPort(options, UINT_MAX),
			 DNS_STATUS_INVALID_ARGUMENT);
	ck_assert_uint_eq(options->port, 65535);
}
END_TEST

START_TEST(orders_are_those_known)
{
	int order, last = DNS_ADDRESS_ORDER_AS_RECEIVED;

	ck_assert_int_eq(DnsLookupOptionsSetAddressOrder(options, (DnsAddressOrder)-1),
			 DNS_STATUS_INVALID_ARGUMENT);
	ck_assert_int_eq(
		DnsLookupOptionsSetAddressOrder(options, (DnsAddressOrder)(last + 1)),
		DNS_STATUS_INVALID_ARGUMENT);
	ck_assert(!options->has_order);
	for (order = 0; order <= last; order++) {
		ck_assert_int_eq(DnsLookupOptionsSetAddressOrder(options,
								 (DnsAddressOrder)order),
				 DNS_STATUS_OK);
		ck_assert(options->has_order);
		ck_assert_int_eq((int)options->order, order);
	}
}
END_TEST

START_TEST(unknown_flags_are_refused)
{
	unsigned int known, bit;

	known = DNS_LOOKUP_NO_CACHE | DNS_LOOKUP_NO_SEARCH | DNS_LOOKUP_NO_HOSTS |
		DNS_LOOKUP_ABSOLUTE | DNS_LOOKUP_TCP_ONLY | DNS_LOOKUP_WHOLE_RESPONSE |
		DNS_LOOKUP_LOCAL_ONLY;
	ck_assert_int_eq(DnsLookupOptionsSetFlags(options, known), DNS_STATUS_OK);
	for (bit = 0; bit < 32; bit++) {
		if ((known & 1u << bit) != 0)
			continue;
		ck_assert_int_eq(DnsLookupOptionsSetFlags(options, 1u << bit),
				 DNS_STATUS_INVALID_ARGUMENT);
		ck_assert_int_eq(DnsLookupOptionsSetFlags(options, 1u << bit | 1),
				 DNS_STATUS_INVALID_ARGUMENT);
	}
	ck_assert_uint_eq(options->flags, known);
	ck_assert_int_eq(DnsLookupOptionsSetFlags(options, 0), DNS_STATUS_OK);
	ck_assert_uint_eq(options->flags, 0);
}
END_TEST

void
lookup_options_tests(TCase *tests)
{
	tcase_add_checked_fixture(tests, set_up, tear_down);
	tcase_add_test(tests, new_ones_differ_in_nothing);
	tcase_add_test(tests, null_is_an_invalid_argument);
	tcase_add_test(tests, three_families);
	tcase_add_test(tests, numbers_have_bounds);
	tcase_add_test(tests, orders_are_those_known);
	tcase_add_test(tests, unknown_flags_are_refused);
}
