/* SPDX-License-Identifier: MIT */
/* Two things that may happen to an operation, at the same moment: it completes once, in
 * one of the two ways, and its callback runs once. */
#include "contract.h"

#include <stdio.h>
#include <errno.h>
#include <sched.h>
#include <stdlib.h>

#include "duel.h"
#include "rounds.h"

#define GROUP 8

/* ---- What the two do ---- */

static void
cancel(struct duel *duel)
{
	DnsAsyncResultCancel(duel->handle);
}

static void
let_time_be_over(struct duel *duel)
{
	DnsAsyncResultSetDeadline(duel->handle, duel->milliseconds);
}

static void
move_deadline(struct duel *duel)
{
	DnsAsyncResultSetDeadline(duel->handle, 40000);
	DnsAsyncResultSetDeadline(duel->handle, 1);
	DnsAsyncResultSetDeadline(duel->handle, -1);
	DnsAsyncResultSetDeadline(duel->handle, 30000);
	DnsAsyncResultSetDeadline(duel->handle, duel->milliseconds);
}

static void
end(struct duel *duel)
{
	DnsHostEntry *entry;

	duel->status = EndGetHostByName(duel->handle, &entry);
	DnsHostEntryRelease(entry);
}

static void
cancel_and_answer(struct duel *duel)
{
	DnsAsyncResultCancel(duel->handle);
	duel_answer(duel);
}

static void
close_resolver(struct duel *duel)
{
	DnsResolverClose(duel->resolver);
}

/* ---- One operation a round ---- */

/* Every operation has been completed, and counted as what its End said. */
static void
assert_counts(struct duel *duel)
{
	DnsStatistics counts;

	while (read_statistics().inFlight > 0)
		sched_yield(); /* the answers that came too late */
	counts = read_statistics(); /* read one by one: only now they agree */
	ck_assert_uint_eq(counts.begun, duel->round);
	ck_assert_uint_eq(counts.completed, duel->round);
	ck_assert_uint_eq(counts.ended, duel->round);
	ck_assert_uint_eq(counts.completedSynchronously, 0);
	ck_assert_uint_eq(counts.succeeded, duel->tally[DNS_STATUS_OK]);
	ck_assert_uint_eq(counts.timedOut, duel->tally[DNS_STATUS_TIMED_OUT]);
	ck_assert_uint_eq(counts.cancelled, duel->tally[DNS_STATUS_CANCELLED]);
	ck_assert_uint_eq(counts.closed, 0);
	ck_assert_uint_eq(counts.waiting, 0);
	ck_assert_uint_eq(counts.questions, 2 * duel->round);
	ck_assert_uint_eq(counts.answers, 2 * duel->round);
	world_close_resolver();
	ck_assert_uint_eq(atomic_load(&duel->witness.calls), duel->round);
}

static const struct contest {
	const char *name;
	void (*first)(struct duel *duel);
	void (*second)(struct duel *duel);
	DnsStatus firsts_status, seconds_status;
	bool one_ends; /* one of the two is the End */
} contests[] = {
	{"answer, cancel", duel_answer, cancel, DNS_STATUS_OK, DNS_STATUS_CANCELLED, false},
	{"answer, deadline", duel_answer, let_time_be_over, DNS_STATUS_OK,
	 DNS_STATUS_TIMED_OUT, false},
	{"answer, moving deadline", duel_answer, move_deadline, DNS_STATUS_OK,
	 DNS_STATUS_TIMED_OUT, false},
	{"end, answer", end, duel_answer, DNS_STATUS_OK, DNS_STATUS_OK, true},
	{"end, cancel and answer", end, cancel_and_answer, DNS_STATUS_OK,
	 DNS_STATUS_CANCELLED, true},
};

START_TEST(one_operation)
{
	const struct contest *contest = &contests[_i];
	unsigned int left = rounds(1000);
	struct duel duel;

	duel_init(&duel, contest->first, contest->second);
	for (; left > 0; left--) {
		duel_begin(&duel);
		duel_fight(&duel);
		duel_await_call(&duel);
		if (!contest->one_ends)
			end(&duel);
		if (EndGetHostByName(duel.handle, NULL) != DNS_STATUS_INVALID_OPERATION)
			ck_abort_msg("ended twice");
		duel_score(&duel, duel.status, duel.status == contest->firsts_status);
	}
	assert_counts(&duel);
	duel_end(&duel, contest->name, contest->firsts_status, contest->seconds_status);
}
END_TEST

