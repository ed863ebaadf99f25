/* SPDX-License-Identifier: MIT */
/* One lookup and what servers make of it: good answers, bad ones, none. */
#include "contract.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "rounds.h"

#define TYPE_A	  1
#define TYPE_AAAA 28
#define SHORT	  100	/* milliseconds: a timeout that tests do wait for */
#define LONG	  50000 /* one that they do not */
#define CHAIN	  16

static DnsResolver *
make_resolver(const char *servers, int timeout, int tries, int deadline)
{
	DnsResolverOptions *options = world_make_options();
	DnsResolver *made;

	if (servers != NULL)
		ck_assert_int_eq(DnsResolverOptionsSetServers(options, servers), 0);
	ck_assert_int_eq(DnsResolverOptionsSetTimeout(options, timeout), 0);
	ck_assert_int_eq(DnsResolverOptionsSetTries(options, tries), 0);
	ck_assert_int_eq(DnsResolverOptionsSetDeadline(options, deadline), 0);
	made = DnsResolverCreate(options);
	ck_assert_ptr_nonnull(made);
	DnsResolverOptionsRelease(options);
	return made;
}

/* In place of the resolver of this world. */
static void
use_resolver(const char *servers, int timeout, int tries, int deadline)
{
	world_close_resolver();
	world.resolver = make_resolver(servers, timeout, tries, deadline);
}

static unsigned int
count_questions(const char *name, int type)
{
	return dns_server_count_questions(world.server, name, type);
}

static void
assert_status(const char *name, DnsStatus status)
{
	end_expecting(begin(name, NULL, NULL), status);
}

static void
assert_addresses(const char *name, const char *addresses)
{
	end_with_addresses(begin(name, NULL, NULL), addresses);
}

/* ---- Two families ---- */

START_TEST(two_questions)
{
	assert_addresses("a.test", "192.0.2.1 2001:db8::1");
	assert_addresses("b.test", "192.0.2.2");
	assert_addresses("c.test", "2001:db8::3");
	ck_assert_uint_eq(count_questions(NULL, 0), 6);
	ck_assert_uint_eq(count_questions("a.test", TYPE_A), 1);
	ck_assert_uint_eq(count_questions("a.test", TYPE_AAAA), 1);
	ck_assert_uint_eq(count_questions("c.test", TYPE_A), 1);
	ck_assert_uint_eq(count_questions("c.test", TYPE_AAAA), 1);
}
END_TEST

/* What one of the two questions fails with does not matter where the other has an
 * answer. Fault A13. */
START_TEST(one_family_fails)
{
	static const enum dns_rcode rcodes[] = {RCODE_NXDOMAIN, RCODE_SERVFAIL,
						RCODE_REFUSED, RCODE_FORMERR};
	enum dns_rcode rcode = rcodes[_i];

	dns_server_set_rcode(world.server, "a.test", TYPE_AAAA, rcode);
	assert_addresses("a.test", "192.0.2.1");
	dns_server_set_rcode(world.server, "a.test", TYPE_AAAA, RCODE_NOERROR);
	dns_server_set_rcode(world.server, "a.test", TYPE_A, rcode);
	assert_addresses("a.test", "2001:db8::1");
}
END_TEST

START_TEST(one_family_is_late)
{
	DnsAsyncResult *handle;

	dns_server_set_delay(world.server, "a.test", _i == 0 ? TYPE_A : TYPE_AAAA, 20);
	handle = begin("a.test", NULL, NULL);
	end_with_addresses(handle, "192.0.2.1 2001:db8::1");
}
END_TEST

