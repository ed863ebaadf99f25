/* SPDX-License-Identifier: MIT */
/* The operations beside GetHostByName: what each makes of names and of addresses that are
 * not looked up backwards, when it completes synchronously, and which End takes which
 * handle. */
#include "operations.h"


#define BOTH "192.0.2.1 2001:db8::1"

static unsigned int
count_all_questions(void)
{
	return dns_server_count_questions(world.server, NULL, 0);
}

/* ---- Names ---- */

/* Of all but GetHostByAddress. */
START_TEST(names_to_look_up)
{
	DnsHostEntry *entry = look_up(_i, "alias.test", DNS_STATUS_OK, "a.test", BOTH);

	ck_assert_uint_eq(DnsHostEntryGetAliasCount(entry), 2);
	ck_assert_str_eq(DnsHostEntryGetAlias(entry, 0), "alias.test");
	ck_assert_uint_eq(DnsHostEntryGetTimeToLive(entry), 300);
	ck_assert(!DnsHostEntryIsPartial(entry));
	DnsHostEntryRelease(entry);
	expect_entry(_i, "A.test.", "a.test", BOTH);
	expect_entry(_i, "c.test", "c.test", "2001:db8::3");
	expect_status(_i, "missing.test", DNS_STATUS_HOST_NOT_FOUND);
	expect_status(_i, "empty.test", DNS_STATUS_NO_DATA);
	expect_status(_i, "failing.test", DNS_STATUS_TRY_AGAIN);
	expect_status(_i, "refused.test", DNS_STATUS_NO_RECOVERY);
}
END_TEST

START_TEST(names_that_need_no_server)
{
	expect_entry(_i, "localhost", "localhost", "127.0.0.1 ::1");
	expect_entry(_i, "x.LocalHost", "x.localhost", "127.0.0.1 ::1");
	expect_status(_i, "x.invalid", DNS_STATUS_HOST_NOT_FOUND);
	expect_status(_i, "x.onion", DNS_STATUS_HOST_NOT_FOUND);
	expect_status(_i, "bad..name", DNS_STATUS_HOST_NOT_FOUND);
	ck_assert_uint_eq(count_all_questions(), 0);
}
END_TEST

/* ---- Addresses that are answers ---- */

/* Of the two that do not look backwards. Fault N06. */
START_TEST(literals_are_answers)
{
	add_pointers();
	expect_entry(_i, "192.0.2.1", "192.0.2.1", "192.0.2.1");
	expect_entry(_i, "127.1", "127.0.0.1", "127.0.0.1");
	expect_entry(_i, "2001:DB8::3", "2001:db8::3", "2001:db8::3");
	expect_entry(_i, "0.0.0.0", "0.0.0.0", "0.0.0.0");
	expect_entry(_i, "::", "::", "::");
	ck_assert_uint_eq(count_all_questions(), 0);
}
END_TEST

START_TEST(own_addresses_are_localhost)
{
	expect_entry(_i, "127.0.0.1", "localhost", "127.0.0.1 ::1");
	expect_entry(_i, "::1", "localhost", "127.0.0.1 ::1");
	if (_i == HOST_ENTRY)
		expect_entry(_i, "127.1", "localhost", "127.0.0.1 ::1");
	ck_assert_uint_eq(count_all_questions(), 0);
	/* No other address is. */
	expect_status(_i, "127.0.0.2", DNS_STATUS_HOST_NOT_FOUND);
	ck_assert_uint_eq(dns_server_count_questions(world.server,
						     "2.0.0.127.in-addr.arpa", TYPE_PTR),
			  3);
}
END_TEST

/* ---- One family ---- */

static void
expect_of_family(const char *host, int family, DnsStatus status, const char *addresses)
{
	DnsHostEntry *entry, *same;
	DnsAsyncResult *handle;

	ck_assert_int_eq(GetHostAddresses(world.resolver, host, family, &entry), status);
	handle = BeginGetHostAddresses(world.resolver, host, family, NULL, NULL);
	ck_assert_ptr_nonnull(handle);
	ck_assert_int_eq(EndGetHostAddresses(handle, &same), status);
	ck_assert_int_eq(entry != NULL, status == DNS_STATUS_OK);
	ck_assert_int_eq(same != NULL, status == DNS_STATUS_OK);
	if (status == DNS_STATUS_OK) {
		ck_assert(has_addresses(entry, addresses));
		ck_assert(has_addresses(same, addresses));
		ck_assert(!DnsHostEntryIsPartial(entry));
		ck_assert_str_eq(DnsHostEntryGetName(entry), host);
	}
	DnsHostEntryRelease(entry);
	DnsHostEntryRelease(same);
}

