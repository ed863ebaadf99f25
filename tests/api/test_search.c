/* SPDX-License-Identifier: MIT */
/* The search list: which names a lookup asks for, one after another, and when it stops.
 */
#include "contract.h"

#define A    1
#define AAAA 28

/* Replaces this world's resolver, which has no suffixes. */
static void
use_search(const char *suffixes, int ndots)
{
	DnsResolverOptions *options = world_make_options();

	world_close_resolver();
	ck_assert_int_eq(DnsResolverOptionsSetSearchList(options, suffixes),
			 DNS_STATUS_OK);
	ck_assert_int_eq(DnsResolverOptionsSetNdots(options, ndots), DNS_STATUS_OK);
	world.resolver = DnsResolverCreate(options);
	ck_assert_ptr_nonnull(world.resolver);
	DnsResolverOptionsRelease(options);
}

static unsigned int
count(const char *name, int type)
{
	return dns_server_count_questions(world.server, name, type);
}

/* Each name was asked for once, by A and by AAAA. */
static void
assert_asked(const char *const *names, size_t size)
{
	size_t i;

	for (i = 0; i < size; i++) {
		ck_assert_msg(count(names[i], A) == 1, "%s A", names[i]);
		ck_assert_msg(count(names[i], AAAA) == 1, "%s AAAA", names[i]);
	}
	ck_assert_uint_eq(count(NULL, 0), 2 * size);
}

#define ASSERT_ASKED(...)                                                                \
	do {                                                                             \
		static const char *const names[] = {__VA_ARGS__};                        \
		assert_asked(names, sizeof names / sizeof names[0]);                     \
	} while (0)

static void
assert_not_asked(const char *name)
{
	ck_assert_msg(count(name, 0) == 0, "%s", name);
}

START_TEST(suffixes_are_tried_in_order)
{
	DnsAsyncResult *handle;

	use_search("one.test,two.test,slow.test,many.test", 1);
	dns_server_hold(world.server, "x.one.test");
	handle = begin("x", NULL, NULL);
	/* Both at once, and nothing else while they wait. */
	world_await_question("x.one.test");
	ck_assert_uint_eq(count(NULL, 0), 2);
	dns_server_release(world.server, "x.one.test");
	world_await_question("x.slow.test");
	ASSERT_ASKED("x.one.test", "x.two.test", "x.slow.test");
	world_release();
	end_with_addresses(handle, "198.51.100.8");
	assert_not_asked("x.many.test");
	assert_not_asked("x");
}
END_TEST

START_TEST(the_entry_has_the_name_found)
{
	DnsHostEntry *entry;

	use_search("test", 1);
	ck_assert_int_eq(GetHostByName(world.resolver, "a", &entry), DNS_STATUS_OK);
	ck_assert_str_eq(DnsHostEntryGetName(entry), "a.test");
	ck_assert(has_addresses(entry, "192.0.2.1 2001:db8::1"));
	DnsHostEntryRelease(entry);
	ASSERT_ASKED("a.test");
}
END_TEST

/* Where a name of one dot stands that is nowhere, and one that is there as it is. */
START_TEST(ndots)
{
	use_search("one.test", _i);
	end_with_addresses(begin("a.test", NULL, NULL), "192.0.2.1 2001:db8::1");
	if (_i <= 1)
		ASSERT_ASKED("a.test");
	else
		ASSERT_ASKED("a.test.one.test", "a.test");
}
END_TEST

START_TEST(a_dotted_name_gets_suffixes_afterwards)
{
	use_search("one.test,many.test", 1);
	end_with_addresses(begin("x.missing", NULL, NULL), "198.51.100.7");
	ASSERT_ASKED("x.missing", "x.missing.one.test", "x.missing.many.test");
}
END_TEST

START_TEST(a_name_without_data_ends_it)
{
	use_search("test,many.test", 1);
	end_expecting(begin("empty", NULL, NULL), DNS_STATUS_NO_DATA);
	ASSERT_ASKED("empty.test");
}
END_TEST

/* One family is enough for a name to be there. */
START_TEST(a_name_with_one_family_ends_it)
{
	use_search("test,many.test", 1);
	end_with_addresses(begin("b", NULL, NULL), "192.0.2.2");
	end_with_addresses(begin("c", NULL, NULL), "2001:db8::3");
	ASSERT_ASKED("b.test", "c.test");
}
END_TEST

