/* SPDX-License-Identifier: MIT */
/* An address is looked up backwards, and the name found then forwards: by GetHostEntry
 * for a literal, by GetHostByAddress for a socket address. */
#include "operations.h"

#include <netinet/in.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>

#define BOTH "192.0.2.1 2001:db8::1"

/* The two that look backwards. */
static const int backwards[] = {HOST_ENTRY, BY_ADDRESS};
#define BACKWARDS ((int)(sizeof backwards / sizeof *backwards))

static unsigned int
count_questions(const char *name, int type)
{
	return dns_server_count_questions(world.server, name, type);
}

/* ---- What is found ---- */

START_TEST(a_name_and_its_addresses)
{
	DnsHostEntry *entry;

	entry = look_up(backwards[_i], "192.0.2.1", DNS_STATUS_OK, "a.test", BOTH);
	ck_assert_uint_eq(DnsHostEntryGetTimeToLive(entry), 50);
	ck_assert_uint_eq(DnsHostEntryGetAliasCount(entry), 0);
	ck_assert(!DnsHostEntryIsPartial(entry));
	DnsHostEntryRelease(entry);
	/* Three times, as look_up does. */
	ck_assert_uint_eq(count_questions("1.2.0.192.in-addr.arpa", TYPE_PTR), 3);
	ck_assert_uint_eq(count_questions("a.test", TYPE_A), 3);
	ck_assert_uint_eq(count_questions("a.test", TYPE_AAAA), 3);
	ck_assert_uint_eq(count_questions(NULL, 0), 9);
}
END_TEST

START_TEST(of_an_ipv6_address)
{
	expect_entry(backwards[_i], "2001:db8::3", "c.test", "2001:db8::3");
	ck_assert_uint_eq(count_questions(POINTER_IPV6, TYPE_PTR), 3);
}
END_TEST

START_TEST(aliases_on_the_way)
{
	DnsHostEntry *entry;

	entry = look_up(backwards[_i], "192.0.2.5", DNS_STATUS_OK, "a.test", BOTH);
	ck_assert_uint_eq(DnsHostEntryGetAliasCount(entry), 2);
	ck_assert_str_eq(DnsHostEntryGetAlias(entry, 0), "alias.test");
	DnsHostEntryRelease(entry);
	/* Those of the pointer are no names of the host. */
	entry = look_up(backwards[_i], "192.0.2.9", DNS_STATUS_OK, "a.test", BOTH);
	ck_assert_uint_eq(DnsHostEntryGetAliasCount(entry), 0);
	ck_assert_uint_eq(DnsHostEntryGetTimeToLive(entry), 40);
	DnsHostEntryRelease(entry);
}
END_TEST

START_TEST(no_name)
{
	expect_status(backwards[_i], "192.0.2.99", DNS_STATUS_HOST_NOT_FOUND);
	expect_status(backwards[_i], "2001:db8::99", DNS_STATUS_HOST_NOT_FOUND);
	expect_status(backwards[_i], "192.0.2.10", DNS_STATUS_NO_DATA);
	expect_status(backwards[_i], "192.0.2.11", DNS_STATUS_TRY_AGAIN);
	expect_status(backwards[_i], "192.0.2.12", DNS_STATUS_NO_RECOVERY);
	ck_assert_uint_eq(count_questions(NULL, 0), 15);
}
END_TEST

/* Nor is it looked up forwards. Fault A19. */
START_TEST(no_host_name)
{
	expect_status(backwards[_i], "192.0.2.7", DNS_STATUS_NO_RECOVERY);
	expect_status(backwards[_i], "192.0.2.8", DNS_STATUS_NO_RECOVERY);
	ck_assert_uint_eq(count_questions("7.2.0.192.in-addr.arpa", TYPE_PTR), 3);
	ck_assert_uint_eq(count_questions("8.2.0.192.in-addr.arpa", TYPE_PTR), 3);
	ck_assert_uint_eq(count_questions(NULL, 0), 6);
}
END_TEST

/* The name is known, whatever became of its addresses. */
START_TEST(a_name_without_addresses)
{
	static const char *const names[] = {"missing.test", "failing.test", "empty.test"};
	DnsHostEntry *entry;
	char address[32];
	int i;

	for (i = 0; i < 3; i++) {
		snprintf(address, sizeof address, "192.0.2.%d", 2 + i);
		entry = look_up(backwards[_i], address, DNS_STATUS_OK, names[i], "");
		ck_assert_uint_eq(DnsHostEntryGetTimeToLive(entry), 50);
		ck_assert_uint_eq(DnsHostEntryGetAliasCount(entry), 0);
		ck_assert_uint_eq(count_questions(names[i], TYPE_A), 3);
		DnsHostEntryRelease(entry);
	}
}
END_TEST

