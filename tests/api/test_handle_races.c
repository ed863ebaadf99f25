/* SPDX-License-Identifier: MIT */
/* What several threads do with one handle at the same moment: one End takes the result,
 * whoever looks sees it completed and never again not, and whoever waits is woken. */
#include "contract.h"

#include <poll.h>
#include <sched.h>
#include <stdlib.h>

#include "duel.h"
#include "rounds.h"

#define ANSWERED "a.test" /* whenever the server comes to it */
#define LOOKS	 20

/* Of the End on either side, and of the one in the callback. */
static DnsStatus firsts_status, seconds_status, callbacks_status;
static sem_t has_called_back;

static DnsStatus
end_of(struct duel *duel)
{
	DnsHostEntry *entry = NULL;
	DnsStatus status = EndGetHostByName(duel->handle, &entry);

	if ((entry != NULL) != (status == DNS_STATUS_OK))
		ck_abort_msg("an entry, or none");
	DnsHostEntryRelease(entry);
	return status;
}

static void
end_first(struct duel *duel)
{
	firsts_status = end_of(duel);
}

static void
end_second(struct duel *duel)
{
	seconds_status = end_of(duel);
}

/* How many of them have the result; the others were refused. */
static int
count_results(const DnsStatus *statuses, int count)
{
	int results = 0, i;

	for (i = 0; i < count; i++) {
		results += statuses[i] == DNS_STATUS_OK;
		if (statuses[i] != DNS_STATUS_OK &&
		    statuses[i] != DNS_STATUS_INVALID_OPERATION)
			ck_abort_msg("status %d", (int)statuses[i]);
	}
	return results;
}

static void
score_ends(struct duel *duel, DnsStatus third)
{
	const DnsStatus statuses[] = {firsts_status, seconds_status, third};

	if (count_results(statuses, 3) != 1)
		ck_abort_msg("round %u: %d Ends have a result", duel->round,
			     count_results(statuses, 3));
	duel_score(duel, DNS_STATUS_OK, firsts_status == DNS_STATUS_OK);
}

/* Races R1 and R2. */
START_TEST(two_ends)
{
	unsigned int left = rounds(1000);
	struct duel duel;

	duel_init(&duel, end_first, end_second);
	for (; left > 0; left--) {
		duel.handle = begin(ANSWERED, on_completion, &duel.witness);
		duel_fight(&duel);
		duel_await_call(&duel);
		score_ends(&duel, DNS_STATUS_INVALID_OPERATION);
	}
	duel_end(&duel, "end, end", DNS_STATUS_OK, DNS_STATUS_OK);
}
END_TEST

/* Who polls ends it as soon as it can be seen to be completed. Race R1. */
START_TEST(polled_and_ended)
{
	unsigned int left = rounds(2000);
	DnsAsyncResult *handle;

	for (; left > 0; left--) {
		handle = begin(ANSWERED, NULL, NULL);
		while (!DnsAsyncResultIsCompleted(handle))
			sched_yield();
		end_expecting(handle, DNS_STATUS_OK);
	}
}
END_TEST

static void
end_inside(DnsAsyncResult *asyncResult)
{
	struct duel *duel = DnsAsyncResultGetState(asyncResult);

	if (!DnsAsyncResultIsCompleted(asyncResult))
		ck_abort_msg("called back, and not completed");
	callbacks_status = EndGetHostByName(asyncResult, NULL);
	if (DnsAsyncResultGetState(asyncResult) != duel)
		ck_abort_msg("not valid in its callback");
	sem_post(&has_called_back);
}

/* Race R8. */
START_TEST(ends_and_a_callback_that_ends)
{
	unsigned int left = rounds(1000);
	struct duel duel;

	sem_init(&has_called_back, 0, 0);
	duel_init(&duel, end_first, end_second);
	for (; left > 0; left--) {
		duel.handle = begin(ANSWERED, end_inside, &duel);
		if (left % 2 == 0)
			duel_spin((int)dice_roll(&duel.dice, 100000));
		duel_fight(&duel);
		await(&has_called_back);
		score_ends(&duel, callbacks_status);
	}
	duel_end(&duel, "end, end, end in the callback", DNS_STATUS_OK, DNS_STATUS_OK);
	sem_destroy(&has_called_back);
}
END_TEST

static void
look_and_poll(struct duel *duel)
{
	DnsWaitHandle *wait = copy_wait_handle(duel->handle);
	struct pollfd polled = {.fd = DnsWaitHandleGetDescriptor(wait), .events = POLLIN};

	if (polled.fd < 0 || poll(&polled, 1, 30000) != 1)
		ck_abort_msg("round %u: never readable", duel->round);
	if (!DnsAsyncResultIsCompleted(duel->handle) ||
	    DnsWaitHandleWaitOne(wait, 0) != DNS_WAIT_SIGNALED)
		ck_abort_msg("readable, and not completed");
	DnsWaitHandleRelease(wait);
}

static void
wait_and_poll(struct duel *duel)
{
	DnsWaitHandle *wait = copy_wait_handle(duel->handle);

	if (DnsWaitHandleWaitOne(wait, DNS_WAIT_FOREVER) != DNS_WAIT_SIGNALED)
		ck_abort_msg("not signalled");
	DnsWaitHandleRelease(wait);
	look_and_poll(duel);
}