START_TEST(a_final_dot_ends_a_name)
{
	use_search("test,many.test", 4);
	end_expecting(begin(_i == 0 ? "x." : "x.missing.test.", NULL, NULL),
		      DNS_STATUS_HOST_NOT_FOUND);
	if (_i == 0)
		ASSERT_ASKED("x");
	else
		ASSERT_ASKED("x.missing.test");
}
END_TEST

START_TEST(one_label_goes_on_after_a_failure)
{
	use_search("one.test,many.test", 1);
	dns_server_set_rcode(world.server, "x.one.test", 0,
			     _i == 0 ? RCODE_SERVFAIL : RCODE_REFUSED);
	end_with_addresses(begin("x", NULL, NULL), "198.51.100.7");
	ck_assert_uint_ge(count("x.one.test", A), 1);
	ck_assert_uint_eq(count("x.many.test", 0), 2);
}
END_TEST

START_TEST(a_dotted_name_does_not)
{
	use_search("one.test,many.test", 2);
	dns_server_set_rcode(world.server, "x.y.one.test", 0, RCODE_SERVFAIL);
	end_expecting(begin("x.y", NULL, NULL), DNS_STATUS_TRY_AGAIN);
	assert_not_asked("x.y.many.test");
	assert_not_asked("x.y");
}
END_TEST

/* Before, between and behind others; the name as it is is asked for once. */
START_TEST(the_root_as_a_suffix)
{
	static const char *const lists[] = {".", ".,one.test", "one.test,.", ".,."};

	use_search(lists[_i], 1);
	end_expecting(begin("x", NULL, NULL), DNS_STATUS_HOST_NOT_FOUND);
	if (_i == 0 || _i == 3)
		ASSERT_ASKED("x");
	else
		ASSERT_ASKED("x", "x.one.test");
}
END_TEST

START_TEST(a_failure_counts_more_than_not_found)
{
	use_search("one.test,two.test", 1);
	end_expecting(begin("x", NULL, NULL), DNS_STATUS_HOST_NOT_FOUND);
	dns_server_set_rcode(world.server, "x.one.test", 0, RCODE_SERVFAIL);
	end_expecting(begin("x", NULL, NULL), DNS_STATUS_TRY_AGAIN);
	ck_assert_uint_eq(count("x.two.test", 0), 4);
}
END_TEST

/* Fault N11. */
START_TEST(without_a_list_the_name_is_all)
{
	use_search("", _i);
	end_expecting(begin("x", NULL, NULL), DNS_STATUS_HOST_NOT_FOUND);
	ASSERT_ASKED("x");
}
END_TEST

START_TEST(a_cancelled_search_goes_no_further)
{
	DnsAsyncResult *handle;

	use_search("slow.test,many.test", 1);
	handle = begin("x", NULL, NULL);
	world_await_question("x.slow.test");
	DnsAsyncResultCancel(handle);
	end_expecting(handle, DNS_STATUS_CANCELLED);
	world_release();
	end_with_addresses(begin("y.many.test", NULL, NULL), "198.51.100.7");
	assert_not_asked("x.many.test");
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("search");
	TCase *search = contract_case(suite, "search");

	tcase_add_test(search, suffixes_are_tried_in_order);
	tcase_add_test(search, the_entry_has_the_name_found);
	tcase_add_loop_test(search, ndots, 0, 4);
	tcase_add_test(search, a_dotted_name_gets_suffixes_afterwards);
	tcase_add_test(search, a_name_without_data_ends_it);
	tcase_add_test(search, a_name_with_one_family_ends_it);
	tcase_add_loop_test(search, a_final_dot_ends_a_name, 0, 2);
	tcase_add_loop_test(search, one_label_goes_on_after_a_failure, 0, 2);
	tcase_add_test(search, a_dotted_name_does_not);
	tcase_add_loop_test(search, the_root_as_a_suffix, 0, 4);
	tcase_add_test(search, a_failure_counts_more_than_not_found);
	tcase_add_loop_test(search, without_a_list_the_name_is_all, 0, 3);
	tcase_add_test(search, a_cancelled_search_goes_no_further);
	return contract_run(suite);
}
