/* SPDX-License-Identifier: MIT */
#include "unit.h"

#include <asyncdns/host_entry.h>

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "address_sorter.h"
#include "lookup.h"
#include "rooms.h"
#include "wire.h"

static struct wire wire;
static struct address_sorter *sorter;

/* One who looks a name up; on the loop's thread. */
struct owner {
	const char *name;
	const char *reverse_name;
	int family;
	enum address_order order;
	struct search_list *search; /* NULL: none */
	int grace;		/* 0: half a minute, which no test reaches; -1: none */
	struct lookup *lookup;
	struct owner *next;	/* to be started when this one is done */
	DnsStatus status;
	DnsHostEntry *entry;
	DnsReport *report;
};

static struct tally done = TALLY_INITIALIZER;
static bool is_starting;

static void start(void *data);

static void
on_done(void *data, struct outcome *outcome)
{
	struct owner *owner = data;

	ck_assert(loop_is_current(wire.loop));
	ck_assert(!is_starting);
	ck_assert_ptr_nonnull(owner->lookup);
	ck_assert_int_eq(outcome->status == DNS_STATUS_OK, outcome->entry != NULL);
	owner->lookup = NULL;
	owner->status = outcome->status;
	owner->entry = outcome->entry;
	DnsReportRelease(owner->report);
	owner->report = outcome->report;
	if (owner->next != NULL)
		start(owner->next);
	tally_add(&done);
}

static void
start(void *data)
{
	struct owner *owner = data;
	struct lookup_request request = { .loop = wire.loop,
					  .desk = wire.desk,
					  .is_absolute = owner->search == NULL,
					  .search = owner->search,
					  .name = owner->name,
					  .reverse_name = owner->reverse_name,
					  .family = owner->family,
					  .order = owner->order,
					  .sorter = sorter,
					  .grace = owner->grace == 0 ? 30000 :
						   owner->grace < 0  ? 0 :
								       owner->grace,
					  .on_done = on_done,
					  .owner = owner };

	is_starting = true;
	owner->lookup = lookup_start(&request);
	is_starting = false;
	ck_assert_ptr_nonnull(owner->lookup);
}

static void
abandon(void *data)
{
	struct outcome cancelled = OUTCOME_OF(DNS_STATUS_CANCELLED);
	struct owner *owner = data;

	lookup_abandon(owner->lookup, &cancelled);
	outcome_clear(&cancelled);
	owner->lookup = NULL;
}

/* Now, not later. */
static void
expire(void *data)
{
	struct owner *owner = data;

	lookup_expire(owner->lookup);
	ck_assert_ptr_null(owner->lookup);
}

static DnsStatus
look_up(struct owner *owner, const char *name)
{
	unsigned int before = tally_get(&done);

	DnsHostEntryRelease(owner->entry);
	owner->name = name;
	wire_run(&wire, start, owner);
	tally_await(&done, before + 1);
	return owner->status;
}

static struct owner owner = { .order = ADDRESS_ORDER_AS_RECEIVED };
static const char *pointers; /* a file to be removed */

static void
set_up(void)
{
	wire_open(&wire);
	sorter = address_sorter_create("/dev/null");
	ck_assert_ptr_nonnull(sorter);
	wire_open_desk(&wire, NULL);
	dns_server_add_address(wire.server, "both.test", "192.0.2.1", 300);
	dns_server_add_address(wire.server, "both.test", "2001:db8::1", 200);
	dns_server_add_address(wire.server, "four.test", "192.0.2.4", 300);
	dns_server_add_address(wire.server, "six.test", "2001:db8::6", 300);
	dns_server_add_name(wire.server, "nothing.test");
	dns_server_add_cname(wire.server, "alias.test", "other.test", 300);
	dns_server_add_cname(wire.server, "other.test", "both.test", 100);
}

static void
tear_down(void)
{
	DnsHostEntryRelease(owner.entry);
	DnsReportRelease(owner.report);
	wire_close(&wire);
	address_sorter_free(sorter);
	if (pointers != NULL)
		unlink(pointers);
}

