/* SPDX-License-Identifier: MIT */
/* The contract of End: rules R19 to R27. A test is named after its rule. */
#include "contract.h"
#include "rounds.h"

#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>

#define THREADS 8
#define SIGNALS 100

/* What the compiler checks: EndX takes what X gives out, and the handle (R20). */
static DnsStatus (*const end_host_by_name)(DnsAsyncResult *,
					   DnsHostEntry **) = EndGetHostByName;

START_TEST(r19_the_entry_is_the_callers)
{
	DnsHostEntry *entry, *second;

	ck_assert_int_eq(EndGetHostByName(begin("alias.test", NULL, NULL), &entry),
			 DNS_STATUS_OK);
	world_close_resolver();
	world_stop_server();
	second = DnsHostEntryRetain(entry);
	ck_assert_ptr_eq(second, entry);
	DnsHostEntryRelease(entry);
	ck_assert_str_eq(DnsHostEntryGetName(second), "a.test");
	ck_assert_uint_eq(DnsHostEntryGetAliasCount(second), 2);
	ck_assert_str_eq(DnsHostEntryGetAlias(second, 0), "alias.test");
	ck_assert_str_eq(DnsHostEntryGetAlias(second, 1), "middle.test");
	ck_assert(has_addresses(second, "192.0.2.1 2001:db8::1"));
	DnsHostEntryRelease(second);
}
END_TEST

START_TEST(r20_end_takes_the_handle_and_the_out_parameter)
{
	DnsHostEntry *entry;

	ck_assert_int_eq(end_host_by_name(begin("a.test", NULL, NULL), &entry),
			 DNS_STATUS_OK);
	ck_assert_ptr_nonnull(entry);
	DnsHostEntryRelease(entry);
	ck_assert_int_eq(end_host_by_name(begin("b.test", NULL, NULL), NULL),
			 DNS_STATUS_OK);
	ck_assert_int_eq(end_host_by_name(begin("192.0.2.1", NULL, NULL), NULL),
			 DNS_STATUS_OK);
}
END_TEST

START_TEST(r21_each_handle_ends_its_own_operation)
{
	DnsAsyncResult *begun[4];

	begun[0] = begin("a.test", NULL, NULL);
	begun[1] = begin("missing.test", NULL, NULL);
	begun[2] = begin("b.test", NULL, NULL);
	begun[3] = begin("192.0.2.1", NULL, NULL);
	end_with_addresses(begun[2], "192.0.2.2");
	end_with_addresses(begun[3], "192.0.2.1");
	end_with_addresses(begun[0], "192.0.2.1 2001:db8::1");
	end_expecting(begun[1], DNS_STATUS_HOST_NOT_FOUND);
}
END_TEST

/* ---- End waits ---- */

struct ender {
	DnsAsyncResult *begun;
	DnsStatus status;
	DnsHostEntry *entry;
	atomic_bool has_returned;
	sem_t *returned; /* may be NULL */
};

static void *
end_it(void *argument)
{
	struct ender *ender = argument;

	ender->status = EndGetHostByName(ender->begun, &ender->entry);
	atomic_store(&ender->has_returned, true);
	if (ender->returned != NULL)
		sem_post(ender->returned);
	return NULL;
}

static sem_t signal_handled;

static void
on_signal(int number)
{
	(void)number;
	sem_post(&signal_handled);
}

/* Fault O09. */
START_TEST(r22_end_waits_and_no_signal_ends_it)
{
	struct ender ender = {.begun = begin(HELD_NAME, NULL, NULL)};
	struct sigaction action = {.sa_handler = on_signal}, before;
	pthread_t thread;
	int i;

	sem_init(&signal_handled, 0, 0);
	sigaction(SIGUSR1, &action, &before);
	thread = start_thread(end_it, &ender);
	world_await_question(HELD_NAME);
	/* Not each is waited for: TSan may put one off until the thread goes on. */
	for (i = 0; i < SIGNALS; i++) {
		pthread_kill(thread, SIGUSR1);
		sched_yield();
		ck_assert(!atomic_load(&ender.has_returned));
	}
	world_release();
	join_thread(thread);
	await(&signal_handled);
	sigaction(SIGUSR1, &before, NULL);
	ck_assert_int_eq(ender.status, DNS_STATUS_OK);
	ck_assert(has_addresses(ender.entry, "198.51.100.8"));
	DnsHostEntryRelease(ender.entry);
}
END_TEST

