/* SPDX-License-Identifier: MIT */
/* The cache: what was asked before is known at once, inside Begin, and no server is asked
 * for it again. What time does to it is in tests/unit/test_cache_time.c. */
#include "contract.h"
#include "rounds.h"

#include <stdlib.h>
#include <string.h>

#define ENTRIES 100
#define CHAIN 1000
#define ROUNDS 500
#define TRIES 100
#define A 1
#define AAAA 28

/* Replaces this world's resolver, which has no cache. */
static void
use_cache(size_t entries, unsigned int flags)
{
	DnsResolverOptions *options = world_make_options();

	world_close_resolver();
	ck_assert_int_eq(DnsResolverOptionsSetCacheSize(options, entries), DNS_STATUS_OK);
	ck_assert_int_eq(DnsResolverOptionsSetFlags(options, flags), DNS_STATUS_OK);
	world.resolver = DnsResolverCreate(options);
	ck_assert_ptr_nonnull(world.resolver);
	DnsResolverOptionsRelease(options);
}

static void
look_up(const char *name, DnsStatus status)
{
	end_expecting(begin(name, NULL, NULL), status);
}

/* A hit completes inside Begin, if the hosts file was looked at in the last second; else
 * it needs the loop thread once. */
static DnsAsyncResult *
begin_hit(const char *name)
{
	DnsAsyncResult *begun = begin(name, NULL, NULL);
	int tries = 1;

	while (!DnsAsyncResultCompletedSynchronously(begun)) {
		EndGetHostByName(begun, NULL);
		ck_assert_int_lt(tries++, TRIES);
		begun = begin(name, NULL, NULL);
	}
	ck_assert(DnsAsyncResultIsCompleted(begun));
	return begun;
}

static void
assert_asked(const char *name, unsigned int times)
{
	ck_assert_uint_eq(dns_server_count_questions(world.server, name, A), times);
	ck_assert_uint_eq(dns_server_count_questions(world.server, name, AAAA), times);
}

static const struct {
	const char *name, *again;
	DnsStatus status;
	const char *addresses;
} known[] = {
	{"a.test", "a.test", DNS_STATUS_OK, "192.0.2.1 2001:db8::1"},
	{"a.test", "A.Test.", DNS_STATUS_OK, "192.0.2.1 2001:db8::1"},
	{"b.test", "b.test", DNS_STATUS_OK, "192.0.2.2"}, /* and no IPv6 address */
	{"alias.test", "alias.test", DNS_STATUS_OK, "192.0.2.1 2001:db8::1"},
	{"missing.test", "missing.test", DNS_STATUS_HOST_NOT_FOUND, NULL},
	{"empty.test", "empty.test", DNS_STATUS_NO_DATA, NULL},
};
#define KNOWN ((int)(sizeof known / sizeof known[0]))

START_TEST(what_was_asked_is_known_inside_begin)
{
	DnsAsyncResult *begun;

	use_cache(ENTRIES, 0);
	begun = begin(known[_i].name, NULL, NULL);
	end_expecting(begun, known[_i].status);
	assert_asked(known[_i].name, 1);
	begun = begin_hit(known[_i].again);
	if (known[_i].addresses != NULL)
		end_with_addresses(begun, known[_i].addresses);
	else
		end_expecting(begun, known[_i].status);
	ck_assert_uint_eq(read_statistics().questions, 2);
	assert_asked(known[_i].name, 1);
}
END_TEST

START_TEST(the_callback_runs_inside_begin)
{
	struct witness witness;
	DnsAsyncResult *begun;

	use_cache(ENTRIES, 0);
	look_up("a.test", DNS_STATUS_OK);
	do {
		witness_init(&witness);
		begun = begin("a.test", on_completion, &witness);
		await(&witness.entered);
		EndGetHostByName(begun, NULL);
		ck_assert_uint_eq(atomic_load(&witness.calls), 1);
		ck_assert_ptr_eq(witness.handle, begun);
		witness_destroy(&witness);
	} while (!pthread_equal(witness.thread, pthread_self()));
	assert_asked("a.test", 1);
}
END_TEST

static DnsAsyncResult *
begin_with_flags(const char *name, unsigned int flags)
{
	DnsLookupOptions *options = DnsLookupOptionsCreate();
	DnsAsyncResult *begun;

	ck_assert_ptr_nonnull(options);
	ck_assert_int_eq(DnsLookupOptionsSetFlags(options, flags), DNS_STATUS_OK);
	begun = BeginGetHostByNameWithOptions(world.resolver, name, options, NULL, NULL);
	ck_assert_ptr_nonnull(begun);
	DnsLookupOptionsRelease(options);
	return begun;
}

