/* SPDX-License-Identifier: MIT */
#include "unit.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "address_order.h"
#include "address_policy.h"
#include "address_text.h"
#include "rooms.h"

#define ROUTES_MAXIMUM 16

/* What the system is made to say. */
static struct route {
	union host_address destination;
	union host_address source;
	unsigned int prefix_length;
	bool is_reachable;
} routes[ROUTES_MAXIMUM];
static size_t route_count, asked;

/* Reads "DESTINATION<SOURCE/BITS", "DESTINATION<SOURCE", or "DESTINATION" for one that
 * cannot be reached, separated by blanks. */
static void
read_route(struct route *route, char *word)
{
	char *source = strchr(word, '<'), *bits;

	if (source != NULL) {
		*source++ = '\0';
		bits = strchr(source, '/');
		if (bits != NULL) {
			*bits++ = '\0';
			route->prefix_length = (unsigned int)atoi(bits);
		}
		address_from_text(&route->source, source);
		route->is_reachable = true;
	}
	address_from_text(&route->destination, word);
}

static void
read_routes(const char *text)
{
	char copy[512], *word, *rest;

	ck_assert_uint_lt(strlen(text), sizeof copy);
	strcpy(copy, text);
	memset(routes, 0, sizeof routes);
	route_count = 0;
	for (word = strtok_r(copy, " ", &rest); word != NULL;
	     word = strtok_r(NULL, " ", &rest)) {
		ck_assert_uint_lt(route_count, ROUTES_MAXIMUM);
		read_route(&routes[route_count++], word);
	}
}

/* Is asked once for each, in the order received. */
static bool
next_route(void *context, const union host_address *destination,
	   union host_address *source, unsigned int *prefix_length)
{
	const struct route *route = &routes[asked];

	ck_assert_ptr_eq(context, &asked);
	ck_assert_uint_lt(asked, route_count);
	asked++;
	ck_assert_mem_eq(destination, &route->destination, sizeof *destination);
	if (!route->is_reachable) {
		memset(source, 0xa5, sizeof *source);
		return false;
	}
	*source = route->source;
	*prefix_length = route->prefix_length;
	return true;
}

static void
expect_kind(enum address_order order, const char *gai_conf, const char *expected)
{
	static struct address_policy policy;
	union host_address addresses[ROUTES_MAXIMUM];
	char result[512];
	size_t i;

	address_policy_parse(&policy, gai_conf, strlen(gai_conf));
	for (i = 0; i < route_count; i++)
		addresses[i] = routes[i].destination;
	asked = 0;
	address_order_apply(order, addresses, route_count, &policy, next_route, &asked);
	addresses_to_text(result, sizeof result, addresses, route_count);
	ck_assert_str_eq(result, expected);
}

static void
expect_order(const char *text, const char *expected)
{
	read_routes(text);
	expect_kind(ADDRESS_ORDER_RFC6724, "", expected);
	ck_assert_uint_eq(asked, route_count);
}

/* One way, and received the other way round. */
static void
expect_both_ways(const char *text, const char *gai_conf, const char *expected)
{
	struct route other;
	size_t i;

	read_routes(text);
	expect_kind(ADDRESS_ORDER_RFC6724, gai_conf, expected);
	for (i = 0; i < route_count / 2; i++) {
		other = routes[i];
		routes[i] = routes[route_count - 1 - i];
		routes[route_count - 1 - i] = other;
	}
	expect_kind(ADDRESS_ORDER_RFC6724, gai_conf, expected);
}