/* ---- Outcomes ---- */

static void
close_the_resolver(DnsAsyncResult *begun)
{
	(void)begun;
	world_close_resolver();
}

static void
let_time_pass(DnsAsyncResult *begun)
{
	DnsAsyncResultSetDeadline(begun, 0);
}

static const struct outcome {
	const char *name;
	void (*act)(DnsAsyncResult *begun); /* NULL: nothing */
	DnsStatus status;
} outcomes[] = {
	{"a.test", NULL, DNS_STATUS_OK},
	{"192.0.2.1", NULL, DNS_STATUS_OK},
	{"missing.test", NULL, DNS_STATUS_HOST_NOT_FOUND},
	{"bad..name", NULL, DNS_STATUS_HOST_NOT_FOUND},
	{"x.invalid", NULL, DNS_STATUS_HOST_NOT_FOUND},
	{"empty.test", NULL, DNS_STATUS_NO_DATA},
	{"failing.test", NULL, DNS_STATUS_TRY_AGAIN},
	{"refused.test", NULL, DNS_STATUS_NO_RECOVERY},
	{HELD_NAME, DnsAsyncResultCancel, DNS_STATUS_CANCELLED},
	{HELD_NAME, let_time_pass, DNS_STATUS_TIMED_OUT},
	{HELD_NAME, close_the_resolver, DNS_STATUS_CLOSED},
};
#define OUTCOMES ((int)(sizeof outcomes / sizeof outcomes[0]))

START_TEST(r23_errors_come_out_of_end)
{
	const struct outcome *outcome = &outcomes[_i];
	struct witness witness;
	DnsAsyncResult *begun;

	witness_init(&witness);
	begun = begin(outcome->name, on_completion, &witness);
	if (outcome->act != NULL)
		outcome->act(begun);
	await(&witness.entered);
	ck_assert(DnsAsyncResultIsCompleted(begun));
	errno = EXDEV;
	end_expecting(begun, outcome->status);
	world_close_resolver();
	ck_assert_uint_eq(atomic_load(&witness.calls), 1);
}
END_TEST

/* ---- A handle that End does not want ---- */

START_TEST(r24_second_end_is_an_invalid_operation)
{
	DnsAsyncResult *good = begin("a.test", NULL, NULL);
	DnsAsyncResult *bad = begin("missing.test", NULL, NULL);
	DnsAsyncResult *literal = begin("192.0.2.1", NULL, NULL);
	DnsHostEntry *entry;
	int i;

	ck_assert_int_eq(EndGetHostByName(good, &entry), DNS_STATUS_OK);
	end_expecting(bad, DNS_STATUS_HOST_NOT_FOUND);
	end_with_addresses(literal, "192.0.2.1");
	for (i = 0; i < 3; i++) {
		end_expecting(good, DNS_STATUS_INVALID_OPERATION);
		end_expecting(bad, DNS_STATUS_INVALID_OPERATION);
		end_expecting(literal, DNS_STATUS_INVALID_OPERATION);
	}
	ck_assert(has_addresses(entry, "192.0.2.1 2001:db8::1"));
	DnsHostEntryRelease(entry);
	ck_assert_uint_eq(read_statistics().ended, 3);
}
END_TEST

static void
end_twice_in_callback(DnsAsyncResult *asyncResult)
{
	struct ender *ender = DnsAsyncResultGetState(asyncResult);
	DnsHostEntry *entry;

	ender->status = EndGetHostByName(asyncResult, &ender->entry);
	if (EndGetHostByName(asyncResult, &entry) != DNS_STATUS_INVALID_OPERATION ||
	    entry != NULL)
		ender->status = DNS_STATUS_FORCE_INT;
	sem_post(ender->returned);
}

