/* SPDX-License-Identifier: MIT */
#include "unit.h"

#include <limits.h>
#include <string.h>

#include "resolver_options_impl.h"
#include "rooms.h"

static DnsResolverOptions *options;

static void
set_up(void)
{
	options = DnsResolverOptionsCreate();
	ck_assert_ptr_nonnull(options);
}

static void
tear_down(void)
{
	DnsResolverOptionsRelease(options);
}

static void
expect_defaults(const struct DnsResolverOptions *actual)
{
	ck_assert_uint_eq(actual->servers.count, 0);
	ck_assert_int_eq(actual->timeout, 0);
	ck_assert_int_eq(actual->tries, 0);
	ck_assert_int_eq(actual->deadline, 10000);
	ck_assert_ptr_null(actual->search);
	ck_assert_int_eq(actual->ndots, -1);
	ck_assert_ptr_null(actual->resolv_conf_path);
	ck_assert_uint_eq(actual->flags, 0);
}

START_TEST(new_ones_are_the_defaults)
{
	struct DnsResolverOptions copy;

	expect_defaults(options);
	memset(&copy, 0xa5, sizeof copy);
	ck_assert(resolver_options_copy(&copy, NULL));
	expect_defaults(&copy);
	resolver_options_clear(&copy);
}
END_TEST

START_TEST(null_is_an_invalid_argument)
{
	ck_assert_int_eq(DnsResolverOptionsSetServers(NULL, "192.0.2.1"),
			 DNS_STATUS_INVALID_ARGUMENT);
	ck_assert_int_eq(DnsResolverOptionsSetTimeout(NULL, 1),
			 DNS_STATUS_INVALID_ARGUMENT);
	ck_assert_int_eq(DnsResolverOptionsSetTries(NULL, 1),
			 DNS_STATUS_INVALID_ARGUMENT);
	ck_assert_int_eq(DnsResolverOptionsSetDeadline(NULL, 1),
			 DNS_STATUS_INVALID_ARGUMENT);
	ck_assert_int_eq(DnsResolverOptionsSetResolvConfPath(NULL, "x"),
			 DNS_STATUS_INVALID_ARGUMENT);
	ck_assert_int_eq(DnsResolverOptionsSetFlags(NULL, 0),
			 DNS_STATUS_INVALID_ARGUMENT);
	ck_assert_int_eq(DnsResolverOptionsSetSearchList(NULL, "a.test"),
			 DNS_STATUS_INVALID_ARGUMENT);
	ck_assert_int_eq(DnsResolverOptionsSetPrivateSuffixes(NULL, "a.test"),
			 DNS_STATUS_INVALID_ARGUMENT);
	ck_assert_int_eq(DnsResolverOptionsSetNdots(NULL, 1),
			 DNS_STATUS_INVALID_ARGUMENT);
	DnsResolverOptionsRelease(NULL);
}
END_TEST

/* What is refused leaves the options as they were. */
static void
check_bounds(DnsStatus (*set)(DnsResolverOptions *options, int value), const int *field,
	     int maximum)
{
	const int refused[] = { 0, -1, INT_MIN, INT_MAX };
	size_t i, count = maximum < INT_MAX ? 4 : 3;

	ck_assert_int_eq(set(options, 1), DNS_STATUS_OK);
	ck_assert_int_eq(*field, 1);
	ck_assert_int_eq(set(options, maximum), DNS_STATUS_OK);
	ck_assert_int_eq(*field, maximum);
	for (i = 0; i < count; i++) {
		ck_assert_int_eq(set(options, refused[i]), DNS_STATUS_INVALID_ARGUMENT);
		ck_assert_int_eq(*field, maximum);
	}
	if (maximum < INT_MAX) {
		ck_assert_int_eq(set(options, maximum + 1), DNS_STATUS_INVALID_ARGUMENT);
		ck_assert_int_eq(*field, maximum);
	}
}

START_TEST(numbers_have_bounds)
{
	check_bounds(DnsResolverOptionsSetTimeout, &options->timeout, 60000);
	check_bounds(DnsResolverOptionsSetTries, &options->tries, 10);
	check_bounds(DnsResolverOptionsSetDeadline, &options->deadline, INT_MAX);
	ck_assert_int_eq(options->timeout, 60000);
	ck_assert_int_eq(options->tries, 10);
}
END_TEST

START_TEST(servers_are_all_or_none)
{
	static const char nine[] = "1.1.1.1,1.1.1.1,1.1.1.1,1.1.1.1,1.1.1.1,1.1.1.1,"
				   "1.1.1.1,1.1.1.1,1.1.1.1";
	const char *const refused[] = { "", "dns.test", "192.0.2.3,",
					"192.0.2.3,dns.test", nine };
	char text[SERVER_LIST_TEXT_SIZE];
	size_t i;

	ck_assert_int_eq(DnsResolverOptionsSetServers(options, "192.0.2.1:5300,::1"),
			 DNS_STATUS_OK);
	for (i = 0; i < sizeof refused / sizeof *refused; i++)
		ck_assert_int_eq(DnsResolverOptionsSetServers(options, refused[i]),
				 DNS_STATUS_INVALID_ARGUMENT);
	server_list_format(&options->servers, text);
	ck_assert_str_eq(text, "192.0.2.1:5300,[::1]:53");
	ck_assert_int_eq(DnsResolverOptionsSetServers(options, NULL), DNS_STATUS_OK);
	ck_assert_uint_eq(options->servers.count, 0);
}
END_TEST

