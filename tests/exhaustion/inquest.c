/* SPDX-License-Identifier: MIT */
/* How a test ends for which something was short. It may fail, and ends where Begin does, since
 * it may wait for what was never begun (it gives up). But it has to end: when it has not some
 * time after the shortage, what it has begun is given a deadline, which has to end that; then
 * its resolvers are closed, and with that everything that it could wait for has to happen. If
 * it has still not ended some time after that, it is aborted, unless a callback of its own
 * waits for what will not come: that is the test's (it gives up again). However it ends, all
 * that it has begun has to be completed by the same means, but for what such a callback holds
 * up; and where there is a sanitizer that knows, nothing may be lost that neither the test nor
 * the library can reach. Faults O05, O06, O07, O08. */
#define _GNU_SOURCE 1

#include "starve.h"

#include <asyncdns.h>

#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "../support/interpose.h"

#define RESOLVERS 256
#define BEGUN	  65536

/* Milliseconds. */
#define LIFETIME 25000	/* of a test that nothing is short for */
#define SHORTAGE 1000	/* after one its resolvers are closed */
#define CLOSING	 10000	/* after that it has to end */
#define HELD_UP	 100	/* that one runs so long means that it waits for something */

struct begun {
	_Atomic(DnsAsyncResult *) result;
	DnsAsyncCallback *callback;
	void *state;
};

static struct {
	atomic_uint resolver_count, begun_count, running;
	_Atomic(DnsResolver *) resolvers[RESOLVERS];
	struct begun begun[BEGUN];
	atomic_bool is_closing, is_over;
	atomic_int closing;
} test;

/* The sanitizer's, if there is one. */
__attribute__((weak)) int __lsan_do_recoverable_leak_check(void);

static void
say(const char *what)
{
	starve_say("test %u: %s", starve.test, what);
	starve.tally->faults++;
}

static void
pause_for(long milliseconds)
{
	struct timespec time = { milliseconds / 1000, milliseconds % 1000 * 1000000 };

	nanosleep(&time, NULL);
}

/* ---- What has been begun ---- */

static unsigned int
count_begun(void)
{
	unsigned int count = atomic_load(&test.begun_count);

	return count < BEGUN ? count : BEGUN;
}

/* Of so many. */
static unsigned int
count_pending(unsigned int begun)
{
	unsigned int i, pending = 0;

	for (i = 0; i < begun; i++)
		if (!DnsAsyncResultIsCompleted(atomic_load(&test.begun[i].result)))
			pending++;
	return pending;
}

/* Whether it happens in time. True, too, if a callback holds it up: that is the test's. */
static bool
happens(bool (*has_happened)(unsigned int number), unsigned int number)
{
	int waited;

	for (waited = 0; waited < CLOSING; waited += 10) {
		if (has_happened(number) || (waited > HELD_UP && atomic_load(&test.running) > 0))
			return true;
		pause_for(10);
	}
	return false;
}

static bool
are_completed(unsigned int begun)
{
	return count_pending(begun) == 0;
}

/* Nothing but closing would end an operation that its deadline does not. */
static void
end_by_deadline(void)
{
	unsigned int i, begun = count_begun();

	if (are_completed(begun))
		return;
	for (i = 0; i < begun; i++)
		DnsAsyncResultSetDeadline(atomic_load(&test.begun[i].result), 1);
	if (!happens(are_completed, begun))
		say("operations outlive their deadline");
}

/* ---- All is closed ---- */

static void *
close_one(void *token)
{
	DnsResolverClose(token);
	atomic_fetch_sub(&test.closing, 1);
	return NULL;
}

/* On a thread for each, which may have to wait for what does not happen. */
static void
begin_to_close(void)
{
	unsigned int i, count = atomic_load(&test.resolver_count);
	pthread_t thread;

	if (atomic_exchange(&test.is_closing, true))
		return;
	for (i = 0; i < count && i < RESOLVERS; i++) {
		atomic_fetch_add(&test.closing, 1);
		if (pthread_create(&thread, NULL, close_one,
				   atomic_load(&test.resolvers[i])) == 0)
			pthread_detach(thread);
	}
}