START_TEST(one_family_is_one_question)
{
	int family = _i == 0 ? AF_INET : AF_INET6, type = _i == 0 ? TYPE_A : TYPE_AAAA;

	expect_of_family("a.test", family, DNS_STATUS_OK,
			 _i == 0 ? "192.0.2.1" : "2001:db8::1");
	ck_assert_uint_eq(dns_server_count_questions(world.server, "a.test", type), 2);
	ck_assert_uint_eq(count_all_questions(), 2);
	expect_of_family(_i == 0 ? "c.test" : "b.test", family, DNS_STATUS_NO_DATA, NULL);
	expect_of_family("missing.test", family, DNS_STATUS_HOST_NOT_FOUND, NULL);
	/* The other family may fail as it likes. */
	dns_server_misbehave(world.server, "a.test", _i == 0 ? TYPE_AAAA : TYPE_A,
			     ANSWER_DROPPED);
	expect_of_family("a.test", family, DNS_STATUS_OK,
			 _i == 0 ? "192.0.2.1" : "2001:db8::1");
}
END_TEST

START_TEST(one_family_without_a_server)
{
	expect_of_family("localhost", AF_INET, DNS_STATUS_OK, "127.0.0.1");
	expect_of_family("localhost", AF_INET6, DNS_STATUS_OK, "::1");
	expect_of_family("x.invalid", AF_INET6, DNS_STATUS_HOST_NOT_FOUND, NULL);
	expect_of_family("192.0.2.1", AF_INET, DNS_STATUS_OK, "192.0.2.1");
	expect_of_family("192.0.2.1", AF_INET6, DNS_STATUS_OK, "");
	expect_of_family("2001:db8::1", AF_INET6, DNS_STATUS_OK, "2001:db8::1");
	expect_of_family("2001:db8::1", AF_INET, DNS_STATUS_OK, "");
	expect_of_family("0.0.0.0", AF_INET, DNS_STATUS_OK, "0.0.0.0");
	expect_of_family("::", AF_INET, DNS_STATUS_OK, "");
	ck_assert_uint_eq(count_all_questions(), 0);
}
END_TEST

/* ---- CompletedSynchronously ---- */

/* An answer, for each operation, that needs no server. */
static const char *const at_once[OPERATIONS] = {"192.0.2.1", "127.0.0.1", "192.0.2.1",
						"::1"};

static bool
was_synchronous(int operation, const char *host, const char *name)
{
	struct witness witness;
	DnsHostEntry *entry;
	DnsAsyncResult *handle;
	bool synchronous;

	witness_init(&witness);
	handle = operations[operation].begin(host, on_completion, &witness);
	ck_assert_ptr_nonnull(handle);
	synchronous = DnsAsyncResultCompletedSynchronously(handle);
	if (synchronous)
		ck_assert_uint_eq(atomic_load(&witness.calls), 1);
	ck_assert_ptr_eq(DnsAsyncResultGetState(handle), &witness);
	await(&witness.entered);
	ck_assert_ptr_eq(witness.handle, handle);
	ck_assert_int_eq(pthread_equal(witness.thread, pthread_self()) != 0, synchronous);
	ck_assert_int_eq(operations[operation].end(handle, &entry), DNS_STATUS_OK);
	ck_assert_str_eq(DnsHostEntryGetName(entry), name);
	DnsHostEntryRelease(entry);
	ck_assert_uint_eq(atomic_load(&witness.calls), 1);
	witness_destroy(&witness);
	return synchronous;
}

START_TEST(synchronous_without_a_server)
{
	static const char *const found[] = {"192.0.2.1", "localhost", "192.0.2.1",
					    "localhost"};

	ck_assert(was_synchronous(_i, at_once[_i], found[_i]));
	world_close_resolver();
	world.resolver = world_make_resolver(DNS_RESOLVER_NEVER_SYNCHRONOUS);
	ck_assert(!was_synchronous(_i, at_once[_i], found[_i]));
}
END_TEST