static void
expect_addresses(size_t ipv4_count, size_t ipv6_count)
{
	size_t i;
	int family;

	ck_assert_ptr_nonnull(owner.entry);
	ck_assert_uint_eq(DnsHostEntryGetAddressCount(owner.entry),
			  ipv4_count + ipv6_count);
	for (i = 0; i < ipv4_count + ipv6_count; i++) {
		family = i < ipv4_count ? AF_INET : AF_INET6;
		ck_assert_int_eq(DnsHostEntryGetAddress(owner.entry, i, NULL)->sa_family,
				 family);
	}
}

START_TEST(two_questions_and_one_entry)
{
	ck_assert_int_eq(look_up(&owner, "both.test"), DNS_STATUS_OK);
	expect_addresses(1, 1);
	ck_assert_str_eq(DnsHostEntryGetName(owner.entry), "both.test");
	ck_assert_uint_eq(DnsHostEntryGetTimeToLive(owner.entry), 200);
	ck_assert_uint_eq(dns_server_count_questions(wire.server, "both.test", WIRE_A),
			  1);
	ck_assert_uint_eq(dns_server_count_questions(wire.server, "both.test", WIRE_AAAA),
			  1);
	ck_assert_uint_eq(dns_server_count_questions(wire.server, NULL, 0), 2);
}
END_TEST

START_TEST(aliases_are_the_chain)
{
	ck_assert_int_eq(look_up(&owner, "alias.test"), DNS_STATUS_OK);
	expect_addresses(1, 1);
	ck_assert_str_eq(DnsHostEntryGetName(owner.entry), "both.test");
	ck_assert_uint_eq(DnsHostEntryGetAliasCount(owner.entry), 2);
	ck_assert_str_eq(DnsHostEntryGetAlias(owner.entry, 0), "alias.test");
	ck_assert_str_eq(DnsHostEntryGetAlias(owner.entry, 1), "other.test");
	ck_assert_uint_eq(DnsHostEntryGetTimeToLive(owner.entry), 100);
}
END_TEST

START_TEST(one_family_is_enough)
{
	ck_assert_int_eq(look_up(&owner, "four.test"), DNS_STATUS_OK);
	expect_addresses(1, 0);
	ck_assert_int_eq(look_up(&owner, "six.test"), DNS_STATUS_OK);
	expect_addresses(0, 1);
	dns_server_set_rcode(wire.server, "both.test", WIRE_A, RCODE_SERVFAIL);
	ck_assert_int_eq(look_up(&owner, "both.test"), DNS_STATUS_OK);
	expect_addresses(0, 1);
	dns_server_set_rcode(wire.server, "both.test", WIRE_A, RCODE_NOERROR);
	dns_server_set_rcode(wire.server, "both.test", WIRE_AAAA, RCODE_NXDOMAIN);
	ck_assert_int_eq(look_up(&owner, "both.test"), DNS_STATUS_OK);
	expect_addresses(1, 0);
}
END_TEST

START_TEST(without_addresses_there_is_a_status)
{
	ck_assert_int_eq(look_up(&owner, "nothing.test"), DNS_STATUS_NO_DATA);
	ck_assert_int_eq(look_up(&owner, "missing.test"), DNS_STATUS_HOST_NOT_FOUND);
	dns_server_set_rcode(wire.server, "nothing.test", WIRE_AAAA, RCODE_SERVFAIL);
	ck_assert_int_eq(look_up(&owner, "nothing.test"), DNS_STATUS_TRY_AGAIN);
	dns_server_set_rcode(wire.server, "nothing.test", WIRE_AAAA, RCODE_REFUSED);
	ck_assert_int_eq(look_up(&owner, "nothing.test"), DNS_STATUS_NO_RECOVERY);
	dns_server_set_rcode(wire.server, "nothing.test", WIRE_A, RCODE_NXDOMAIN);
	ck_assert_int_eq(look_up(&owner, "nothing.test"), DNS_STATUS_HOST_NOT_FOUND);
	ck_assert_ptr_null(owner.entry);
}
END_TEST

