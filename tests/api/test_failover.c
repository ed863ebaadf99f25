/* SPDX-License-Identifier: MIT */
/* What a lookup waits for, and how long: the second family of addresses, and the next
 * server. Three servers here: two of the test's own, the last is that of this world. A
 * lookup that waits where it should not is not done when the time of the test is up:
 * every other limit is beyond that. */
#include "operations.h"

#include <sched.h>
#include <stdio.h>

#define SERVERS	    3
#define SHORT	    100	  /* milliseconds: a timeout that tests do wait for */
#define NEVER	    60000 /* one that they do not */
#define NO_DEADLINE 600000

static struct dns_server *servers[SERVERS];

/* Asks the last count servers; a grace below 0 is the default. */
static void
use_resolver(int count, int timeout, int grace)
{
	DnsResolverOptions *options = DnsResolverOptionsCreate();
	char list[256] = "";
	int i, length = 0;

	world_close_resolver();
	for (i = SERVERS - count; i < SERVERS; i++)
		length += snprintf(list + length, sizeof list - (size_t)length, "%s%s",
				   length > 0 ? "," : "", dns_server_address(servers[i]));
	ck_assert_int_eq(DnsResolverOptionsSetServers(options, list), DNS_STATUS_OK);
	ck_assert_int_eq(DnsResolverOptionsSetTimeout(options, timeout), DNS_STATUS_OK);
	ck_assert_int_eq(DnsResolverOptionsSetTries(options, 10), DNS_STATUS_OK);
	ck_assert_int_eq(DnsResolverOptionsSetCacheSize(options, 0), DNS_STATUS_OK);
	ck_assert_int_eq(DnsResolverOptionsSetDeadline(options, NO_DEADLINE),
			 DNS_STATUS_OK);
	if (grace >= 0)
		ck_assert_int_eq(DnsResolverOptionsSetGrace(options, grace),
				 DNS_STATUS_OK);
	world.resolver = DnsResolverCreate(options);
	ck_assert_ptr_nonnull(world.resolver);
	DnsResolverOptionsRelease(options);
}

static void
open_servers(void)
{
	servers[0] = dns_server_start();
	servers[1] = dns_server_start();
	servers[2] = world.server;
}

static void
close_servers(void)
{
	world_close_resolver();
	dns_server_stop(servers[0]);
	dns_server_stop(servers[1]);
}

/* ---- Two families ---- */

static void
expect(const char *addresses, bool is_partial)
{
	DnsHostEntry *entry;

	ck_assert_int_eq(GetHostByName(world.resolver, "a.test", &entry), DNS_STATUS_OK);
	ck_assert(has_addresses(entry, addresses));
	ck_assert_int_eq(DnsHostEntryIsPartial(entry), is_partial);
	DnsHostEntryRelease(entry);
}

/* The default, none, and one of one's own. Fault A14. */
START_TEST(a_silent_family_costs_the_grace)
{
	static const int graces[] = {-1, 0, SHORT};
	bool is_ipv4 = _i % 2 == 1;

	use_resolver(1, NEVER, graces[_i / 2]);
	dns_server_misbehave(world.server, "a.test", is_ipv4 ? TYPE_A : TYPE_AAAA,
			     ANSWER_DROPPED);
	expect(is_ipv4 ? "2001:db8::1" : "192.0.2.1", true);
}
END_TEST

START_TEST(a_slow_family_is_waited_for)
{
	use_resolver(1, NEVER, NEVER);
	dns_server_set_delay(world.server, "a.test", _i == 0 ? TYPE_A : TYPE_AAAA,
			     3 * SHORT);
	expect("192.0.2.1 2001:db8::1", false);
}
END_TEST

