/* SPDX-License-Identifier: MIT */
#include "unit.h"

#include <sched.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>

#include "child.h"
#include "handle_table.h"
#include "rooms.h"

#define THREADS 4
#define REFERENCES_MAXIMUM 65535

static int object, other_object;

START_TEST(a_token_leads_to_its_object)
{
	void *token = handle_table_insert(HANDLE_RESOLVER, &object, 1);

	ck_assert_ptr_nonnull(token);
	ck_assert_ptr_ne(token, &object);
	ck_assert_ptr_eq(handle_table_pin(HANDLE_RESOLVER, token), &object);
	ck_assert(!handle_table_unpin(token));
	ck_assert(handle_table_unpin(token));
	ck_assert_ptr_null(handle_table_pin(HANDLE_RESOLVER, token));
}
END_TEST

START_TEST(an_empty_table_has_no_object)
{
	ck_assert_ptr_null(handle_table_pin(HANDLE_RESOLVER, NULL));
	ck_assert_ptr_null(handle_table_pin(HANDLE_RESOLVER, &object));
	ck_assert_ptr_null(handle_table_pin(HANDLE_ASYNC_RESULT, (void *)UINTPTR_MAX));
}
END_TEST

START_TEST(a_token_of_another_kind_is_left_as_it_was)
{
	void *token = handle_table_insert(HANDLE_RESOLVER, &object, 1);

	ck_assert_ptr_null(handle_table_pin(HANDLE_ASYNC_RESULT, token));
	ck_assert_ptr_null(handle_table_pin((enum handle_kind)0, token));
	ck_assert_ptr_eq(handle_table_pin(HANDLE_RESOLVER, token), &object);
	ck_assert(!handle_table_unpin(token));
	ck_assert(handle_table_unpin(token));
}
END_TEST

START_TEST(references_are_counted)
{
	void *token = handle_table_insert(HANDLE_ASYNC_RESULT, &object, 3);
	int i;

	handle_table_retain(token);
	ck_assert_ptr_eq(handle_table_pin(HANDLE_ASYNC_RESULT, token), &object);
	for (i = 0; i < 4; i++)
		ck_assert(!handle_table_unpin(token));
	ck_assert_ptr_eq(handle_table_pin(HANDLE_ASYNC_RESULT, token), &object);
	ck_assert(!handle_table_unpin(token));
	ck_assert(handle_table_unpin(token));
	ck_assert_ptr_null(handle_table_pin(HANDLE_ASYNC_RESULT, token));
}
END_TEST

/* One more would spill into the generation. Fault H19. */
START_TEST(references_do_not_overflow)
{
	void *token = handle_table_insert(HANDLE_RESOLVER, &object, 1);
	int i;

	for (i = 1; i < REFERENCES_MAXIMUM; i++)
		expect(handle_table_pin(HANDLE_RESOLVER, token) == &object, "not pinned");
	ck_assert_ptr_null(handle_table_pin(HANDLE_RESOLVER, token));
	ck_assert(!handle_table_unpin(token));
	ck_assert_ptr_eq(handle_table_pin(HANDLE_RESOLVER, token), &object);
	for (i = 1; i < REFERENCES_MAXIMUM; i++)
		expect(!handle_table_unpin(token), "the last reference?");
	ck_assert(handle_table_unpin(token));
}
END_TEST

START_TEST(a_retired_token_keeps_its_references)
{
	void *token = handle_table_insert(HANDLE_RESOLVER, &object, 2);

	ck_assert(handle_table_retire(token));
	ck_assert(!handle_table_retire(token));
	ck_assert_ptr_null(handle_table_pin(HANDLE_RESOLVER, token));
	handle_table_retain(token);
	ck_assert(!handle_table_unpin(token));
	ck_assert(!handle_table_unpin(token));
	ck_assert(handle_table_unpin(token));
}
END_TEST

/* The table is empty but for one slot, so that this one comes back soon. Fault H04. */
START_TEST(a_stale_token_stays_stale_when_its_slot_is_used_again)
{
	void *stale = handle_table_insert(HANDLE_RESOLVER, &object, 1);
	void *token;
	int turn;

	ck_assert(handle_table_unpin(stale));
	for (turn = 0; turn < 20000; turn++) {
		token = handle_table_insert(HANDLE_RESOLVER, &other_object, 1);
		expect(token != stale, "a stale token comes back");
		expect(handle_table_pin(HANDLE_RESOLVER, stale) == NULL,
		       "a stale token works");
		expect(handle_table_pin(HANDLE_RESOLVER, token) == &other_object,
		       "a good one does not");
		expect(!handle_table_unpin(token), "the last reference?");
		expect(handle_table_unpin(token), "not the last reference?");
	}
}
END_TEST