/* NULL: nothing, or that is not known. */
static const char *
find_fault(void)
{
	return atomic_load(&test.running) > 0	   ? NULL :
	       count_pending(count_begun()) > 0 ? "operations are lost" :
	       atomic_load(&test.closing) > 0	   ? "a resolver does not close" :
						     NULL;
}

/* Which a test may have taken away, and the sanitizer opens files. */
static void
restore_descriptors(void)
{
	struct rlimit limit;

	if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
		return;
	limit.rlim_cur = limit.rlim_max;
	setrlimit(RLIMIT_NOFILE, &limit);
}

static bool
is_memory_lost(void)
{
	if (__lsan_do_recoverable_leak_check == NULL)
		return false;
	restore_descriptors();
	return __lsan_do_recoverable_leak_check() != 0;
}

/* Those included that are begun meanwhile. */
static bool
is_all_over(unsigned int unused)
{
	(void)unused;
	return atomic_load(&test.closing) == 0 && are_completed(count_begun());
}

static void
look_for_losses(void)
{
	const char *fault;

	end_by_deadline();
	begin_to_close();
	happens(is_all_over, 0);
	fault = find_fault();
	if (fault != NULL)
		say(fault);
	if (is_memory_lost())
		say("memory is lost");
}

/* ---- A test that does not end ---- */

static void
debug(void)
{
	const char *debugger = getenv("STARVE_DEBUGGER");
	char command[512];

	if (debugger == NULL)
		return;
	snprintf(command, sizeof command, "unset LD_PRELOAD; %s %ld >&2", debugger,
		 (long)getpid());
	if (system(command) != 0)
		say("no debugger");
}

static void *
watch(void *unused)
{
	int left;

	(void)unused;
	for (left = LIFETIME; left > 0 && !atomic_load(&starve.was_short); left -= 20)
		pause_for(20);
	pause_for(SHORTAGE);
	if (atomic_load(&test.is_over))
		return NULL;
	end_by_deadline();
	if (atomic_load(&test.is_over))
		return NULL;
	begin_to_close();
	pause_for(CLOSING);
	if (atomic_load(&test.is_over))
		return NULL;
	if (atomic_load(&test.running) > 0)
		_Exit(STARVE_GAVE_UP);
	say(atomic_load(&starve.was_short) ? "it does not end" :
					     "it does not end, though nothing was short");
	if (find_fault() != NULL)
		say(find_fault());
	debug();
	abort();
}

/* ---- What tests call ---- */

DnsResolver *
DnsResolverCreate(const DnsResolverOptions *options)
{
	bool is_first = starve.is_test && !atomic_load(&starve.is_counting);
	unsigned int number;
	DnsResolver *made;
	pthread_t thread;
	REAL(DnsResolverCreate);

	if (is_first && pthread_create(&thread, NULL, watch, NULL) == 0)
		pthread_detach(thread);
	if (is_first && starve.is_early)
		atomic_store(&starve.is_counting, true);
	made = real(options);
	if (!starve.is_test || made == NULL)
		return made;
	number = atomic_fetch_add(&test.resolver_count, 1);
	if (number < RESOLVERS)
		atomic_store(&test.resolvers[number], made);
	atomic_store(&starve.is_counting, true);
	return made;
}

static bool
is_begun(const void *state)
{
	const char *at = state;

	return at >= (char *)test.begun && at < (char *)(test.begun + BEGUN);
}

void *
DnsAsyncResultGetState(const DnsAsyncResult *result)
{
	void *state;
	REAL(DnsAsyncResultGetState);

	state = real(result);
	return is_begun(state) ? ((struct begun *)state)->state : state;
}

