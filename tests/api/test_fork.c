/* SPDX-License-Identifier: MIT */
/* fork: the parent loses nothing, and the child starts anew. What a child finds out it
 * says by its exit status; see child.h. */
#include "contract.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../support/child.h"
#include "rounds.h"

#define MANY 1000

/* What the parent has made before it forks. */
static DnsResolverOptions *options;
static DnsAsyncResult *handles[MANY];
static unsigned int count;

/* ---- In a child ---- */

/* A new resolver asks the same server, on a thread of its own. */
static void
expect_lookups_work(void)
{
	DnsHostEntry *entry = NULL;
	DnsAsyncResult *begun;
	DnsResolver *made;

	if (!child_may_have_threads())
		return;
	made = DnsResolverCreate(options);
	child_expect(made != NULL);
	child_expect(GetHostByName(made, "a.test", &entry) == DNS_STATUS_OK);
	child_expect(DnsHostEntryGetAddressCount(entry) == 2);
	DnsHostEntryRelease(entry);
	begun = BeginGetHostByName(made, "b.test", NULL, NULL);
	child_expect(begun != NULL);
	child_expect(EndGetHostByName(begun, NULL) == DNS_STATUS_OK);
	child_expect(EndGetHostByName(begun, NULL) == DNS_STATUS_INVALID_OPERATION);
	DnsResolverClose(made);
}

/* The default resolver asks servers that no test may ask: it is cancelled before it does. */
static void
expect_default_works(void)
{
	DnsAsyncResult *begun;
	DnsResolver *shared;

	if (!child_may_have_threads())
		return;
	shared = DnsResolverGetDefault();
	child_expect(shared != NULL);
	child_expect(DnsResolverGetDefault() == shared);
	child_expect(GetHostByName(NULL, "192.0.2.1", NULL) == DNS_STATUS_OK);
	begun = BeginGetHostByName(NULL, "x.test", NULL, NULL);
	child_expect(begun != NULL);
	DnsAsyncResultCancel(begun);
	child_expect(EndGetHostByName(begun, NULL) == DNS_STATUS_CANCELLED);
	DnsResolverClose(shared);
}

static void
expect_forked(DnsAsyncResult *inherited)
{
	DnsHostEntry *entry = (DnsHostEntry *)(void *)&options;

	child_expect(EndGetHostEntry(inherited, NULL) == DNS_STATUS_INVALID_OPERATION);
	child_expect(EndGetHostByName(inherited, &entry) == DNS_STATUS_FORKED);
	child_expect(entry == NULL);
	child_expect(EndGetHostByName(inherited, &entry) == DNS_STATUS_INVALID_OPERATION);
	child_expect(DnsAsyncResultIsCompleted(inherited));
	child_expect(DnsAsyncResultGetState(inherited) == NULL);
	child_expect(DnsAsyncResultCopyWaitHandle(inherited) == NULL && errno == EINVAL);
}

/* ---- A thousand in flight ---- */

static void
end_everything(void *state)
{
	DnsWaitHandle *copy;
	unsigned int i;

	for (i = 0; i < count; i++) {
		child_expect(DnsAsyncResultIsCompleted(handles[i]));
		child_expect(!DnsAsyncResultCompletedSynchronously(handles[i]));
		child_expect(DnsAsyncResultGetState(handles[i]) == state);
		DnsAsyncResultCancel(handles[i]);
		DnsAsyncResultSetDeadline(handles[i], 0);
		copy = DnsAsyncResultCopyWaitHandle(handles[i]);
		child_expect(DnsWaitHandleWaitOne(copy, -1) == DNS_WAIT_SIGNALED);
		DnsWaitHandleRelease(copy);
		expect_forked(handles[i]);
	}
	DnsResolverClose(world.resolver);
	expect_lookups_work();
	expect_default_works();
}

static void
begin_many(DnsAsyncCallback *callback, void *state)
{
	char name[32];
	unsigned int i;

	count = rounds(MANY);
	for (i = 0; i < count; i++) {
		snprintf(name, sizeof name, "%u.slow.test", i);
		handles[i] = begin(name, callback, state);
	}
	ck_assert(dns_server_wait_for_questions(world.server, HELD_NAMES, 0, 2 * count));
}

