/* SPDX-License-Identifier: MIT */
/* The contract of Begin: rules R1 to R18. A test is named after its rule. */
#include "contract.h"
#include "rounds.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#define MANY 1000

/* What the compiler checks: BeginX has the arguments of X that go in, in their order,
 * none that comes out, and then the callback and the state (R1, R10, R11, R15). */
static DnsStatus (*const host_by_name)(DnsResolver *, const char *,
				       DnsHostEntry **) = GetHostByName;
static DnsAsyncResult *(*const begin_host_by_name)(DnsResolver *, const char *,
						   void (*)(DnsAsyncResult *),
						   void *) = BeginGetHostByName;
static DnsStatus (*const end_host_by_name)(DnsAsyncResult *,
					   DnsHostEntry **) = EndGetHostByName;

/* ---- What Begin and End are ---- */

START_TEST(r1_an_operation_is_a_begin_and_an_end)
{
	DnsAsyncResult *begun;
	DnsHostEntry *entry;

	begun = begin_host_by_name(world.resolver, "a.test", NULL, NULL);
	ck_assert_ptr_nonnull(begun);
	ck_assert_int_eq(end_host_by_name(begun, &entry), DNS_STATUS_OK);
	ck_assert(has_addresses(entry, "192.0.2.1 2001:db8::1"));
	DnsHostEntryRelease(entry);
}
END_TEST

static void
assert_same_entry(const DnsHostEntry *one, const DnsHostEntry *other)
{
	socklen_t length, other_length;
	const struct sockaddr *address;
	size_t i;

	ck_assert_str_eq(DnsHostEntryGetName(one), DnsHostEntryGetName(other));
	ck_assert_uint_eq(DnsHostEntryGetAliasCount(one),
			  DnsHostEntryGetAliasCount(other));
	for (i = 0; i < DnsHostEntryGetAliasCount(one); i++)
		ck_assert_str_eq(DnsHostEntryGetAlias(one, i),
				 DnsHostEntryGetAlias(other, i));
	ck_assert_uint_eq(DnsHostEntryGetAddressCount(one),
			  DnsHostEntryGetAddressCount(other));
	for (i = 0; i < DnsHostEntryGetAddressCount(one); i++) {
		address = DnsHostEntryGetAddress(one, i, &length);
		ck_assert_mem_eq(address, DnsHostEntryGetAddress(other, i, &other_length),
				 length);
		ck_assert_uint_eq(length, other_length);
	}
}

START_TEST(r2_begin_and_end_are_the_synchronous_operation)
{
	static const char *const names[] = {
		"a.test",	"b.test",	"c.test",
		"alias.test",	"empty.test",	"missing.test",
		"failing.test", "refused.test", "x.many.test",
		"192.0.2.77",	"127.1",	"2001:db8::77",
		"localhost",	"x.invalid",	"bad..name",
		"x.onion",	"A.TEST.",	""};
	DnsHostEntry *entry, *direct_entry;
	DnsStatus status, direct;
	size_t i;

	for (i = 0; i < sizeof names / sizeof names[0]; i++) {
		direct = host_by_name(world.resolver, names[i], &direct_entry);
		status = EndGetHostByName(begin(names[i], NULL, NULL), &entry);
		ck_assert_int_eq(status, direct);
		ck_assert_int_eq(status == DNS_STATUS_OK, entry != NULL);
		ck_assert_int_eq(status == DNS_STATUS_OK, direct_entry != NULL);
		if (entry != NULL)
			assert_same_entry(entry, direct_entry);
		DnsHostEntryRelease(entry);
		DnsHostEntryRelease(direct_entry);
	}
}
END_TEST