static void
on_completed(DnsAsyncResult *result)
{
	struct begun *begun;
	REAL(DnsAsyncResultGetState);

	begun = real(result);
	atomic_fetch_add(&test.running, 1);
	begun->callback(result);
	atomic_fetch_sub(&test.running, 1);
}

/* NULL: it is not noted. Some that begin call others. */
static struct begun *
note_begin(DnsAsyncCallback **callback, void **state)
{
	unsigned int number;
	struct begun *begun;

	if (!starve.is_test || is_begun(*state))
		return NULL;
	number = atomic_fetch_add(&test.begun_count, 1);
	if (number >= BEGUN)
		return NULL;
	begun = &test.begun[number];
	begun->callback = *callback;
	begun->state = *state;
	*callback = *callback != NULL ? on_completed : NULL;
	*state = begun;
	return begun;
}

static DnsAsyncResult *
note_begun(struct begun *begun, DnsAsyncResult *result)
{
	if (begun != NULL)
		atomic_store(&begun->result, result);
	/* Tests that look for just that go on where nothing was short. */
	if (result == NULL && atomic_load(&starve.was_short) &&
	    (errno == ENOMEM || atomic_load(&test.is_closing)))
		_exit(STARVE_GAVE_UP);
	return result;
}

/* clang-format off */
#define BEGINS(name, parameters, arguments)                                              \
	DnsAsyncResult *                                                                 \
	name parameters                                                                  \
	{                                                                                \
		struct begun *begun = note_begin(&callback, &state);                     \
		REAL(name);                                                              \
                                                                                         \
		return note_begun(begun, real arguments);                                \
	}

/* clang-format on */

#define NAME	 DnsResolver *resolver, const char *name
#define ADDRESS	 DnsResolver *resolver, const struct sockaddr *address, socklen_t length
#define OPTIONS	 const DnsLookupOptions *options
#define CALLBACK DnsAsyncCallback *callback, void *state

BEGINS(BeginGetHostByName, (NAME, CALLBACK), (resolver, name, callback, state))
BEGINS(BeginGetHostByNameWithOptions, (NAME, OPTIONS, CALLBACK),
       (resolver, name, options, callback, state))
BEGINS(BeginGetHostEntry, (NAME, CALLBACK), (resolver, name, callback, state))
BEGINS(BeginGetHostEntryWithOptions, (NAME, OPTIONS, CALLBACK),
       (resolver, name, options, callback, state))
BEGINS(BeginGetHostAddresses, (NAME, int family, CALLBACK),
       (resolver, name, family, callback, state))
BEGINS(BeginGetHostAddressesWithOptions, (NAME, int family, OPTIONS, CALLBACK),
       (resolver, name, family, options, callback, state))
BEGINS(BeginGetHostByAddress, (ADDRESS, CALLBACK),
       (resolver, address, length, callback, state))
BEGINS(BeginGetHostByAddressWithOptions, (ADDRESS, OPTIONS, CALLBACK),
       (resolver, address, length, options, callback, state))
BEGINS(BeginQueryRecords, (NAME, int type, CALLBACK), (resolver, name, type, callback, state))
BEGINS(BeginQueryRecordsWithOptions, (NAME, int type, OPTIONS, CALLBACK),
       (resolver, name, type, options, callback, state))

/* ---- The end ---- */

/* A test that has passed ends by exit, one that has failed by _exit. */
static void
end_test(void)
{
	if (!starve.is_test || atomic_exchange(&test.is_over, true))
		return;
	litter_remove();
	if (starve.at == 0)
		starve.tally->pieces = atomic_load(&starve.count);
	if (!atomic_load(&starve.was_short))
		return;
	starve.tally->shortages++;
	look_for_losses();
}

__attribute__((destructor)) static void
end(void)
{
	end_test();
}

void
_exit(int status)
{
	end_test();
	_Exit(status);
}