START_TEST(both_families_fail)
{
	static const struct {
		enum dns_rcode ipv4, ipv6; /* NOERROR: there is no such record */
		DnsStatus status;
	} cases[] = {
		{RCODE_NOERROR, RCODE_NOERROR, DNS_STATUS_NO_DATA},
		{RCODE_NXDOMAIN, RCODE_NXDOMAIN, DNS_STATUS_HOST_NOT_FOUND},
		{RCODE_SERVFAIL, RCODE_SERVFAIL, DNS_STATUS_TRY_AGAIN},
		{RCODE_REFUSED, RCODE_REFUSED, DNS_STATUS_NO_RECOVERY},
		{RCODE_NOERROR, RCODE_REFUSED, DNS_STATUS_NO_RECOVERY},
		/* Whether there is an address is not known. */
		{RCODE_NOERROR, RCODE_SERVFAIL, DNS_STATUS_TRY_AGAIN},
		{RCODE_SERVFAIL, RCODE_NOERROR, DNS_STATUS_TRY_AGAIN},
		/* A name that does not exist has no record of any type. */
		{RCODE_NXDOMAIN, RCODE_SERVFAIL, DNS_STATUS_HOST_NOT_FOUND},
		{RCODE_SERVFAIL, RCODE_NXDOMAIN, DNS_STATUS_HOST_NOT_FOUND},
	};

	dns_server_set_rcode(world.server, "empty.test", TYPE_A, cases[_i].ipv4);
	dns_server_set_rcode(world.server, "empty.test", TYPE_AAAA, cases[_i].ipv6);
	assert_status("empty.test", cases[_i].status);
}
END_TEST

/* ---- Names and chains ---- */

/* chain0.test to chain15.test are aliases, chain16.test has the address. */
static void
add_chain(void)
{
	char name[32], target[32];
	int i;

	for (i = 0; i < CHAIN; i++) {
		snprintf(name, sizeof name, "chain%d.test", i);
		snprintf(target, sizeof target, "chain%d.test", i + 1);
		dns_server_add_cname(world.server, name, target, 300 + (unsigned int)i);
	}
	dns_server_add_address(world.server, target, "192.0.2.99", 40);
}

/* Fault A03. */
START_TEST(a_chain_of_aliases)
{
	DnsAsyncResult *handle;
	DnsHostEntry *entry;
	char name[32];
	size_t i;

	add_chain();
	handle = begin("chain0.test", NULL, NULL);
	ck_assert_int_eq(EndGetHostByName(handle, &entry), DNS_STATUS_OK);
	ck_assert_str_eq(DnsHostEntryGetName(entry), "chain16.test");
	ck_assert_uint_eq(DnsHostEntryGetAliasCount(entry), CHAIN);
	for (i = 0; i < CHAIN; i++) {
		snprintf(name, sizeof name, "chain%zu.test", i);
		ck_assert_str_eq(DnsHostEntryGetAlias(entry, i), name);
	}
	ck_assert(has_addresses(entry, "192.0.2.99"));
	ck_assert_uint_eq(DnsHostEntryGetTimeToLive(entry), 40);
	DnsHostEntryRelease(entry);
}
END_TEST

/* Faults A04, A05. */
START_TEST(aliases_that_lead_nowhere)
{
	dns_server_add_cname(world.server, "self.test", "self.test", 300);
	dns_server_add_cname(world.server, "there.test", "back.test", 300);
	dns_server_add_cname(world.server, "back.test", "there.test", 300);
	dns_server_add_cname(world.server, "broken.test", "missing.test", 300);
	dns_server_add_cname(world.server, "bare.test", "empty.test", 300);
	assert_status("self.test", DNS_STATUS_NO_RECOVERY);
	assert_status("there.test", DNS_STATUS_NO_RECOVERY);
	assert_status("broken.test", DNS_STATUS_HOST_NOT_FOUND);
	assert_status("bare.test", DNS_STATUS_NO_DATA);
}
END_TEST

START_TEST(spellings_of_a_name)
{
	static const char *const names[] = {"a.test", "A.TEST", "a.Test.", "A.TEST."};
	DnsHostEntry *entry;
	size_t i;

	for (i = 0; i < sizeof names / sizeof *names; i++) {
		ck_assert_int_eq(GetHostByName(world.resolver, names[i], &entry),
				 DNS_STATUS_OK);
		ck_assert_int_eq(strcasecmp(DnsHostEntryGetName(entry), "a.test"), 0);
		ck_assert_uint_eq(DnsHostEntryGetAliasCount(entry), 0);
		DnsHostEntryRelease(entry);
	}
	ck_assert_uint_eq(count_questions("a.test", 0), count_questions(NULL, 0));
}
END_TEST