START_TEST(r2_what_begin_refuses_the_synchronous_operation_refuses)
{
	DnsResolver *closed = world_make_resolver(0);
	DnsHostEntry *entry;
	char name[257];

	memset(name, 'x', sizeof name - 1);
	name[256] = '\0';
	ck_assert_int_eq(host_by_name(world.resolver, NULL, &entry),
			 DNS_STATUS_INVALID_ARGUMENT);
	ck_assert_ptr_null(entry);
	ck_assert_int_eq(host_by_name(world.resolver, name, NULL),
			 DNS_STATUS_INVALID_ARGUMENT);
	DnsResolverClose(closed);
	ck_assert_int_eq(host_by_name(closed, "b.test", &entry), DNS_STATUS_CLOSED);
	ck_assert_int_eq(host_by_name(closed, "192.0.2.1", &entry), DNS_STATUS_CLOSED);
	ck_assert_ptr_null(entry);
}
END_TEST

START_TEST(r3_the_caller_goes_on_and_another_thread_works)
{
	DnsAsyncResult *begun;
	struct witness witness;
	volatile int work;

	witness_init(&witness);
	begun = begin(HELD_NAME, on_completion, &witness);
	for (work = 0; work < 1000000; work++)
		;
	ck_assert(!DnsAsyncResultIsCompleted(begun));
	ck_assert_uint_eq(atomic_load(&witness.calls), 0);
	world_release();
	end_with_addresses(begun, "198.51.100.8");
	await(&witness.entered);
	ck_assert(!pthread_equal(witness.thread, pthread_self()));
}
END_TEST

START_TEST(r4_each_begin_has_its_end)
{
	static const char *const names[] = {"a.test",	    "192.0.2.1", "missing.test",
					    "x.many.test",  "localhost", "empty.test",
					    "failing.test", "x.invalid", "b.test"};
	DnsAsyncResult *begun[90];
	DnsStatistics statistics;
	size_t i;

	for (i = 0; i < 90; i++)
		begun[i] = begin(names[i % 9], NULL, NULL);
	ck_assert_uint_eq(read_statistics().ended, 0);
	for (i = 0; i < 90; i++)
		EndGetHostByName(begun[i], NULL);
	statistics = read_statistics();
	ck_assert_uint_eq(statistics.begun, 90);
	ck_assert_uint_eq(statistics.completed, 90);
	ck_assert_uint_eq(statistics.ended, 90);
}
END_TEST

/* ---- The object that Begin returns ---- */

struct looks {
	DnsAsyncResult *begun;
	bool was_completed;
	bool was_synchronous;
	void *state;
	DnsWaitResult wait;
};

static void *
look(void *argument)
{
	struct looks *looks = argument;
	DnsWaitHandle *handle = DnsAsyncResultCopyWaitHandle(looks->begun);

	looks->was_completed = DnsAsyncResultIsCompleted(looks->begun);
	looks->was_synchronous = DnsAsyncResultCompletedSynchronously(looks->begun);
	looks->state = DnsAsyncResultGetState(looks->begun);
	looks->wait = DnsWaitHandleWaitOne(handle, 0);
	DnsWaitHandleRelease(handle);
	return NULL;
}

START_TEST(r5_begin_returns_an_object_that_can_be_asked)
{
	struct looks looks = {NULL, true, true, NULL, DNS_WAIT_FAILED};

	looks.begun = begin(HELD_NAME, NULL, &looks);
	join_thread(start_thread(look, &looks));
	ck_assert(!looks.was_completed);
	ck_assert(!looks.was_synchronous);
	ck_assert_ptr_eq(looks.state, &looks);
	ck_assert_int_eq(looks.wait, DNS_WAIT_TIMED_OUT);
	world_release();
	end_with_addresses(looks.begun, "198.51.100.8");
}
END_TEST