START_TEST(r24_end_after_the_callback_has_ended)
{
	static const char *const names[] = {"b.test", "192.0.2.2"};
	struct ender ender = {0};
	DnsAsyncResult *begun;
	sem_t returned;
	int i;

	sem_init(&returned, 0, 0);
	ender.returned = &returned;
	for (i = 0; i < 2; i++) {
		begun = begin(names[i], end_twice_in_callback, &ender);
		await(&returned);
		end_expecting(begun, DNS_STATUS_INVALID_OPERATION);
		ck_assert_int_eq(ender.status, DNS_STATUS_OK);
		ck_assert(has_addresses(ender.entry, "192.0.2.2"));
		DnsHostEntryRelease(ender.entry);
	}
}
END_TEST

/* The second does not wait for what the first waits for. */
START_TEST(r24_second_end_while_the_first_waits)
{
	struct ender enders[2] = {{0}};
	pthread_t threads[2];
	sem_t returned;
	int i, first;

	sem_init(&returned, 0, 0);
	enders[0].begun = enders[1].begun = begin(HELD_NAME, NULL, NULL);
	for (i = 0; i < 2; i++) {
		enders[i].returned = &returned;
		threads[i] = start_thread(end_it, &enders[i]);
	}
	await(&returned);
	first = atomic_load(&enders[0].has_returned) ? 0 : 1;
	ck_assert(!atomic_load(&enders[1 - first].has_returned));
	world_release();
	for (i = 0; i < 2; i++)
		join_thread(threads[i]);
	ck_assert_int_eq(enders[first].status, DNS_STATUS_INVALID_OPERATION);
	ck_assert_ptr_null(enders[first].entry);
	ck_assert_int_eq(enders[1 - first].status, DNS_STATUS_OK);
	DnsHostEntryRelease(enders[1 - first].entry);
}
END_TEST

static void
end_from_many_threads(DnsAsyncResult *begun, DnsStatus status)
{
	struct ender enders[THREADS] = {{0}};
	pthread_t threads[THREADS];
	int i, successes = 0, refusals = 0;

	for (i = 0; i < THREADS; i++) {
		enders[i].begun = begun;
		threads[i] = start_thread(end_it, &enders[i]);
	}
	world_release();
	for (i = 0; i < THREADS; i++) {
		join_thread(threads[i]);
		successes += enders[i].status == status;
		refusals += enders[i].status == DNS_STATUS_INVALID_OPERATION;
		ck_assert_int_eq(enders[i].entry != NULL,
				 enders[i].status == DNS_STATUS_OK);
		DnsHostEntryRelease(enders[i].entry);
	}
	ck_assert_int_eq(successes, 1);
	ck_assert_int_eq(refusals, THREADS - 1);
}

START_TEST(r24_of_many_threads_one_gets_the_result)
{
	end_from_many_threads(begin(HELD_NAME, NULL, NULL), DNS_STATUS_OK);
	end_from_many_threads(begin("192.0.2.1", NULL, NULL), DNS_STATUS_OK);
	end_from_many_threads(begin("missing.test", NULL, NULL),
			      DNS_STATUS_HOST_NOT_FOUND);
}
END_TEST

/* All that can be done with what is no handle is harmless. */
static void
assert_no_handle(const void *invented)
{
	DnsAsyncResult *no_handle = (DnsAsyncResult *)(uintptr_t)invented;

	end_expecting(no_handle, DNS_STATUS_INVALID_OPERATION);
	ck_assert(DnsAsyncResultIsCompleted(no_handle));
	ck_assert(!DnsAsyncResultCompletedSynchronously(no_handle));
	ck_assert_ptr_null(DnsAsyncResultGetState(no_handle));
	errno = 0;
	ck_assert_ptr_null(DnsAsyncResultCopyWaitHandle(no_handle));
	ck_assert_int_eq(errno, EINVAL);
	DnsAsyncResultSetDeadline(no_handle, 0);
	DnsAsyncResultCancel(no_handle);
}

