/* SPDX-License-Identifier: MIT */
#include "lookups.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include <asyncdns.h>

#include "memory.h"
#include "servers.h"
#include "truth.h"
#include "world.h"

#define RESOLVERS	 3
#define BURST		 40
#define PAUSE_MAXIMUM	 (50 * MILLISECOND)
#define DEADLINE_MAXIMUM 20000 /* milliseconds */
/* Enough for what is lost to be asked for again. */
#define HURRY		 15000
#define STEPS_BETWEEN_LOOKS 200

enum operation {
	BY_NAME,
	ADDRESSES,
	ENTRY,
	OPERATIONS
};

/* What its callback does besides. */
enum habit {
	NOTHING,
	END_IT,
	BEGIN_ANOTHER,
	CANCEL_ANOTHER,
	CLOSE_RESOLVER,
	HABITS
};

struct lookup {
	DnsAsyncResult *handle;
	size_t place;		/* in lookups */
	enum operation operation;
	struct truth truth;
	bool is_relative;
	DnsResolver *resolver;
	bool calls_back, is_dispatched;
	enum habit habit;
	unsigned int calls;
	int64_t deadline;
	bool was_hurried, was_cancelled, was_closed;
};

static struct {
	DnsResolver *resolvers[RESOLVERS];
	struct lookup **lookups; /* that are not ended */
	size_t count, size;
	unsigned int left;	 /* to begin */
	bool has_trouble, is_one_ill;
	struct timer work;
} program;

static uint64_t total, found;

uint64_t
lookups_total(void)
{
	return total;
}

uint64_t
lookups_found(void)
{
	return found;
}

static int
roll_int(int minimum, int maximum)
{
	return minimum + (int)world_roll((uint32_t)(maximum - minimum + 1));
}

/* ---- Resolvers ---- */

/* Was memory short, and is that what it says? */
static bool
is_short(bool says_so)
{
	return says_so && memory_was_short();
}

static bool lacks_an_option;

static void
must(DnsStatus status)
{
	if (status == DNS_STATUS_OK)
		return;
	if (!is_short(status == DNS_STATUS_NO_MEMORY))
		simulate_fail("an option: %s", DnsStatusGetText(status));
	lacks_an_option = true;
}

static DnsResolverOptions *
draw_options(void)
{
	static const unsigned int flags[] = { 0, DNS_RESOLVER_NEVER_SYNCHRONOUS,
					      DNS_RESOLVER_DISPATCH_CALLBACKS,
					      DNS_RESOLVER_NO_STALE };
	static const size_t cache_sizes[] = { 0, 0, 16, 4096 };
	DnsResolverOptions *options = DnsResolverOptionsCreate();

	lacks_an_option = options == NULL;
	if (!is_short(true) && lacks_an_option)
		simulate_fail("no options");
	if (lacks_an_option)
		return NULL;
	must(DnsResolverOptionsSetServers(options, SERVERS_TEXT));
	must(DnsResolverOptionsSetSearchList(options, TRUTH_VOID "," TRUTH_DOMAIN));
	must(DnsResolverOptionsSetHostsPath(options, "/dev/null"));
	must(DnsResolverOptionsSetResolvConfPath(options, "/nonexistent/resolv.conf"));
	must(DnsResolverOptionsSetAddressOrder(options, DNS_ADDRESS_ORDER_AS_RECEIVED));
	/* In fine weather nothing takes as long as that. */
	must(DnsResolverOptionsSetTimeout(options,
					  roll_int(program.has_trouble ? 100 : 500, 2000)));
	must(DnsResolverOptionsSetTries(options, roll_int(1, 4)));
	must(DnsResolverOptionsSetGrace(options, world_roll(2) == 0 ? 50 :
						 roll_int(1, 1000)));
	must(DnsResolverOptionsSetDeadline(options, DEADLINE_MAXIMUM));
	must(DnsResolverOptionsSetCacheSize(options, cache_sizes[world_roll(4)]));
	must(DnsResolverOptionsSetFlags(options, flags[world_roll(4)]));
	return options;
}

/* NULL, in trouble only. (Without options it would be the system's.) */
static DnsResolver *
get_resolver(int number)
{
	DnsResolverOptions *options;

	if (program.resolvers[number] != NULL)
		return program.resolvers[number];
	options = draw_options();
	if (!lacks_an_option)
		program.resolvers[number] = DnsResolverCreate(options);
	DnsResolverOptionsRelease(options);
	if (program.resolvers[number] == NULL && !program.has_trouble)
		simulate_fail("no resolver: %s", strerror(errno));
	return program.resolvers[number];
}