START_TEST(r6_state_is_what_begin_was_given)
{
	char object[] = "untouched";
	DnsAsyncResult *with, *without;
	DnsWaitHandle *handle;

	with = begin(HELD_NAME, NULL, object);
	without = begin("y.slow.test", NULL, NULL);
	ck_assert_ptr_eq(DnsAsyncResultGetState(with), object);
	ck_assert_ptr_null(DnsAsyncResultGetState(without));
	world_release();
	handle = copy_wait_handle(with);
	ck_assert_int_eq(DnsWaitHandleWaitOne(handle, DNS_WAIT_FOREVER),
			 DNS_WAIT_SIGNALED);
	ck_assert_ptr_eq(DnsAsyncResultGetState(with), object);
	DnsWaitHandleRelease(handle);
	end_with_addresses(with, "198.51.100.8");
	end_with_addresses(without, "198.51.100.8");
	ck_assert_str_eq(object, "untouched");
}
END_TEST

static void *
wait_for_ever(void *handle)
{
	return DnsWaitHandleWaitOne(handle, DNS_WAIT_FOREVER) == DNS_WAIT_SIGNALED
		       ? handle
		       : NULL;
}

START_TEST(r7_wait_handle_is_signalled_on_completion_and_stays_so)
{
	DnsAsyncResult *begun = begin(HELD_NAME, NULL, NULL);
	DnsWaitHandle *handle = copy_wait_handle(begun);
	pthread_t waiters[2];
	void *woken;
	int i;

	ck_assert_int_eq(DnsWaitHandleWaitOne(handle, 0), DNS_WAIT_TIMED_OUT);
	ck_assert_int_eq(DnsWaitHandleWaitOne(handle, 1), DNS_WAIT_TIMED_OUT);
	ck_assert_int_eq(DnsWaitHandleWaitOne(handle, 1), DNS_WAIT_TIMED_OUT);
	for (i = 0; i < 2; i++)
		waiters[i] = start_thread(wait_for_ever, handle);
	world_release();
	for (i = 0; i < 2; i++) {
		ck_assert_int_eq(pthread_join(waiters[i], &woken), 0);
		ck_assert_ptr_eq(woken, handle);
	}
	ck_assert_int_eq(DnsWaitHandleWaitOne(handle, DNS_WAIT_FOREVER),
			 DNS_WAIT_SIGNALED);
	ck_assert_int_eq(DnsWaitHandleWaitOne(handle, 0), DNS_WAIT_SIGNALED);
	DnsWaitHandleRelease(handle);
	end_with_addresses(begun, "198.51.100.8");
}
END_TEST

START_TEST(r8_completed_synchronously_says_which_thread_completed_it)
{
	DnsAsyncResult *literal, *held, *answered;
	DnsWaitHandle *handle;
	int i;

	literal = begin("192.0.2.1", NULL, NULL);
	held = begin(HELD_NAME, NULL, NULL);
	answered = begin("a.test", NULL, NULL);
	handle = copy_wait_handle(answered);
	ck_assert_int_eq(DnsWaitHandleWaitOne(handle, DNS_WAIT_FOREVER),
			 DNS_WAIT_SIGNALED);
	DnsWaitHandleRelease(handle);
	for (i = 0; i < 1000; i++) {
		require(DnsAsyncResultCompletedSynchronously(literal) &&
				!DnsAsyncResultCompletedSynchronously(held) &&
				!DnsAsyncResultCompletedSynchronously(answered),
			"it does not say so");
		if (i == 500)
			world_release();
	}
	end_with_addresses(literal, "192.0.2.1");
	end_with_addresses(held, "198.51.100.8");
	end_with_addresses(answered, "192.0.2.1 2001:db8::1");
}
END_TEST

START_TEST(r9_is_completed_says_whether_it_has_completed)
{
	DnsAsyncResult *begun = begin(HELD_NAME, NULL, NULL);
	DnsWaitHandle *handle = copy_wait_handle(begun);

	world_await_question(HELD_NAME);
	ck_assert(!DnsAsyncResultIsCompleted(begun));
	world_release();
	ck_assert_int_eq(DnsWaitHandleWaitOne(handle, DNS_WAIT_FOREVER),
			 DNS_WAIT_SIGNALED);
	ck_assert(DnsAsyncResultIsCompleted(begun));
	DnsWaitHandleRelease(handle);
	end_with_addresses(begun, "198.51.100.8");
}
END_TEST

