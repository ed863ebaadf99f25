/* SPDX-License-Identifier: MIT */
#include "unit.h"

#include <string.h>

#include "query_ids.h"
#include "rooms.h"

static struct query_ids ids;
static struct random_octets random_octets;
static unsigned char is_drawn[65536];

START_TEST(all_of_them_and_none_twice)
{
	unsigned int i;
	uint16_t id;

	for (i = 0; i < 65536; i++) {
		expect(query_ids_draw(&ids, &random_octets, &id), "an id");
		expect(!is_drawn[id], "not in flight");
		is_drawn[id] = 1;
	}
	query_ids_give_back(&ids, 4711);
	ck_assert(query_ids_draw(&ids, &random_octets, &id));
	ck_assert_uint_eq(id, 4711);
}
END_TEST

START_TEST(others_begin_elsewhere)
{
	struct query_ids others = { { 0 } };
	struct random_octets others_random = { .left = 0 };
	uint16_t a, b;
	int i, same = 0;

	for (i = 0; i < 64; i++) {
		ck_assert(query_ids_draw(&ids, &random_octets, &a));
		ck_assert(query_ids_draw(&others, &others_random, &b));
		same += a == b;
	}
	ck_assert_int_lt(same, 8);
}
END_TEST

void
query_ids_tests(TCase *tests)
{
	tcase_add_test(tests, all_of_them_and_none_twice);
	tcase_add_test(tests, others_begin_elsewhere);
}
