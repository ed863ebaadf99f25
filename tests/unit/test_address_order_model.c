/* SPDX-License-Identifier: MIT */
/* Many addresses, and any addresses: the order against a simple model of the RFC, which
 * has a table of its own and sorts by insertion. */
#include "unit.h"

#include <stdlib.h>
#include <string.h>

#include "address_order.h"
#include "address_policy.h"
#include "address_text.h"
#include "rooms.h"

#define EQUAL_FAMILIES "precedence ::ffff:0:0/96 40\n"

/* An address, what the system says of it, and what the model thinks of it. */
struct item {
	union host_address address;
	union host_address source;
	unsigned int prefix_length;
	bool is_reachable;
	bool is_ipv4;
	int rules[5];			/* 1, 2, 5, 6, 8: the greater goes first */
	int common;
};

static struct item items[ADDRESS_ORDER_MAXIMUM + 1];
static union host_address addresses[ADDRESS_ORDER_MAXIMUM + 1];
static struct address_policy policy;
static size_t asked;

static bool
next_item(void *context, const union host_address *destination,
	  union host_address *source, unsigned int *prefix_length)
{
	const struct item *item = &items[asked++];

	(void)context;
	ck_assert_mem_eq(destination, &item->address, sizeof *destination);
	*source = item->source;
	*prefix_length = item->prefix_length;
	return item->is_reachable;
}

/* The first bits of octets, as a number. */
static uint64_t
head(const uint8_t *octets, int bits)
{
	uint64_t number = 0;
	int i;

	for (i = 0; i < bits; i++)
		number = number << 1 | (octets[i / 8] >> (7 - i % 8) & 1);
	return number;
}

static const uint8_t *
octets_of(const union host_address *address)
{
	return address->any.sa_family == AF_INET ?
		       (const uint8_t *)&address->ipv4.sin_addr :
		       address->ipv6.sin6_addr.s6_addr;
}

static bool
is_loopback(const uint8_t *octets)
{
	static const uint8_t loopback[16] = { [15] = 1 };

	return memcmp(octets, loopback, sizeof loopback) == 0;
}

/* Precedence and label, of addresses without ::/96 but for ::1. */
static void
look_up(const union host_address *address, int *precedence, int *label)
{
	static const struct {
		int bits;
		uint64_t head;
		int precedence;
		int label;
	} rows[] = {
		{ 16, 0x2002, 30, 2 }, { 32, 0x20010000, 5, 5 }, { 7, 0xfc >> 1, 3, 13 },
		{ 10, 0xfec0 >> 6, 1, 11 }, { 16, 0x3ffe, 1, 12 },
	};
	const uint8_t *octets = octets_of(address);
	size_t i;

	*precedence = 40;
	*label = 1;
	if (address->any.sa_family == AF_INET) {
		*precedence = 35;
		*label = 4;
		return;
	}
	for (i = 0; i < sizeof rows / sizeof *rows; i++)
		if (head(octets, rows[i].bits) == rows[i].head) {
			*precedence = rows[i].precedence;
			*label = rows[i].label;
		}
	if (is_loopback(octets)) {
		*precedence = 50;
		*label = 0;
	}
}

static int
scope(const union host_address *address)
{
	const uint8_t *octets = octets_of(address);

	if (address->any.sa_family == AF_INET)
		return octets[0] == 127 || head(octets, 16) == 0xa9fe ? 2 : 14;
	if (octets[0] == 0xff)
		return octets[1] % 16;
	if (head(octets, 10) == 0xfe80 >> 6 || is_loopback(octets))
		return 2;
	return head(octets, 10) == 0xfec0 >> 6 ? 5 : 14;
}