/* 64-bit tokens have their index in the low 24 bits, others in the low 20. */
static uintptr_t
slot_of(const void *token)
{
	return (uintptr_t)token & (((uintptr_t)1 << (sizeof token > 4 ? 24 : 20)) - 1);
}

/* Also when most of the slots are in use. */
START_TEST(a_freed_slot_waits_at_the_end_of_the_queue)
{
	void *freed, *token;
	int turn, used;

	for (used = 0; used < _i; used++)
		handle_table_insert(HANDLE_RESOLVER, &object, 1);
	freed = handle_table_insert(HANDLE_RESOLVER, &object, 1);
	ck_assert(handle_table_unpin(freed));
	for (turn = 0; turn < 1000; turn++) {
		token = handle_table_insert(HANDLE_RESOLVER, &object, 1);
		expect(slot_of(token) != slot_of(freed), "used again too soon");
		expect(handle_table_unpin(token), "not the last reference?");
	}
}
END_TEST

START_TEST(a_forged_token_is_noticed)
{
	uintptr_t token = (uintptr_t)handle_table_insert(HANDLE_RESOLVER, &object, 1);
	struct dice dice;
	unsigned int bit;
	uintptr_t forged;
	int i;

	for (bit = 0; bit < 8 * sizeof token; bit++) {
		forged = token ^ (uintptr_t)1 << bit;
		ck_assert_ptr_null(handle_table_pin(HANDLE_RESOLVER, (void *)forged));
	}
	dice_init(&dice);
	for (i = 0; i < 200000; i++) {
		forged = (uintptr_t)dice_roll(&dice, 0xffffffff);
		forged = forged << (4 * sizeof forged) | dice_roll(&dice, 0xffffffff);
		if (forged != token)
			expect(handle_table_pin(HANDLE_RESOLVER, (void *)forged) == NULL,
			       "a forged token works");
	}
	ck_assert_ptr_eq(handle_table_pin(HANDLE_RESOLVER, (void *)token), &object);
}
END_TEST

#define MANY 100000

START_TEST(a_hundred_thousand_objects)
{
	char *objects = malloc(MANY);
	void **tokens = malloc(MANY * sizeof *tokens);
	int i, round;

	ck_assert_ptr_nonnull(objects);
	ck_assert_ptr_nonnull(tokens);
	for (round = 0; round < 2; round++) {
		for (i = 0; i < MANY; i++) {
			tokens[i] = handle_table_insert(HANDLE_RESOLVER, &objects[i], 1);
			expect(tokens[i] != NULL, "a token is NULL");
		}
		for (i = 0; i < MANY; i++)
			expect(handle_table_pin(HANDLE_RESOLVER, tokens[i]) ==
				       &objects[i],
			       "not pinned");
		for (i = 0; i < MANY; i++)
			expect(!handle_table_unpin(tokens[i]), "the last reference?");
		for (i = 0; i < MANY; i++)
			expect(handle_table_unpin(tokens[i]), "not the last reference?");
		for (i = 0; i < MANY; i++)
			expect(handle_table_pin(HANDLE_RESOLVER, tokens[i]) == NULL,
			       "a stale token works");
	}
	free(tokens);
	free(objects);
}
END_TEST

static void *shared_token;
static pthread_barrier_t barrier;
static atomic_uint winners, last_ones, pins;

static void
retire_shared(unsigned int number)
{
	(void)number;
	pthread_barrier_wait(&barrier);
	if (handle_table_retire(shared_token))
		atomic_fetch_add(&winners, 1);
	if (handle_table_unpin(shared_token))
		atomic_fetch_add(&last_ones, 1);
}

/* Fault H02. */
START_TEST(exactly_one_of_many_threads_retires)
{
	int round;

	pthread_barrier_init(&barrier, NULL, THREADS);
	for (round = 0; round < 200; round++) {
		atomic_store(&winners, 0);
		atomic_store(&last_ones, 0);
		shared_token = handle_table_insert(HANDLE_RESOLVER, &object, THREADS + 1);
		unit_run_threads(THREADS, retire_shared);
		ck_assert_uint_eq(atomic_load(&winners), 1);
		ck_assert_uint_eq(atomic_load(&last_ones), 0);
		ck_assert(handle_table_unpin(shared_token));
	}
	pthread_barrier_destroy(&barrier);
}
END_TEST

/* The object is written by whoever holds the last reference: TSan sees it if an earlier
 * look at it is not ordered before. */