/* The answer for one family has come, that for the other will not. */
START_TEST(expired_it_gives_what_has_come)
{
	int missing = _i == 0 ? WIRE_A : WIRE_AAAA;

	dns_server_misbehave(wire.server, "both.test", missing, ANSWER_DROPPED);
	owner.name = "both.test";
	wire_run(&wire, start, &owner);
	ck_assert(dns_server_wait_for_questions(wire.server, "both.test", missing, 1));
	wire_await(&wire, &wire.counts.in_flight, 1);
	ck_assert_uint_eq(tally_get(&done), 0);
	wire_run(&wire, expire, &owner);
	ck_assert_uint_eq(tally_get(&done), 1);
	ck_assert_int_eq(owner.status, DNS_STATUS_OK);
	expect_addresses(_i == 0 ? 0 : 1, _i == 0 ? 1 : 0);
}
END_TEST

START_TEST(expired_without_an_answer_it_timed_out)
{
	dns_server_hold(wire.server, "both.test");
	owner.name = "both.test";
	wire_run(&wire, start, &owner);
	ck_assert(dns_server_wait_for_questions(wire.server, "both.test", 0, 2));
	wire_run(&wire, expire, &owner);
	ck_assert_int_eq(owner.status, DNS_STATUS_TIMED_OUT);
	dns_server_release(wire.server, "both.test");
	wire_await(&wire, &wire.counts.in_flight, 0);
	ck_assert_uint_eq(tally_get(&done), 1);
}
END_TEST

static void
start_and_expire(void *data)
{
	start(data);
	expire(data);
}

START_TEST(expired_at_once_nothing_is_asked)
{
	owner.name = "both.test";
	wire_run(&wire, start_and_expire, &owner);
	ck_assert_int_eq(owner.status, DNS_STATUS_TIMED_OUT);
	wire_await(&wire, &wire.counts.waiting, 0);
	ck_assert_uint_eq(dns_server_count_questions(wire.server, NULL, 0), 0);
}
END_TEST

START_TEST(abandoned_it_is_never_done)
{
	dns_server_hold(wire.server, "both.test");
	owner.name = "both.test";
	wire_run(&wire, start, &owner);
	ck_assert(dns_server_wait_for_questions(wire.server, "both.test", 0, 2));
	wire_run(&wire, abandon, &owner);
	dns_server_release(wire.server, "both.test");
	wire_await(&wire, &wire.counts.in_flight, 0);
	ck_assert_uint_eq(tally_get(&done), 0);
}
END_TEST

START_TEST(abandoned_between_its_answers)
{
	dns_server_misbehave(wire.server, "both.test", WIRE_AAAA, ANSWER_DROPPED);
	owner.name = "both.test";
	wire_run(&wire, start, &owner);
	ck_assert(dns_server_wait_for_questions(wire.server, "both.test", WIRE_AAAA, 1));
	wire_await(&wire, &wire.counts.in_flight, 1);
	wire_run(&wire, abandon, &owner);
	wire_close_channel(&wire);
	ck_assert_uint_eq(tally_get(&done), 0);
}
END_TEST

START_TEST(the_next_may_be_started_when_one_is_done)
{
	static struct owner owners[200];
	int i;

	for (i = 0; i < 200; i++) {
		owners[i].name = i % 2 ? "both.test" : "missing.test";
		owners[i].next = i < 199 ? &owners[i + 1] : NULL;
	}
	wire_run(&wire, start, &owners[0]);
	tally_await(&done, 200);
	for (i = 0; i < 200; i++) {
		ck_assert_int_eq(owners[i].status,
				 i % 2 ? DNS_STATUS_OK : DNS_STATUS_HOST_NOT_FOUND);
		DnsHostEntryRelease(owners[i].entry);
	}
}
END_TEST