/* In a callback it takes effect afterwards. */
static void
close_resolver(DnsResolver *resolver, bool is_inside)
{
	size_t i;

	for (i = 0; i < RESOLVERS; i++)
		if (program.resolvers[i] == resolver)
			program.resolvers[i] = NULL;
	for (i = 0; i < program.count; i++)
		if (program.lookups[i]->resolver == resolver)
			program.lookups[i]->was_closed = true;
	DnsResolverClose(resolver);
	for (i = 0; !is_inside && i < program.count; i++)
		if (program.lookups[i]->resolver == resolver &&
		    !DnsAsyncResultIsCompleted(program.lookups[i]->handle))
			simulate_fail("closed, and yet under way");
}

/* ---- Ends ---- */

static DnsStatus
end_handle(const struct lookup *lookup, DnsHostEntry **entry)
{
	switch (lookup->operation) {
	case BY_NAME:
		return EndGetHostByName(lookup->handle, entry);
	case ADDRESSES:
		return EndGetHostAddresses(lookup->handle, entry);
	default:
		return EndGetHostEntry(lookup->handle, entry);
	}
}

static void
describe(const DnsReport *report)
{
	size_t i;

	printf("# from %s, server %s, %u tries, rcode %d\n",
	       DnsSourceGetText(DnsReportGetSource(report)),
	       DnsReportGetServer(report), DnsReportGetTryCount(report),
	       DnsReportGetResponseCode(report));
	for (i = 0; i < DnsReportGetStepCount(report); i++)
		printf("# %s: %s\n", DnsReportGetStepName(report, i),
		       DnsStatusGetText(DnsReportGetStepStatus(report, i)));
}

static void
judge(const struct lookup *lookup, DnsStatus status, const DnsHostEntry *entry,
      const DnsReport *report)
{
	bool is_excused = (status == DNS_STATUS_CANCELLED && lookup->was_cancelled) ||
			  (status == DNS_STATUS_CLOSED && lookup->was_closed) ||
			  (status == DNS_STATUS_TIMED_OUT && lookup->was_hurried) ||
			  is_short(status == DNS_STATUS_NO_MEMORY);
	char name[TRUTH_NAME_SIZE];
	const char *wrong;
	bool has_excuse;

	if (is_excused && entry == NULL)
		return;
	has_excuse = program.has_trouble ||
		     (program.is_one_ill && lookup->truth.kind >= TRUTH_FAILING);
	wrong = truth_judge(&lookup->truth, has_excuse, status, entry);
	if (wrong == NULL)
		return;
	truth_put_name(name, &lookup->truth, lookup->is_relative);
	describe(report);
	simulate_fail("%s, family %d, %s: %s: %s", name, lookup->truth.family,
		      program.has_trouble ? "in trouble" : "without trouble",
		      DnsStatusGetText(status), wrong);
}

static void
forget(struct lookup *lookup)
{
	struct lookup *last = program.lookups[--program.count];

	program.lookups[lookup->place] = last;
	last->place = lookup->place;
	memory_of_world_free(lookup);
}

/* It has completed. */
static void
end_lookup(struct lookup *lookup)
{
	DnsHostEntry *entry = NULL;
	DnsReport *report;
	DnsStatus status;

	if (lookup->calls_back && lookup->calls != 1)
		simulate_fail("%u calls back", lookup->calls);
	if (EndQueryRecords(lookup->handle, NULL) != DNS_STATUS_INVALID_OPERATION)
		simulate_fail("the End of another operation");
	report = DnsAsyncResultCopyReport(lookup->handle);
	status = end_handle(lookup, &entry);
	judge(lookup, status, entry, report);
	DnsReportRelease(report);
	if (end_handle(lookup, NULL) != DNS_STATUS_INVALID_OPERATION)
		simulate_fail("ended twice");
	DnsHostEntryRelease(entry);
	world_note((uint64_t)status);
	total++;
	found += status == DNS_STATUS_OK;
	forget(lookup);
}

static bool
may_be_ended(const struct lookup *lookup)
{
	return DnsAsyncResultIsCompleted(lookup->handle) &&
	       (!lookup->calls_back || lookup->calls > 0);
}

/* ---- Begin ---- */

