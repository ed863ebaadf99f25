/* SPDX-License-Identifier: MIT */
/* Very many lookups at once: none is lost, the window holds, ids are well spread. */
#include "contract.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "rounds.h"

#define BURST  100000
#define HELD   10000
#define FLIGHTS 8192 /* questions under way at most, however long they take */
#define FEW    64   /* lookups that are under way at once in any case */
#define IDS    65536

/* A resolver that asks again after two seconds, should the system lose a datagram. */
static void
use_patient_resolver(void)
{
	DnsResolverOptions *options = world_make_options();

	world_close_resolver();
	ck_assert_int_eq(DnsResolverOptionsSetTimeout(options, 2000), DNS_STATUS_OK);
	ck_assert_int_eq(DnsResolverOptionsSetTries(options, 10), DNS_STATUS_OK);
	ck_assert_int_eq(DnsResolverOptionsSetDeadline(options, 115000), DNS_STATUS_OK);
	world.resolver = DnsResolverCreate(options);
	ck_assert_ptr_nonnull(world.resolver);
	DnsResolverOptionsRelease(options);
	dns_server_add_address(world.server, "*.bulk.test", "198.51.100.9", 300);
}

static DnsAsyncResult **
begin_many(const char *domain, unsigned int count, DnsAsyncCallback *callback,
	   void *state)
{
	DnsAsyncResult **handles = calloc(count, sizeof *handles);
	char name[64];
	unsigned int i;

	ck_assert_ptr_nonnull(handles);
	for (i = 0; i < count; i++) {
		snprintf(name, sizeof name, "n%u.%s", i, domain);
		handles[i] = BeginGetHostByName(world.resolver, name, callback, state);
		if (handles[i] == NULL)
			ck_abort_msg("Begin %u failed", i);
	}
	return handles;
}

/* Whether the entry is the answer to that name. */
static bool
is_answer(const DnsHostEntry *entry, unsigned int i, const char *domain)
{
	char name[64];

	snprintf(name, sizeof name, "n%u.%s", i, domain);
	return DnsHostEntryGetAddressCount(entry) == 1 &&
	       strcmp(DnsHostEntryGetName(entry), name) == 0;
}

static void
count_call(DnsAsyncResult *asyncResult)
{
	atomic_fetch_add((atomic_uint *)DnsAsyncResultGetState(asyncResult), 1);
}

/* Fault W38. */
START_TEST(a_burst_of_different_names)
{
	unsigned int count = rounds(BURST), i;
	DnsAsyncResult **handles;
	DnsHostEntry *entry;
	atomic_uint calls;

	atomic_init(&calls, 0);
	use_patient_resolver();
	handles = begin_many("bulk.test", count, count_call, &calls);
	for (i = 0; i < count; i++) {
		if (EndGetHostByName(handles[i], &entry) != DNS_STATUS_OK ||
		    !is_answer(entry, i, "bulk.test"))
			ck_abort_msg("lookup %u is lost", i);
		DnsHostEntryRelease(entry);
	}
	ck_assert_uint_eq(read_statistics().succeeded, count);
	ck_assert_uint_eq(read_statistics().questions, 2 * count);
	ck_assert_uint_eq(read_statistics().answers, 2 * count);
	ck_assert_uint_eq(read_statistics().waiting, 0);
	ck_assert_uint_ge(dns_server_count_questions(world.server, NULL, 0), 2 * count);
	world_close_resolver();
	ck_assert_uint_eq(atomic_load(&calls), count);
	free(handles);
}
END_TEST

/* Every second one is cancelled while they are on their way. */
START_TEST(a_burst_half_of_it_cancelled)
{
	unsigned int count = rounds(BURST / 2), i, cancelled = 0;
	DnsAsyncResult **handles;
	DnsStatistics counts;
	atomic_uint calls;
	DnsStatus status;

	atomic_init(&calls, 0);
	use_patient_resolver();
	handles = begin_many("bulk.test", count, count_call, &calls);
	for (i = 0; i < count; i += 2)
		DnsAsyncResultCancel(handles[i]);
	for (i = 0; i < count; i++) {
		status = EndGetHostByName(handles[i], NULL);
		cancelled += status == DNS_STATUS_CANCELLED;
		if (status != DNS_STATUS_OK &&
		    (status != DNS_STATUS_CANCELLED || i % 2 != 0))
			ck_abort_msg("lookup %u: status %d", i, (int)status);
	}
	counts = read_statistics();
	ck_assert_uint_eq(counts.completed, count);
	ck_assert_uint_eq(counts.cancelled, cancelled);
	ck_assert_uint_eq(counts.succeeded, count - cancelled);
	ck_assert_uint_eq(counts.waiting, 0);
	world_close_resolver();
	ck_assert_uint_eq(atomic_load(&calls), count);
	free(handles);
}
END_TEST