/* Fault L10. */
START_TEST(a_thousand_in_flight)
{
	struct witness witness;
	DnsWaitHandle *waits[2];
	struct pollfd polled = { .events = POLLIN };
	DnsStatistics before, after;
	unsigned int i;
	int descriptors;

	witness_init(&witness);
	begin_many(on_completion, &witness);
	waits[0] = copy_wait_handle(handles[0]);
	waits[1] = copy_wait_handle(handles[count - 1]);
	polled.fd = DnsWaitHandleGetDescriptor(waits[0]);
	before = read_statistics();
	descriptors = count_descriptors();
	ck_assert(child_run(end_everything, &witness));
	ck_assert(child_run(end_everything, &witness));
	after = read_statistics();
	ck_assert_int_eq(count_descriptors(), descriptors);
	ck_assert_uint_eq(after.begun, before.begun);
	ck_assert_uint_eq(after.completed + after.ended, 0);
	ck_assert_uint_eq(atomic_load(&witness.calls), 0);
	ck_assert_int_eq(DnsWaitHandleWaitAny(waits, 2, 0, NULL), DNS_WAIT_TIMED_OUT);
	ck_assert_int_eq(poll(&polled, 1, 0), 0);

	world_release();
	ck_assert_int_eq(DnsWaitHandleWaitAll(waits, 2, -1), DNS_WAIT_SIGNALED);
	ck_assert_int_eq(poll(&polled, 1, 0), 1);
	for (i = 0; i < count; i++)
		end_with_addresses(handles[i], "198.51.100.8");
	for (i = 0; i < count; i++)
		await(&witness.entered);
	ck_assert_uint_eq(atomic_load(&witness.calls), count);
	DnsWaitHandleRelease(waits[0]);
	DnsWaitHandleRelease(waits[1]);
	witness_destroy(&witness);
}
END_TEST

/* ---- What else the child has of its parent ---- */

static DnsHostEntry *entries[1];
static DnsWaitHandle *wait_handle;

static void
use_what_was_complete(void *argument)
{
	(void)argument;
	expect_forked(handles[0]);
	child_expect(strcmp(DnsHostEntryGetName(entries[0]), "a.test") == 0);
	child_expect(DnsHostEntryGetAddressCount(entries[0]) == 2);
	DnsHostEntryRelease(DnsHostEntryRetain(entries[0]));
	DnsHostEntryRelease(entries[0]);
}

START_TEST(complete_operations_and_their_entries)
{
	handles[0] = begin("a.test", NULL, NULL);
	handles[1] = begin("192.0.2.1", NULL, NULL);
	ck_assert_int_eq(GetHostByName(world.resolver, "a.test", &entries[0]),
			 DNS_STATUS_OK);
	while (!DnsAsyncResultIsCompleted(handles[0]))
		;
	ck_assert(child_run(use_what_was_complete, NULL));
	end_with_addresses(handles[0], "192.0.2.1 2001:db8::1");
	end_with_addresses(handles[1], "192.0.2.1");
	ck_assert(has_addresses(entries[0], "192.0.2.1 2001:db8::1"));
	DnsHostEntryRelease(entries[0]);
}
END_TEST

static void
use_inherited_resolver(void *argument)
{
	DnsStatistics statistics;

	(void)argument;
	memset(&statistics, 0xff, sizeof statistics);
	DnsResolverGetStatistics(world.resolver, &statistics);
	child_expect(statistics.begun == 0 && statistics.reserved[0] == 0);
	errno = 0;
	child_expect(BeginGetHostByName(world.resolver, "a.test", NULL, NULL) == NULL);
	child_expect(errno == ECHILD);
	child_expect(BeginGetHostByName(world.resolver, "192.0.2.1", NULL, NULL) == NULL);
	child_expect(GetHostByName(world.resolver, "a.test", NULL) == DNS_STATUS_FORKED);
	errno = 0;
	child_expect(DnsResolverGetDescriptor(world.resolver) == -1 && errno == ECHILD);
	child_expect(DnsResolverDispatch(world.resolver) == 0);
	DnsResolverClose(world.resolver);
	DnsResolverClose(world.resolver);
	child_expect(GetHostByName(world.resolver, "a.test", NULL) == DNS_STATUS_FORKED);
	/* That the descriptor is not made anew, or given away. */
	errno = 0;
	child_expect(DnsWaitHandleGetDescriptor(wait_handle) == -1 && errno == ECHILD);
	child_expect(DnsWaitHandleWaitOne(wait_handle, 0) == DNS_WAIT_SIGNALED);
	DnsWaitHandleRelease(wait_handle);
	expect_lookups_work();
}

