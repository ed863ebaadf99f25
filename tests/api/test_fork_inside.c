/* SPDX-License-Identifier: MIT */
/* fork from inside callbacks, and while other threads are inside the library. */
#include "contract.h"

#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

#include "../support/child.h"
#include "rounds.h"

#define LATER 50

static DnsResolverOptions *options;

/* Closed, the resolver is gone at once: the child is in no callback of its own. */
static void
expect_lookup_works(void)
{
	int descriptors = count_descriptors();
	DnsResolver *made;

	if (!child_may_have_threads())
		return;
	made = DnsResolverCreate(options);
	child_expect(made != NULL);
	child_expect(GetHostByName(made, "a.test", NULL) == DNS_STATUS_OK);
	DnsResolverClose(made);
	child_expect(count_descriptors() == descriptors);
}

/* ---- In callbacks ---- */

/* In memory that the processes share. */
struct tally {
	atomic_int calls; /* of other callbacks, in whatever process */
};

struct forking {
	pid_t child;
	bool ends_first;  /* the callback ends its handle before it forks */
	bool comes_back;  /* it returns in the child too */
	struct tally *tally;
	sem_t done;
};

static void
forking_init(struct forking *forking)
{
	*forking = (struct forking){ .child = -1 };
	sem_init(&forking->done, 0, 0);
	forking->tally = mmap(NULL, sizeof *forking->tally, PROT_READ | PROT_WRITE,
			      MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	ck_assert_ptr_ne(forking->tally, MAP_FAILED);
}

static void
forking_destroy(struct forking *forking)
{
	munmap(forking->tally, sizeof *forking->tally);
	sem_destroy(&forking->done);
}

/* In the child this is a thread like any other: it may wait. */
static void
use_everything(void *argument)
{
	DnsAsyncResult *own = argument;
	struct forking *forking = DnsAsyncResultGetState(own);
	DnsWaitHandle *wait = DnsAsyncResultCopyWaitHandle(own);

	child_expect(forking != NULL && wait != NULL);
	child_expect(DnsAsyncResultIsCompleted(own));
	child_expect(DnsWaitHandleWaitOne(wait, -1) == DNS_WAIT_SIGNALED);
	DnsWaitHandleRelease(wait);
	child_expect(EndGetHostByName(own, NULL) == (forking->ends_first ?
						     DNS_STATUS_INVALID_OPERATION :
						     DNS_STATUS_FORKED));
	DnsResolverClose(world.resolver);
	expect_lookup_works();
}

static void
fork_inside(DnsAsyncResult *own)
{
	struct forking *forking = DnsAsyncResultGetState(own);

	if (forking->ends_first)
		EndGetHostByName(own, NULL);
	if (forking->comes_back) {
		forking->child = fork();
		if (forking->child == 0)
			child_begin();
	} else {
		forking->child = child_start(use_everything, own);
	}
	sem_post(&forking->done);
}

START_TEST(a_callback_that_forks)
{
	struct forking forking;
	DnsAsyncResult *own, *held;

	forking_init(&forking);
	forking.ends_first = _i == 1;
	held = begin(HELD_NAME, NULL, NULL);
	own = begin("a.test", fork_inside, &forking);
	await(&forking.done);
	ck_assert_int_gt(forking.child, 0);
	ck_assert(child_succeeds(forking.child));
	if (!forking.ends_first)
		end_expecting(own, DNS_STATUS_OK);
	world_release();
	end_with_addresses(held, "198.51.100.8");
	forking_destroy(&forking);
}
END_TEST

static void
count_call(DnsAsyncResult *own)
{
	struct forking *forking = DnsAsyncResultGetState(own);

	atomic_fetch_add(&forking->tally->calls, 1);
	EndGetHostByName(own, NULL);
}

/* The callback returns in the child, where the thread ends, and the process with it. No
 * other callback runs there, though many are due on the thread. */
START_TEST(a_callback_that_returns_in_the_child)
{
	struct witness witness;
	struct forking forking;
	DnsAsyncResult *own;
	int i;

	forking_init(&forking);
	forking.comes_back = true;
	occupy_loop(&witness);
	own = begin(HELD_NAME, fork_inside, &forking);
	DnsAsyncResultCancel(own);
	for (i = 0; i < LATER; i++)
		DnsAsyncResultCancel(begin("1.slow.test", count_call, &forking));
	free_loop(&witness);
	await(&forking.done);
	ck_assert_int_gt(forking.child, 0);
	ck_assert(child_succeeds(forking.child));
	end_expecting(own, DNS_STATUS_CANCELLED);
	end_with_addresses(begin("a.test", NULL, NULL), "192.0.2.1 2001:db8::1");
	ck_assert_int_eq(atomic_load(&forking.tally->calls), LATER);
	forking_destroy(&forking);
}
END_TEST

/* Here the child returns from Begin, and has to find out that this is over. */
static void
go_on_after_begin(DnsAsyncResult *own)
{
	child_expect(own != NULL);
	child_expect(DnsAsyncResultCompletedSynchronously(own));
	child_expect(EndGetHostByName(own, NULL) == DNS_STATUS_FORKED);
	child_expect(EndGetHostByName(own, NULL) == DNS_STATUS_INVALID_OPERATION);
	expect_lookup_works();
	_exit(0);
}

START_TEST(a_callback_inside_begin)
{
	struct forking forking;
	DnsAsyncResult *own;

	forking_init(&forking);
	forking.comes_back = true;
	own = BeginGetHostByName(world.resolver, "192.0.2.1", fork_inside, &forking);
	if (forking.child == 0)
		go_on_after_begin(own);
	ck_assert_int_gt(forking.child, 0);
	ck_assert(child_succeeds(forking.child));
	end_with_addresses(own, "192.0.2.1");
	forking_destroy(&forking);
}
END_TEST

/* The child comes back from DnsResolverDispatch, or from the DnsResolverClose that runs
 * what is due, without another callback. */
static void
go_on_after_dispatch(DnsResolver *dispatching, DnsAsyncResult *own)
{
	child_expect(DnsResolverDispatch(dispatching) == 0);
	DnsResolverClose(dispatching);
	child_expect(EndGetHostByName(own, NULL) == DNS_STATUS_FORKED);
	expect_lookup_works();
	_exit(0);
}

/* 0, 1: it returns in the child, to DnsResolverDispatch and DnsResolverClose; 2: it does
 * not. */
START_TEST(a_callback_that_is_dispatched)
{
	DnsResolver *dispatching = world_make_resolver(DNS_RESOLVER_DISPATCH_CALLBACKS);
	DnsAsyncResult *own, *last = NULL;
	struct forking forking;
	DnsWaitHandle *wait;
	int i;

	forking_init(&forking);
	forking.comes_back = _i < 2;
	own = BeginGetHostByName(dispatching, "a.test", fork_inside, &forking);
	wait = copy_wait_handle(own);
	ck_assert_int_eq(DnsWaitHandleWaitOne(wait, -1), DNS_WAIT_SIGNALED);
	DnsWaitHandleRelease(wait);
	for (i = 0; i < LATER; i++)
		last = BeginGetHostByName(dispatching, "b.test", count_call, &forking);
	wait = copy_wait_handle(last);
	ck_assert_int_eq(DnsWaitHandleWaitOne(wait, -1), DNS_WAIT_SIGNALED);
	DnsWaitHandleRelease(wait);
	if (_i != 1)
		while (forking.child < 0)
			DnsResolverDispatch(dispatching);
	else
		DnsResolverClose(dispatching);
	if (forking.child == 0)
		go_on_after_dispatch(dispatching, own);
	ck_assert(child_succeeds(forking.child));
	if (_i != 1)
		DnsResolverClose(dispatching);
	ck_assert_int_eq(atomic_load(&forking.tally->calls), LATER);
	end_expecting(own, DNS_STATUS_OK);
	forking_destroy(&forking);
}
END_TEST

/* ---- While other threads are inside ---- */

#define STORM	60
#define THREADS 6

static atomic_bool is_over;
static atomic_int lookups;
static _Atomic(DnsAsyncResult *) blocked; /* in End, on another thread */

static void *
end_blocked(void *argument)
{
	DnsAsyncResult **handle = argument;

	end_with_addresses(*handle, "198.51.100.8");
	return NULL;
}

static void
look_up_once(DnsResolver *resolver)
{
	DnsAsyncResult *begun = BeginGetHostByName(resolver, "a.test", NULL, NULL);
	DnsWaitHandle *wait = DnsAsyncResultCopyWaitHandle(begun);
	DnsStatus status;

	DnsWaitHandleWaitAny(&wait, 1, -1, NULL);
	DnsWaitHandleGetDescriptor(wait);
	status = EndGetHostByName(begun, NULL);
	DnsWaitHandleRelease(wait);
	if (status != DNS_STATUS_OK)
		ck_abort_msg("a lookup of the parent: %s", DnsStatusGetText(status));
	atomic_fetch_add(&lookups, 1);
}

static void
must_hold(bool holds)
{
	if (!holds)
		ck_abort_msg("in the parent");
}

/* All ways into the library at once; which one, by the thread's number. */
static void *
be_inside(void *argument)
{
	int number = *(int *)argument;
	DnsResolver *made;

	while (!atomic_load(&is_over)) {
		if (number < 2) {
			look_up_once(world.resolver);
		} else if (number < 4) {
			made = DnsResolverCreate(options);
			must_hold(made != NULL);
			look_up_once(made);
			DnsResolverClose(made);
		} else if (number < 5) {
			must_hold(GetHostByName(NULL, "192.0.2.1", NULL) ==
				    DNS_STATUS_OK);
			DnsResolverClose(DnsResolverGetDefault());
		} else {
			must_hold(GetHostByName(world.resolver, "192.0.2.1", NULL) ==
				    DNS_STATUS_OK);
		}
	}
	return NULL;
}

static void
be_a_child(void *argument)
{
	const int *number = argument;

	child_expect(EndGetHostByName(atomic_load(&blocked), NULL) == DNS_STATUS_FORKED);
	child_expect(GetHostByName(world.resolver, "a.test", NULL) == DNS_STATUS_FORKED);
	if (child_may_have_threads())
		child_expect(GetHostByName(NULL, "192.0.2.1", NULL) == DNS_STATUS_OK);
	if (*number % 8 == 0)
		expect_lookup_works();
}

/* Fault L11. */
START_TEST(a_storm_of_forks)
{
	int left = (int)rounds(STORM), numbers[THREADS], i;
	pthread_t threads[THREADS], ending;
	DnsAsyncResult *held = begin(HELD_NAME, NULL, NULL);

	world_await_question(HELD_NAME);
	atomic_store(&blocked, held);
	ending = start_thread(end_blocked, &held);
	for (i = 0; i < THREADS; i++) {
		numbers[i] = i;
		threads[i] = start_thread(be_inside, &numbers[i]);
	}
	for (; left > 0; left--)
		if (!child_run(be_a_child, &left))
			ck_abort_msg("a child has failed");
	atomic_store(&is_over, true);
	for (i = 0; i < THREADS; i++)
		join_thread(threads[i]);
	ck_assert_int_gt(atomic_load(&lookups), 0);
	world_release();
	join_thread(ending);
	/* That no descriptor is left over is seen when the world is closed. */
	DnsResolverClose(DnsResolverGetDefault());
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
	tcase_add_loop_test(tests, a_callback_that_forks, 0, 2);
	tcase_add_test(tests, a_callback_that_returns_in_the_child);
	tcase_add_test(tests, a_callback_inside_begin);
	tcase_add_loop_test(tests, a_callback_that_is_dispatched, 0, 3);
	tcase_add_test(tests, a_storm_of_forks);
}

int
main(void)
{
	Suite *suite;

	if (!child_may_allocate()) {
		puts("1..0 # SKIP ASan's allocator does not survive a fork");
		return 0;
	}
	suite = suite_create("fork_inside");
	add_tests(contract_case(suite, "fork_inside"));
	return contract_run(suite);
}