/* RFC 6724, section 10.2, in its order, with the sources that it finds. */
static const struct {
	const char *routes;
	const char *result;
} examples[] = {
	/* matching scope */
	{ "2001:db8:1::1<2001:db8:1::2 198.51.100.121<169.254.13.78",
	  "2001:db8:1::1 198.51.100.121" },
	{ "2001:db8:1::1<fe80::1 198.51.100.121<198.51.100.117",
	  "198.51.100.121 2001:db8:1::1" },
	/* higher precedence */
	{ "2001:db8:1::1<2001:db8:1::2 10.1.2.3<10.1.2.4",
	  "2001:db8:1::1 10.1.2.3" },
	/* smaller scope */
	{ "2001:db8:1::1<2001:db8:1::2 fe80::1<fe80::2",
	  "fe80::1 2001:db8:1::1" },
	/* The home address, and the deprecated one: without rules 3 and 4 the smaller
	 * scope decides, against the RFC. */
	{ "2001:db8:1::1<2001:db8:3::1 fe80::1<fe80::2",
	  "fe80::1 2001:db8:1::1" },
	{ "2001:db8:1::1<2001:db8:1::2 fe80::1<fe80::2",
	  "fe80::1 2001:db8:1::1" },
	/* longest matching prefix */
	{ "2001:db8:1::1<2001:db8:1::2 2001:db8:3ffe::1<2001:db8:3f44::2",
	  "2001:db8:1::1 2001:db8:3ffe::1" },
	/* matching label */
	{ "2002:c633:6401::1<2002:c633:6401::2 2001:db8:1::1<2002:c633:6401::2",
	  "2002:c633:6401::1 2001:db8:1::1" },
	/* higher precedence */
	{ "2002:c633:6401::1<2002:c633:6401::2 2001:db8:1::1<2001:db8:1::2",
	  "2001:db8:1::1 2002:c633:6401::1" },
};

#define EXAMPLES ((int)(sizeof examples / sizeof *examples))

START_TEST(the_examples_of_the_rfc)
{
	expect_both_ways(examples[_i].routes, "", examples[_i].result);
}
END_TEST

#define PREFER_IPV4 "precedence ::ffff:0:0/96 100\n"
#define EQUAL_FAMILIES "precedence ::ffff:0:0/96 40\n"

/* Section 10.3 and others of the kind. */
START_TEST(what_gai_conf_says_decides)
{
	static const char both[] = "2001:db8:1::1<2001:db8:1::2 10.1.2.3<10.1.2.4";
	static const char bad_scope[] = "2001:db8:1::1<fe80::1 10.1.2.3<10.1.2.4";

	expect_both_ways(both, PREFER_IPV4, "10.1.2.3 2001:db8:1::1");
	expect_both_ways(bad_scope, PREFER_IPV4, "10.1.2.3 2001:db8:1::1");
	expect_both_ways("2001:db8:1::1<2001:db8:1::2 198.51.100.121<169.254.13.78",
			 PREFER_IPV4, "2001:db8:1::1 198.51.100.121");
	expect_both_ways(both, "scopev4 10.0.0.0/8 5\n" EQUAL_FAMILIES,
			 "10.1.2.3 2001:db8:1::1");
	expect_both_ways(both, "label 2001:db8:1::1 99", "10.1.2.3 2001:db8:1::1");
}
END_TEST

START_TEST(each_rule_comes_before_those_after_it)
{
	/* 1: of the better precedence and scope, but it cannot be reached */
	expect_both_ways("::1 198.51.100.1<169.254.0.1", "", "198.51.100.1 ::1");
	/* 2 before 5 */
	expect_both_ways("2001:db8::1<fe80::1 2002::1<2001:db8::2", "",
			 "2002::1 2001:db8::1");
	/* 5 before 6 */
	expect_both_ways("2001:db8::1<fd00::1 fd00::2<fd00::1", "",
			 "fd00::2 2001:db8::1");
	/* 6 before 8 */
	expect_both_ways("169.254.0.1<169.254.0.2 2001:db8::1<2001:db8::2", "",
			 "2001:db8::1 169.254.0.1");
	/* 8 before 9 */
	expect_both_ways("2001:db8::1<2001:db8::1 fe80::1<fe80:8000::1", "",
			 "fe80::1 2001:db8::1");
	/* 9 before 10 */
	expect_both_ways("2001:db8::1<2001:db8::5 2001:db8::2<2001:db8::3", "",
			 "2001:db8::2 2001:db8::1");
}
END_TEST

START_TEST(ipv6_addresses_of_each_scope)
{
	expect_both_ways("ff0e::1<2001:db8::1 ff08::1<2001:db8::1 ff05::1<fec0::1 "
			 "ff02::1<fe80::1",
			 "label ::/0 1", "ff02::1 ff05::1 ff0e::1 ff08::1");
	expect_both_ways("fec0::1<fec0::2 2001:db8::1<2001:db8::2", "",
			 "2001:db8::1 fec0::1");
	expect_both_ways("fec0::1<fec0::2 2001:db8::1<2001:db8::2 ::1<::1 "
			 "febf::1<fe80::2",
			 "precedence ::/0 1\nlabel ::/0 1\n",
			 "::1 febf::1 fec0::1 2001:db8::1");
	/* An IPv4 address in an IPv6 one is global. */
	expect_both_ways("::ffff:127.0.0.1<::ffff:127.0.0.1 127.0.0.1<127.0.0.1", "",
			 "127.0.0.1 ::ffff:127.0.0.1");
}
END_TEST