/* ---- The arguments of Begin ---- */

/* The loop cannot have read the name before it is overwritten. Fault N09. */
START_TEST(r10_begin_copies_its_arguments)
{
	struct witness occupied;
	DnsAsyncResult *begun;
	char name[] = "a.test";

	occupy_loop(&occupied);
	begun = begin(name, NULL, NULL);
	memset(name, 'x', sizeof name - 1);
	free_loop(&occupied);
	end_with_addresses(begun, "192.0.2.1 2001:db8::1");
	ck_assert_uint_eq(dns_server_count_questions(world.server, "a.test", 1), 1);
	ck_assert_uint_eq(dns_server_count_questions(world.server, "xxxxxx", 0), 0);
}
END_TEST

START_TEST(r11_results_come_out_of_end_only)
{
	DnsHostEntry *first, *second;
	DnsAsyncResult *begun[2];

	begun[0] = begin_host_by_name(world.resolver, "b.test", NULL, NULL);
	begun[1] = begin_host_by_name(world.resolver, "c.test", NULL, NULL);
	ck_assert_int_eq(end_host_by_name(begun[1], &second), DNS_STATUS_OK);
	ck_assert_int_eq(end_host_by_name(begun[0], &first), DNS_STATUS_OK);
	ck_assert(has_addresses(first, "192.0.2.2"));
	ck_assert(has_addresses(second, "2001:db8::3"));
	DnsHostEntryRelease(first);
	DnsHostEntryRelease(second);
}
END_TEST

START_TEST(r12_callback_is_called_on_completion)
{
	static const char *const names[] = {"a.test", "missing.test", "192.0.2.1"};
	struct witness witnesses[3];
	DnsAsyncResult *begun[3];
	int i;

	for (i = 0; i < 3; i++) {
		witness_init(&witnesses[i]);
		begun[i] = begin(names[i], on_completion, &witnesses[i]);
	}
	for (i = 0; i < 3; i++) {
		await(&witnesses[i].entered);
		ck_assert_ptr_eq(witnesses[i].handle, begun[i]);
	}
	world_close_resolver();
	for (i = 0; i < 3; i++) {
		ck_assert_uint_eq(atomic_load(&witnesses[i].calls), 1);
		EndGetHostByName(begun[i], NULL);
	}
}
END_TEST

START_TEST(r13_callback_and_state_may_be_null)
{
	struct witness witness;

	witness_init(&witness);
	end_with_addresses(begin("a.test", NULL, NULL), "192.0.2.1 2001:db8::1");
	end_with_addresses(begin("a.test", NULL, &witness), "192.0.2.1 2001:db8::1");
	end_with_addresses(begin("192.0.2.1", NULL, NULL), "192.0.2.1");
	end_expecting(begin("missing.test", NULL, NULL), DNS_STATUS_HOST_NOT_FOUND);
	ck_assert_uint_eq(atomic_load(&witness.calls), 0);
}
END_TEST

struct caller {
	void *state;
	sem_t done;
};

static struct caller caller;

static void
read_state(DnsAsyncResult *asyncResult)
{
	caller.state = DnsAsyncResultGetState(asyncResult);
	sem_post(&caller.done);
}

START_TEST(r14_state_reaches_the_callback)
{
	static const char *const names[] = {"a.test", "missing.test", "192.0.2.1"};
	DnsAsyncResult *begun;
	int i;

	sem_init(&caller.done, 0, 0);
	for (i = 0; i < 6; i++) {
		caller.state = &caller.done;
		begun = begin(names[i / 2], read_state, i % 2 == 0 ? &caller : NULL);
		await(&caller.done);
		ck_assert_ptr_eq(caller.state, i % 2 == 0 ? &caller : NULL);
		EndGetHostByName(begun, NULL);
	}
}
END_TEST

