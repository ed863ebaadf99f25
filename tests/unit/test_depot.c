/* SPDX-License-Identifier: MIT */
#include "unit.h"

#include <malloc.h>
#include <sched.h>
#include <stdalign.h>
#include <stdatomic.h>
#include <stdint.h>
#include <string.h>

#include "depot.h"
#include "rooms.h"
#include "stock.h"
#include "thread_role.h"

#define MANY	10000
#define FREEING 3

static const size_t sizes[] = { 1, 200, 256, 257, 500, 512, 513, 5000 };
#define SIZES (sizeof sizes / sizeof *sizes)

static void *memory[MANY];
static size_t wanted;

/* What has content of its own is nobody else's. */
static void
fill(unsigned int number)
{
	size_t i;

	thread_role_set_loop(number == 0);
	for (i = 0; i < SIZES; i++) {
		memory[i] = depot_allocate(sizes[i]);
		expect(memory[i] != NULL && (uintptr_t)memory[i] % alignof(max_align_t) == 0,
		       "not aligned");
		memset(memory[i], (int)i, sizes[i]);
	}
	for (i = 0; i < SIZES; i++)
		expect(*(unsigned char *)memory[i] == i &&
			       ((unsigned char *)memory[i])[sizes[i] - 1] == i,
		       "something else stands there");
	for (i = 0; i < SIZES; i++)
		depot_free(memory[i]);
	if (number == 0)
		depot_leave();
}

START_TEST(any_size_on_any_thread)
{
	fill(1);
	unit_run_threads(1, fill);
	fill(1);
}
END_TEST

static struct tally stage = TALLY_INITIALIZER;

/* One thread is a loop; the other frees, in between. */
static void
hand_over(unsigned int number)
{
	size_t i;

	if (number > 0) {
		tally_await(&stage, 1);
		for (i = 0; i < 10; i++)
			depot_free(memory[i]);
		tally_add(&stage);
		return;
	}
	thread_role_set_loop(true);
	for (i = 0; i < 10; i++)
		memory[i] = depot_allocate(wanted);
	tally_add(&stage);
	tally_await(&stage, 2);
	for (i = 10; i-- > 0;) /* the last comes first */
		expect(STOCK_MAXIMUM == 0 || depot_allocate(wanted) == memory[i],
		       "it has not come back");
	depot_leave();
}

START_TEST(what_others_free_comes_back)
{
	wanted = sizes[_i];
	unit_run_threads(2, hand_over);
}
END_TEST

static size_t
memory_in_use(void)
{
#if defined __GLIBC__ && __GLIBC_PREREQ(2, 33)
	return mallinfo2().uordblks;
#else
	return 0; /* not known: the test says nothing */
#endif
}

static void
allocate_many(unsigned int number)
{
	size_t i;

	(void)number;
	thread_role_set_loop(true);
	for (i = 0; i < MANY; i++) {
		memory[i] = depot_allocate(wanted);
		memset(memory[i], 1, wanted);
	}
	depot_leave();
}

static void
leave_as_loop(unsigned int number)
{
	(void)number;
	thread_role_set_loop(true);
	depot_leave();
}

START_TEST(not_more_is_kept_than_may_be)
{
	size_t before = memory_in_use(), i;

	wanted = 256;
	unit_run_threads(1, allocate_many);
	for (i = 0; i < MANY; i++)
		depot_free(memory[i]);
	ck_assert_uint_le(memory_in_use(), before + (STOCK_MAXIMUM + 16) * (wanted + 64));
	unit_run_threads(1, leave_as_loop);
	ck_assert_uint_le(memory_in_use(), before + 16384);
}
END_TEST

static _Atomic(unsigned int *) handed_over[FREEING];
static atomic_bool is_over;

/* Each piece has one owner at a time: who finds it changed has shared it. */
static void
race(unsigned int number)
{
	unsigned int *piece;
	unsigned int i;

	if (number > 0) {
		while (!atomic_load(&is_over)) {
			piece = atomic_exchange(&handed_over[number - 1], NULL);
			if (piece == NULL) {
				sched_yield();
				continue;
			}
			expect(piece[0] == piece[50], "it is another's, too");
			piece[0] = piece[50] = number;
			depot_free(piece);
		}
		return;
	}
	thread_role_set_loop(true);
	for (i = 0; i < 20000; i++) {
		piece = depot_allocate(51 * sizeof *piece);
		piece[0] = piece[50] = 1000 + i;
		piece = atomic_exchange(&handed_over[i % FREEING], piece);
		if (piece != NULL) {
			expect(piece[0] == piece[50], "it is another's, too");
			depot_free(piece);
		}
	}
	atomic_store(&is_over, true);
	depot_leave();
}

START_TEST(each_piece_has_one_owner)
{
	unsigned int i;

	unit_run_threads(1 + FREEING, race);
	for (i = 0; i < FREEING; i++)
		if (atomic_load(&handed_over[i]) != NULL)
			depot_free(atomic_load(&handed_over[i]));
	unit_run_threads(1, leave_as_loop);
}
END_TEST

void
depot_tests(TCase *tests)
{
	tcase_add_test(tests, any_size_on_any_thread);
	tcase_add_loop_test(tests, what_others_free_comes_back, 0, 6);
	tcase_add_test(tests, not_more_is_kept_than_may_be);
	tcase_add_test(tests, each_piece_has_one_owner);
}