START_TEST(a_malformed_answer_is_no_recovery)
{
	dns_server_misbehave(wire.server, "both.test", 0, ANSWER_MALFORMED);
	ck_assert_int_eq(look_up(&owner, "both.test"), DNS_STATUS_NO_RECOVERY);
}
END_TEST

/* PTR records come from a zone file only. */
static const char *
write_pointers(void)
{
	static char path[] = "/tmp/test_lookup.XXXXXX";
	FILE *file = fdopen(mkstemp(path), "w");

	ck_assert_ptr_nonnull(file);
	fputs("1.2.0.192.in-addr.arpa 50 PTR both.test\n"
	      "2.2.0.192.in-addr.arpa 50 PTR missing.test\n"
	      "3.2.0.192.in-addr.arpa 50 PTR failing.test\n"
	      "4.2.0.192.in-addr.arpa 50 PTR LocalHost\n"
	      "5.2.0.192.in-addr.arpa 50 PTR x.invalid\n",
	      file);
	ck_assert_int_eq(fclose(file), 0);
	pointers = path;
	return path;
}

START_TEST(only_the_family_asked_for)
{
	owner.family = _i == 0 ? AF_INET : AF_INET6;
	ck_assert_int_eq(look_up(&owner, "both.test"), DNS_STATUS_OK);
	expect_addresses(_i == 0 ? 1 : 0, _i == 0 ? 0 : 1);
	ck_assert(!DnsHostEntryIsPartial(owner.entry));
	ck_assert_uint_eq(dns_server_count_questions(wire.server, NULL, 0), 1);
	ck_assert_int_eq(look_up(&owner, _i == 0 ? "six.test" : "four.test"),
			 DNS_STATUS_NO_DATA);
}
END_TEST

/* Whatever the system can reach. */
START_TEST(the_order_is_the_askers)
{
	owner.order = _i == 0 ? ADDRESS_ORDER_IPV4_FIRST : ADDRESS_ORDER_IPV6_FIRST;
	ck_assert_int_eq(look_up(&owner, "both.test"), DNS_STATUS_OK);
	ck_assert_uint_eq(DnsHostEntryGetAddressCount(owner.entry), 2);
	ck_assert_int_eq(DnsHostEntryGetAddress(owner.entry, 0, NULL)->sa_family,
			 _i == 0 ? AF_INET : AF_INET6);
}
END_TEST

/* The one family is held, and still the lookup ends. */
START_TEST(the_slow_family_gets_its_grace_only)
{
	int missing = _i < 2 ? WIRE_A : WIRE_AAAA;

	dns_server_misbehave(wire.server, "both.test", missing, ANSWER_DROPPED);
	owner.grace = _i % 2 == 0 ? -1 : 10;
	ck_assert_int_eq(look_up(&owner, "both.test"), DNS_STATUS_OK);
	expect_addresses(missing == WIRE_A ? 0 : 1, missing == WIRE_A ? 1 : 0);
	ck_assert(DnsHostEntryIsPartial(owner.entry));
}
END_TEST

/* That there is no address is no reason to hurry. */
START_TEST(no_data_is_waited_beyond_the_grace)
{
	owner.grace = -1;
	dns_server_set_delay(wire.server, "four.test", WIRE_A, 100);
	ck_assert_int_eq(look_up(&owner, "four.test"), DNS_STATUS_OK);
	expect_addresses(1, 0);
	ck_assert(!DnsHostEntryIsPartial(owner.entry));
}
END_TEST

START_TEST(backwards_and_then_forwards)
{
	dns_server_load_zone(wire.server, write_pointers());
	owner.reverse_name = "1.2.0.192.in-addr.arpa";
	ck_assert_int_eq(look_up(&owner, NULL), DNS_STATUS_OK);
	expect_addresses(1, 1);
	ck_assert_str_eq(DnsHostEntryGetName(owner.entry), "both.test");
	ck_assert_uint_eq(DnsHostEntryGetTimeToLive(owner.entry), 50);
	owner.reverse_name = "9.2.0.192.in-addr.arpa";
	ck_assert_int_eq(look_up(&owner, NULL), DNS_STATUS_HOST_NOT_FOUND);
}
END_TEST