START_TEST(r15_callback_and_state_come_last)
{
	struct witness witness;
	DnsAsyncResult *begun;

	witness_init(&witness);
	begun = begin_host_by_name(world.resolver, "b.test", on_completion, &witness);
	await(&witness.entered);
	ck_assert_ptr_eq(witness.handle, begun);
	end_with_addresses(begun, "192.0.2.2");
}
END_TEST

/* ---- What Begin never does ---- */

static void
begin_many(DnsAsyncResult *begun[MANY], const char *name)
{
	int count = many(MANY), i;

	for (i = 0; i < count; i++)
		begun[i] = begin(name, NULL, NULL);
	for (i = 0; i < count; i++)
		require(!DnsAsyncResultIsCompleted(begun[i]), "completed inside Begin");
}

static void
end_many(DnsAsyncResult *begun[MANY], const char *addresses)
{
	int count = many(MANY), i;

	for (i = 0; i < count; i++)
		end_with_addresses(begun[i], addresses);
}

START_TEST(r16_begin_does_not_wait_for_the_server)
{
	static DnsAsyncResult *begun[MANY];

	begin_many(begun, HELD_NAME);
	world_release();
	end_many(begun, "198.51.100.8");
}
END_TEST

START_TEST(r16_begin_does_not_wait_for_a_callback)
{
	static DnsAsyncResult *begun[MANY];
	struct witness occupied;

	occupy_loop(&occupied);
	begin_many(begun, "x.many.test");
	end_with_addresses(begin("192.0.2.1", NULL, NULL), "192.0.2.1");
	free_loop(&occupied);
	end_many(begun, "198.51.100.7");
}
END_TEST

/* ---- A Begin that fails ---- */

static void
assert_refused(DnsResolver *asked, const char *name, int error)
{
	errno = 0;
	ck_assert_ptr_null(BeginGetHostByName(asked, name, on_impossible, NULL));
	ck_assert_int_eq(errno, error);
}

static void
make_name(char *name, size_t length, bool has_final_dot)
{
	size_t i;

	for (i = 0; i < length; i++)
		name[i] = i % 60 == 59 ? '.' : 'n';
	if (has_final_dot)
		name[length - 1] = '.';
	name[length] = '\0';
}

static void
refuse_bad_arguments(void)
{
	static const int lengths[] = {255, 256, 257, 1000, 4000};
	char name[4001];
	size_t i;

	assert_refused(world.resolver, NULL, EINVAL);
	for (i = 0; i < sizeof lengths / sizeof lengths[0]; i++) {
		make_name(name, (size_t)lengths[i], lengths[i] != 255);
		assert_refused(world.resolver, name, ENAMETOOLONG);
	}
}

static void
refuse_bad_resolvers(void)
{
	DnsResolver *closed = world_make_resolver(0);
	DnsAsyncResult *begun = begin("a.test", NULL, NULL);
	char no_resolver[64] = {0};

	DnsResolverClose(closed);
	assert_refused(closed, "b.test", ESHUTDOWN);
	assert_refused(closed, "192.0.2.1", ESHUTDOWN);
	assert_refused((DnsResolver *)(void *)no_resolver, "b.test", ESHUTDOWN);
	assert_refused((DnsResolver *)(void *)begun, "b.test", ESHUTDOWN);
	end_with_addresses(begun, "192.0.2.1 2001:db8::1");
}

START_TEST(r17_begin_that_fails_starts_nothing)
{
	refuse_bad_arguments();
	ck_assert_uint_eq(read_statistics().begun, 0);
	refuse_bad_resolvers();
	end_with_addresses(begin("c.test", NULL, NULL), "2001:db8::3");
	ck_assert_uint_eq(read_statistics().begun, 2);
	ck_assert_uint_eq(read_statistics().questions, 4);
	ck_assert_uint_eq(dns_server_count_questions(world.server, NULL, 0), 4);
}
END_TEST