/* Without the hosts file, which may have to be looked at by now. */
START_TEST(the_loop_thread_is_not_needed)
{
	struct witness occupied;
	DnsAsyncResult *begun;

	use_cache(ENTRIES, 0);
	look_up("a.test", DNS_STATUS_OK);
	occupy_loop(&occupied);
	begun = begin_with_flags("a.test", DNS_LOOKUP_NO_HOSTS);
	ck_assert(DnsAsyncResultCompletedSynchronously(begun));
	end_with_addresses(begun, "192.0.2.1 2001:db8::1");
	free_loop(&occupied);
}
END_TEST

START_TEST(it_says_where_it_came_from)
{
	const DnsReport *report;
	DnsHostEntry *entry;
	uint32_t ttl;

	use_cache(ENTRIES, 0);
	ck_assert_int_eq(GetHostByName(world.resolver, "a.test", &entry), DNS_STATUS_OK);
	report = DnsHostEntryGetReport(entry);
	ck_assert_int_eq(DnsReportGetSource(report), DNS_SOURCE_SERVER);
	ttl = DnsHostEntryGetTimeToLive(entry);
	ck_assert_uint_le(ttl, 300);
	DnsHostEntryRelease(entry);

	ck_assert_int_eq(EndGetHostByName(begin_hit("a.test"), &entry), DNS_STATUS_OK);
	report = DnsHostEntryGetReport(entry);
	ck_assert_int_eq(DnsReportGetSource(report), DNS_SOURCE_CACHE);
	ck_assert_str_eq(DnsReportGetServer(report), dns_server_address(world.server));
	ck_assert_uint_eq(DnsReportGetTryCount(report), 0);
	ck_assert_int_eq(DnsReportGetResponseCode(report), RCODE_NOERROR);
	ck_assert_uint_le(DnsHostEntryGetTimeToLive(entry), ttl);
	DnsHostEntryRelease(entry);
}
END_TEST

START_TEST(it_outlives_the_server)
{
	use_cache(ENTRIES, 0);
	look_up("a.test", DNS_STATUS_OK);
	look_up("missing.test", DNS_STATUS_HOST_NOT_FOUND);
	world_stop_server();
	end_with_addresses(begin_hit("a.test"), "192.0.2.1 2001:db8::1");
	end_expecting(begin_hit("missing.test"), DNS_STATUS_HOST_NOT_FOUND);
}
END_TEST

/* Each family is known by itself. */
START_TEST(other_operations_know_it_too)
{
	DnsAsyncResult *begun;

	use_cache(ENTRIES, 0);
	begun = BeginGetHostAddresses(world.resolver, "a.test", AF_INET, NULL, NULL);
	ck_assert_int_eq(EndGetHostAddresses(begun, NULL), DNS_STATUS_OK);
	ck_assert_uint_eq(read_statistics().questions, 1);
	look_up("a.test", DNS_STATUS_OK); /* the other one is missing */
	assert_asked("a.test", 1);
	ck_assert_int_eq(GetHostEntry(world.resolver, "a.test", NULL), DNS_STATUS_OK);
	begun = BeginGetHostAddresses(world.resolver, "a.test", AF_INET6, NULL, NULL);
	ck_assert_int_eq(EndGetHostAddresses(begun, NULL), DNS_STATUS_OK);
	assert_asked("a.test", 1);
}
END_TEST

START_TEST(without_a_cache_all_is_asked)
{
	int i;

	use_cache(0, 0);
	for (i = 0; i < 3; i++) {
		look_up("a.test", DNS_STATUS_OK);
		look_up("missing.test", DNS_STATUS_HOST_NOT_FOUND);
	}
	assert_asked("a.test", 3);
	assert_asked("missing.test", 3);
	ck_assert_uint_eq(read_statistics().completedSynchronously, 0);
	DnsResolverFlushCache(world.resolver);
}
END_TEST

START_TEST(what_is_flushed_is_asked_again)
{
	use_cache(ENTRIES, 0);
	look_up("a.test", DNS_STATUS_OK);
	look_up("missing.test", DNS_STATUS_HOST_NOT_FOUND);
	DnsResolverFlushCache(world.resolver);
	look_up("a.test", DNS_STATUS_OK);
	look_up("missing.test", DNS_STATUS_HOST_NOT_FOUND);
	assert_asked("a.test", 2);
	assert_asked("missing.test", 2);
	end_with_addresses(begin_hit("a.test"), "192.0.2.1 2001:db8::1");
	assert_asked("a.test", 2);
}
END_TEST