/* Nothing answers here. Fault H11. */
START_TEST(cancel_against_deadline)
{
	unsigned int left = rounds(1000);
	DnsStatistics counts;
	struct duel duel;

	duel_init(&duel, cancel, let_time_be_over);
	for (; left > 0; left--) {
		/* An operation whose questions the server has not seen is as good. */
		duel.handle = begin(HELD_NAME, on_completion, &duel.witness);
		duel_fight(&duel);
		duel_await_call(&duel);
		end(&duel);
		duel_score(&duel, duel.status, duel.status == DNS_STATUS_CANCELLED);
	}
	counts = read_statistics();
	ck_assert_uint_eq(counts.completed, duel.round);
	ck_assert_uint_eq(counts.cancelled, duel.tally[DNS_STATUS_CANCELLED]);
	ck_assert_uint_eq(counts.timedOut, duel.tally[DNS_STATUS_TIMED_OUT]);
	duel_end(&duel, "cancel, deadline", DNS_STATUS_CANCELLED, DNS_STATUS_TIMED_OUT);
}
END_TEST

/* What is said of a handle that was ended never reaches the operation that has its place
 * in the table now. */
static void
disturb_the_past(struct duel *duel)
{
	DnsAsyncResult **past = (DnsAsyncResult **)(void *)duel->handle;
	unsigned int i;

	for (i = 0; i < duel->round && i < 200; i++) {
		DnsAsyncResultCancel(past[duel->round - 1 - i * duel->round / 200]);
		DnsAsyncResultSetDeadline(past[i * duel->round / 200], 0);
	}
}

static void
look_up_the_next(struct duel *duel)
{
	duel->status = GetHostByName(world.resolver, "a.test", NULL);
}

/* Fault H11. */
START_TEST(late_requests_hit_nobody)
{
	unsigned int left = rounds(2000), i = 0;
	DnsAsyncResult **past = calloc(left, sizeof(DnsAsyncResult *));
	struct duel duel;

	ck_assert_ptr_nonnull(past);
	duel_init(&duel, look_up_the_next, disturb_the_past);
	duel.handle = (DnsAsyncResult *)(void *)past;
	for (; left > 0; left--) {
		past[i] = begin("a.test", NULL, NULL);
		end_expecting(past[i++], DNS_STATUS_OK);
		duel_fight(&duel);
		duel_score(&duel, duel.status, left % 2 == 0);
	}
	duel_end(&duel, "lookup, late requests", DNS_STATUS_OK, DNS_STATUS_OK);
	free(past);
}
END_TEST

/* A thread that blocks in End has not got the result yet: the operation can still be
 * given up, and is as it is for everybody. */
static void *
run_end(void *argument)
{
	end(argument);
	return NULL;
}

/* Fault H10. */
START_TEST(cancel_while_end_blocks)
{
	unsigned int left = rounds(50), i;
	struct duel duel = {.milliseconds = 0};
	DnsWaitHandle *handle;
	pthread_t thread;

	for (; left > 0; left--) {
		duel.handle = begin(HELD_NAME, NULL, &duel);
		/* Should nobody else wake it. */
		DnsAsyncResultSetDeadline(duel.handle, 3000);
		thread = start_thread(run_end, &duel);
		for (i = 0; i < 200; i++)
			sched_yield();
		ck_assert(!DnsAsyncResultIsCompleted(duel.handle));
		ck_assert_ptr_eq(DnsAsyncResultGetState(duel.handle), &duel);
		handle = copy_wait_handle(duel.handle);
		ck_assert_int_eq(DnsWaitHandleWaitOne(handle, 0), DNS_WAIT_TIMED_OUT);
		if (left % 2 == 0)
			DnsAsyncResultCancel(duel.handle);
		else
			DnsAsyncResultSetDeadline(duel.handle, 0);
		ck_assert_int_eq(DnsWaitHandleWaitOne(handle, DNS_WAIT_FOREVER),
				 DNS_WAIT_SIGNALED);
		DnsWaitHandleRelease(handle);
		join_thread(thread);
		ck_assert_int_eq(duel.status, left % 2 == 0 ? DNS_STATUS_CANCELLED
							    : DNS_STATUS_TIMED_OUT);
	}
}
END_TEST

/* ---- One resolver a round ---- */

static void
answer_all(struct duel *duel)
{
	(void)duel;
	dns_server_release_some(world.server, HELD_NAMES, 2 * GROUP);
}

static void
cancel_all(struct duel *duel)
{
	DnsAsyncResult **handles = (DnsAsyncResult **)(void *)duel->handle;
	int i;

	for (i = 0; i < GROUP; i++)
		DnsAsyncResultCancel(handles[i]);
}

static void
end_group(struct duel *duel, DnsAsyncResult *handles[GROUP])
{
	int i;

	for (i = 0; i < GROUP; i++) {
		duel->handle = handles[i];
		end(duel);
		duel_score(duel, duel->status, duel->status != DNS_STATUS_CLOSED);
	}
}