START_TEST(unreachable_addresses_come_last_in_order)
{
	expect_order("192.0.2.1 2001:db8::2 192.0.2.3 2001:db8::4 192.0.2.5<192.0.2.9",
		     "192.0.2.5 2001:db8::2 2001:db8::4 192.0.2.1 192.0.2.3");
	/* For them there is no rule 9. */
	expect_order("2001:db8::1 2001:db8::2 2001:db8::3",
		     "2001:db8::1 2001:db8::2 2001:db8::3");
	expect_order("fd00::1 169.254.1.1 192.0.2.1 2001:db8::1 ::1",
		     "::1 2001:db8::1 169.254.1.1 192.0.2.1 fd00::1");
}
END_TEST

START_TEST(of_ipv4_only_the_subnet_counts)
{
	/* in the subnet: the closer, before those outside */
	expect_both_ways("198.51.100.1<192.0.2.1/24 192.0.2.129<192.0.2.1/24 "
			 "192.0.2.3<192.0.2.1/24",
			 "", "192.0.2.3 192.0.2.129 198.51.100.1");
	/* outside, or not known: as received */
	expect_order("198.51.100.1<192.0.2.1/24 192.0.3.1<192.0.2.1/24 "
		     "203.0.113.1<192.0.2.1/24",
		     "198.51.100.1 192.0.3.1 203.0.113.1");
	expect_order("192.0.2.128<192.0.2.1 192.0.2.2<192.0.2.1",
		     "192.0.2.128 192.0.2.2");
	expect_order("192.0.3.1<192.0.2.1/23 192.0.2.2<192.0.2.1/24",
		     "192.0.2.2 192.0.3.1");
	expect_order("192.0.2.2<192.0.2.1/32 192.0.2.1<192.0.2.1/32",
		     "192.0.2.1 192.0.2.2");
}
END_TEST

START_TEST(of_ipv6_every_common_bit_counts)
{
	expect_both_ways("2001:db8::1<2001:db8:0:0:8000::1 2001:db8::<2001:db8::1 "
			 "2001:db8::2<2001:db8::2 3fff::1<2001:db8::1 "
			 "2001:db9::1<2001:db8::1",
			 "", "2001:db8::2 2001:db8:: 2001:db8::1 2001:db9::1 3fff::1");
}
END_TEST

START_TEST(of_two_families_the_one_received_first_goes_first)
{
	read_routes("192.0.2.1<192.0.2.9 2001:db8::1<2001:db8::2");
	expect_kind(ADDRESS_ORDER_RFC6724, EQUAL_FAMILIES, "192.0.2.1 2001:db8::1");
	read_routes("2001:db8::1<2001:db8::2 192.0.2.1<192.0.2.9");
	expect_kind(ADDRESS_ORDER_RFC6724, EQUAL_FAMILIES, "2001:db8::1 192.0.2.1");
	/* ...:2 before ...:1 (rule 9) before 192.0.2.1 before ...:2 (rule 10) */
	read_routes("2001:db8::1<2001:db9::1 192.0.2.1<192.0.2.9 "
		    "2001:db8::2<2001:db8::2");
	expect_kind(ADDRESS_ORDER_RFC6724, EQUAL_FAMILIES,
		    "192.0.2.1 2001:db8::2 2001:db8::1");
}
END_TEST

START_TEST(nothing_but_the_place_changes)
{
	struct address_policy policy;
	union host_address addresses[3];

	read_routes("fe80::1<fe80::9 fe80::1 192.0.2.1<192.0.2.9");
	routes[0].destination.ipv6.sin6_scope_id = 7;
	routes[1].destination.ipv6.sin6_scope_id = 5;
	routes[2].destination.ipv4.sin_port = 1234;
	addresses[0] = routes[0].destination;
	addresses[1] = routes[1].destination;
	addresses[2] = routes[2].destination;
	asked = 0;
	address_policy_default(&policy);
	address_order_sort(addresses, 3, &policy, next_route, &asked);
	ck_assert_mem_eq(&addresses[0], &routes[0].destination, sizeof *addresses);
	ck_assert_mem_eq(&addresses[1], &routes[2].destination, sizeof *addresses);
	ck_assert_mem_eq(&addresses[2], &routes[1].destination, sizeof *addresses);
}
END_TEST

