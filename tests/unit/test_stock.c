/* SPDX-License-Identifier: MIT */
#include "rooms.h"
#include "unit.h"

#include <stdlib.h>
#include <string.h>

#include "stock.h"

#define SIZE 40

static void
expect_zero(const void *memory)
{
	static const char zero[SIZE];

	ck_assert_ptr_nonnull(memory);
	ck_assert_mem_eq(memory, zero, SIZE);
}

START_TEST(what_is_taken_is_zero)
{
	struct stock stock = { .first = NULL };
	void *memory = stock_take(&stock, SIZE);

	expect_zero(memory);
	memset(memory, 0xff, SIZE);
	stock_give_back(&stock, memory);
	memory = stock_take(&stock, SIZE);
	expect_zero(memory);
	stock_give_back(&stock, memory);
	stock_clear(&stock);
}
END_TEST

START_TEST(the_last_comes_first_and_no_more_are_kept_than_may_be)
{
	static void *memory[STOCK_MAXIMUM + 2];
	struct stock stock = { .first = NULL };
	int i;

	for (i = 0; i < STOCK_MAXIMUM + 2; i++)
		memory[i] = stock_take(&stock, SIZE);
	ck_assert_uint_eq(stock.count, 0);
	for (i = 0; i < STOCK_MAXIMUM + 2; i++)
		stock_give_back(&stock, memory[i]);
	ck_assert_uint_eq(stock.count, STOCK_MAXIMUM);
	for (i = STOCK_MAXIMUM; i-- > 0;) {
		ck_assert_ptr_eq(stock.first, memory[i]);
		free(stock_take(&stock, SIZE));
	}
	ck_assert_uint_eq(stock.count, 0);
	ck_assert_ptr_null(stock.first);
}
END_TEST

void
stock_tests(TCase *tests)
{
	tcase_add_test(tests, what_is_taken_is_zero);
	tcase_add_test(tests, the_last_comes_first_and_no_more_are_kept_than_may_be);
}
