/* SPDX-License-Identifier: MIT */
#include "unit.h"

#include "list.h"
#include "rooms.h"

struct item {
	int before;
	struct list link;
	int number;
};

static struct item items[4];
static struct list list;

static void
set_up(int count)
{
	int i;

	list_init(&list);
	for (i = 0; i < 4; i++) {
		items[i].number = i;
		list_init(&items[i].link);
		if (i < count)
			list_append(&list, &items[i].link);
	}
}

/* The numbers in the list, read forwards; backwards it must say the same. */
static int
read_list(struct list *head)
{
	struct list *link;
	int forwards = 0, backwards = 0, factor = 1;

	for (link = head->next; link != head; link = link->next)
		forwards = 10 * forwards + container_of(link, struct item, link)->number;
	for (link = head->previous; link != head; link = link->previous) {
		backwards += factor * container_of(link, struct item, link)->number;
		factor *= 10;
	}
	ck_assert_int_eq(forwards, backwards);
	return forwards;
}

START_TEST(a_new_list_is_empty)
{
	set_up(0);
	ck_assert(list_is_empty(&list));
	ck_assert_ptr_null(list_pop(&list));
	ck_assert(list_is_empty(&list));
}
END_TEST

START_TEST(popping_gives_the_order_of_appending)
{
	int i;

	set_up(4);
	ck_assert(!list_is_empty(&list));
	ck_assert_int_eq(read_list(&list), 123);
	for (i = 0; i < 4; i++) {
		ck_assert_ptr_eq(list_pop(&list), &items[i].link);
		ck_assert(list_is_empty(&items[i].link));
	}
	ck_assert(list_is_empty(&list));
}
END_TEST

START_TEST(any_link_can_leave)
{
	set_up(4);
	list_remove(&items[2].link);
	ck_assert_int_eq(read_list(&list), 13);
	list_remove(&items[0].link);
	ck_assert_int_eq(read_list(&list), 13);
	list_remove(&items[3].link);
	ck_assert_int_eq(read_list(&list), 1);
	list_remove(&items[1].link);
	ck_assert(list_is_empty(&list));
}
END_TEST

START_TEST(removing_what_is_in_no_list_does_nothing)
{
	set_up(3);
	list_remove(&items[3].link);
	list_remove(&items[1].link);
	list_remove(&items[1].link);
	ck_assert_int_eq(read_list(&list), 2);
	list_append(&list, &items[1].link);
	ck_assert_int_eq(read_list(&list), 21);
}
END_TEST

START_TEST(moving_all_keeps_the_order)
{
	struct list to;

	set_up(2);
	list_init(&to);
	list_append(&to, &items[3].link);
	list_append(&to, &items[2].link);
	list_move_all(&to, &list);
	ck_assert(list_is_empty(&list));
	ck_assert_int_eq(read_list(&to), 3201);
}
END_TEST

START_TEST(moving_to_or_from_an_empty_list)
{
	struct list to;

	set_up(3);
	list_init(&to);
	list_move_all(&list, &to);
	ck_assert_int_eq(read_list(&list), 12);
	ck_assert(list_is_empty(&to));
	list_move_all(&to, &list);
	ck_assert_int_eq(read_list(&to), 12);
	ck_assert(list_is_empty(&list));
	list_move_all(&list, &list);
	ck_assert(list_is_empty(&list));
}
END_TEST

void
list_tests(TCase *tests)
{
	tcase_add_test(tests, a_new_list_is_empty);
	tcase_add_test(tests, popping_gives_the_order_of_appending);
	tcase_add_test(tests, any_link_can_leave);
	tcase_add_test(tests, removing_what_is_in_no_list_does_nothing);
	tcase_add_test(tests, moving_all_keeps_the_order);
	tcase_add_test(tests, moving_to_or_from_an_empty_list);
}