/* When Close has returned, all callbacks have run. */
static void
fight_against_close(const char *name, void (*first)(struct duel *), DnsStatus other)
{
	unsigned int left = rounds(400), calls = 0;
	DnsAsyncResult *handles[GROUP];
	struct duel duel;
	char held[32];
	int i;

	duel_init(&duel, first, close_resolver);
	for (; left > 0; left--) {
		duel.resolver = world_make_resolver(0);
		for (i = 0; i < GROUP; i++) {
			snprintf(held, sizeof held, "x%d.slow.test", i);
			handles[i] = BeginGetHostByName(duel.resolver, held, on_completion,
							&duel.witness);
		}
		calls += GROUP;
		ck_assert(dns_server_wait_for_questions(world.server, HELD_NAMES, 0,
							2 * calls));
		duel.handle = (DnsAsyncResult *)(void *)handles;
		duel_fight(&duel);
		ck_assert_uint_eq(atomic_load(&duel.witness.calls), calls);
		end_group(&duel, handles);
	}
	duel_end(&duel, name, other, DNS_STATUS_CLOSED);
}

START_TEST(answer_against_close)
{
	fight_against_close("answer, close", answer_all, DNS_STATUS_OK);
}
END_TEST

START_TEST(cancel_against_close)
{
	fight_against_close("cancel, close", cancel_all, DNS_STATUS_CANCELLED);
}
END_TEST

/* ---- Begin against Close ---- */

#define BEGINNERS     3
#define BEGUN_MAXIMUM 3000

struct beginner {
	DnsResolver *resolver;
	unsigned int number;
	atomic_bool *may_go;
	unsigned int begun;
	int error;
	atomic_uint calls;
	DnsAsyncResult *handles[BEGUN_MAXIMUM];
};

static void
count_call(DnsAsyncResult *asyncResult)
{
	struct beginner *beginner = DnsAsyncResultGetState(asyncResult);

	atomic_fetch_add(&beginner->calls, 1);
}

static void *
begin_until_closed(void *argument)
{
	static const char *const names[] = {"a.test", HELD_NAME, "192.0.2.1",
					    "x.invalid"};
	struct beginner *beginner = argument;
	DnsAsyncResult *handle;
	unsigned int i;

	while (!atomic_load(beginner->may_go))
		sched_yield();
	for (i = 0; i < BEGUN_MAXIMUM; i++) {
		errno = 0;
		handle = BeginGetHostByName(beginner->resolver,
					    names[(i + beginner->number) % 4], count_call,
					    beginner);
		beginner->error = errno;
		if (handle == NULL)
			break;
		beginner->handles[i] = handle;
	}
	beginner->begun = i;
	return NULL;
}

/* Whatever could be begun completes, whatever could not has no callback. */
static void
settle(struct beginner *beginner)
{
	DnsStatus status;
	unsigned int i;

	if (beginner->begun < BEGUN_MAXIMUM)
		ck_assert_int_eq(beginner->error, ESHUTDOWN);
	ck_assert_uint_eq(atomic_load(&beginner->calls), beginner->begun);
	for (i = 0; i < beginner->begun; i++) {
		if (!DnsAsyncResultIsCompleted(beginner->handles[i]))
			ck_abort_msg("not completed by Close");
		status = EndGetHostByName(beginner->handles[i], NULL);
		if (status != DNS_STATUS_CLOSED && status != DNS_STATUS_OK &&
		    status != DNS_STATUS_HOST_NOT_FOUND)
			ck_abort_msg("status %d", (int)status);
	}
}

/* Fault L03. */
START_TEST(begin_against_close)
{
	static struct beginner beginners[BEGINNERS];
	unsigned int left = rounds(200), i;
	pthread_t threads[BEGINNERS];
	DnsResolver *resolver;
	atomic_bool may_go;
	struct dice dice;

	dice_init(&dice);
	for (; left > 0; left--) {
		resolver = world_make_resolver(0);
		atomic_init(&may_go, false);
		for (i = 0; i < BEGINNERS; i++) {
			beginners[i].resolver = resolver;
			beginners[i].number = i;
			beginners[i].may_go = &may_go;
			atomic_init(&beginners[i].calls, 0);
			threads[i] = start_thread(begin_until_closed, &beginners[i]);
		}
		atomic_store(&may_go, true);
		duel_spin((int)dice_roll(&dice, 200000));
		DnsResolverClose(resolver);
		for (i = 0; i < BEGINNERS; i++)
			join_thread(threads[i]);
		for (i = 0; i < BEGINNERS; i++)
			settle(&beginners[i]);
	}
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("races");
	TCase *races = contract_case(suite, "races");

	tcase_set_timeout(races, 120);
	tcase_add_loop_test(races, one_operation, 0, sizeof contests / sizeof *contests);
	tcase_add_test(races, cancel_against_deadline);
	tcase_add_test(races, cancel_while_end_blocks);
	tcase_add_test(races, late_requests_hit_nobody);
	tcase_add_test(races, answer_against_close);
	tcase_add_test(races, cancel_against_close);
	tcase_add_test(races, begin_against_close);
	return contract_run(suite);
}
