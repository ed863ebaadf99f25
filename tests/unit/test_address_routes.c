/* SPDX-License-Identifier: MIT */
#include "unit.h"

#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

#include "address_routes.h"
#include "address_text.h"
#include "rooms.h"

/* A system where only even addresses can be reached, each from the address before it. */
static atomic_uint questions;
static struct address_routes *routes;
static int64_t now;

static uint8_t *
last_octet(union host_address *address)
{
	if (address->any.sa_family == AF_INET)
		return (uint8_t *)&address->ipv4.sin_addr + 3;
	return address->ipv6.sin6_addr.s6_addr + 15;
}

static bool
ask_system(void *context, const union host_address *destination,
	   union host_address *source, unsigned int *prefix_length)
{
	ck_assert_ptr_eq(context, &questions);
	atomic_fetch_add(&questions, 1);
	*source = *destination;
	*prefix_length = *last_octet(source) / 2;
	return (*last_octet(source))-- % 2 == 0;
}

static void
set_up(void)
{
	atomic_store(&questions, 0);
	now = 0;
	routes = address_routes_create(ask_system, &questions);
	ck_assert_ptr_nonnull(routes);
}

static void
tear_down(void)
{
	address_routes_free(routes);
}

static bool
find_address(const union host_address *destination)
{
	struct address_routes_look look = { routes, now };
	union host_address expected = *destination, source;
	unsigned int prefix_length = 999, octet = *last_octet(&expected);
	bool is_reachable;

	memset(&source, 0xa5, sizeof source);
	is_reachable = address_routes_find(&look, destination, &source, &prefix_length);
	(*last_octet(&expected))--;
	ck_assert_int_eq(is_reachable, octet % 2 == 0);
	if (is_reachable) {
		ck_assert_mem_eq(&source, &expected, sizeof source);
		ck_assert_uint_eq(prefix_length, octet / 2);
	}
	return is_reachable;
}

static bool
find(const char *text)
{
	union host_address destination;

	address_from_text(&destination, text);
	return find_address(&destination);
}

START_TEST(a_route_is_asked_for_once)
{
	int i;

	for (i = 0; i < 3; i++) {
		ck_assert(find("192.0.2.2"));
		ck_assert(find("2001:db8::2"));
	}
	ck_assert_uint_eq(questions, 2);
}
END_TEST

START_TEST(that_there_is_none_is_remembered_too)
{
	ck_assert(!find("192.0.2.1"));
	ck_assert(!find("192.0.2.1"));
	ck_assert_uint_eq(questions, 1);
}
END_TEST

/* A second by whatever the clock began with. */
START_TEST(a_route_is_forgotten_after_a_second)
{
	now = _i == 0 ? 0 : INT64_C(-1000000000000);
	find("192.0.2.2");
	now += ADDRESS_ROUTES_AGE - 1;
	find("192.0.2.2");
	ck_assert_uint_eq(questions, 1);
	now += 1;
	find("192.0.2.2");
	ck_assert_uint_eq(questions, 2);
	now += ADDRESS_ROUTES_AGE - 1;
	find("192.0.2.2");
	ck_assert_uint_eq(questions, 2);
}
END_TEST

START_TEST(the_whole_address_and_the_scope_tell_destinations_apart)
{
	static const char *const others[] = { "192.0.2.2", "193.0.2.2", "192.0.2.4",
					      "c000:202::", "::c000:202",
					      "c000:202::2", "::" };
	union host_address address;
	unsigned int i;

	for (i = 0; i < sizeof others / sizeof *others; i++)
		find(others[i]);
	ck_assert_uint_eq(questions, i);
	address_from_text(&address, "fe80::2");
	find_address(&address);
	address.ipv6.sin6_scope_id = 1;
	find_address(&address);
	address.ipv6.sin6_scope_id = 2;
	find_address(&address);
	ck_assert_uint_eq(questions, i + 3);
}
END_TEST

/* Answers stay right, whatever has taken whose place. */
START_TEST(more_destinations_than_places)
{
	union host_address address;
	unsigned int round, i, before;
	char text[32];

	for (round = 0; round < 2; round++) {
		for (i = 0; i < 10 * ADDRESS_ROUTES_MAXIMUM; i++) {
			snprintf(text, sizeof text, "2001:db8::%x", i);
			address_from_text(&address, text);
			find_address(&address);
		}
	}
	before = questions;
	ck_assert_uint_gt(before, 19 * ADDRESS_ROUTES_MAXIMUM);
	find_address(&address);
	ck_assert_uint_eq(questions, before);
}
END_TEST

static void
find_often(unsigned int number)
{
	struct address_routes_look look = { routes, 0 };
	union host_address destination, source;
	unsigned int i, prefix_length;

	address_from_text(&destination, "192.0.2.0");
	for (i = 0; i < 20000; i++) {
		*last_octet(&destination) = (uint8_t)(i * (number + 1));
		look.now = i;
		expect(address_routes_find(&look, &destination, &source, &prefix_length) ==
			       (*last_octet(&destination) % 2 == 0),
		       "another destination's route");
		expect((uint8_t)(*last_octet(&source) + 1) == *last_octet(&destination),
		       "another destination's source");
	}
}

START_TEST(threads_share_them)
{
	unit_run_threads(4, find_often);
	ck_assert_uint_lt(questions, 80000);
}
END_TEST

void
address_routes_tests(TCase *tests)
{
	tcase_add_checked_fixture(tests, set_up, tear_down);
	tcase_add_test(tests, a_route_is_asked_for_once);
	tcase_add_test(tests, that_there_is_none_is_remembered_too);
	tcase_add_loop_test(tests, a_route_is_forgotten_after_a_second, 0, 2);
	tcase_add_test(tests, the_whole_address_and_the_scope_tell_destinations_apart);
	tcase_add_test(tests, more_destinations_than_places);
	tcase_add_test(tests, threads_share_them);
}