/* Fault N09. */
START_TEST(the_name_is_copied)
{
	char name[] = "a.test";
	DnsAsyncResult *handle;

	dns_server_hold(world.server, "a.test");
	handle = begin(name, NULL, NULL);
	memcpy(name, "b.test", sizeof name);
	dns_server_release(world.server, "a.test");
	end_with_addresses(handle, "192.0.2.1 2001:db8::1");
	ck_assert_uint_eq(count_questions("b.test", 0), 0);
}
END_TEST

/* Neither a literal nor a special name is asked for, or needs anybody to ask. */
START_TEST(no_question_at_all)
{
	static const char *const names[] = {"192.0.2.1", "::1",	      "127.1",
					    "0x7f.1",	 "localhost", "x.LocalHost."};
	static const char *const missing[] = {"invalid", "x.invalid.", "y.onion",
					      "a..b",	 "-.1",	       "a b"};
	size_t i;

	for (i = 0; i < sizeof names / sizeof *names; i++)
		assert_status(names[i], DNS_STATUS_OK);
	for (i = 0; i < sizeof missing / sizeof *missing; i++)
		assert_status(missing[i], DNS_STATUS_HOST_NOT_FOUND);
	ck_assert_uint_eq(read_statistics().questions, 0);
	world_close_resolver();
	ck_assert_uint_eq(count_questions(NULL, 0), 0);
	world.resolver = world_make_resolver(DNS_RESOLVER_NEVER_SYNCHRONOUS);
	world_stop_server();
	for (i = 0; i < sizeof names / sizeof *names; i++)
		assert_status(names[i], DNS_STATUS_OK);
}
END_TEST

/* ---- TCP ---- */

START_TEST(many_addresses)
{
	const size_t count = 50;
	DnsHostEntry *entry;
	char address[64];
	size_t i;

	for (i = 0; i < count; i++) {
		snprintf(address, sizeof address, "198.51.100.%zu", i);
		dns_server_add_address(world.server, "crowd.test", address, 300);
		snprintf(address, sizeof address, "2001:db8::2:%zx", i);
		dns_server_add_address(world.server, "crowd.test", address, 299);
	}
	ck_assert_int_eq(GetHostByName(world.resolver, "crowd.test", &entry),
			 DNS_STATUS_OK);
	ck_assert_uint_eq(DnsHostEntryGetAddressCount(entry), 2 * count);
	ck_assert_uint_eq(DnsHostEntryGetTimeToLive(entry), 299);
	ck_assert_uint_ge(dns_server_count_tcp_questions(world.server, "crowd.test"), 2);
	DnsHostEntryRelease(entry);
}
END_TEST

/* Fault T01. */
START_TEST(truncated)
{
	DnsAsyncResult *handles[100];
	char name[32];
	int i;

	dns_server_misbehave(world.server, "*.many.test", 0, ANSWER_TRUNCATED);
	for (i = 0; i < 100; i++) {
		snprintf(name, sizeof name, "n%d.many.test", i);
		handles[i] = begin(name, NULL, NULL);
	}
	for (i = 0; i < 100; i++)
		end_with_addresses(handles[i], "198.51.100.7");
	ck_assert_uint_ge(dns_server_count_tcp_questions(world.server, NULL), 200);
}
END_TEST

/* Many at once, so that c-ares writes to a connection that is reset already: the
 * process would die of SIGPIPE, if the loop's thread took signals. Fault T05. */
START_TEST(truncated_and_then_reset)
{
	unsigned int left = rounds(5);
	DnsAsyncResult *handles[200];
	DnsStatus status;
	int i;

	use_resolver(NULL, SHORT, 3, LONG);
	dns_server_misbehave(world.server, "*.many.test", 0, ANSWER_TCP_RESET);
	for (; left > 0; left--) {
		for (i = 0; i < 200; i++)
			handles[i] = begin("x.many.test", NULL, NULL);
		for (i = 0; i < 200; i++) {
			status = EndGetHostByName(handles[i], NULL);
			ck_assert(status == DNS_STATUS_TRY_AGAIN ||
				  status == DNS_STATUS_TIMED_OUT);
		}
	}
	ck_assert_uint_ge(dns_server_count_tcp_questions(world.server, NULL), 2);
	assert_status("a.test", DNS_STATUS_OK);
}
END_TEST