static void
expect_suffixes(const struct search_list *list, size_t count, const char *const *suffixes)
{
	size_t i;

	ck_assert_ptr_nonnull(list);
	ck_assert_int_eq(list->ndots, 1);
	ck_assert(list->may_ask_top_level);
	ck_assert_uint_eq(list->count, count);
	for (i = 0; i < count; i++)
		ck_assert_str_eq(list->suffixes[i], suffixes[i]);
}

#define MOST_SUFFIXES                                                                    \
	"a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q,r,s,t,u,v,w,x,y,z,aa,bb,cc,dd,ee,ff"

START_TEST(suffixes_are_all_or_none)
{
	static const char *const refused[] = {
		"a.test,x y!",	 "..",
		"a..test",	 "1.2.3.4",
		"a.test;b.test", MOST_SUFFIXES ",one.more"
	};
	static const char *const pair[] = { "a.test", "b.test" }, *const root[] = { "" };
	size_t i;

	ck_assert_int_eq(DnsResolverOptionsSetSearchList(options, "A.test., b.test"),
			 DNS_STATUS_OK);
	for (i = 0; i < sizeof refused / sizeof *refused; i++)
		ck_assert_int_eq(DnsResolverOptionsSetSearchList(options, refused[i]),
				 DNS_STATUS_INVALID_ARGUMENT);
	expect_suffixes(options->search, 2, pair);
	ck_assert_int_eq(DnsResolverOptionsSetSearchList(options, "."), DNS_STATUS_OK);
	expect_suffixes(options->search, 1, root);
	ck_assert_int_eq(DnsResolverOptionsSetSearchList(options, ""), DNS_STATUS_OK);
	expect_suffixes(options->search, 0, NULL);
	ck_assert_int_eq(DnsResolverOptionsSetSearchList(options, MOST_SUFFIXES),
			 DNS_STATUS_OK);
	ck_assert_uint_eq(options->search->count, SEARCH_LIST_MAXIMUM);
	ck_assert_int_eq(DnsResolverOptionsSetSearchList(options, NULL), DNS_STATUS_OK);
	ck_assert_ptr_null(options->search);
}
END_TEST

/* Copies are counted; ASan and valgrind see one too many or too few. */
START_TEST(a_copy_has_the_suffixes)
{
	static const char *const one[] = { "a.test" };
	struct DnsResolverOptions copy;

	ck_assert_int_eq(DnsResolverOptionsSetSearchList(options, "a.test"),
			 DNS_STATUS_OK);
	ck_assert_int_eq(DnsResolverOptionsSetNdots(options, 3), DNS_STATUS_OK);
	ck_assert(resolver_options_copy(&copy, options));
	ck_assert_int_eq(DnsResolverOptionsSetSearchList(options, ""), DNS_STATUS_OK);
	expect_suffixes(copy.search, 1, one);
	ck_assert_int_eq(copy.ndots, 3);
	resolver_options_clear(&copy);
	expect_suffixes(options->search, 0, NULL);
}
END_TEST

START_TEST(ndots_has_bounds)
{
	const int refused[] = { -1, 16, INT_MIN, INT_MAX };
	size_t i;

	ck_assert_int_eq(DnsResolverOptionsSetNdots(options, 15), DNS_STATUS_OK);
	ck_assert_int_eq(options->ndots, 15);
	ck_assert_int_eq(DnsResolverOptionsSetNdots(options, 0), DNS_STATUS_OK);
	for (i = 0; i < sizeof refused / sizeof *refused; i++)
		ck_assert_int_eq(DnsResolverOptionsSetNdots(options, refused[i]),
				 DNS_STATUS_INVALID_ARGUMENT);
	ck_assert_int_eq(options->ndots, 0);
}
END_TEST

START_TEST(unknown_flags_are_refused)
{
	unsigned int known, bit;

	known = DNS_RESOLVER_NEVER_SYNCHRONOUS | DNS_RESOLVER_DISPATCH_CALLBACKS |
		DNS_RESOLVER_ADDRESS_CONFIG | DNS_RESOLVER_NO_STALE |
		DNS_RESOLVER_KEEP_CASE | DNS_RESOLVER_REFUSE_PRIVATE;
	ck_assert_int_eq(DnsResolverOptionsSetFlags(options, known), DNS_STATUS_OK);
	for (bit = 0; bit < 32; bit++) {
		if ((known & 1u << bit) != 0)
			continue;
		ck_assert_int_eq(DnsResolverOptionsSetFlags(options, 1u << bit),
				 DNS_STATUS_INVALID_ARGUMENT);
		ck_assert_int_eq(DnsResolverOptionsSetFlags(options, 1u << bit | 1),
				 DNS_STATUS_INVALID_ARGUMENT);
	}
	ck_assert_uint_eq(options->flags, known);
	ck_assert_int_eq(DnsResolverOptionsSetFlags(options, 0), DNS_STATUS_OK);
	ck_assert_uint_eq(options->flags, 0);
}
END_TEST

