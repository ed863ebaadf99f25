/* SPDX-License-Identifier: MIT */
#include "unit.h"

#include <sched.h>
#include <stdlib.h>

#include "readers.h"
#include "rooms.h"

#define READING_THREADS 3
#define REPLACEMENTS	20000

struct thing {
	struct replaced replaced;
	_Atomic(unsigned int) number; /* 0: it has been freed */
};

static struct readers *readers;
static struct thing things[2];
static unsigned int freed;

static void
set_up(void)
{
	readers = readers_create();
	ck_assert_ptr_nonnull(readers);
}

/* Nothing is given back to the system, so that who reads what is freed is seen. */
static void
free_thing(struct replaced *replaced)
{
	atomic_store(&container_of(replaced, struct thing, replaced)->number, 0);
	freed++;
}

static void
retire(struct thing *thing)
{
	thing->replaced.free = free_thing;
	readers_retire(readers, &thing->replaced);
}

START_TEST(without_readers_it_is_freed_at_once)
{
	set_up();
	retire(&things[0]);
	ck_assert_uint_eq(freed, 1);
	readers_destroy(readers);
	ck_assert_uint_eq(freed, 1);
}
END_TEST

START_TEST(what_is_read_stays)
{
	atomic_uint *outer, *inner;

	set_up();
	outer = readers_enter(readers);
	inner = readers_enter(readers);
	retire(&things[0]);
	readers_leave(inner);
	readers_collect(readers);
	ck_assert_uint_eq(freed, 0);
	readers_leave(outer);
	ck_assert_uint_eq(freed, 0);
	readers_collect(readers);
	ck_assert_uint_eq(freed, 1);
	readers_destroy(readers);
}
END_TEST

/* Who was seen outside may be inside again when the next one is replaced. */
START_TEST(each_has_a_time_of_its_own)
{
	atomic_uint *place;

	set_up();
	place = readers_enter(readers);
	retire(&things[0]);
	readers_leave(place);
	place = readers_enter(readers);
	retire(&things[1]);
	ck_assert_uint_eq(freed, 0);
	readers_leave(place);
	readers_collect(readers);
	ck_assert_uint_eq(freed, 2);
	readers_destroy(readers);
}
END_TEST

START_TEST(what_is_left_is_freed_in_the_end)
{
	atomic_uint *place;

	set_up();
	place = readers_enter(readers);
	retire(&things[0]);
	readers_leave(place);
	readers_destroy(readers);
	ck_assert_uint_eq(freed, 1);
	readers_destroy(NULL);
}
END_TEST

static _Atomic(struct thing *) current;
static struct tally ready = TALLY_INITIALIZER;
static atomic_bool is_done;

static void
read_or_replace(unsigned int number)
{
	struct thing *thing;
	atomic_uint *place;
	unsigned int i;

	if (number > 0) {
		tally_add(&ready);
		while (!atomic_load(&is_done)) {
			place = readers_enter(readers);
			thing = atomic_load(&current);
			expect(atomic_load(&thing->number) != 0, "it is freed");
			sched_yield();
			expect(atomic_load(&thing->number) != 0, "it is freed meanwhile");
			readers_leave(place);
		}
		return;
	}
	tally_await(&ready, READING_THREADS);
	for (i = 1; i < REPLACEMENTS; i++) {
		thing = atomic_load(&current) + 1;
		atomic_store(&thing->number, i);
		retire(atomic_exchange(&current, thing));
	}
	atomic_store(&is_done, true);
}

START_TEST(nobody_reads_what_is_freed)
{
	struct thing *many = calloc(REPLACEMENTS, sizeof *many);

	ck_assert_ptr_nonnull(many);
	set_up();
	many->number = 1;
	atomic_store(&current, many);
	unit_run_threads(1 + READING_THREADS, read_or_replace);
	readers_destroy(readers);
	ck_assert_uint_eq(freed, REPLACEMENTS - 1);
	free(many);
}
END_TEST

void
readers_tests(TCase *tests)
{
	tcase_add_test(tests, without_readers_it_is_freed_at_once);
	tcase_add_test(tests, what_is_read_stays);
	tcase_add_test(tests, each_has_a_time_of_its_own);
	tcase_add_test(tests, what_is_left_is_freed_in_the_end);
	tcase_add_test(tests, nobody_reads_what_is_freed);
}