/* Only the address itself matters. */
START_TEST(the_rest_of_a_socket_address)
{
	struct sockaddr_in ipv4;
	struct sockaddr_in6 ipv6;
	struct sockaddr_storage address;
	DnsHostEntry *entry;

	make_address("192.0.2.1", &address);
	memcpy(&ipv4, &address, sizeof ipv4);
	ipv4.sin_port = htons(443);
	memset(ipv4.sin_zero, 0xff, sizeof ipv4.sin_zero);
	ck_assert_int_eq(GetHostByAddress(world.resolver, (struct sockaddr *)&ipv4,
					  sizeof ipv4, &entry),
			 DNS_STATUS_OK);
	ck_assert(has_addresses(entry, BOTH));
	DnsHostEntryRelease(entry);

	make_address("2001:db8::3", &address);
	memcpy(&ipv6, &address, sizeof ipv6);
	ipv6.sin6_port = htons(443);
	ipv6.sin6_flowinfo = htonl(0x12345);
	ipv6.sin6_scope_id = 1;
	ck_assert_int_eq(GetHostByAddress(world.resolver, (struct sockaddr *)&ipv6,
					  sizeof ipv6, &entry),
			 DNS_STATUS_OK);
	ck_assert_str_eq(DnsHostEntryGetName(entry), "c.test");
	DnsHostEntryRelease(entry);

	make_address("::1", &address);
	memcpy(&ipv6, &address, sizeof ipv6);
	ipv6.sin6_port = htons(443);
	ipv6.sin6_flowinfo = htonl(0x12345);
	ck_assert_int_eq(GetHostByAddress(world.resolver, (struct sockaddr *)&ipv6,
					  sizeof ipv6, &entry),
			 DNS_STATUS_OK);
	ck_assert_str_eq(DnsHostEntryGetName(entry), "localhost");
	DnsHostEntryRelease(entry);
}
END_TEST

/* ---- On the way ---- */

/* One that is held: at its pointer, or at the addresses of its name. */
struct held {
	const struct operation *operation;
	bool is_forwards;
	struct witness witness;
	DnsAsyncResult *handle;
};

static void
begin_held(struct held *held, int operation, bool is_forwards)
{
	held->operation = &operations[operation];
	held->is_forwards = is_forwards;
	witness_init(&held->witness);
	held->handle = held->operation->begin(is_forwards ? "192.0.2.6" : "192.0.2.13",
					      on_completion, &held->witness);
	ck_assert_ptr_nonnull(held->handle);
	if (is_forwards)
		world_await_question(HELD_NAME);
	else
		ck_assert(dns_server_wait_for_questions(world.server, POINTER_HELD,
							TYPE_PTR, 1));
	ck_assert(!DnsAsyncResultIsCompleted(held->handle));
	ck_assert_uint_eq(atomic_load(&held->witness.calls), 0);
}

/* Its callback has run, once and on the loop's thread, and End says how it went. */
static void
end_held(struct held *held, DnsStatus status, const char *name, const char *addresses)
{
	DnsHostEntry *entry;

	await(&held->witness.entered);
	ck_assert_ptr_eq(held->witness.handle, held->handle);
	ck_assert(!pthread_equal(held->witness.thread, pthread_self()));
	ck_assert_int_eq(held->operation->end(held->handle, &entry), status);
	ck_assert_int_eq(entry != NULL, status == DNS_STATUS_OK);
	if (entry != NULL) {
		ck_assert_str_eq(DnsHostEntryGetName(entry), name);
		ck_assert(has_addresses(entry, addresses));
	}
	DnsHostEntryRelease(entry);
	world_close_resolver();
	ck_assert_uint_eq(atomic_load(&held->witness.calls), 1);
	witness_destroy(&held->witness);
}

START_TEST(it_is_answered)
{
	struct held held;

	begin_held(&held, backwards[_i / 2], _i % 2 == 1);
	world_release();
	dns_server_release(world.server, POINTER_HELD);
	end_held(&held, DNS_STATUS_OK, held.is_forwards ? HELD_NAME : "a.test",
		 held.is_forwards ? "198.51.100.8" : BOTH);
}
END_TEST