static const struct {
	enum address_order order;
	const char *result;
} kinds[] = {
	{ ADDRESS_ORDER_RFC6724,
	  "2001:db8::2 2001:db8::1 192.0.2.2 192.0.2.1 fd00::1 198.51.100.1" },
	{ ADDRESS_ORDER_IPV4_FIRST,
	  "192.0.2.2 192.0.2.1 198.51.100.1 2001:db8::2 2001:db8::1 fd00::1" },
	{ ADDRESS_ORDER_IPV6_FIRST,
	  "2001:db8::2 2001:db8::1 fd00::1 192.0.2.2 192.0.2.1 198.51.100.1" },
	{ ADDRESS_ORDER_AS_RECEIVED,
	  "198.51.100.1 192.0.2.1 fd00::1 2001:db8::1 192.0.2.2 2001:db8::2" },
	{ ADDRESS_ORDER_INTERLEAVED,
	  "2001:db8::2 192.0.2.2 2001:db8::1 192.0.2.1 fd00::1 198.51.100.1" },
};

START_TEST(each_kind_of_order)
{
	read_routes("198.51.100.1 192.0.2.1<192.0.2.7/24 fd00::1<2001:db8::3 "
		    "2001:db8::1<2001:db8::3 192.0.2.2<192.0.2.3/24 "
		    "2001:db8::2<2001:db8::3");
	expect_kind(kinds[_i].order, "", kinds[_i].result);
}
END_TEST

START_TEST(turns_begin_with_the_best_and_end_with_the_longer_family)
{
	read_routes("192.0.2.1<192.0.2.9 2001:db8::1 192.0.2.2<192.0.2.9 192.0.2.3 "
		    "192.0.2.4<192.0.2.9");
	expect_kind(ADDRESS_ORDER_INTERLEAVED, "",
		    "192.0.2.1 2001:db8::1 192.0.2.2 192.0.2.4 192.0.2.3");
	read_routes("192.0.2.1 192.0.2.2<192.0.2.9");
	expect_kind(ADDRESS_ORDER_INTERLEAVED, "", "192.0.2.2 192.0.2.1");
	expect_kind(ADDRESS_ORDER_IPV6_FIRST, "", "192.0.2.2 192.0.2.1");
	read_routes("2001:db8::1 2001:db8::2<2001:db8::3");
	expect_kind(ADDRESS_ORDER_INTERLEAVED, "", "2001:db8::2 2001:db8::1");
	expect_kind(ADDRESS_ORDER_IPV4_FIRST, "", "2001:db8::2 2001:db8::1");
}
END_TEST

START_TEST(nobody_is_asked_where_there_is_no_choice)
{
	int order;

	for (order = ADDRESS_ORDER_RFC6724; order <= ADDRESS_ORDER_INTERLEAVED; order++) {
		read_routes("");
		expect_kind((enum address_order)order, "", "");
		ck_assert_uint_eq(asked, 0);
		read_routes("192.0.2.1<192.0.2.2");
		expect_kind((enum address_order)order, "", "192.0.2.1");
		ck_assert_uint_eq(asked, 0);
	}
	read_routes("192.0.2.1 2001:db8::1");
	expect_kind(ADDRESS_ORDER_AS_RECEIVED, "", "192.0.2.1 2001:db8::1");
	ck_assert_uint_eq(asked, 0);
}
END_TEST

void
address_order_tests(TCase *tests)
{
	tcase_add_loop_test(tests, the_examples_of_the_rfc, 0, EXAMPLES);
	tcase_add_test(tests, what_gai_conf_says_decides);
	tcase_add_test(tests, each_rule_comes_before_those_after_it);
	tcase_add_test(tests, ipv6_addresses_of_each_scope);
	tcase_add_test(tests, unreachable_addresses_come_last_in_order);
	tcase_add_test(tests, of_ipv4_only_the_subnet_counts);
	tcase_add_test(tests, of_ipv6_every_common_bit_counts);
	tcase_add_test(tests, of_two_families_the_one_received_first_goes_first);
	tcase_add_test(tests, nothing_but_the_place_changes);
	tcase_add_loop_test(tests, each_kind_of_order, 0,
			    (int)(sizeof kinds / sizeof *kinds));
	tcase_add_test(tests, turns_begin_with_the_best_and_end_with_the_longer_family);
	tcase_add_test(tests, nobody_is_asked_where_there_is_no_choice);
}