static void
think(struct item *item)
{
	const uint8_t *to = octets_of(&item->address), *from = octets_of(&item->source);
	int precedence, label, source_precedence, source_label;
	int bits = item->is_ipv4 ? 32 : 128;

	look_up(&item->address, &precedence, &label);
	look_up(&item->source, &source_precedence, &source_label);
	item->rules[0] = item->is_reachable;
	item->rules[1] = item->is_reachable &&
			 scope(&item->address) == scope(&item->source);
	item->rules[2] = item->is_reachable && label == source_label;
	item->rules[3] = precedence;
	item->rules[4] = -scope(&item->address);
	item->common = 0;
	while (item->common < bits && (to[item->common / 8] ^ from[item->common / 8]) >>
					      (7 - item->common % 8) == 0)
		item->common++;
	if (!item->is_reachable || (item->is_ipv4 && (item->prefix_length == 0 ||
				    item->common < (int)item->prefix_length)))
		item->common = 0;
}

static int
compare_rules(const struct item *a, const struct item *b)
{
	int i;

	for (i = 0; i < 5; i++)
		if (a->rules[i] != b->rules[i])
			return a->rules[i] > b->rules[i] ? -1 : 1;
	return 0;
}

static int
compare_items(const struct item *a, const struct item *b)
{
	int order = compare_rules(a, b);

	if (order == 0 && a->is_ipv4 == b->is_ipv4)
		order = a->common > b->common ? -1 : a->common < b->common;
	return order;
}

/* Stable, and as simple as can be. */
static void
insertion_sort(const struct item **sorted, size_t count)
{
	size_t i, at;

	for (i = 0; i < count; i++) {
		for (at = i; at > 0 && compare_items(&items[i], sorted[at - 1]) < 0; at--)
			sorted[at] = sorted[at - 1];
		sorted[at] = &items[i];
	}
}

/* Few different addresses, so that many are alike; the port tells them apart. */
static void
roll_address(struct dice *dice, bool is_ipv4, union host_address *address)
{
	static const char *const ipv4[] = { "192.0.2.0", "127.0.0.0", "169.254.0.0",
					    "198.51.100.0", "10.0.0.0" };
	static const char *const ipv6[] = { "2001:db8::",  "2001:db8:8::", "fe80::",
					    "fec0::",	   "fc00::",	   "2002::",
					    "2001:0:1::", "3ffe::",	   "ff02::",
					    "ff0e::",	   "fdff:1::",	   "::1" };
	unsigned int choice;

	if (is_ipv4) {
		choice = dice_roll(dice, sizeof ipv4 / sizeof *ipv4);
		address_from_text(address, ipv4[choice]);
		address->ipv4.sin_addr.s_addr |= htonl(dice_roll(dice, 8));
		return;
	}
	choice = dice_roll(dice, sizeof ipv6 / sizeof *ipv6);
	address_from_text(address, ipv6[choice]);
	if (choice + 1 < sizeof ipv6 / sizeof *ipv6) {
		address->ipv6.sin6_addr.s6_addr[7] = (uint8_t)dice_roll(dice, 4);
		address->ipv6.sin6_addr.s6_addr[15] = (uint8_t)dice_roll(dice, 4);
	}
}

static void
roll_items(struct dice *dice, size_t count)
{
	size_t i;

	memset(items, 0, sizeof items);
	for (i = 0; i < count; i++) {
		items[i].is_ipv4 = dice_roll(dice, 2) == 0;
		items[i].is_reachable = dice_roll(dice, 8) != 0;
		items[i].prefix_length = items[i].is_ipv4 ? dice_roll(dice, 33) : 0;
		roll_address(dice, items[i].is_ipv4, &items[i].address);
		items[i].source = items[i].address;
		if (dice_roll(dice, 2) == 0)
			roll_address(dice, items[i].is_ipv4, &items[i].source);
		items[i].address.ipv4.sin_port = (in_port_t)i;
		think(&items[i]);
		addresses[i] = items[i].address;
	}
}

static void
sort(size_t count, const char *gai_conf)
{
	asked = 0;
	address_policy_parse(&policy, gai_conf, strlen(gai_conf));
	address_order_sort(addresses, count, &policy, next_item, NULL);
}