static struct lookup *
draw_lookup(void)
{
	static const int families[] = { AF_UNSPEC, AF_UNSPEC, AF_INET, AF_INET6 };
	struct lookup *lookup = memory_of_world(sizeof *lookup);

	lookup->operation = (enum operation)world_roll(OPERATIONS);
	lookup->truth.kind = (enum truth_kind)world_roll(TRUTH_KINDS);
	lookup->truth.number = world_roll(TRUTH_NUMBERS);
	lookup->truth.family = families[world_roll(4)];
	/* One that fails before the search list is at its end has another status. */
	lookup->is_relative = lookup->truth.kind < TRUTH_FAILING && world_roll(4) == 0;
	lookup->calls_back = world_roll(4) != 0;
	lookup->habit = world_roll(4) == 0 ? (enum habit)world_roll(HABITS) : NOTHING;
	if (lookup->habit == CLOSE_RESOLVER && world_roll(50) != 0)
		lookup->habit = NOTHING;
	lookup->deadline = world_now() + DEADLINE_MAXIMUM * (int64_t)MILLISECOND;
	return lookup;
}

static void
keep(struct lookup *lookup)
{
	if (program.count == program.size) {
		program.size = 2 * program.size + BURST;
		program.lookups = memory_of_world_again(
			program.lookups, program.size * sizeof(struct lookup *));
	}
	lookup->place = program.count;
	program.lookups[program.count++] = lookup;
}

static void on_completed(DnsAsyncResult *handle);

static DnsAsyncResult *
begin_handle(struct lookup *lookup, const char *name, const DnsLookupOptions *options)
{
	DnsResolver *resolver = lookup->resolver;
	DnsAsyncCallback *callback = lookup->calls_back ? on_completed : NULL;

	switch (lookup->operation) {
	case BY_NAME:
		return BeginGetHostByNameWithOptions(resolver, name, options, callback, lookup);
	case ADDRESSES:
		return BeginGetHostAddressesWithOptions(resolver, name, AF_UNSPEC, options,
							callback, lookup);
	default:
		return BeginGetHostEntryWithOptions(resolver, name, options, callback, lookup);
	}
}

static void
begin_lookup(void)
{
	DnsLookupOptions *options = DnsLookupOptionsCreate();
	struct lookup *lookup = draw_lookup();
	char name[TRUTH_NAME_SIZE];

	program.left--;
	lookup->resolver = get_resolver((int)world_roll(RESOLVERS));
	lookup->is_dispatched = DnsResolverGetDescriptor(lookup->resolver) >= 0;
	if (options == NULL) /* no memory: without any both families are asked for */
		lookup->truth.family = AF_UNSPEC;
	DnsLookupOptionsSetFamily(options, lookup->truth.family);
	DnsLookupOptionsSetFlags(options,
				 (world_roll(8) == 0 ? DNS_LOOKUP_NO_CACHE : 0) |
					 (world_roll(16) == 0 ? DNS_LOOKUP_TCP_ONLY : 0));
	truth_put_name(name, &lookup->truth, lookup->is_relative);
	keep(lookup); /* it may be over before Begin returns */
	errno = 0;
	if (lookup->resolver != NULL)
		lookup->handle = begin_handle(lookup, name, options);
	DnsLookupOptionsRelease(options);
	if (lookup->handle != NULL)
		return;
	if (lookup->resolver != NULL && !is_short(errno == ENOMEM))
		simulate_fail("not begun: %s", strerror(errno));
	forget(lookup);
}

/* ---- What happens to those under way ---- */

static struct lookup *
draw_one(void)
{
	if (program.count == 0)
		return NULL;
	return program.lookups[world_roll((uint32_t)program.count)];
}

static void
cancel_one(void)
{
	struct lookup *lookup = draw_one();

	if (lookup == NULL || lookup->handle == NULL)
		return;
	lookup->was_cancelled = true;
	lookup->deadline = world_now();
	DnsAsyncResultCancel(lookup->handle);
}

static void
hurry_one(void)
{
	struct lookup *lookup = draw_one();
	int milliseconds = roll_int(0, 2 * HURRY);
	int64_t deadline = world_now() + milliseconds * (int64_t)MILLISECOND;

	if (lookup == NULL || lookup->handle == NULL)
		return;
	lookup->was_hurried = lookup->was_hurried || milliseconds < HURRY;
	if (!lookup->was_cancelled)
		lookup->deadline = deadline;
	DnsAsyncResultSetDeadline(lookup->handle, milliseconds);
}

static void
end_one(void)
{
	struct lookup *lookup = draw_one();

	if (lookup != NULL && lookup->handle != NULL && may_be_ended(lookup))
		end_lookup(lookup);
}

