/* SPDX-License-Identifier: MIT */
#include "unit.h"

#include "child.h"
#include "rooms.h"
#include "thread_role.h"

static int token, other_token, object, other_object;

START_TEST(a_thread_of_the_caller_has_no_role)
{
	ck_assert(!thread_role_is_loop());
	ck_assert(!thread_role_is_in_callback());
	ck_assert_ptr_null(thread_role_callback_object(&token));
	ck_assert_ptr_null(thread_role_callback_object(NULL));
}
END_TEST

START_TEST(inside_a_callback_only_its_own_handle_has_an_object)
{
	struct role_callback outer = thread_role_enter_callback(&token, &object);

	ck_assert(thread_role_is_in_callback());
	ck_assert(!thread_role_is_loop());
	ck_assert_ptr_eq(thread_role_callback_object(&token), &object);
	ck_assert_ptr_null(thread_role_callback_object(&other_token));
	ck_assert_ptr_null(thread_role_callback_object(NULL));
	thread_role_leave_callback(outer);
	ck_assert(!thread_role_is_in_callback());
	ck_assert_ptr_null(thread_role_callback_object(&token));
}
END_TEST

START_TEST(after_a_callback_inside_another_that_one_goes_on)
{
	struct role_callback none, outer;

	none = thread_role_enter_callback(&token, &object);
	outer = thread_role_enter_callback(&other_token, &other_object);
	ck_assert_ptr_null(thread_role_callback_object(&token));
	ck_assert_ptr_eq(thread_role_callback_object(&other_token), &other_object);
	thread_role_leave_callback(outer);
	ck_assert(thread_role_is_in_callback());
	ck_assert_ptr_eq(thread_role_callback_object(&token), &object);
	ck_assert_ptr_null(thread_role_callback_object(&other_token));
	thread_role_leave_callback(none);
	ck_assert(!thread_role_is_in_callback());
}
END_TEST

static void
become_loop(unsigned int number)
{
	struct role_callback outer;

	ck_assert(!thread_role_is_loop());
	if (number == 0)
		thread_role_set_loop(true);
	outer = thread_role_enter_callback(&token, &object);
	ck_assert_int_eq(thread_role_is_loop(), number == 0);
	thread_role_leave_callback(outer);
	ck_assert_int_eq(thread_role_is_loop(), number == 0);
}

START_TEST(a_role_is_of_its_thread_alone)
{
	unit_run_threads(2, become_loop);
	ck_assert(!thread_role_is_loop());
	ck_assert(!thread_role_is_in_callback());
}
END_TEST

static unsigned int numbers[3];

static void
take_number(unsigned int thread)
{
	numbers[thread] = thread_role_number();
	expect(thread_role_number() == numbers[thread], "it has changed");
}

START_TEST(each_thread_has_a_number)
{
	numbers[2] = thread_role_number();
	unit_run_threads(2, take_number);
	ck_assert_uint_ne(numbers[0], numbers[1]);
	ck_assert_uint_ne(numbers[0], numbers[2]);
	ck_assert_uint_ne(numbers[1], numbers[2]);
}
END_TEST

/* Still inside the callback, but on no loop's thread any more. */
static void
look_around_in_child(void *argument)
{
	(void)argument;
	child_expect(!thread_role_is_loop());
	child_expect(thread_role_is_in_callback());
	child_expect(thread_role_callback_object(&token) == &object);
	thread_role_set_loop(true);
	child_expect(thread_role_is_loop());
}

static void
fork_on_loop(unsigned int number)
{
	struct role_callback outer;

	(void)number;
	thread_role_set_loop(true);
	outer = thread_role_enter_callback(&token, &object);
	expect(child_run(look_around_in_child, NULL), "a child has failed");
	expect(thread_role_is_loop(), "no loop any more?");
	thread_role_leave_callback(outer);
}

START_TEST(the_copy_of_a_loop_in_a_child_is_none)
{
	unit_run_threads(1, fork_on_loop);
}
END_TEST

void
thread_role_tests(TCase *tests)
{
	tcase_add_test(tests, a_thread_of_the_caller_has_no_role);
	tcase_add_test(tests, inside_a_callback_only_its_own_handle_has_an_object);
	tcase_add_test(tests, after_a_callback_inside_another_that_one_goes_on);
	tcase_add_test(tests, a_role_is_of_its_thread_alone);
	tcase_add_test(tests, each_thread_has_a_number);
	tcase_add_test(tests, the_copy_of_a_loop_in_a_child_is_none);
}