static void
expect_model(struct dice *dice, size_t count)
{
	static const struct item *sorted[ADDRESS_ORDER_MAXIMUM];
	size_t i;

	roll_items(dice, count);
	insertion_sort(sorted, count);
	sort(count, "");
	ck_assert_uint_eq(asked, count);
	for (i = 0; i < count; i++)
		ck_assert_mem_eq(&addresses[i], &sorted[i]->address, sizeof *addresses);
}

START_TEST(any_addresses_agree_with_the_model)
{
	struct dice dice;
	int round;

	dice_init(&dice);
	for (round = 0; round < 300; round++)
		expect_model(&dice, 2 + dice_roll(&dice, round % 10 == 0 ? 200 : 20));
}
END_TEST

static const size_t counts[] = { 63, 64, 65, 1023, 1024 };

START_TEST(large_counts_agree_with_the_model)
{
	struct dice dice;

	dice_init(&dice);
	expect_model(&dice, counts[_i]);
}
END_TEST

START_TEST(too_many_stay_as_they_are)
{
	const size_t count = ADDRESS_ORDER_MAXIMUM + 1;
	struct dice dice;
	size_t i;

	dice_init(&dice);
	roll_items(&dice, count);
	sort(count, "");
	ck_assert_uint_eq(asked, 0);
	for (i = 0; i < count; i++)
		ck_assert_mem_eq(&addresses[i], &items[i].address, sizeof *addresses);
}
END_TEST

START_TEST(those_that_are_alike_stay_in_order)
{
	size_t count = 1000, i;

	memset(items, 0, sizeof items);
	for (i = 0; i < count; i++) {
		address_from_text(&items[i].address,
				  i % 2 == 0 ? "2001:db8::1" : "10.0.0.1");
		items[i].source = items[i].address;
		items[i].is_reachable = true;
		items[i].address.ipv4.sin_port = (in_port_t)i;
		addresses[i] = items[i].address;
	}
	sort(count, "");
	for (i = 0; i < count / 2; i++) {
		ck_assert_uint_eq(addresses[i].ipv6.sin6_port, 2 * i);
		ck_assert_uint_eq(addresses[count / 2 + i].ipv4.sin_port, 2 * i + 1);
	}
}
END_TEST

/* With one precedence for both families the rules can lead round in a circle: each pair
 * of one family is still in order, and each of two families by rules 1 to 8. */
START_TEST(families_of_one_precedence_are_each_in_order)
{
	const struct item *item[40];
	struct dice dice;
	size_t count = 40, i, j;
	int round, order;

	dice_init(&dice);
	for (round = 0; round < 100; round++) {
		roll_items(&dice, count);
		for (i = 0; i < count; i++)
			items[i].rules[3] = 40;
		sort(count, EQUAL_FAMILIES);
		for (i = 0; i < count; i++) {
			item[i] = &items[addresses[i].ipv4.sin_port];
			ck_assert_mem_eq(&addresses[i], &item[i]->address,
					 sizeof *addresses);
		}
		for (i = 0; i < count; i++)
			for (j = i + 1; j < count; j++) {
				order = compare_items(item[i], item[j]);
				ck_assert_int_le(order, 0);
				if (item[i]->is_ipv4 == item[j]->is_ipv4 && order == 0)
					ck_assert(item[i] < item[j]);
			}
	}
}
END_TEST

void
address_order_model_tests(TCase *tests)
{
	tcase_add_test(tests, any_addresses_agree_with_the_model);
	tcase_add_loop_test(tests, large_counts_agree_with_the_model, 0,
			    (int)(sizeof counts / sizeof *counts));
	tcase_add_test(tests, too_many_stay_as_they_are);
	tcase_add_test(tests, those_that_are_alike_stay_in_order);
	tcase_add_test(tests, families_of_one_precedence_are_each_in_order);
}