static void
answer_and_wait(struct duel *duel)
{
	duel_answer(duel);
	wait_and_poll(duel);
}

/* Race R11. */
START_TEST(a_descriptor_made_while_it_completes)
{
	unsigned int left = rounds(1000);
	struct duel duel;

	duel_init(&duel, answer_and_wait, _i == 0 ? look_and_poll : wait_and_poll);
	for (; left > 0; left--) {
		duel_begin(&duel);
		duel_fight(&duel);
		duel_await_call(&duel);
		end_first(&duel);
		duel_score(&duel, firsts_status, dice_roll(&duel.dice, 2) == 0);
	}
	duel_end(&duel, _i == 0 ? "answer, poll" : "answer, wait", DNS_STATUS_OK,
		 DNS_STATUS_OK);
}
END_TEST

/* Nothing else would complete it: a Cancel is heeded however soon it comes. */
START_TEST(cancel_gets_through)
{
	unsigned int left = rounds(2000);
	struct witness witness;
	DnsAsyncResult *handle;
	struct dice dice;

	dice_init(&dice);
	witness_init(&witness);
	for (; left > 0; left--) {
		handle = begin(HELD_NAME, on_completion, &witness);
		duel_spin((int)dice_roll(&dice, 20000));
		if (dice_roll(&dice, 2) == 0)
			DnsAsyncResultSetDeadline(handle, 40000);
		DnsAsyncResultCancel(handle);
		end_expecting(handle, DNS_STATUS_CANCELLED);
		await(&witness.entered);
	}
	witness_destroy(&witness);
}
END_TEST

/* The next operations may have its slot. */
static void
end_and_go_on(struct duel *duel)
{
	int i;

	end_first(duel);
	for (i = 0; i < LOOKS; i++)
		end_expecting(begin("192.0.2.1", NULL, NULL), DNS_STATUS_OK);
}

static void
look_again_and_again(struct duel *duel)
{
	bool was = false, is;
	DnsWaitHandle *wait;
	int i;

	for (i = 0; i < LOOKS; i++) {
		is = DnsAsyncResultIsCompleted(duel->handle);
		if (was && !is)
			ck_abort_msg("round %u: completed no more", duel->round);
		was = is;
		wait = DnsAsyncResultCopyWaitHandle(duel->handle);
		if (wait != NULL && was && DnsWaitHandleWaitOne(wait, -1) != DNS_WAIT_SIGNALED)
			ck_abort_msg("completed, and not signalled");
		DnsWaitHandleRelease(wait);
	}
	seconds_status = EndGetHostByName(duel->handle, NULL);
}

/* Races R5 and R12. What keeps the operation does not keep the handle. */
START_TEST(looked_at_while_it_ends_and_its_place_is_taken)
{
	unsigned int left = rounds(1000);
	DnsWaitHandle *wait;
	struct duel duel;

	duel_init(&duel, end_and_go_on, look_again_and_again);
	for (; left > 0; left--) {
		duel.handle = begin(ANSWERED, on_completion, &duel.witness);
		wait = copy_wait_handle(duel.handle);
		duel_fight(&duel);
		duel_await_call(&duel);
		if (DnsAsyncResultGetState(duel.handle) != NULL)
			ck_abort_msg("valid after its End");
		DnsWaitHandleRelease(wait);
		score_ends(&duel, DNS_STATUS_INVALID_OPERATION);
	}
	duel_end(&duel, "end, looks", DNS_STATUS_OK, DNS_STATUS_OK);
}
END_TEST

static void
close_resolver(struct duel *duel)
{
	DnsResolverClose(duel->resolver);
}

/* Race R7. */
START_TEST(an_end_that_waits_while_the_resolver_closes)
{
	unsigned int left = rounds(400);
	struct duel duel;

	duel_init(&duel, end_first, close_resolver);
	for (; left > 0; left--) {
		duel.resolver = world_make_resolver(0);
		duel.handle = BeginGetHostByName(duel.resolver, HELD_NAME, on_completion,
						 &duel.witness);
		duel_fight(&duel);
		duel_await_call(&duel);
		duel_score(&duel, firsts_status, left % 2 == 0);
		if (end_of(&duel) != DNS_STATUS_INVALID_OPERATION)
			ck_abort_msg("ended twice");
	}
	duel_end(&duel, "end, close", DNS_STATUS_CLOSED, DNS_STATUS_CLOSED);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("handle races");
	TCase *races = contract_case(suite, "handle races");

	tcase_set_timeout(races, 120);
	tcase_add_test(races, two_ends);
	tcase_add_test(races, polled_and_ended);
	tcase_add_test(races, ends_and_a_callback_that_ends);
	tcase_add_loop_test(races, a_descriptor_made_while_it_completes, 0, 2);
	tcase_add_test(races, cancel_gets_through);
	tcase_add_test(races, looked_at_while_it_ends_and_its_place_is_taken);
	tcase_add_test(races, an_end_that_waits_while_the_resolver_closes);
	return contract_run(suite);
}