/* Fault L10. */
START_TEST(a_resolver_of_the_parent)
{
	int i;

	handles[0] = begin(HELD_NAME, NULL, NULL);
	wait_handle = copy_wait_handle(handles[0]);
	ck_assert_int_ge(DnsWaitHandleGetDescriptor(wait_handle), 0);
	world_await_question(HELD_NAME);
	for (i = 0; i < 3; i++) {
		ck_assert(child_run(use_inherited_resolver, NULL));
		end_with_addresses(begin("b.test", NULL, NULL), "192.0.2.2");
	}
	ck_assert_int_eq(DnsWaitHandleWaitOne(wait_handle, 0), DNS_WAIT_TIMED_OUT);
	world_release();
	end_with_addresses(handles[0], "198.51.100.8");
	DnsWaitHandleRelease(wait_handle);
}
END_TEST

static void
use_default(void *inherited)
{
	child_expect(BeginGetHostByName(inherited, "x.test", NULL, NULL) == NULL);
	if (child_may_have_threads())
		child_expect(DnsResolverGetDefault() != inherited);
	expect_default_works();
}

START_TEST(the_default_resolver_is_made_anew)
{
	DnsResolver *shared = DnsResolverGetDefault();

	ck_assert_ptr_nonnull(shared);
	ck_assert(child_run(use_default, shared));
	ck_assert_ptr_eq(DnsResolverGetDefault(), shared);
	ck_assert_int_eq(GetHostByName(NULL, "192.0.2.1", NULL), DNS_STATUS_OK);
	DnsResolverClose(shared);
}
END_TEST

/* The child's handles are in turn those of a parent; and those of the grandparent too. */
static void
fork_again(void *depth)
{
	const int *left = depth;
	int next = *left - 1;
	DnsResolver *made;

	if (!child_may_have_threads())
		return;
	made = DnsResolverCreate(options);
	child_expect(made != NULL);
	handles[*left] = BeginGetHostByName(made, HELD_NAME, NULL, NULL);
	child_expect(handles[*left] != NULL);
	if (next > 0)
		child_expect(child_run(fork_again, &next));
	DnsResolverClose(made);
	child_expect(EndGetHostByName(handles[*left], NULL) == DNS_STATUS_CLOSED);
	expect_forked(handles[3]);
	expect_lookups_work();
}

START_TEST(a_child_of_a_child_of_a_child)
{
	int depth = 2;

	handles[3] = begin(HELD_NAME, NULL, NULL);
	ck_assert(child_run(fork_again, &depth));
	world_release();
	end_with_addresses(handles[3], "198.51.100.8");
}
END_TEST

/* exit runs what was registered with atexit, and nothing waits for threads. */
static void
just_exit(void *argument)
{
	(void)argument;
	DnsResolverClose(world.resolver);
	expect_lookups_work();
	exit(0);
}

/* Fault L10. */
START_TEST(a_child_may_exit_at_any_time)
{
	handles[0] = begin(HELD_NAME, NULL, NULL);
	ck_assert(child_run(just_exit, NULL));
	world_release();
	end_with_addresses(handles[0], "198.51.100.8");
}
END_TEST

/* A program's own handlers may use the library. */
static void
end_in_handler(void)
{
	if (handles[0] != NULL && EndGetHostByName(handles[0], NULL) != DNS_STATUS_FORKED)
		_exit(7);
	if (handles[0] != NULL)
		DnsResolverClose(world.resolver);
}