/* ---- Answers that are not the ones ---- */

/* Bad answers first, then good ones to the questions asked again. Faults W01, W05. */
START_TEST(answers_to_be_ignored)
{
	static const unsigned int misbehaviours[] = {
		ANSWER_WRONG_ID, ANSWER_WRONG_QUESTION, ANSWER_WRONG_ID | ANSWER_DOUBLED};
	DnsAsyncResult *handle;

	use_resolver(NULL, SHORT, 10, LONG);
	dns_server_hold(world.server, "a.test");
	handle = begin("a.test", NULL, NULL);
	ck_assert(dns_server_wait_for_questions(world.server, "a.test", TYPE_A, 2));
	ck_assert(dns_server_wait_for_questions(world.server, "a.test", TYPE_AAAA, 2));
	dns_server_misbehave(world.server, "a.test", 0, misbehaviours[_i]);
	dns_server_release_some(world.server, "a.test", 2);
	dns_server_misbehave(world.server, "a.test", 0, 0);
	dns_server_release(world.server, "a.test");
	end_with_addresses(handle, "192.0.2.1 2001:db8::1");
}
END_TEST

/* Fault W12. */
START_TEST(an_empty_datagram_first)
{
	dns_server_misbehave(world.server, "a.test", 0, ANSWER_EMPTY_DATAGRAM);
	use_resolver(NULL, SHORT, 5, LONG);
	assert_addresses("a.test", "192.0.2.1 2001:db8::1");
}
END_TEST

/* Fault W30. */
START_TEST(answers_that_come_twice)
{
	unsigned int left = rounds(500);

	dns_server_misbehave(world.server, "a.test", 0, ANSWER_DOUBLED);
	for (; left > 0; left--)
		assert_addresses("a.test", "192.0.2.1 2001:db8::1");
	ck_assert_uint_eq(read_statistics().answers, read_statistics().questions);
	world_close_resolver();
}
END_TEST

START_TEST(malformed_answers)
{
	DnsStatus status;

	use_resolver(NULL, SHORT, 2, LONG);
	dns_server_misbehave(world.server, "a.test", 0, ANSWER_MALFORMED);
	status = GetHostByName(world.resolver, "a.test", NULL);
	printf("# malformed: %s\n", DnsStatusGetText(status));
	fflush(stdout);
	ck_assert(status == DNS_STATUS_NO_RECOVERY || status == DNS_STATUS_TRY_AGAIN);
	/* One bad answer does not spoil the good one. */
	dns_server_misbehave(world.server, "a.test", 0, 0);
	dns_server_misbehave(world.server, "a.test", TYPE_AAAA, ANSWER_MALFORMED);
	assert_addresses("a.test", "192.0.2.1");
}
END_TEST

/* ---- No answer ---- */

/* Fault R15. */
START_TEST(asked_again)
{
	use_resolver(NULL, SHORT, 5, LONG);
	dns_server_drop_first(world.server, "a.test", TYPE_A, 1);
	dns_server_drop_first(world.server, "a.test", TYPE_AAAA, 2);
	assert_addresses("a.test", "192.0.2.1 2001:db8::1");
	ck_assert_uint_ge(count_questions("a.test", TYPE_A), 2);
	ck_assert_uint_ge(count_questions("a.test", TYPE_AAAA), 3);
	ck_assert_uint_eq(read_statistics().questions, 2);
}
END_TEST

/* That a server fails is its answer. */
START_TEST(bad_answers_are_counted)
{
	assert_status("failing.test", DNS_STATUS_TRY_AGAIN);
	ck_assert_uint_eq(read_statistics().questions, 2);
	ck_assert_uint_eq(read_statistics().answers, 2);
}
END_TEST

/* Fault R07. */
START_TEST(given_up_after_all_tries)
{
	use_resolver(NULL, SHORT / 4, 2, LONG);
	dns_server_misbehave(world.server, "a.test", 0, ANSWER_DROPPED);
	assert_status("a.test", DNS_STATUS_TRY_AGAIN);
	ck_assert_uint_eq(count_questions("a.test", TYPE_A), 2);
}
END_TEST