START_TEST(a_path_is_copied)
{
	char path[] = "first.conf";

	ck_assert_int_eq(DnsResolverOptionsSetResolvConfPath(options, path),
			 DNS_STATUS_OK);
	memset(path, 'x', sizeof path - 1);
	ck_assert_str_eq(options->resolv_conf_path, "first.conf");
	ck_assert_int_eq(DnsResolverOptionsSetResolvConfPath(options, ""),
			 DNS_STATUS_INVALID_ARGUMENT);
	ck_assert_str_eq(options->resolv_conf_path, "first.conf");
	ck_assert_int_eq(
		DnsResolverOptionsSetResolvConfPath(options, options->resolv_conf_path),
		DNS_STATUS_OK);
	ck_assert_str_eq(options->resolv_conf_path, "first.conf");
	ck_assert_int_eq(DnsResolverOptionsSetResolvConfPath(options, NULL),
			 DNS_STATUS_OK);
	ck_assert_ptr_null(options->resolv_conf_path);
}
END_TEST

START_TEST(each_path_is_its_own)
{
	struct DnsResolverOptions copy;

	ck_assert_int_eq(DnsResolverOptionsSetGaiConfPath(options, ""),
			 DNS_STATUS_INVALID_ARGUMENT);
	ck_assert_int_eq(DnsResolverOptionsSetGaiConfPath(options, "g"), DNS_STATUS_OK);
	ck_assert_int_eq(DnsResolverOptionsSetHostsPath(options, "h"), DNS_STATUS_OK);
	ck_assert_ptr_null(options->resolv_conf_path);
	ck_assert(resolver_options_copy(&copy, options));
	DnsResolverOptionsSetGaiConfPath(options, NULL);
	ck_assert_ptr_null(options->gai_conf_path);
	ck_assert_str_eq(copy.gai_conf_path, "g");
	ck_assert_str_eq(copy.hosts_path, "h");
	resolver_options_clear(&copy);
}
END_TEST

START_TEST(a_copy_stands_on_its_own)
{
	struct DnsResolverOptions copy;
	char text[SERVER_LIST_TEXT_SIZE];

	DnsResolverOptionsSetServers(options, "192.0.2.1");
	DnsResolverOptionsSetTimeout(options, 11);
	DnsResolverOptionsSetTries(options, 7);
	DnsResolverOptionsSetDeadline(options, 13);
	DnsResolverOptionsSetFlags(options, DNS_RESOLVER_NEVER_SYNCHRONOUS);
	DnsResolverOptionsSetResolvConfPath(options, "first.conf");
	ck_assert(resolver_options_copy(&copy, options));
	DnsResolverOptionsSetServers(options, "192.0.2.2");
	DnsResolverOptionsSetTimeout(options, 12);
	DnsResolverOptionsSetResolvConfPath(options, "second.conf");

	server_list_format(&copy.servers, text);
	ck_assert_str_eq(text, "192.0.2.1:53");
	ck_assert_int_eq(copy.timeout, 11);
	ck_assert_int_eq(copy.tries, 7);
	ck_assert_int_eq(copy.deadline, 13);
	ck_assert_uint_eq(copy.flags, DNS_RESOLVER_NEVER_SYNCHRONOUS);
	ck_assert_str_eq(copy.resolv_conf_path, "first.conf");
	resolver_options_clear(&copy);
	ck_assert_ptr_null(copy.resolv_conf_path);
	ck_assert_str_eq(options->resolv_conf_path, "second.conf");
}
END_TEST

void
resolver_options_tests(TCase *tests)
{
	tcase_add_checked_fixture(tests, set_up, tear_down);
	tcase_add_test(tests, new_ones_are_the_defaults);
	tcase_add_test(tests, null_is_an_invalid_argument);
	tcase_add_test(tests, numbers_have_bounds);
	tcase_add_test(tests, servers_are_all_or_none);
	tcase_add_test(tests, suffixes_are_all_or_none);
	tcase_add_test(tests, a_copy_has_the_suffixes);
	tcase_add_test(tests, ndots_has_bounds);
	tcase_add_test(tests, unknown_flags_are_refused);
	tcase_add_test(tests, a_path_is_copied);
	tcase_add_test(tests, each_path_is_its_own);
	tcase_add_test(tests, a_copy_stands_on_its_own);
}
