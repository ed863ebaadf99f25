/* SPDX-License-Identifier: MIT */
/* What the library promises to who uses it wrongly: a status, and nothing else happens.
 * Rules R24 and R25. */
#include "contract.h"

#include <errno.h>
#include <limits.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "rounds.h"

#define LITERAL "192.0.2.1"
#define ENDERS	8

/* No address, in a place where the library has to put NULL. */
static DnsHostEntry *
poison(void)
{
	return (DnsHostEntry *)(void *)&world;
}

/* Whether every function answers for this handle as for one that was ended. Without
 * ck_assert, which costs more than all of them. */
static bool
is_refused(DnsAsyncResult *handle)
{
	DnsHostEntry *entry = poison();

	if (EndGetHostByName(handle, &entry) != DNS_STATUS_INVALID_OPERATION ||
	    entry != NULL)
		return false;
	if (EndGetHostByName(handle, NULL) != DNS_STATUS_INVALID_OPERATION)
		return false;
	DnsAsyncResultSetDeadline(handle, 0);
	DnsAsyncResultSetDeadline(handle, INT_MIN);
	DnsAsyncResultCancel(handle);
	errno = 0;
	return DnsAsyncResultIsCompleted(handle) &&
	       !DnsAsyncResultCompletedSynchronously(handle) &&
	       DnsAsyncResultGetState(handle) == NULL &&
	       DnsAsyncResultCopyWaitHandle(handle) == NULL && errno == EINVAL;
}

static DnsAsyncResult *
as_handle(uintptr_t value)
{
	return (DnsAsyncResult *)value;
}

/* ---- Handles that are not valid ---- */

/* Fault H01. */
START_TEST(end_twice)
{
	static const struct {
		const char *name;
		DnsStatus status;
	} cases[] = {
		{"a.test", DNS_STATUS_OK},
		{LITERAL, DNS_STATUS_OK},
		{"missing.test", DNS_STATUS_HOST_NOT_FOUND},
		{"x.invalid", DNS_STATUS_HOST_NOT_FOUND},
		{"failing.test", DNS_STATUS_TRY_AGAIN},
	};
	DnsAsyncResult *handle;
	size_t i;

	for (i = 0; i < sizeof cases / sizeof *cases; i++) {
		handle = begin(cases[i].name, NULL, &world);
		end_expecting(handle, cases[i].status);
		ck_assert(is_refused(handle));
		ck_assert(is_refused(handle));
	}
	ck_assert_uint_eq(read_statistics().ended, i);
}
END_TEST

struct self_ender {
	DnsStatus status, second;
	sem_t done;
};

static void
end_twice_inside(DnsAsyncResult *handle)
{
	struct self_ender *ender = DnsAsyncResultGetState(handle);

	ender->status = EndGetHostByName(handle, NULL);
	ender->second = EndGetHostByName(handle, NULL);
	sem_post(&ender->done);
}

START_TEST(end_in_the_callback_and_again_outside)
{
	static const char *const names[] = {"a.test", LITERAL};
	struct self_ender ender;
	DnsAsyncResult *handle;
	size_t i;

	sem_init(&ender.done, 0, 0);
	for (i = 0; i < 2; i++) {
		handle = begin(names[i], end_twice_inside, &ender);
		await(&ender.done);
		ck_assert_int_eq(ender.status, DNS_STATUS_OK);
		ck_assert_int_eq(ender.second, DNS_STATUS_INVALID_OPERATION);
		/* The handle is valid for the callback, until that has returned. */
		ck_assert_int_eq(EndGetHostByName(handle, NULL),
				 DNS_STATUS_INVALID_OPERATION);
	}
	world_close_resolver();
	ck_assert(is_refused(handle));
	sem_destroy(&ender.done);
}
END_TEST

/* Fault H03. */
START_TEST(null_and_small_integers_are_no_handles)
{
	uintptr_t limit = rounds(1u << 20), value;

	for (value = 0; value < limit; value++)
		if (!is_refused(as_handle(value)) || !is_refused(as_handle(0 - value)))
			ck_abort_msg("%#lx is taken for a handle", (unsigned long)value);
}
END_TEST

START_TEST(addresses_are_no_handles)
{
	char zeroes[256] = {0};
	void *memory = calloc(1, 256);

	ck_assert(is_refused((DnsAsyncResult *)(void *)zeroes));
	ck_assert(is_refused((DnsAsyncResult *)memory));
	ck_assert(is_refused((DnsAsyncResult *)(void *)&world));
	ck_assert(is_refused((DnsAsyncResult *)(void *)world.resolver));
	/* The resolver is as it was. */
	end_expecting(begin("a.test", NULL, NULL), DNS_STATUS_OK);
	free(memory);
}
END_TEST

/* Fault H03. */
START_TEST(random_values_are_no_handles)
{
	DnsAsyncResult *live = begin(HELD_NAME, NULL, &world);
	unsigned int left = rounds(2000000);
	struct dice dice;
	uintptr_t value;

	dice_init(&dice);
	for (; left > 0; left--) {
		value = (uintptr_t)dice_throw(&dice);
		if (!is_refused(as_handle(value)))
			ck_abort_msg("%#lx is taken for a handle", (unsigned long)value);
	}
	ck_assert(!DnsAsyncResultIsCompleted(live));
	ck_assert_ptr_eq(DnsAsyncResultGetState(live), &world);
	world_release();
	end_expecting(live, DNS_STATUS_OK);
}
END_TEST