START_TEST(many_lookups_of_one_name)
{
	unsigned int count = rounds(20000), i;
	DnsAsyncResult **handles = calloc(count, sizeof *handles);
	DnsHostEntry *entry;

	ck_assert_ptr_nonnull(handles);
	use_patient_resolver();
	for (i = 0; i < count; i++)
		handles[i] = BeginGetHostByName(world.resolver, "alias.test", NULL, NULL);
	for (i = 0; i < count; i++) {
		if (EndGetHostByName(handles[i], &entry) != DNS_STATUS_OK ||
		    DnsHostEntryGetAddressCount(entry) != 2 ||
		    DnsHostEntryGetAliasCount(entry) != 2)
			ck_abort_msg("lookup %u is lost", i);
		DnsHostEntryRelease(entry);
	}
	free(handles);
}
END_TEST

/* ---- The window ---- */

START_TEST(the_window_holds)
{
	unsigned int count = FEW + rounds(HELD), i;
	DnsAsyncResult **handles;

	use_patient_resolver();
	handles = begin_many("slow.test", count, NULL, NULL);
	ck_assert(dns_server_wait_for_questions(world.server, NULL, 0, 2 * FEW));
	ck_assert_uint_le(read_statistics().inFlight, FLIGHTS);
	world_release();
	for (i = 0; i < count; i++) {
		if (EndGetHostByName(handles[i], NULL) != DNS_STATUS_OK)
			ck_abort_msg("lookup %u is lost", i);
		if (read_statistics().inFlight > FLIGHTS)
			ck_abort_msg("more than %u questions are in flight", FLIGHTS);
	}
	free(handles);
}
END_TEST

/* What waits for room can be cancelled, be overdue and be closed like all others. There is
 * no room for the last ones, however long this takes. */
START_TEST(leaving_the_queue)
{
	const unsigned int count = FLIGHTS / 2 + 1000;
	DnsAsyncResult **handles;
	unsigned int i;

	handles = begin_many("slow.test", count, NULL, NULL);
	ck_assert(dns_server_wait_for_questions(world.server, NULL, 0, 2 * FEW));
	DnsAsyncResultCancel(handles[count - 1]);
	DnsAsyncResultSetDeadline(handles[count - 2], 0);
	end_expecting(handles[count - 1], DNS_STATUS_CANCELLED);
	end_expecting(handles[count - 2], DNS_STATUS_TIMED_OUT);
	ck_assert_uint_ge(read_statistics().waiting, 2 * count - 4 - FLIGHTS);
	ck_assert_uint_le(read_statistics().inFlight, FLIGHTS);
	world_close_resolver();
	for (i = 0; i < count - 2; i++)
		end_expecting(handles[i], DNS_STATUS_CLOSED);
	free(handles);
}
END_TEST

/* ---- Ids ---- */

/* Of so many questions two would have the same about every eighth time by chance. */
START_TEST(ids_in_flight_differ)
{
	unsigned int left = rounds(100), i;
	DnsAsyncResult **handles;

	for (; left > 0; left--) {
		world_close_resolver();
		world_stop_server();
		world.server = dns_server_start();
		dns_server_hold(world.server, HELD_NAMES);
		world.resolver = world_make_resolver(0);
		handles = begin_many("slow.test", FEW, NULL, NULL);
		ck_assert(dns_server_wait_for_questions(world.server, NULL, 0, 2 * FEW));
		ck_assert_uint_eq(dns_server_count_ids(world.server), 2 * FEW);
		world_close_resolver();
		for (i = 0; i < FEW; i++)
			end_expecting(handles[i], DNS_STATUS_CLOSED);
		free(handles);
	}
}
END_TEST

/* Of n random numbers out of 65536, about n * n / 131072 are there already. Numbers that
 * are counted up would not meet at all, bad ones far more often. */
START_TEST(ids_are_well_spread)
{
	unsigned int count = rounds(HELD), i, questions = 2 * count, doubles;
	DnsAsyncResult **handles;

	use_patient_resolver();
	handles = begin_many("bulk.test", count, NULL, NULL);
	for (i = 0; i < count; i++)
		if (EndGetHostByName(handles[i], NULL) != DNS_STATUS_OK)
			ck_abort_msg("lookup %u is lost", i);
	doubles = questions - dns_server_count_ids(world.server);
	ck_assert_uint_le(doubles, questions / 10 * (questions / 10) / (IDS / 100) + 10);
	if (questions > 2000)
		ck_assert_uint_ge(doubles, questions / 4 * (questions / 4) / (IDS / 4));
	free(handles);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("bulk");
	TCase *bulk = contract_case(suite, "bulk");

	tcase_set_timeout(bulk, 120);
	tcase_add_test(bulk, a_burst_of_different_names);
	tcase_add_test(bulk, a_burst_half_of_it_cancelled);
	tcase_add_test(bulk, many_lookups_of_one_name);
	tcase_add_test(bulk, the_window_holds);
	tcase_add_test(bulk, leaving_the_queue);
	tcase_add_test(bulk, ids_in_flight_differ);
	tcase_add_test(bulk, ids_are_well_spread);
	return contract_run(suite);
}