START_TEST(a_change_at_the_server_counts_after_a_flush)
{
	use_cache(ENTRIES, 0);
	look_up("late.test", DNS_STATUS_HOST_NOT_FOUND);
	dns_server_add_address(world.server, "late.test", "192.0.2.9", 300);
	look_up("late.test", DNS_STATUS_HOST_NOT_FOUND);
	DnsResolverFlushCache(world.resolver);
	end_with_addresses(begin("late.test", NULL, NULL), "192.0.2.9");
}
END_TEST

START_TEST(a_lookup_can_do_without_it)
{
	DnsAsyncResult *begun;

	use_cache(ENTRIES, 0);
	look_up("late.test", DNS_STATUS_HOST_NOT_FOUND);
	dns_server_add_address(world.server, "late.test", "192.0.2.9", 300);
	dns_server_add_address(world.server, "late.test", "2001:db8::9", 300);
	begun = begin_with_flags("late.test", DNS_LOOKUP_NO_CACHE);
	ck_assert(!DnsAsyncResultCompletedSynchronously(begun));
	end_with_addresses(begun, "192.0.2.9 2001:db8::9");
	assert_asked("late.test", 2);
	/* What it was told is kept. */
	end_with_addresses(begin_hit("late.test"), "192.0.2.9 2001:db8::9");
	assert_asked("late.test", 2);
}
END_TEST

START_TEST(an_option_forbids_completing_inside_begin)
{
	struct witness occupied;
	DnsAsyncResult *begun;

	use_cache(ENTRIES, DNS_RESOLVER_NEVER_SYNCHRONOUS);
	look_up("a.test", DNS_STATUS_OK);
	occupy_loop(&occupied);
	begun = begin("a.test", NULL, NULL);
	ck_assert(!DnsAsyncResultIsCompleted(begun));
	free_loop(&occupied);
	ck_assert(!DnsAsyncResultCompletedSynchronously(begun));
	end_with_addresses(begun, "192.0.2.1 2001:db8::1");
	ck_assert_uint_eq(read_statistics().completedSynchronously, 0);
	assert_asked("a.test", 1);
}
END_TEST

struct chain {
	int left, deepest;
	int failures;
	sem_t done;
};

/* How many callbacks are on this thread's stack. */
static _Thread_local int depth;

static void
begin_the_next(DnsAsyncResult *asyncResult)
{
	struct chain *chain = DnsAsyncResultGetState(asyncResult);

	if (++depth > chain->deepest)
		chain->deepest = depth;
	if (EndGetHostByName(asyncResult, NULL) != DNS_STATUS_OK)
		chain->failures++;
	if (--chain->left > 0)
		BeginGetHostByName(world.resolver, "a.test", begin_the_next, chain);
	else
		sem_post(&chain->done);
	depth--;
}

/* What is begun in a callback completes later, however well it is known. Fault L04. */
START_TEST(a_chain_of_hits_does_not_grow_the_stack)
{
	struct chain chain = {.left = many(CHAIN)};

	use_cache(ENTRIES, 0);
	sem_init(&chain.done, 0, 0);
	look_up("a.test", DNS_STATUS_OK);
	begin("a.test", begin_the_next, &chain);
	await(&chain.done);
	ck_assert_int_eq(chain.deepest, 1);
	ck_assert_int_eq(chain.failures, 0);
	assert_asked("a.test", 1);
	sem_destroy(&chain.done);
}
END_TEST

START_TEST(who_was_not_used_goes_first)
{
	use_cache(4, 0); /* two names, with two families each */
	look_up("1.many.test", DNS_STATUS_OK);
	look_up("2.many.test", DNS_STATUS_OK);
	EndGetHostByName(begin_hit("1.many.test"), NULL);
	look_up("3.many.test", DNS_STATUS_OK);
	EndGetHostByName(begin_hit("1.many.test"), NULL);
	ck_assert_uint_eq(dns_server_count_questions(world.server, NULL, A), 3);
	look_up("2.many.test", DNS_STATUS_OK);
	ck_assert_uint_eq(dns_server_count_questions(world.server, NULL, A), 4);
}
END_TEST

START_TEST(each_resolver_has_its_own)
{
	DnsResolver *first;

	use_cache(ENTRIES, 0);
	look_up("a.test", DNS_STATUS_OK);
	first = world.resolver;
	world.resolver = world_make_resolver(0);
	use_cache(ENTRIES, 0);
	look_up("a.test", DNS_STATUS_OK);
	assert_asked("a.test", 2);
	DnsResolverFlushCache(first);
	EndGetHostByName(begin_hit("a.test"), NULL);
	assert_asked("a.test", 2);
	DnsResolverClose(first);
}
END_TEST