/* Each has one bit another than a valid one, or is a small way from it. Fault H03. */
START_TEST(near_misses_are_no_handles)
{
	DnsAsyncResult *live = begin(HELD_NAME, NULL, NULL);
	uintptr_t value = (uintptr_t)live;
	unsigned int bit;
	uintptr_t way;

	for (bit = 0; bit < sizeof value * CHAR_BIT; bit++)
		ck_assert(is_refused(as_handle(value ^ (uintptr_t)1 << bit)));
	for (way = 1; way < 5000; way++)
		if (!is_refused(as_handle(value + way)) ||
		    !is_refused(as_handle(value - way)))
			ck_abort_msg("a neighbour is taken for a handle");
	ck_assert(!DnsAsyncResultIsCompleted(live));
	world_release();
	end_expecting(live, DNS_STATUS_OK);
}
END_TEST

#define STALE 1000

/* Fault H04. */
START_TEST(a_stale_handle_stays_stale)
{
	DnsAsyncResult *stale[STALE], *handle;
	unsigned int left = rounds(100000), count = (unsigned int)many(STALE), i;

	for (i = 0; i < count; i++) {
		stale[i] = begin(i % 100 == 0 ? "a.test" : LITERAL, NULL, &world);
		end_expecting(stale[i], DNS_STATUS_OK);
	}
	for (; left > 0; left--) {
		handle = BeginGetHostByName(world.resolver, LITERAL, NULL, &world);
		if (!is_refused(stale[left % count]) ||
		    EndGetHostByName(handle, NULL) != DNS_STATUS_OK)
			ck_abort_msg("a stale handle was taken for a live one");
	}
	for (i = 0; i < count; i++)
		ck_assert(is_refused(stale[i]));
}
END_TEST

/* ---- Eight threads, one handle ---- */

struct enders {
	pthread_barrier_t start, end;
	DnsAsyncResult *handle; /* NULL: no more */
	sem_t refusals;
	atomic_uint taken, refused, wrong;
};

static void *
end_as_told(void *argument)
{
	struct enders *enders = argument;
	DnsHostEntry *entry;
	DnsStatus status;

	for (;;) {
		pthread_barrier_wait(&enders->start);
		if (enders->handle == NULL)
			return NULL;
		entry = poison();
		status = EndGetHostByName(enders->handle, &entry);
		if (status == DNS_STATUS_OK && entry != NULL && entry != poison()) {
			atomic_fetch_add(&enders->taken, 1);
			DnsHostEntryRelease(entry);
		} else if (status == DNS_STATUS_INVALID_OPERATION && entry == NULL) {
			atomic_fetch_add(&enders->refused, 1);
			sem_post(&enders->refusals);
		} else {
			atomic_fetch_add(&enders->wrong, 1);
		}
		pthread_barrier_wait(&enders->end);
	}
}

static void
let_eight_end(struct enders *enders, bool is_pending, unsigned int count)
{
	unsigned int round, i;

	for (round = 1; round <= count; round++) {
		enders->handle = begin(is_pending ? HELD_NAME : "a.test", NULL, NULL);
		if (is_pending)
			require(dns_server_wait_for_questions(world.server, HELD_NAME, 0,
							      2 * round),
				"the question has not come");
		else
			while (!DnsAsyncResultIsCompleted(enders->handle))
				;
		pthread_barrier_wait(&enders->start);
		for (i = 0; i < ENDERS - 1; i++)
			await(&enders->refusals);
		if (is_pending)
			dns_server_release_some(world.server, HELD_NAMES, 2);
		pthread_barrier_wait(&enders->end);
		require(atomic_load(&enders->taken) == round &&
				atomic_load(&enders->refused) == round * (ENDERS - 1) &&
				atomic_load(&enders->wrong) == 0,
			"not one of eight");
	}
}

/* Fault H02. */
START_TEST(of_eight_threads_one_ends)
{
	struct enders enders = {0};
	pthread_t threads[ENDERS];
	int i;

	pthread_barrier_init(&enders.start, NULL, ENDERS + 1);
	pthread_barrier_init(&enders.end, NULL, ENDERS + 1);
	sem_init(&enders.refusals, 0, 0);
	for (i = 0; i < ENDERS; i++)
		threads[i] = start_thread(end_as_told, &enders);
	let_eight_end(&enders, _i == 1, rounds(1000));
	enders.handle = NULL;
	pthread_barrier_wait(&enders.start);
	for (i = 0; i < ENDERS; i++)
		join_thread(threads[i]);
	sem_destroy(&enders.refusals);
	pthread_barrier_destroy(&enders.end);
	pthread_barrier_destroy(&enders.start);
}
END_TEST

/* ---- Resolvers that are not valid ---- */