START_TEST(it_is_cancelled)
{
	struct held held;

	begin_held(&held, backwards[_i / 2], _i % 2 == 1);
	DnsAsyncResultCancel(held.handle);
	end_held(&held, DNS_STATUS_CANCELLED, NULL, NULL);
}
END_TEST

START_TEST(it_is_closed)
{
	struct held held;

	begin_held(&held, backwards[_i / 2], _i % 2 == 1);
	world_close_resolver();
	ck_assert_uint_eq(atomic_load(&held.witness.calls), 1);
	end_held(&held, DNS_STATUS_CLOSED, NULL, NULL);
}
END_TEST

/* What has been found by the deadline is the result: the name. */
START_TEST(its_deadline_passes)
{
	struct held held;

	begin_held(&held, backwards[_i / 2], _i % 2 == 1);
	DnsAsyncResultSetDeadline(held.handle, 0);
	end_held(&held, held.is_forwards ? DNS_STATUS_OK : DNS_STATUS_TIMED_OUT,
		 HELD_NAME, "");
}
END_TEST

/* The pointer and the addresses of one family are there. */
START_TEST(its_deadline_passes_between_the_families)
{
	struct held held;

	dns_server_misbehave(world.server, HELD_NAME, TYPE_AAAA, ANSWER_DROPPED);
	begin_held(&held, backwards[_i], true);
	world_release();
	while (read_statistics().answers < 2 && !DnsAsyncResultIsCompleted(held.handle))
		sched_yield();
	DnsAsyncResultSetDeadline(held.handle, 0);
	end_held(&held, DNS_STATUS_OK, HELD_NAME, "198.51.100.8");
}
END_TEST

/* X would have to wait for the thread that it runs on. */
struct inside {
	DnsStatus statuses[BACKWARDS];
	sem_t done;
};

static void
run_inside(DnsAsyncResult *asyncResult)
{
	struct inside *inside = DnsAsyncResultGetState(asyncResult);
	int i;

	for (i = 0; i < BACKWARDS; i++)
		inside->statuses[i] = operations[backwards[i]].run("192.0.2.1", NULL);
	sem_post(&inside->done);
}

START_TEST(x_is_refused_in_a_callback)
{
	struct inside inside;
	int i;

	sem_init(&inside.done, 0, 0);
	end_with_addresses(begin("a.test", run_inside, &inside), BOTH);
	await(&inside.done);
	for (i = 0; i < BACKWARDS; i++)
		ck_assert_int_eq(inside.statuses[i], DNS_STATUS_WOULD_DEADLOCK);
	ck_assert_uint_eq(count_questions("1.2.0.192.in-addr.arpa", 0), 0);
	world_close_resolver(); /* the callback has returned */
	sem_destroy(&inside.done);
}
END_TEST

static void
add_found(TCase *found)
{
	tcase_add_checked_fixture(found, add_pointers, NULL);
	tcase_add_loop_test(found, a_name_and_its_addresses, 0, BACKWARDS);
	tcase_add_loop_test(found, of_an_ipv6_address, 0, BACKWARDS);
	tcase_add_loop_test(found, aliases_on_the_way, 0, BACKWARDS);
	tcase_add_loop_test(found, no_name, 0, BACKWARDS);
	tcase_add_loop_test(found, no_host_name, 0, BACKWARDS);
	tcase_add_loop_test(found, a_name_without_addresses, 0, BACKWARDS);
	tcase_add_test(found, the_rest_of_a_socket_address);
}

static void
add_held(TCase *on_the_way)
{
	tcase_add_checked_fixture(on_the_way, add_pointers, NULL);
	tcase_add_loop_test(on_the_way, it_is_answered, 0, 2 * BACKWARDS);
	tcase_add_loop_test(on_the_way, it_is_cancelled, 0, 2 * BACKWARDS);
	tcase_add_loop_test(on_the_way, it_is_closed, 0, 2 * BACKWARDS);
	tcase_add_loop_test(on_the_way, its_deadline_passes, 0, 2 * BACKWARDS);
	tcase_add_loop_test(on_the_way, its_deadline_passes_between_the_families, 0,
			    BACKWARDS);
	tcase_add_test(on_the_way, x_is_refused_in_a_callback);
}

int
main(void)
{
	Suite *suite = suite_create("backwards");

	add_found(contract_case(suite, "found"));
	add_held(contract_case(suite, "on the way"));
	return contract_run(suite);
}