/* Fault R07. */
START_TEST(the_deadline_of_the_options)
{
	use_resolver(NULL, LONG, 10, SHORT);
	dns_server_misbehave(world.server, "a.test", 0, ANSWER_DROPPED);
	assert_status("a.test", DNS_STATUS_TIMED_OUT);
	ck_assert_int_eq(GetHostByName(world.resolver, "a.test", NULL),
			 DNS_STATUS_TIMED_OUT);
	ck_assert_uint_eq(read_statistics().timedOut, 2);
}
END_TEST

/* Half an answer is better than none. */
START_TEST(what_has_come_by_the_deadline)
{
	use_resolver(NULL, LONG, 10, 2 * SHORT);
	dns_server_misbehave(world.server, "a.test", _i == 0 ? TYPE_A : TYPE_AAAA,
			     ANSWER_DROPPED);
	assert_addresses("a.test", _i == 0 ? "2001:db8::1" : "192.0.2.1");
}
END_TEST

START_TEST(an_earlier_deadline)
{
	DnsAsyncResult *soon = begin(HELD_NAME, NULL, NULL),
		       *now = begin(HELD_NAME, NULL, NULL);
	DnsAsyncResult *as_before = begin(HELD_NAME, NULL, NULL);

	DnsAsyncResultSetDeadline(soon, 30);
	DnsAsyncResultSetDeadline(now, 0);
	DnsAsyncResultSetDeadline(as_before, -1);
	end_expecting(now, DNS_STATUS_TIMED_OUT);
	end_expecting(soon, DNS_STATUS_TIMED_OUT);
	ck_assert(!DnsAsyncResultIsCompleted(as_before));
	world_release();
	end_expecting(as_before, DNS_STATUS_OK);
}
END_TEST

/* When the one begun after it is overdue, it would have been, too. */
START_TEST(a_later_deadline)
{
	DnsAsyncResult *later, *as_before;

	use_resolver(NULL, LONG, 10, 5 * SHORT);
	later = begin(HELD_NAME, NULL, NULL);
	DnsAsyncResultSetDeadline(later, LONG);
	DnsAsyncResultSetDeadline(later, -1);
	as_before = begin(HELD_NAME, NULL, NULL);
	DnsAsyncResultSetDeadline(as_before, -1);
	end_expecting(as_before, DNS_STATUS_TIMED_OUT);
	ck_assert(!DnsAsyncResultIsCompleted(later));
	world_release();
	end_expecting(later, DNS_STATUS_OK);
}
END_TEST

static void
add_answers(TCase *answers)
{
	tcase_set_timeout(answers, 120);
	tcase_add_test(answers, two_questions);
	tcase_add_loop_test(answers, one_family_fails, 0, 4);
	tcase_add_loop_test(answers, one_family_is_late, 0, 2);
	tcase_add_loop_test(answers, both_families_fail, 0, 9);
	tcase_add_test(answers, a_chain_of_aliases);
	tcase_add_test(answers, aliases_that_lead_nowhere);
	tcase_add_test(answers, spellings_of_a_name);
	tcase_add_test(answers, the_name_is_copied);
	tcase_add_test(answers, no_question_at_all);
}

static void
add_faults(TCase *faults)
{
	tcase_set_timeout(faults, 120);
	tcase_add_test(faults, many_addresses);
	tcase_add_test(faults, truncated);
	tcase_add_test(faults, truncated_and_then_reset);
	tcase_add_loop_test(faults, answers_to_be_ignored, 0, 3);
	tcase_add_test(faults, an_empty_datagram_first);
	tcase_add_test(faults, answers_that_come_twice);
	tcase_add_test(faults, malformed_answers);
	tcase_add_test(faults, asked_again);
	tcase_add_test(faults, bad_answers_are_counted);
	tcase_add_test(faults, given_up_after_all_tries);
	tcase_add_test(faults, the_deadline_of_the_options);
	tcase_add_loop_test(faults, what_has_come_by_the_deadline, 0, 2);
	tcase_add_test(faults, an_earlier_deadline);
	tcase_add_test(faults, a_later_deadline);
}

int
main(void)
{
	Suite *suite = suite_create("wire");

	add_answers(contract_case(suite, "answers"));
	add_faults(contract_case(suite, "faults"));
	return contract_run(suite);
}