static int *volatile counted;

static void
pin_until_gone(unsigned int number)
{
	int *seen, turn;

	pthread_barrier_wait(&barrier);
	for (turn = 0;; turn++) {
		if (number == 0 && turn == 100) {
			expect(handle_table_retire(shared_token), "retired already?");
			if (handle_table_unpin(shared_token)) {
				atomic_fetch_add(&last_ones, 1);
				*counted = 0;
			}
		}
		seen = handle_table_pin(HANDLE_RESOLVER, shared_token);
		if (seen == NULL)
			break;
		expect(*seen == 42, "the object is gone");
		atomic_fetch_add_explicit(&pins, 1, memory_order_relaxed);
		if (handle_table_unpin(shared_token)) {
			atomic_fetch_add(&last_ones, 1);
			*seen = 0;
		}
	}
}

START_TEST(exactly_one_of_many_threads_frees)
{
	int round;

	pthread_barrier_init(&barrier, NULL, THREADS);
	for (round = 0; round < 100; round++) {
		atomic_store(&last_ones, 0);
		counted = malloc(sizeof *counted);
		ck_assert_ptr_nonnull(counted);
		*counted = 42;
		shared_token = handle_table_insert(HANDLE_RESOLVER, counted, 1);
		unit_run_threads(THREADS, pin_until_gone);
		ck_assert_uint_eq(atomic_load(&last_ones), 1);
		ck_assert_int_eq(*counted, 0);
		free(counted);
	}
	ck_assert_uint_ge(atomic_load(&pins), 100 * 100);
	pthread_barrier_destroy(&barrier);
}
END_TEST

static void
insert_and_unpin(unsigned int number)
{
	unsigned int mine[64];
	void *tokens[64];
	int turn, i;

	for (turn = 0; turn < 100; turn++) {
		for (i = 0; i < 64; i++) {
			mine[i] = number;
			tokens[i] = handle_table_insert(HANDLE_ASYNC_RESULT, &mine[i], 1);
		}
		for (i = 0; i < 64; i++) {
			expect(handle_table_pin(HANDLE_ASYNC_RESULT, tokens[i]) ==
				       &mine[i],
			       "not pinned");
			expect(!handle_table_unpin(tokens[i]), "the last reference?");
			expect(handle_table_unpin(tokens[i]), "not the last reference?");
		}
	}
}

START_TEST(threads_do_not_share_slots)
{
	unit_run_threads(THREADS, insert_and_unpin);
}
END_TEST

static _Atomic(void *) handed_on[THREADS];

/* Each thread frees what another has made, and needs no more slots than there were. */
static void
hand_on_and_unpin(unsigned int number)
{
	_Atomic(void *) *own = &handed_on[number], *other = &handed_on[(number + 1) % THREADS];
	unsigned int round;
	void *token;

	for (round = 0; round < 5000; round++) {
		token = handle_table_insert(HANDLE_RESOLVER, &object, 1);
		expect(slot_of(token) < THREADS * 4096, "slots do not come back");
		while (atomic_load(own) != NULL)
			sched_yield();
		atomic_store(own, token);
		while ((token = atomic_exchange(other, NULL)) == NULL)
			sched_yield();
		expect(handle_table_unpin(token), "not the last reference?");
	}
}

START_TEST(slots_come_back_from_other_threads)
{
	unit_run_threads(THREADS, hand_on_and_unpin);
}
END_TEST

/* ---- In a child process ---- */

/* What the parent has put there: a resolver with two references, an async result with one,
 * and one that is retired. */
static void *inherited[3];

static void
use_inherited(void *argument)
{
	(void)argument;
	child_expect(handle_table_pin(HANDLE_RESOLVER, inherited[0]) == NULL);
	child_expect(handle_table_pin(HANDLE_ASYNC_RESULT, inherited[1]) == NULL);
	child_expect(handle_table_pin_inherited(HANDLE_RESOLVER, inherited[0]) == &object);
	child_expect(handle_table_pin_inherited(HANDLE_ASYNC_RESULT, inherited[0]) == NULL);
	child_expect(handle_table_pin_inherited(HANDLE_ASYNC_RESULT, inherited[2]) == NULL);
	child_expect(!handle_table_unpin(inherited[0]));
	child_expect(handle_table_retire(inherited[1]));
	child_expect(!handle_table_retire(inherited[1]));
	child_expect(handle_table_pin_inherited(HANDLE_ASYNC_RESULT, inherited[1]) == NULL);
	/* Its last reference is nobody's to free. */
	child_expect(!handle_table_unpin(inherited[1]));
	child_expect(!handle_table_unpin(inherited[0]));
	child_expect(!handle_table_unpin(inherited[0]));
	child_expect(handle_table_pin_inherited(HANDLE_RESOLVER, inherited[0]) == NULL);
}

