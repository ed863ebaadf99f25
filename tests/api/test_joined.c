/* SPDX-License-Identifier: MIT */
/* Operations that want to know the same at the same time: servers are asked once for all,
 * and each keeps its own deadline and its own cancel. */
#include "contract.h"

#define MANY 100
#define A    1
#define AAAA 28

static DnsAsyncResult *handles[MANY];

/* All of them ask for the name that is held, and it has been asked for. */
static void
begin_many(void)
{
	int i;

	for (i = 0; i < MANY; i++)
		handles[i] = begin(HELD_NAME, NULL, NULL);
	world_await_question(HELD_NAME);
}

static void
assert_asked(unsigned int times)
{
	ck_assert_uint_eq(dns_server_count_questions(world.server, HELD_NAME, A), times);
	ck_assert_uint_eq(dns_server_count_questions(world.server, HELD_NAME, AAAA),
			  times);
}

START_TEST(all_get_one_answer)
{
	int i;

	begin_many();
	world_release();
	for (i = 0; i < MANY; i++)
		end_with_addresses(handles[i], "198.51.100.8");
	assert_asked(1);
	ck_assert_uint_eq(read_statistics().questions, 2);
	ck_assert_uint_eq(read_statistics().succeeded, MANY);
}
END_TEST

START_TEST(all_get_one_failure)
{
	int i;

	begin_many();
	dns_server_set_rcode(world.server, HELD_NAME, 0, RCODE_NXDOMAIN);
	world_release();
	for (i = 0; i < MANY; i++)
		end_expecting(handles[i], DNS_STATUS_HOST_NOT_FOUND);
	assert_asked(1);
}
END_TEST

/* One family is asked for already, whoever wants both joins that and asks for the other.
 */
START_TEST(each_question_is_joined_by_itself)
{
	DnsAsyncResult *ipv4, *both;

	ipv4 = BeginGetHostAddresses(world.resolver, HELD_NAME, AF_INET, NULL, NULL);
	ck_assert(dns_server_wait_for_questions(world.server, HELD_NAME, A, 1));
	ck_assert_uint_eq(dns_server_count_questions(world.server, NULL, 0), 1);
	both = begin(HELD_NAME, NULL, NULL);
	world_await_question(HELD_NAME);
	world_release();
	ck_assert_int_eq(EndGetHostAddresses(ipv4, NULL), DNS_STATUS_OK);
	end_with_addresses(both, "198.51.100.8");
	assert_asked(1);
}
END_TEST

/* Each of them but one, the first or the last that began. Fault H11. */
START_TEST(each_has_its_own_cancel)
{
	const int left = _i == 0 ? 0 : MANY - 1;
	int i;

	begin_many();
	for (i = 0; i < MANY; i++)
		if (i != left)
			DnsAsyncResultCancel(handles[i]);
	for (i = 0; i < MANY; i++)
		if (i != left)
			end_expecting(handles[i], DNS_STATUS_CANCELLED);
	ck_assert(!DnsAsyncResultIsCompleted(handles[left]));
	world_release();
	end_with_addresses(handles[left], "198.51.100.8");
	assert_asked(1);
}
END_TEST

START_TEST(each_has_its_own_deadline)
{
	int i;

	begin_many();
	for (i = 0; i < MANY; i += 2)
		DnsAsyncResultSetDeadline(handles[i], i);
	for (i = 0; i < MANY; i += 2)
		end_expecting(handles[i], DNS_STATUS_TIMED_OUT);
	for (i = 1; i < MANY; i += 2)
		ck_assert(!DnsAsyncResultIsCompleted(handles[i]));
	world_release();
	for (i = 1; i < MANY; i += 2)
		end_with_addresses(handles[i], "198.51.100.8");
	assert_asked(1);
}
END_TEST

/* With nobody left the question is over, and the next one asks anew. */
START_TEST(the_last_cancel_lets_it_go)
{
	DnsAsyncResult *again;
	int i;

	begin_many();
	for (i = 0; i < MANY; i++)
		DnsAsyncResultCancel(handles[i]);
	for (i = 0; i < MANY; i++)
		end_expecting(handles[i], DNS_STATUS_CANCELLED);
	again = begin(HELD_NAME, NULL, NULL);
	ck_assert(dns_server_wait_for_questions(world.server, HELD_NAME, A, 2));
	ck_assert(dns_server_wait_for_questions(world.server, HELD_NAME, AAAA, 2));
	world_release();
	end_with_addresses(again, "198.51.100.8");
	assert_asked(2);
}
END_TEST

/* In a callback, in the midst of the answer. */
static void
cancel_all(DnsAsyncResult *asyncResult)
{
	int i;

	(void)asyncResult;
	for (i = 1; i < MANY; i++)
		DnsAsyncResultCancel(handles[i]);
}

START_TEST(cancels_while_they_are_answered)
{
	DnsStatus status;
	int i;

	handles[0] = begin(HELD_NAME, cancel_all, NULL);
	for (i = 1; i < MANY; i++)
		handles[i] = begin(HELD_NAME, NULL, NULL);
	world_await_question(HELD_NAME);
	world_release();
	for (i = 0; i < MANY; i++) {
		status = EndGetHostByName(handles[i], NULL);
		ck_assert(status == DNS_STATUS_OK ||
			  (i > 0 && status == DNS_STATUS_CANCELLED));
	}
	assert_asked(1);
}
END_TEST

START_TEST(closing_ends_them_all)
{
	int i;

	begin_many();
	world_close_resolver();
	for (i = 0; i < MANY; i++)
		end_expecting(handles[i], DNS_STATUS_CLOSED);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("joined");
	TCase *joined = contract_case(suite, "joined questions");

	tcase_add_test(joined, all_get_one_answer);
	tcase_add_test(joined, all_get_one_failure);
	tcase_add_test(joined, each_question_is_joined_by_itself);
	tcase_add_loop_test(joined, each_has_its_own_cancel, 0, 2);
	tcase_add_test(joined, each_has_its_own_deadline);
	tcase_add_test(joined, the_last_cancel_lets_it_go);
	tcase_add_test(joined, cancels_while_they_are_answered);
	tcase_add_test(joined, closing_ends_them_all);
	return contract_run(suite);
}