START_TEST(never_with_a_server)
{
	add_pointers();
	ck_assert(!was_synchronous(
		_i, _i == BY_NAME || _i == HOST_ADDRESSES ? "a.test" : "192.0.2.1",
		"a.test"));
}
END_TEST

struct inner {
	int operation;
	bool synchronous;
	DnsStatus status;
	DnsAsyncResult *handle;
};

static void
begin_inside(DnsAsyncResult *asyncResult)
{
	struct inner *inner = DnsAsyncResultGetState(asyncResult);
	const struct operation *operation = &operations[inner->operation];

	inner->handle = operation->begin(at_once[inner->operation], NULL, NULL);
	inner->synchronous = DnsAsyncResultCompletedSynchronously(inner->handle);
	inner->status = operation->run(at_once[inner->operation], NULL);
}

START_TEST(never_in_a_callback)
{
	struct inner inner = {.operation = _i, .synchronous = true};

	operations[HOST_ADDRESSES].end(
		operations[HOST_ADDRESSES].begin("localhost", begin_inside, &inner),
		NULL);
	ck_assert(!inner.synchronous);
	ck_assert_int_eq(inner.status, DNS_STATUS_OK);
	ck_assert_int_eq(operations[_i].end(inner.handle, NULL), DNS_STATUS_OK);
}
END_TEST

/* ---- Which End takes which handle ---- */

/* It makes no difference whether there is a result yet. Fault H05. */
START_TEST(no_other_end_takes_it)
{
	int made = _i / 2, other;
	bool is_pending = _i % 2 == 1;
	DnsAsyncResult *handle;
	DnsHostEntry *entry;
	const char *host;

	add_pointers();
	host = !is_pending ? at_once[made] : HELD_NAME;
	if (is_pending && made == BY_ADDRESS)
		host = "192.0.2.13";
	handle = operations[made].begin(host, NULL, NULL);
	ck_assert_int_eq(DnsAsyncResultIsCompleted(handle), !is_pending);
	for (other = 0; other < OPERATIONS; other++) {
		if (other == made)
			continue;
		entry = (DnsHostEntry *)&world;
		ck_assert_int_eq(operations[other].end(handle, &entry),
				 DNS_STATUS_INVALID_OPERATION);
		ck_assert_ptr_null(entry);
	}
	ck_assert_uint_eq(read_statistics().ended, 0);
	world_release();
	dns_server_release(world.server, POINTER_HELD);
	ck_assert_int_eq(operations[made].end(handle, &entry), DNS_STATUS_OK);
	ck_assert_ptr_nonnull(entry);
	DnsHostEntryRelease(entry);
	ck_assert_int_eq(operations[made].end(handle, NULL),
			 DNS_STATUS_INVALID_OPERATION);
	ck_assert_uint_eq(read_statistics().ended, 1);
}
END_TEST

static void
add_hosts(TCase *hosts)
{
	tcase_add_loop_test(hosts, names_to_look_up, BY_NAME, BY_ADDRESS);
	tcase_add_loop_test(hosts, names_that_need_no_server, BY_NAME, BY_ADDRESS);
	tcase_add_loop_test(hosts, literals_are_answers, BY_NAME, BY_NAME + 1);
	tcase_add_loop_test(hosts, literals_are_answers, HOST_ADDRESSES,
			    HOST_ADDRESSES + 1);
	tcase_add_loop_test(hosts, own_addresses_are_localhost, HOST_ENTRY,
			    HOST_ENTRY + 1);
	tcase_add_loop_test(hosts, own_addresses_are_localhost, BY_ADDRESS,
			    BY_ADDRESS + 1);
	tcase_add_loop_test(hosts, one_family_is_one_question, 0, 2);
	tcase_add_test(hosts, one_family_without_a_server);
}

static void
add_calls(TCase *calls)
{
	tcase_add_loop_test(calls, synchronous_without_a_server, 0, OPERATIONS);
	tcase_add_loop_test(calls, never_with_a_server, 0, OPERATIONS);
	tcase_add_loop_test(calls, never_in_a_callback, 0, OPERATIONS);
	tcase_add_loop_test(calls, no_other_end_takes_it, 0, 2 * OPERATIONS);
}

int
main(void)
{
	Suite *suite = suite_create("operations");

	add_hosts(contract_case(suite, "hosts"));
	add_calls(contract_case(suite, "calls"));
	return contract_run(suite);
}