/* The name is known, whatever became of its addresses. */
START_TEST(backwards_to_a_name_without_addresses)
{
	dns_server_load_zone(wire.server, write_pointers());
	dns_server_set_rcode(wire.server, "failing.test", 0, RCODE_SERVFAIL);
	owner.reverse_name =
		_i == 0 ? "2.2.0.192.in-addr.arpa" : "3.2.0.192.in-addr.arpa";
	ck_assert_int_eq(look_up(&owner, NULL), DNS_STATUS_OK);
	expect_addresses(0, 0);
	ck_assert_str_eq(DnsHostEntryGetName(owner.entry),
			 _i == 0 ? "missing.test" : "failing.test");
	ck_assert_int_eq(DnsHostEntryIsPartial(owner.entry), _i == 1);
}
END_TEST

/* Which are nothing to ask servers for. */
START_TEST(backwards_to_a_special_name)
{
	dns_server_load_zone(wire.server, write_pointers());
	owner.reverse_name = _i == 0 ? "4.2.0.192.in-addr.arpa" : "5.2.0.192.in-addr.arpa";
	ck_assert_int_eq(look_up(&owner, NULL), DNS_STATUS_OK);
	expect_addresses(0, 0);
	ck_assert_str_eq(DnsHostEntryGetName(owner.entry),
			 _i == 0 ? "localhost" : "x.invalid");
	ck_assert(!DnsHostEntryIsPartial(owner.entry));
	ck_assert_uint_eq(dns_server_count_questions(wire.server, NULL, 0), 1);
}
END_TEST

START_TEST(backwards_expired)
{
	dns_server_load_zone(wire.server, write_pointers());
	owner.reverse_name = "1.2.0.192.in-addr.arpa";
	dns_server_hold(wire.server, _i == 0 ? owner.reverse_name : "both.test");
	wire_run(&wire, start, &owner);
	ck_assert(dns_server_wait_for_questions(
		wire.server, _i == 0 ? owner.reverse_name : "both.test", 0, 1));
	wire_run(&wire, expire, &owner);
	ck_assert_int_eq(owner.status, _i == 0 ? DNS_STATUS_TIMED_OUT : DNS_STATUS_OK);
	if (_i == 1)
		expect_addresses(0, 0);
}
END_TEST

void
lookup_tests(TCase *tests)
{
	tcase_add_checked_fixture(tests, set_up, tear_down);
	tcase_add_test(tests, two_questions_and_one_entry);
	tcase_add_test(tests, aliases_are_the_chain);
	tcase_add_test(tests, one_family_is_enough);
	tcase_add_test(tests, without_addresses_there_is_a_status);
	tcase_add_loop_test(tests, expired_it_gives_what_has_come, 0, 2);
	tcase_add_test(tests, expired_without_an_answer_it_timed_out);
	tcase_add_test(tests, expired_at_once_nothing_is_asked);
	tcase_add_test(tests, abandoned_it_is_never_done);
	tcase_add_test(tests, abandoned_between_its_answers);
	tcase_add_test(tests, the_next_may_be_started_when_one_is_done);
	tcase_add_test(tests, a_malformed_answer_is_no_recovery);
	tcase_add_loop_test(tests, only_the_family_asked_for, 0, 2);
	tcase_add_loop_test(tests, the_order_is_the_askers, 0, 2);
	tcase_add_loop_test(tests, the_slow_family_gets_its_grace_only, 0, 4);
	tcase_add_test(tests, no_data_is_waited_beyond_the_grace);
	tcase_add_test(tests, backwards_and_then_forwards);
	tcase_add_loop_test(tests, backwards_to_a_name_without_addresses, 0, 2);
	tcase_add_loop_test(tests, backwards_to_a_special_name, 0, 2);
	tcase_add_loop_test(tests, backwards_expired, 0, 2);
}