/* Of its grace nothing is left when the other family fails. */
START_TEST(a_family_that_fails)
{
	static const struct {
		enum dns_rcode rcode;
		bool is_partial;
	} cases[] = {
		{RCODE_SERVFAIL, true},
		{RCODE_REFUSED, true},
		{RCODE_NXDOMAIN, false}, /* which is an answer */
	};

	use_resolver(1, NEVER, NO_DEADLINE);
	dns_server_set_rcode(world.server, "a.test", TYPE_AAAA, cases[_i].rcode);
	expect("192.0.2.1", cases[_i].is_partial);
}
END_TEST

START_TEST(a_family_that_is_not_there)
{
	DnsHostEntry *entry;

	use_resolver(1, NEVER, NO_DEADLINE);
	ck_assert_int_eq(GetHostByName(world.resolver, "b.test", &entry), DNS_STATUS_OK);
	ck_assert(!DnsHostEntryIsPartial(entry));
	DnsHostEntryRelease(entry);
	ck_assert_int_eq(GetHostByName(world.resolver, "127.0.0.1", &entry),
			 DNS_STATUS_OK);
	ck_assert(!DnsHostEntryIsPartial(entry));
	DnsHostEntryRelease(entry);
	ck_assert(!DnsHostEntryIsPartial(NULL));
}
END_TEST

/* The name is known already; the grace is that of its addresses. */
START_TEST(backwards_too)
{
	DnsHostEntry *entry;

	add_pointers();
	use_resolver(1, NEVER, 0);
	dns_server_misbehave(world.server, "a.test", TYPE_AAAA, ANSWER_DROPPED);
	ck_assert_int_eq(GetHostEntry(world.resolver, "192.0.2.1", &entry),
			 DNS_STATUS_OK);
	ck_assert(has_addresses(entry, "192.0.2.1"));
	ck_assert(DnsHostEntryIsPartial(entry));
	DnsHostEntryRelease(entry);
}
END_TEST

/* ---- Three servers ---- */

static unsigned int
count_asked(int server)
{
	return dns_server_count_questions(servers[server], "a.test", 0);
}

START_TEST(the_third_answers)
{
	use_resolver(3, SHORT, NO_DEADLINE);
	dns_server_misbehave(servers[0], "a.test", 0, ANSWER_DROPPED);
	dns_server_set_rcode(servers[1], "a.test", 0, RCODE_SERVFAIL);
	expect("192.0.2.1 2001:db8::1", false);
	ck_assert_uint_ge(count_asked(0), 2);
	ck_assert_uint_eq(count_asked(1), 2);
	ck_assert_uint_eq(count_asked(2), 2);
	ck_assert_uint_eq(read_statistics().questions, 6);
	ck_assert_uint_eq(read_statistics().answers, 4);
}
END_TEST

/* Who fails at once is not waited for. */
START_TEST(the_third_answers_at_once)
{
	use_resolver(3, NEVER, NO_DEADLINE);
	dns_server_set_rcode(servers[0], "a.test", 0, RCODE_REFUSED);
	dns_server_set_rcode(servers[1], "a.test", 0, RCODE_SERVFAIL);
	expect("192.0.2.1 2001:db8::1", false);
	ck_assert_uint_eq(read_statistics().answers, 6);
	ck_assert_uint_eq(read_statistics().inFlight, 0);
}
END_TEST

/* Each of the two questions goes its own way. */
START_TEST(the_next_answers_for_one_family)
{
	dns_server_add_address(servers[1], "a.test", "192.0.2.1", 300);
	dns_server_set_rcode(servers[1], "a.test", TYPE_AAAA, RCODE_SERVFAIL);
	use_resolver(2, NEVER, NO_DEADLINE);
	expect("192.0.2.1 2001:db8::1", false);
	ck_assert_uint_eq(count_asked(2), 1);
	ck_assert_uint_eq(dns_server_count_questions(world.server, "a.test", TYPE_AAAA),
			  1);
}
END_TEST