/* The longest that are not refused: they cannot exist, which is for End to say. */
START_TEST(r17_names_at_the_limit_are_begun)
{
	char name[256];

	make_name(name, 254, false);
	end_expecting(begin(name, NULL, NULL), DNS_STATUS_HOST_NOT_FOUND);
	make_name(name, 255, true);
	end_expecting(begin(name, NULL, NULL), DNS_STATUS_HOST_NOT_FOUND);
	make_name(name, 253, false);
	end_expecting(begin(name, NULL, NULL), DNS_STATUS_HOST_NOT_FOUND);
	ck_assert_uint_eq(dns_server_count_questions(world.server, NULL, 0), 2);
}
END_TEST

/* Without descriptors the default resolver cannot be made. Fault O01. */
START_TEST(r17_begin_without_means_starts_nothing)
{
	struct rlimit limit, none;

	ck_assert_int_eq(getrlimit(RLIMIT_NOFILE, &limit), 0);
	none = limit;
	none.rlim_cur = 0;
	ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &none), 0);
	assert_refused(NULL, "a.test", EMFILE);
	assert_refused(NULL, "192.0.2.1", EMFILE);
	ck_assert_int_eq(GetHostByName(NULL, "a.test", NULL), DNS_STATUS_TRY_AGAIN);
	ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &limit), 0);
	end_with_addresses(BeginGetHostByName(NULL, "192.0.2.1", NULL, NULL),
			   "192.0.2.1");
	DnsResolverClose(DnsResolverGetDefault());
}
END_TEST

/* Close is a barrier: what was to be called, has been called. */
START_TEST(r18_begin_that_fails_does_not_call_back)
{
	refuse_bad_arguments();
	refuse_bad_resolvers();
	end_with_addresses(begin("c.test", NULL, NULL), "2001:db8::3");
	world_close_resolver();
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("Begin");
	TCase *rules = contract_case(suite, "R1 to R18");

	tcase_add_test(rules, r1_an_operation_is_a_begin_and_an_end);
	tcase_add_test(rules, r2_begin_and_end_are_the_synchronous_operation);
	tcase_add_test(rules, r2_what_begin_refuses_the_synchronous_operation_refuses);
	tcase_add_test(rules, r3_the_caller_goes_on_and_another_thread_works);
	tcase_add_test(rules, r4_each_begin_has_its_end);
	tcase_add_test(rules, r5_begin_returns_an_object_that_can_be_asked);
	tcase_add_test(rules, r6_state_is_what_begin_was_given);
	tcase_add_test(rules, r7_wait_handle_is_signalled_on_completion_and_stays_so);
	tcase_add_test(rules, r8_completed_synchronously_says_which_thread_completed_it);
	tcase_add_test(rules, r9_is_completed_says_whether_it_has_completed);
	tcase_add_test(rules, r10_begin_copies_its_arguments);
	tcase_add_test(rules, r11_results_come_out_of_end_only);
	tcase_add_test(rules, r12_callback_is_called_on_completion);
	tcase_add_test(rules, r13_callback_and_state_may_be_null);
	tcase_add_test(rules, r14_state_reaches_the_callback);
	tcase_add_test(rules, r15_callback_and_state_come_last);
	tcase_add_test(rules, r16_begin_does_not_wait_for_the_server);
	tcase_add_test(rules, r16_begin_does_not_wait_for_a_callback);
	tcase_add_test(rules, r17_begin_that_fails_starts_nothing);
	tcase_add_test(rules, r17_names_at_the_limit_are_begun);
	tcase_add_test(rules, r17_begin_without_means_starts_nothing);
	tcase_add_test(rules, r18_begin_that_fails_does_not_call_back);
	return contract_run(suite);
}
