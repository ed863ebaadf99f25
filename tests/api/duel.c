/* SPDX-License-Identifier: MIT */
#include "duel.h"

#include <sched.h>
#include <stdio.h>

#define JITTER	     2000
#define STEP	     200
#define LEAD_MAXIMUM 2000000
#define LOOKS	     10000

void
duel_spin(int times)
{
	volatile int i;

	for (i = 0; i < times; i++)
		;
}

static void
await_number(atomic_uint *number, unsigned int wanted)
{
	unsigned int looks;

	for (looks = 0; atomic_load(number) != wanted; looks++)
		if (looks > LOOKS)
			sched_yield();
}

static void *
run_second(void *argument)
{
	struct duel *duel = argument;
	unsigned int round;

	for (round = 1;; round++) {
		await_number(&duel->turn, round);
		if (atomic_load(&duel->is_over))
			return NULL;
		atomic_store(&duel->is_ready, round);
		duel_spin(duel->seconds_wait);
		duel->second(duel);
		atomic_store(&duel->is_done, round);
	}
}

void
duel_init(struct duel *duel, void (*first)(struct duel *), void (*second)(struct duel *))
{
	*duel = (struct duel){.first = first, .second = second};
	dice_init(&duel->dice);
	witness_init(&duel->witness);
	duel->seconds_thread = start_thread(run_second, duel);
}

void
duel_answer(struct duel *duel)
{
	(void)duel;
	dns_server_release_some(world.server, HELD_NAMES, 2);
}

void
duel_begin(struct duel *duel)
{
	unsigned int questions = 2 * (duel->round + 1);

	duel->handle = begin(HELD_NAME, on_completion, &duel->witness);
	duel->milliseconds = (int)dice_roll(&duel->dice, 2);
	if (!dns_server_wait_for_questions(world.server, HELD_NAME, 0, questions))
		ck_abort_msg("the question has not come");
}

void
duel_await_call(struct duel *duel)
{
	await(&duel->witness.entered);
	if (atomic_load(&duel->witness.calls) != duel->round ||
	    duel->witness.handle != duel->handle)
		ck_abort_msg("callback %u in round %u", atomic_load(&duel->witness.calls),
			     duel->round);
}

void
duel_fight(struct duel *duel)
{
	int wait = (int)dice_roll(&duel->dice, JITTER);

	duel->round++;
	duel->seconds_wait = (int)dice_roll(&duel->dice, JITTER);
	if (duel->lead > 0)
		wait += duel->lead;
	else
		duel->seconds_wait -= duel->lead;
	atomic_store(&duel->turn, duel->round);
	await_number(&duel->is_ready, duel->round);
	duel_spin(wait);
	duel->first(duel);
	await_number(&duel->is_done, duel->round);
}

void
duel_score(struct duel *duel, DnsStatus status, bool first_has_won)
{
	if (status >= DUEL_STATUSES)
		ck_abort_msg("status %d", (int)status);
	duel->tally[status]++;
	duel->streak = first_has_won == duel->has_first_won ? duel->streak + 1 : 1;
	duel->has_first_won = first_has_won;
	if (first_has_won && duel->lead < LEAD_MAXIMUM)
		duel->lead += duel->streak * STEP;
	else if (!first_has_won && duel->lead > -LEAD_MAXIMUM)
		duel->lead -= duel->streak * STEP;
}

void
duel_end(struct duel *duel, const char *name, DnsStatus one, DnsStatus other)
{
	unsigned int i, others = 0;

	atomic_store(&duel->is_over, true);
	atomic_store(&duel->turn, duel->round + 1);
	join_thread(duel->seconds_thread);
	printf("# %s:", name);
	for (i = 0; i < DUEL_STATUSES; i++) {
		if (duel->tally[i] > 0)
			printf(" %u %s;", duel->tally[i], DnsStatusGetText((DnsStatus)i));
		if (i != (unsigned int)one && i != (unsigned int)other)
			others += duel->tally[i];
	}
	printf("\n");
	fflush(stdout);
	ck_assert_uint_eq(others, 0);
	witness_destroy(&duel->witness);
}