START_TEST(none_answers)
{
	static const struct {
		enum dns_rcode rcodes[SERVERS];
		DnsStatus status;
	} cases[] = {
		{{RCODE_REFUSED, RCODE_REFUSED, RCODE_REFUSED}, DNS_STATUS_NO_RECOVERY},
		{{RCODE_REFUSED, RCODE_NOTIMP, RCODE_REFUSED}, DNS_STATUS_NO_RECOVERY},
		{{RCODE_SERVFAIL, RCODE_SERVFAIL, RCODE_SERVFAIL}, DNS_STATUS_TRY_AGAIN},
		/* What is worth another try counts more. */
		{{RCODE_REFUSED, RCODE_SERVFAIL, RCODE_REFUSED}, DNS_STATUS_TRY_AGAIN},
		{{RCODE_SERVFAIL, RCODE_REFUSED, RCODE_REFUSED}, DNS_STATUS_TRY_AGAIN},
		{{RCODE_REFUSED, RCODE_REFUSED, RCODE_SERVFAIL}, DNS_STATUS_TRY_AGAIN},
	};
	int i;

	use_resolver(3, NEVER, NO_DEADLINE);
	for (i = 0; i < SERVERS; i++)
		dns_server_set_rcode(servers[i], "a.test", 0, cases[_i].rcodes[i]);
	end_expecting(begin("a.test", NULL, NULL), cases[_i].status);
	for (i = 0; i < SERVERS; i++)
		ck_assert_uint_eq(count_asked(i), 2);
}
END_TEST

/* The first has not answered when the second is asked, and is still listened to. */
START_TEST(a_late_answer_counts)
{
	DnsAsyncResult *handle;

	dns_server_add_address(servers[1], "a.test", "203.0.113.1", 300);
	dns_server_hold(servers[1], "a.test");
	dns_server_misbehave(world.server, "a.test", 0, ANSWER_DROPPED);
	use_resolver(2, SHORT, NO_DEADLINE);
	handle = begin("a.test", NULL, NULL);
	world_await_question("a.test");
	ck_assert(!DnsAsyncResultIsCompleted(handle));
	dns_server_release(servers[1], "a.test");
	end_with_addresses(handle, "203.0.113.1");
}
END_TEST

/* Who answers after that is late, and disturbs nobody. */
START_TEST(the_first_good_answer_counts)
{
	dns_server_add_address(servers[1], "a.test", "203.0.113.1", 300);
	dns_server_hold(servers[1], "a.test");
	use_resolver(2, SHORT, NO_DEADLINE);
	expect("192.0.2.1 2001:db8::1", false);
	dns_server_release(servers[1], "a.test");
	while (read_statistics().inFlight > 0)
		sched_yield();
	ck_assert_uint_eq(read_statistics().completed, 1);
	/* Now it is asked first again. */
	end_with_addresses(begin("a.test", NULL, NULL), "203.0.113.1");
}
END_TEST

static void
add_families(TCase *families)
{
	tcase_add_checked_fixture(families, open_servers, close_servers);
	tcase_add_loop_test(families, a_silent_family_costs_the_grace, 0, 6);
	tcase_add_loop_test(families, a_slow_family_is_waited_for, 0, 2);
	tcase_add_loop_test(families, a_family_that_fails, 0, 3);
	tcase_add_test(families, a_family_that_is_not_there);
	tcase_add_test(families, backwards_too);
}

static void
add_servers(TCase *failover)
{
	tcase_add_checked_fixture(failover, open_servers, close_servers);
	tcase_add_test(failover, the_third_answers);
	tcase_add_test(failover, the_third_answers_at_once);
	tcase_add_test(failover, the_next_answers_for_one_family);
	tcase_add_loop_test(failover, none_answers, 0, 6);
	tcase_add_test(failover, a_late_answer_counts);
	tcase_add_test(failover, the_first_good_answer_counts);
}

int
main(void)
{
	Suite *suite = suite_create("failover");

	add_families(contract_case(suite, "two families"));
	add_servers(contract_case(suite, "three servers"));
	return contract_run(suite);
}