static bool
is_refused_as_resolver(DnsResolver *resolver)
{
	DnsHostEntry *entry = poison();
	DnsStatistics statistics, none;

	errno = 0;
	if (BeginGetHostByName(resolver, "a.test", on_impossible, NULL) != NULL ||
	    errno != ESHUTDOWN)
		return false;
	errno = 0;
	if (BeginGetHostByName(resolver, LITERAL, on_impossible, NULL) != NULL ||
	    errno != ESHUTDOWN)
		return false;
	if (GetHostByName(resolver, "a.test", &entry) != DNS_STATUS_CLOSED ||
	    entry != NULL || GetHostByName(resolver, LITERAL, NULL) != DNS_STATUS_CLOSED)
		return false;
	memset(&none, 0, sizeof none);
	memset(&statistics, 0xff, sizeof statistics);
	DnsResolverGetStatistics(resolver, &statistics);
	DnsResolverClose(resolver);
	return memcmp(&statistics, &none, sizeof none) == 0;
}

START_TEST(a_closed_resolver_is_refused)
{
	DnsResolver *closed = world.resolver;

	end_expecting(begin("a.test", NULL, NULL), DNS_STATUS_OK);
	world_close_resolver();
	DnsResolverClose(closed);
	ck_assert(is_refused_as_resolver(closed));
	world.resolver = world_make_resolver(0);
	ck_assert(is_refused_as_resolver(closed));
	DnsResolverClose(NULL);
	end_expecting(begin("a.test", NULL, NULL), DNS_STATUS_OK);
}
END_TEST

START_TEST(invented_resolvers_are_refused)
{
	DnsAsyncResult *live = begin(HELD_NAME, NULL, NULL);
	unsigned int left = rounds(200000);
	struct dice dice;
	uintptr_t value;

	dice_init(&dice);
	for (value = 1; value <= left; value++) {
		if (!is_refused_as_resolver((DnsResolver *)value) ||
		    !is_refused_as_resolver((DnsResolver *)(uintptr_t)dice_throw(&dice)))
			ck_abort_msg("an invented resolver was taken");
	}
	ck_assert(is_refused_as_resolver((DnsResolver *)(void *)&world));
	ck_assert(is_refused_as_resolver((DnsResolver *)(void *)live));
	world_release();
	end_expecting(live, DNS_STATUS_OK);
}
END_TEST

/* Fault N01. */
START_TEST(arguments_that_are_wrong)
{
	char name[300];
	DnsHostEntry *entry = poison();

	memset(name, 'a', sizeof name);
	name[256] = '\0';
	errno = 0;
	ck_assert_ptr_null(BeginGetHostByName(world.resolver, NULL, on_impossible, NULL));
	ck_assert_int_eq(errno, EINVAL);
	ck_assert_ptr_null(BeginGetHostByName(world.resolver, name, on_impossible, NULL));
	ck_assert_int_eq(errno, ENAMETOOLONG);
	ck_assert_int_eq(GetHostByName(world.resolver, NULL, &entry),
			 DNS_STATUS_INVALID_ARGUMENT);
	ck_assert_ptr_null(entry);
	entry = poison();
	ck_assert_int_eq(GetHostByName(world.resolver, name, &entry),
			 DNS_STATUS_INVALID_ARGUMENT);
	ck_assert_ptr_null(entry);
	ck_assert_uint_eq(read_statistics().begun, 0);
	DnsResolverGetStatistics(world.resolver, NULL);
}
END_TEST

START_TEST(nobody_wants_the_entry)
{
	unsigned int left = rounds(1000);

	for (; left > 0; left--) {
		ck_assert_int_eq(EndGetHostByName(begin("a.test", NULL, NULL), NULL),
				 DNS_STATUS_OK);
		ck_assert_int_eq(EndGetHostByName(begin(LITERAL, NULL, NULL), NULL),
				 DNS_STATUS_OK);
		ck_assert_int_eq(GetHostByName(world.resolver, LITERAL, NULL),
				 DNS_STATUS_OK);
	}
	ck_assert_int_eq(EndGetHostByName(begin("missing.test", NULL, NULL), NULL),
			 DNS_STATUS_HOST_NOT_FOUND);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("misuse");
	TCase *wrong = contract_case(suite, "misuse");

	tcase_set_timeout(wrong, 120);
	tcase_add_test(wrong, end_twice);
	tcase_add_test(wrong, end_in_the_callback_and_again_outside);
	tcase_add_test(wrong, null_and_small_integers_are_no_handles);
	tcase_add_test(wrong, addresses_are_no_handles);
	tcase_add_test(wrong, random_values_are_no_handles);
	tcase_add_test(wrong, near_misses_are_no_handles);
	tcase_add_test(wrong, a_stale_handle_stays_stale);
	tcase_add_loop_test(wrong, of_eight_threads_one_ends, 0, 2);
	tcase_add_test(wrong, a_closed_resolver_is_refused);
	tcase_add_test(wrong, invented_resolvers_are_refused);
	tcase_add_test(wrong, arguments_that_are_wrong);
	tcase_add_test(wrong, nobody_wants_the_entry);
	return contract_run(suite);
}
