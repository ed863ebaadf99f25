/* SPDX-License-Identifier: MIT */
#include "loop_thread.h"

#include "unit.h"

struct errand {
	struct letter letter;
	void (*run)(void *data);
	void *data;
	struct tally done;
};

static void
on_end(void *reader)
{
	(void)reader;
}

struct loop *
loop_thread_start(void)
{
	struct loop *loop = loop_start(NULL, on_end);

	ck_assert_ptr_nonnull(loop);
	return loop;
}

static void
run_errand(struct letter *letter, void *reader)
{
	struct errand *errand = container_of(letter, struct errand, letter);

	(void)reader;
	errand->run(errand->data);
	tally_add(&errand->done);
}

void
loop_thread_run(struct loop *loop, void (*run)(void *data), void *data)
{
	struct errand errand = { .done = TALLY_INITIALIZER };

	errand.letter.deliver = run_errand;
	errand.run = run;
	errand.data = data;
	ck_assert(loop_post(loop, &errand.letter));
	tally_await(&errand.done, 1);
}

static void
stop(void *data)
{
	loop_stop(data);
}

void
loop_thread_stop(struct loop *loop)
{
	loop_thread_run(loop, stop, loop);
	loop_join(loop);
	loop_free(loop);
}