static void
expect_ended(void *argument)
{
	(void)argument;
	child_expect(EndGetHostByName(handles[0], NULL) == DNS_STATUS_INVALID_OPERATION);
	expect_lookups_work();
}

START_TEST(in_a_handler_of_the_program)
{
	DnsAsyncResult *held = begin(HELD_NAME, NULL, NULL);

	handles[0] = held;
	ck_assert_int_eq(pthread_atfork(NULL, NULL, end_in_handler), 0);
	ck_assert(child_run(expect_ended, NULL));
	handles[0] = NULL;
	world_release();
	end_with_addresses(held, "198.51.100.8");
}
END_TEST

/* ---- Other programs ---- */

/* Of those from first on that are open, how many another program would get. */
static int
count_leaking(const bool *open_before, int limit)
{
	int descriptor, flags, leaking = 0;

	for (descriptor = 0; descriptor < limit; descriptor++) {
		flags = fcntl(descriptor, F_GETFD);
		if (flags >= 0 && !open_before[descriptor] && (flags & FD_CLOEXEC) == 0)
			leaking++;
	}
	return leaking;
}

/* Fault L11. */
START_TEST(no_descriptor_is_left_to_another_program)
{
	bool open_before[256];
	DnsAsyncResult *pending[2];
	DnsResolver *dispatching;
	int descriptor;

	/* The server's are not the library's. */
	world_close_resolver();
	for (descriptor = 0; descriptor < 256; descriptor++)
		open_before[descriptor] = fcntl(descriptor, F_GETFD) >= 0;
	dns_server_misbehave(world.server, HELD_NAME, 0, ANSWER_TRUNCATED);
	world.resolver = world_make_resolver(0);
	pending[0] = begin(HELD_NAME, NULL, NULL);
	world_await_question(HELD_NAME);
	dispatching = world_make_resolver(DNS_RESOLVER_DISPATCH_CALLBACKS);
	pending[1] = BeginGetHostByName(dispatching, "c.test", NULL, NULL);
	wait_handle = copy_wait_handle(pending[0]);
	ck_assert_int_ge(DnsWaitHandleGetDescriptor(wait_handle), 0);
	ck_assert_int_eq(count_leaking(open_before, 256), 0);
	end_with_addresses(pending[1], "2001:db8::3");
	dns_server_release_some(world.server, HELD_NAMES, 1);
	ck_assert(dns_server_wait_for_questions(world.server, HELD_NAME, 0, 3));
	ck_assert_uint_ge(dns_server_count_tcp_questions(world.server, HELD_NAME), 1);
	ck_assert_int_eq(count_leaking(open_before, 256), 0);
	DnsWaitHandleRelease(wait_handle);
	DnsResolverClose(dispatching);
	world_release();
	end_with_addresses(pending[0], "198.51.100.8");
}
END_TEST

static void
make_options(void)
{
	options = world_make_options();
}

static void
release_options(void)
{
	DnsResolverOptionsRelease(options);
}

static void
add_tests(TCase *tests)
{
	tcase_add_checked_fixture(tests, make_options, release_options);
	tcase_set_timeout(tests, 120);
	tcase_add_test(tests, a_thousand_in_flight);
	tcase_add_test(tests, complete_operations_and_their_entries);
	tcase_add_test(tests, a_resolver_of_the_parent);
	tcase_add_test(tests, the_default_resolver_is_made_anew);
	tcase_add_test(tests, a_child_of_a_child_of_a_child);
	tcase_add_test(tests, a_child_may_exit_at_any_time);
	tcase_add_test(tests, in_a_handler_of_the_program);
	tcase_add_test(tests, no_descriptor_is_left_to_another_program);
}

int
main(void)
{
	Suite *suite;

	if (!child_may_allocate()) {
		puts("1..0 # SKIP ASan's allocator does not survive a fork");
		return 0;
	}
	suite = suite_create("fork");
	add_tests(contract_case(suite, "fork"));
	return contract_run(suite);
}