/* Time passes only while nothing can be done, and the clock counts milliseconds. A call
 * that is dispatched waits for the program to come by. */
static void
check_call(const struct lookup *lookup, DnsAsyncResult *handle)
{
	int64_t late = world_now() - lookup->deadline;

	if (lookup->calls != 1)
		simulate_fail("called back %u times", lookup->calls);
	if (!DnsAsyncResultIsCompleted(handle))
		simulate_fail("called back before it has completed");
	if (late > 2 * MILLISECOND + (lookup->is_dispatched ? PAUSE_MAXIMUM : 0))
		simulate_fail("%lld us after its deadline", (long long)late);
}

static void
on_completed(DnsAsyncResult *handle)
{
	struct lookup *lookup = DnsAsyncResultGetState(handle);
	DnsResolver *resolver = lookup->resolver;
	enum habit habit = lookup->habit;

	lookup->handle = handle; /* Begin may not have returned yet */
	lookup->calls++;
	world_note((uint64_t)world_now());
	check_call(lookup, handle);
	if (habit == END_IT && !DnsAsyncResultCompletedSynchronously(handle))
		end_lookup(lookup);
	else if (habit == BEGIN_ANOTHER && program.left > 0)
		begin_lookup();
	else if (habit == CANCEL_ANOTHER)
		cancel_one();
	else if (habit == CLOSE_RESOLVER)
		close_resolver(resolver, true);
}

/* ---- The program ---- */

static void
dispatch_all(void)
{
	int i;

	for (i = 0; i < RESOLVERS; i++)
		if (program.resolvers[i] != NULL)
			DnsResolverDispatch(program.resolvers[i]);
}

static void
do_something(void)
{
	uint32_t what = world_roll(1000);
	int resolver = (int)world_roll(RESOLVERS);

	if (what < 700)
		begin_lookup();
	else if (what < 780)
		cancel_one();
	else if (what < 820)
		hurry_one();
	else if (what < 995)
		end_one();
	else if (what >= 998)
		close_resolver(program.resolvers[resolver], false);
	else if (program.resolvers[resolver] != NULL)
		DnsResolverFlushCache(program.resolvers[resolver]);
}

static void
work(struct timer *happening)
{
	uint32_t burst = 1 + world_roll(BURST);

	for (; burst > 0 && program.left > 0; burst--)
		do_something();
	dispatch_all();
	if (program.left > 0)
		world_schedule(happening, world_roll(PAUSE_MAXIMUM));
}

static void
end_all_that_may(void)
{
	size_t i;

	for (i = program.count; i-- > 0;)
		if (i < program.count && may_be_ended(program.lookups[i]))
			end_lookup(program.lookups[i]);
}

static void
expect_all_counted(void)
{
	DnsStatistics statistics;
	int i;

	for (i = 0; i < RESOLVERS; i++) {
		if (program.resolvers[i] == NULL)
			continue;
		DnsResolverGetStatistics(program.resolvers[i], &statistics);
		if (statistics.begun != statistics.completed ||
		    statistics.begun != statistics.ended)
			simulate_fail("%llu begun, %llu completed, %llu ended",
				      (unsigned long long)statistics.begun,
				      (unsigned long long)statistics.completed,
				      (unsigned long long)statistics.ended);
	}
}

/* All must come to their end, for each has a deadline. */
static void
see_to_the_end(void)
{
	int64_t late = world_now() + 3 * DEADLINE_MAXIMUM * (int64_t)MILLISECOND;
	unsigned int steps;

	for (;;) {
		dispatch_all();
		end_all_that_may();
		if (program.count == 0)
			return;
		if (world_now() > late)
			simulate_fail("%zu lookups are lost", program.count);
		/* To look at all of them at each step would be most of the work. */
		for (steps = 0; steps < STEPS_BETWEEN_LOOKS && world_go_on(); steps++)
			dispatch_all();
		if (steps == 0)
			late = 0;
	}
}

void
lookups_run(unsigned int count, bool has_trouble, bool is_one_ill)
{
	int i;

	program.left = count;
	program.has_trouble = has_trouble;
	program.is_one_ill = is_one_ill;
	timer_init(&program.work, work);
	world_schedule(&program.work, 0);
	while (program.left > 0)
		world_go_on();
	world_clear(&program.work);
	see_to_the_end();
	expect_all_counted();
	for (i = 0; i < RESOLVERS; i++)
		close_resolver(program.resolvers[i], false);
	memory_of_world_free(program.lookups);
	memset(&program, 0, sizeof program);
}
