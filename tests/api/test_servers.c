/* SPDX-License-Identifier: MIT */
/* Two servers: where the first does not help, the second does. The first one is a server
 * of the test's own, the second that of this world. */
#include "contract.h"

#include <stdio.h>

#define SHORT 100 /* milliseconds: the timeout, where the first server is silent */

#define ENOUGH 10000 /* to ask the second one, where no timeout is waited for */
#define LONG   50000

static struct dns_server *first;

/* The resolver of this world, asking both. */
static void
ask_both(const char *first_address, const char *second_address, int timeout)
{
	DnsResolverOptions *options = world_make_options();
	char servers[128];

	world_close_resolver();
	snprintf(servers, sizeof servers, "%s,%s", first_address, second_address);
	ck_assert_int_eq(DnsResolverOptionsSetServers(options, servers), DNS_STATUS_OK);
	ck_assert_int_eq(DnsResolverOptionsSetTimeout(options, timeout), DNS_STATUS_OK);
	ck_assert_int_eq(DnsResolverOptionsSetTries(options, 2), DNS_STATUS_OK);
	world.resolver = DnsResolverCreate(options);
	ck_assert_ptr_nonnull(world.resolver);
	DnsResolverOptionsRelease(options);
}

static void
open_first(void)
{
	first = dns_server_start();
	ask_both(dns_server_address(first), dns_server_address(world.server), SHORT);
}

static void
close_first(void)
{
	world_close_resolver();
	dns_server_stop(first);
}

static unsigned int
count_first(void)
{
	return dns_server_count_questions(first, "a.test", 0);
}

static void
assert_second_answers(void)
{
	DnsAsyncResult *handle = begin("a.test", NULL, NULL);

	DnsAsyncResultSetDeadline(handle, ENOUGH);
	end_with_addresses(handle, "192.0.2.1 2001:db8::1");
	ck_assert_uint_ge(dns_server_count_questions(world.server, "a.test", 0), 2);
}

START_TEST(the_first_answers)
{
	dns_server_add_address(first, "a.test", "203.0.113.1", 300);
	end_with_addresses(begin("a.test", NULL, NULL), "203.0.113.1");
	/* That a name does not exist is an answer, too. */
	end_expecting(begin("b.test", NULL, NULL), DNS_STATUS_HOST_NOT_FOUND);
	ck_assert_uint_eq(dns_server_count_questions(world.server, NULL, 0), 0);
}
END_TEST

/* Fault R01. */
START_TEST(the_first_fails)
{
	static const enum dns_rcode rcodes[] = {RCODE_SERVFAIL, RCODE_REFUSED,
						RCODE_NOTIMP};

	dns_server_set_rcode(first, "a.test", 0, rcodes[_i]);
	assert_second_answers();
	ck_assert_uint_ge(count_first(), 2);
}
END_TEST

START_TEST(the_first_is_deaf)
{
	dns_server_set_deaf(first, true);
	assert_second_answers();
	ck_assert_uint_eq(count_first(), 0);
}
END_TEST

START_TEST(the_first_is_silent)
{
	dns_server_misbehave(first, "a.test", 0, ANSWER_DROPPED);
	assert_second_answers();
	ck_assert_uint_ge(count_first(), 2);
}
END_TEST

START_TEST(the_first_resets_tcp)
{
	dns_server_misbehave(first, "a.test", 0, ANSWER_TCP_RESET);
	assert_second_answers();
	ck_assert_uint_ge(dns_server_count_tcp_questions(first, "a.test"), 1);
}
END_TEST

/* Nobody listens at its port: the system says so at once, there is nothing to wait
 * for. Fault R09. */
START_TEST(the_first_is_not_there)
{
	char address[64];

	snprintf(address, sizeof address, "%s", dns_server_address(first));
	dns_server_stop(first);
	first = NULL;
	ask_both(address, dns_server_address(world.server), LONG);
	assert_second_answers();
}
END_TEST

/* Fault R09. */
START_TEST(none_is_there)
{
	char addresses[2][64];
	DnsAsyncResult *handle;

	snprintf(addresses[0], sizeof addresses[0], "%s", dns_server_address(first));
	snprintf(addresses[1], sizeof addresses[1], "%s",
		 dns_server_address(world.server));
	ask_both(addresses[0], addresses[1], LONG);
	dns_server_stop(first);
	first = NULL;
	world_stop_server();
	handle = begin("a.test", NULL, NULL);
	DnsAsyncResultSetDeadline(handle, ENOUGH);
	end_expecting(handle, DNS_STATUS_TRY_AGAIN);
}
END_TEST

/* Fault R02. */
START_TEST(all_fail)
{
	dns_server_set_rcode(first, "a.test", 0, RCODE_SERVFAIL);
	dns_server_set_rcode(world.server, "a.test", 0, RCODE_SERVFAIL);
	end_expecting(begin("a.test", NULL, NULL), DNS_STATUS_TRY_AGAIN);
	ck_assert_uint_ge(count_first(), 2);
	ck_assert_uint_ge(dns_server_count_questions(world.server, "a.test", 0), 2);
}
END_TEST

/* Fault R03. */
START_TEST(all_refuse)
{
	dns_server_set_rcode(first, "a.test", 0, RCODE_REFUSED);
	dns_server_set_rcode(world.server, "a.test", 0, RCODE_REFUSED);
	end_expecting(begin("a.test", NULL, NULL), DNS_STATUS_NO_RECOVERY);
}
END_TEST

START_TEST(all_are_silent)
{
	dns_server_set_deaf(first, true);
	dns_server_misbehave(world.server, "a.test", 0, ANSWER_DROPPED);
	end_expecting(begin("a.test", NULL, NULL), DNS_STATUS_TRY_AGAIN);
	ck_assert_uint_ge(dns_server_count_questions(world.server, "a.test", 0), 2);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("servers");
	TCase *two = contract_case(suite, "two servers");

	tcase_set_timeout(two, 120);
	tcase_add_checked_fixture(two, open_first, close_first);
	tcase_add_test(two, the_first_answers);
	tcase_add_loop_test(two, the_first_fails, 0, 3);
	tcase_add_test(two, the_first_is_deaf);
	tcase_add_test(two, the_first_is_silent);
	tcase_add_test(two, the_first_resets_tcp);
	tcase_add_test(two, the_first_is_not_there);
	tcase_add_test(two, none_is_there);
	tcase_add_test(two, all_fail);
	tcase_add_test(two, all_refuse);
	tcase_add_test(two, all_are_silent);
	return contract_run(suite);
}