START_TEST(r25_what_no_begin_returned)
{
	DnsAsyncResult *begun = begin("a.test", NULL, &world);
	char zeroes[256] = {0};
	unsigned int bit;

	assert_no_handle(NULL);
	assert_no_handle(zeroes);
	assert_no_handle(&world);
	assert_no_handle((const void *)1);
	assert_no_handle((const void *)UINTPTR_MAX);
	for (bit = 0; bit < sizeof begun * 8; bit++)
		assert_no_handle((const void *)((uintptr_t)begun ^ (uintptr_t)1 << bit));
	ck_assert_ptr_eq(DnsAsyncResultGetState(begun), &world);
	end_with_addresses(begun, "192.0.2.1 2001:db8::1");
}
END_TEST

/* A handle of another kind is not consumed. Fault H05. */
START_TEST(r25_a_handle_of_another_kind)
{
	DnsAsyncResult *begun = begin("a.test", NULL, NULL);
	DnsWaitHandle *handle = copy_wait_handle(begun);

	assert_no_handle(world.resolver);
	assert_no_handle(handle);
	DnsWaitHandleRelease(handle);
	DnsResolverClose((DnsResolver *)(void *)begun);
	errno = 0;
	ck_assert_ptr_null(
		BeginGetHostByName((DnsResolver *)(void *)begun, "b.test", NULL, NULL));
	ck_assert_int_eq(errno, ESHUTDOWN);
	end_with_addresses(begun, "192.0.2.1 2001:db8::1");
	end_with_addresses(begin("b.test", NULL, NULL), "192.0.2.2");
}
END_TEST

/* So many operations that the place of the old one is used again. */
START_TEST(r25_a_stale_handle)
{
	DnsAsyncResult *stale = begin("192.0.2.1", NULL, NULL), *begun;
	unsigned int left = rounds(40000);

	end_with_addresses(stale, "192.0.2.1");
	for (; left > 0; left--) {
		begun = begin("192.0.2.2", NULL, &world);
		end_expecting(stale, DNS_STATUS_INVALID_OPERATION);
		require(DnsAsyncResultGetState(stale) == NULL, "a state");
		EndGetHostByName(begun, NULL);
	}
	assert_no_handle(stale);
}
END_TEST

/* ---- How completion is told ---- */

START_TEST(r26_completion_is_told_in_three_ways)
{
	const struct outcome *outcome = &outcomes[_i];
	struct pollfd descriptor = {.events = POLLIN};
	struct witness witness;
	DnsAsyncResult *begun;
	DnsWaitHandle *handle;

	witness_init(&witness);
	begun = begin(outcome->name, on_completion, &witness);
	handle = copy_wait_handle(begun);
	descriptor.fd = DnsWaitHandleGetDescriptor(handle);
	ck_assert_int_ge(descriptor.fd, 0);
	if (outcome->act != NULL) {
		ck_assert(!DnsAsyncResultIsCompleted(begun));
		ck_assert_int_eq(DnsWaitHandleWaitOne(handle, 0), DNS_WAIT_TIMED_OUT);
		ck_assert_int_eq(poll(&descriptor, 1, 0), 0);
		ck_assert_uint_eq(atomic_load(&witness.calls), 0);
		outcome->act(begun);
	}
	await(&witness.entered);
	ck_assert(DnsAsyncResultIsCompleted(begun));
	ck_assert_int_eq(DnsWaitHandleWaitOne(handle, 0), DNS_WAIT_SIGNALED);
	ck_assert_int_eq(poll(&descriptor, 1, 0), 1);
	DnsWaitHandleRelease(handle);
	end_expecting(begun, outcome->status);
}
END_TEST

struct sight {
	bool was_completed;
	DnsWaitResult wait;
	bool was_readable;
	bool waits_for_main; /* main has seen the signal */
	sem_t main_goes_on;
	sem_t done;
};