START_TEST(sizes)
{
	DnsResolverOptions *options = world_make_options();

	ck_assert_int_eq(DnsResolverOptionsSetCacheSize(NULL, 1),
			 DNS_STATUS_INVALID_ARGUMENT);
	ck_assert_int_eq(DnsResolverOptionsSetCacheSize(options, 16777217),
			 DNS_STATUS_INVALID_ARGUMENT);
	ck_assert_int_eq(DnsResolverOptionsSetCacheSize(options, 16777216),
			 DNS_STATUS_OK);
	ck_assert_int_eq(DnsResolverOptionsSetCacheSize(options, 0), DNS_STATUS_OK);
	DnsResolverOptionsRelease(options);
}
END_TEST

START_TEST(the_default_is_a_cache)
{
	DnsResolverOptions *options = DnsResolverOptionsCreate();

	DnsResolverOptionsSetServers(options, dns_server_address(world.server));
	world_close_resolver();
	world.resolver = DnsResolverCreate(options);
	DnsResolverOptionsRelease(options);
	look_up("a.test", DNS_STATUS_OK);
	EndGetHostByName(begin_hit("a.test"), NULL);
	assert_asked("a.test", 1);
}
END_TEST

/* A closed or invented one is refused without a word, as elsewhere. */
START_TEST(nothing_to_flush)
{
	DnsResolver *closed;

	use_cache(ENTRIES, 0);
	closed = world.resolver;
	world_close_resolver();
	DnsResolverFlushCache(closed);
	DnsResolverFlushCache((DnsResolver *)&closed);
}
END_TEST

static atomic_uint wrong;

static void *
hit_often(void *argument)
{
	unsigned int flushes = *(unsigned int *)argument, i;
	DnsHostEntry *entry;

	for (i = 0; i < ROUNDS; i++) {
		if (flushes != 0 && i % flushes == 0)
			DnsResolverFlushCache(world.resolver);
		if (GetHostByName(world.resolver, i % 2 == 0 ? "a.test" : "b.test", &entry) !=
			    DNS_STATUS_OK ||
		    !has_addresses(entry, i % 2 == 0 ? "192.0.2.1 2001:db8::1" : "192.0.2.2"))
			atomic_fetch_add(&wrong, 1);
		DnsHostEntryRelease(entry);
	}
	return NULL;
}

START_TEST(threads_hit_and_flush)
{
	static unsigned int flushes[] = {0, 0, 0, 50};
	pthread_t threads[4];
	unsigned int i;

	use_cache(ENTRIES, 0);
	for (i = 0; i < 4; i++)
		threads[i] = start_thread(hit_often, &flushes[i]);
	for (i = 0; i < 4; i++)
		join_thread(threads[i]);
	ck_assert_uint_eq(atomic_load(&wrong), 0);
	ck_assert_uint_lt(dns_server_count_questions(world.server, NULL, A), 4 * ROUNDS / 10);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("Cache");
	TCase *hits = contract_case(suite, "hits");
	TCase *control = contract_case(suite, "control");

	tcase_add_loop_test(hits, what_was_asked_is_known_inside_begin, 0, KNOWN);
	tcase_add_test(hits, the_callback_runs_inside_begin);
	tcase_add_test(hits, the_loop_thread_is_not_needed);
	tcase_add_test(hits, it_says_where_it_came_from);
	tcase_add_test(hits, it_outlives_the_server);
	tcase_add_test(hits, other_operations_know_it_too);
	tcase_add_test(hits, a_chain_of_hits_does_not_grow_the_stack);
	tcase_add_test(hits, threads_hit_and_flush);
	tcase_add_test(control, without_a_cache_all_is_asked);
	tcase_add_test(control, what_is_flushed_is_asked_again);
	tcase_add_test(control, a_change_at_the_server_counts_after_a_flush);
	tcase_add_test(control, a_lookup_can_do_without_it);
	tcase_add_test(control, an_option_forbids_completing_inside_begin);
	tcase_add_test(control, who_was_not_used_goes_first);
	tcase_add_test(control, each_resolver_has_its_own);
	tcase_add_test(control, sizes);
	tcase_add_test(control, the_default_is_a_cache);
	tcase_add_test(control, nothing_to_flush);
	return contract_run(suite);
}
