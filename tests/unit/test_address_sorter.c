/* SPDX-License-Identifier: MIT */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "address_sorter.h"
#include "address_text.h"
#include "rooms.h"

static char path[] = "test_address_sorter.XXXXXX";
static struct address_sorter *sorter;

static void
set_up(void)
{
	int descriptor;

	memcpy(path + sizeof path - 7, "XXXXXX", 6);
	descriptor = mkstemp(path);
	ck_assert_int_ge(descriptor, 0);
	close(descriptor);
	sorter = address_sorter_create(path);
	ck_assert_ptr_nonnull(sorter);
}

static void
tear_down(void)
{
	address_sorter_free(sorter);
	unlink(path);
}

#define ADDRESSES_MAXIMUM 4

/* Addresses separated by blanks. */
static size_t
read_addresses(union host_address addresses[ADDRESSES_MAXIMUM], const char *text)
{
	char copy[256], *word, *rest;
	size_t count = 0;

	ck_assert_uint_lt(strlen(text), sizeof copy);
	strcpy(copy, text);
	for (word = strtok_r(copy, " ", &rest); word != NULL;
	     word = strtok_r(NULL, " ", &rest))
		address_from_text(&addresses[count++], word);
	return count;
}

static void
expect_order(enum address_order order, const char *received, const char *expected)
{
	union host_address addresses[ADDRESSES_MAXIMUM];
	size_t count = read_addresses(addresses, received);
	char text[256];

	address_sorter_apply(sorter, order, addresses, count);
	addresses_to_text(text, sizeof text, addresses, count);
	ck_assert_str_eq(text, expected);
}

/* What every system has: an IPv4 loopback; a link-local address on no link, and the
 * broadcast address without permission, cannot be reached. */
START_TEST(what_the_system_can_reach_comes_first)
{
	int i;

	for (i = 0; i < 3; i++) {
		expect_order(ADDRESS_ORDER_RFC6724, "fe80::1 127.0.0.1 255.255.255.255",
			     "127.0.0.1 fe80::1 255.255.255.255");
		expect_order(ADDRESS_ORDER_INTERLEAVED, "255.255.255.255 127.0.0.1 fe80::1",
			     "127.0.0.1 fe80::1 255.255.255.255");
		expect_order(ADDRESS_ORDER_IPV6_FIRST, "255.255.255.255 127.0.0.1 fe80::1",
			     "fe80::1 127.0.0.1 255.255.255.255");
		expect_order(ADDRESS_ORDER_AS_RECEIVED, "fe80::1 127.0.0.1",
			     "fe80::1 127.0.0.1");
	}
}
END_TEST

/* Both are reached from 127.0.0.1, to which the one is nearer. */
START_TEST(gai_conf_is_heeded)
{
	FILE *file = fopen(path, "w");

	ck_assert_ptr_nonnull(file);
	fputs("precedence ::ffff:127.1.1.1/128 100\nprecedence ::/0 1\n", file);
	ck_assert_int_eq(fclose(file), 0);
	expect_order(ADDRESS_ORDER_RFC6724, "127.1.1.1 127.0.0.1", "127.0.0.1 127.1.1.1");
	address_sorter_refresh(sorter, 0);
	expect_order(ADDRESS_ORDER_RFC6724, "127.0.0.1 127.1.1.1", "127.1.1.1 127.0.0.1");
	unlink(path);
	address_sorter_refresh(sorter, 1000);
	expect_order(ADDRESS_ORDER_RFC6724, "127.1.1.1 127.0.0.1", "127.0.0.1 127.1.1.1");
}
END_TEST

static void
sort_often(unsigned int number)
{
	union host_address addresses[ADDRESSES_MAXIMUM];
	size_t count;
	int i;

	for (i = 0; i < 500; i++) {
		count = read_addresses(addresses, number % 2 == 0 ? "fe80::1 127.0.0.1" :
								    "fe80::2 127.0.0.2");
		address_sorter_apply(sorter, ADDRESS_ORDER_RFC6724, addresses, count);
		expect(addresses[0].any.sa_family == AF_INET, "order");
	}
}

/* The last is the nearest, and would be first. */
START_TEST(of_many_some_are_asked_for)
{
	union host_address addresses[ADDRESS_SORTER_ASKED_MAXIMUM + 1];
	size_t count = ADDRESS_SORTER_ASKED_MAXIMUM + (size_t)_i, i;
	struct in_addr nearest = { htonl(INADDR_LOOPBACK) };

	for (i = 0; i < count; i++)
		address_from_text(&addresses[i], i < count - 1 ? "127.1.1.1" : "127.0.0.1");
	address_sorter_apply(sorter, ADDRESS_ORDER_RFC6724, addresses, count);
	i = _i == 0 ? 0 : count - 1;
	ck_assert_uint_eq(addresses[i].ipv4.sin_addr.s_addr, nearest.s_addr);
}
END_TEST

START_TEST(any_thread_may_sort)
{
	unit_run_threads(4, sort_often);
}
END_TEST

void
address_sorter_tests(TCase *tests)
{
	tcase_add_checked_fixture(tests, set_up, tear_down);
	tcase_add_test(tests, what_the_system_can_reach_comes_first);
	tcase_add_test(tests, gai_conf_is_heeded);
	tcase_add_loop_test(tests, of_many_some_are_asked_for, 0, 2);
	tcase_add_test(tests, any_thread_may_sort);
}