static void
look_at_handle(DnsAsyncResult *asyncResult)
{
	struct sight *sight = DnsAsyncResultGetState(asyncResult);
	struct pollfd descriptor = {.events = POLLIN};
	DnsWaitHandle *handle = DnsAsyncResultCopyWaitHandle(asyncResult);

	if (sight->waits_for_main)
		await(&sight->main_goes_on);
	sight->was_completed = DnsAsyncResultIsCompleted(asyncResult);
	sight->wait = DnsWaitHandleWaitOne(handle, DNS_WAIT_FOREVER);
	descriptor.fd = DnsWaitHandleGetDescriptor(handle);
	sight->was_readable = poll(&descriptor, 1, 0) == 1;
	DnsWaitHandleRelease(handle);
	sem_post(&sight->done);
}

static void
assert_sight(struct sight *sight)
{
	await(&sight->done);
	ck_assert(sight->was_completed);
	ck_assert_int_eq(sight->wait, DNS_WAIT_SIGNALED);
	ck_assert(sight->was_readable);
}

START_TEST(r27_completed_then_signalled_then_called_back)
{
	static const char *const names[] = {"a.test", "missing.test", "192.0.2.1"};
	struct sight sight = {.wait = DNS_WAIT_FAILED};
	DnsAsyncResult *begun;
	int i;

	sem_init(&sight.done, 0, 0);
	for (i = 0; i < 3; i++) {
		begun = begin(names[i], look_at_handle, &sight);
		assert_sight(&sight);
		EndGetHostByName(begun, NULL);
	}
}
END_TEST

/* Were the callback first, as the order of words in the pattern's text has it, neither
 * would go on. */
START_TEST(r27_callback_may_wait_for_whom_the_signal_wakes)
{
	struct sight sight = {.wait = DNS_WAIT_FAILED, .waits_for_main = true};
	DnsAsyncResult *begun;
	DnsWaitHandle *handle;

	sem_init(&sight.done, 0, 0);
	sem_init(&sight.main_goes_on, 0, 0);
	begun = begin(HELD_NAME, look_at_handle, &sight);
	handle = copy_wait_handle(begun);
	world_release();
	ck_assert_int_eq(DnsWaitHandleWaitOne(handle, DNS_WAIT_FOREVER),
			 DNS_WAIT_SIGNALED);
	ck_assert(DnsAsyncResultIsCompleted(begun));
	sem_post(&sight.main_goes_on);
	assert_sight(&sight);
	DnsWaitHandleRelease(handle);
	end_with_addresses(begun, "198.51.100.8");
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("End");
	TCase *rules = contract_case(suite, "R19 to R27");

	tcase_add_test(rules, r19_the_entry_is_the_callers);
	tcase_add_test(rules, r20_end_takes_the_handle_and_the_out_parameter);
	tcase_add_test(rules, r21_each_handle_ends_its_own_operation);
	tcase_add_test(rules, r22_end_waits_and_no_signal_ends_it);
	tcase_add_loop_test(rules, r23_errors_come_out_of_end, 0, OUTCOMES);
	tcase_add_test(rules, r24_second_end_is_an_invalid_operation);
	tcase_add_test(rules, r24_end_after_the_callback_has_ended);
	tcase_add_test(rules, r24_second_end_while_the_first_waits);
	tcase_add_test(rules, r24_of_many_threads_one_gets_the_result);
	tcase_add_test(rules, r25_what_no_begin_returned);
	tcase_add_test(rules, r25_a_handle_of_another_kind);
	tcase_add_test(rules, r25_a_stale_handle);
	tcase_add_loop_test(rules, r26_completion_is_told_in_three_ways, 0, OUTCOMES);
	tcase_add_test(rules, r27_completed_then_signalled_then_called_back);
	tcase_add_test(rules, r27_callback_may_wait_for_whom_the_signal_wakes);
	return contract_run(suite);
}