START_TEST(a_child_does_not_free_what_it_has_inherited)
{
	inherited[0] = handle_table_insert(HANDLE_RESOLVER, &object, 2);
	inherited[1] = handle_table_insert(HANDLE_ASYNC_RESULT, &object, 1);
	inherited[2] = handle_table_insert(HANDLE_ASYNC_RESULT, &object, 2);
	handle_table_retire(inherited[2]);
	ck_assert_ptr_null(handle_table_pin_inherited(HANDLE_RESOLVER, inherited[0]));
	ck_assert(child_run(use_inherited, NULL));
	ck_assert_ptr_eq(handle_table_pin(HANDLE_RESOLVER, inherited[0]), &object);
	ck_assert_ptr_eq(handle_table_pin(HANDLE_ASYNC_RESULT, inherited[1]), &object);
}
END_TEST

static void
use_table(void *depth)
{
	void *token, *before = inherited[0];
	int turn;

	for (turn = 0; turn < 5000; turn++) {
		token = handle_table_insert(HANDLE_RESOLVER, &other_object, 1);
		child_expect(token != NULL && token != before);
		child_expect(handle_table_pin(HANDLE_RESOLVER, token) == &other_object);
		child_expect(handle_table_pin_inherited(HANDLE_RESOLVER, token) == NULL);
		child_expect(!handle_table_unpin(token));
		child_expect(handle_table_unpin(token));
	}
	child_expect(handle_table_pin_inherited(HANDLE_RESOLVER, before) == &object);
	if (depth == NULL) {
		inherited[0] = handle_table_insert(HANDLE_RESOLVER, &object, 1);
		child_expect(child_run(use_table, before));
		child_expect(handle_table_pin(HANDLE_RESOLVER, inherited[0]) == &object);
	} else {
		child_expect(handle_table_pin_inherited(HANDLE_RESOLVER, depth) == &object);
	}
}

START_TEST(the_table_goes_on_in_a_child_and_its_child)
{
	inherited[0] = handle_table_insert(HANDLE_RESOLVER, &object, 1);
	ck_assert(child_run(use_table, NULL));
	ck_assert_ptr_eq(handle_table_pin(HANDLE_RESOLVER, inherited[0]), &object);
}
END_TEST

static atomic_bool is_over;

/* A child forked at any time finds the queue of free slots whole. */
static void
fork_or_insert(unsigned int number)
{
	int left;

	if (number == 0) {
		for (left = 20; left > 0; left--)
			expect(child_run(use_table, inherited[0]), "a child has failed");
		atomic_store(&is_over, true);
	}
	while (!atomic_load(&is_over))
		insert_and_unpin(number);
}

START_TEST(forks_while_others_insert)
{
	inherited[0] = handle_table_insert(HANDLE_RESOLVER, &object, 1);
	unit_run_threads(THREADS, fork_or_insert);
}
END_TEST

void
handle_table_tests(TCase *tests)
{
	tcase_add_test(tests, a_token_leads_to_its_object);
	tcase_add_test(tests, an_empty_table_has_no_object);
	tcase_add_test(tests, a_token_of_another_kind_is_left_as_it_was);
	tcase_add_test(tests, references_are_counted);
	tcase_add_test(tests, references_do_not_overflow);
	tcase_add_test(tests, a_retired_token_keeps_its_references);
	tcase_add_test(tests, a_stale_token_stays_stale_when_its_slot_is_used_again);
	tcase_add_loop_test(tests, a_freed_slot_waits_at_the_end_of_the_queue, 0, 1);
	tcase_add_loop_test(tests, a_freed_slot_waits_at_the_end_of_the_queue, 4090,
			    4091);
	tcase_add_test(tests, a_forged_token_is_noticed);
	tcase_add_test(tests, a_hundred_thousand_objects);
	tcase_add_test(tests, exactly_one_of_many_threads_retires);
	tcase_add_test(tests, exactly_one_of_many_threads_frees);
	tcase_add_test(tests, threads_do_not_share_slots);
	tcase_add_test(tests, slots_come_back_from_other_threads);
	tcase_add_test(tests, a_child_does_not_free_what_it_has_inherited);
	tcase_add_test(tests, the_table_goes_on_in_a_child_and_its_child);
	tcase_add_test(tests, forks_while_others_insert);
}
