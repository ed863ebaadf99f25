/* SPDX-License-Identifier: MIT */
/* What resolv.conf and the environment say of suffixes and of behaviour. */
#include <config.h>

#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>
#ifdef __linux__
#include <sched.h>
#endif

#include "resolv_conf.h"
#include "rooms.h"

static struct resolv_conf conf;

static void
set_up(void)
{
	unsetenv("LOCALDOMAIN");
	unsetenv("RES_OPTIONS");
}

static void
tear_down(void)
{
	resolv_conf_clear(&conf);
}

static void
parse(const char *text)
{
	resolv_conf_clear(&conf);
	memset(&conf, 0xa5, sizeof conf);
	ck_assert(resolv_conf_parse(&conf, text, strlen(text)));
}

/* The suffixes, each with a comma behind it, and ndots. */
static void
expect_search(const char *suffixes, int ndots)
{
	char text[2048] = "";
	size_t i;

	for (i = 0; i < conf.search->count; i++) {
		strcat(text, conf.search->suffixes[i]);
		strcat(text, ",");
	}
	ck_assert_str_eq(text, suffixes);
	ck_assert_int_eq(conf.ndots, ndots);
	ck_assert_int_eq(conf.search->ndots, ndots);
	ck_assert_int_eq(conf.search->may_ask_top_level, !conf.no_tld_query);
}

START_TEST(the_last_of_search_and_domain)
{
	static const struct {
		const char *text, *suffixes;
	} examples[] = {
		{ "", "" },
		{ "search a.test b.test\n", "a.test,b.test," },
		{ "search\ta.test\t b.test \n", "a.test,b.test," },
		{ "search a.test b.test\r\n", "a.test,b.test," },
		{ "search a.test", "a.test," },
		{ "domain a.test\n", "a.test," },
		{ "domain a.test b.test\n", "a.test," },
		{ "domain a.test\nsearch b.test c.test\n", "b.test,c.test," },
		{ "search b.test c.test\ndomain a.test\n", "a.test," },
		{ "search a.test\nsearch b.test\n", "b.test," },
		{ "domain a.test\nsearch\nsearch \t\ndomain\n", "a.test," },
		{ "search A.Test. .b.test\n", "a.test,b.test," },
		{ "search .\n", "," },
		{ "search a.test . b.test\n", "a.test,,b.test," },
		{ "search a.test a.test\n", "a.test," },
		{ "search a.test !.test a..test b.test\n", "a.test,b.test," },
		{ "search a.test,b.test c.test\n", "c.test," },	  /* one word, no name */
		{ "search a.test # b.test\n", "a.test,b.test," }, /* no comment */
		{ "search 1.x 2.x 3.x 4.x 5.x 6.x 7.x 8.x\n",
		  "1.x,2.x,3.x,4.x,5.x,6.x,7.x,8.x," },
		{ " search a.test\nsearching b.test\nSEARCH c.test\n#search d.test\n",
		  "" },
	};
	size_t i;

	for (i = 0; i < sizeof examples / sizeof *examples; i++) {
		parse(examples[i].text);
		expect_search(examples[i].suffixes, 1);
		ck_assert_int_eq(conf.has_search, examples[i].suffixes[0] != '\0');
	}
	parse("search !\n");
	expect_search("", 1);
	ck_assert(conf.has_search);
}
END_TEST

/* Fault C07. */
START_TEST(a_search_with_a_nul_is_no_text)
{
	static const char text[] = "search a.test\nsearch b.test \0 c.test\n";

	resolv_conf_clear(&conf);
	ck_assert(resolv_conf_parse(&conf, text, sizeof text - 1));
	expect_search("a.test,", 1);
}
END_TEST

/* Fault C07. */
START_TEST(of_five_hundred_suffixes_32)
{
	char text[20000] = "search", expected[512] = "";
	char *end = text + strlen(text);
	int i;

	for (i = 0; i < 500; i++) {
		if (i % 2 == 0) { /* longer than a name */
			*end++ = ' ';
			memset(end, 'x', 256 / (i == 0 ? 1 : 16));
			end += 256 / (i == 0 ? 1 : 16);
			end += sprintf(end, "..test");
		}
		end += sprintf(end, " n%d.test", i);
	}
	parse(text);
	for (i = 0; i < 32; i++)
		sprintf(expected + strlen(expected), "n%d.test,", i);
	expect_search(expected, 1);
}
END_TEST

/* Fault C06. */
START_TEST(ndots_has_bounds)
{
	static const struct {
		const char *text;
		int ndots;
	} examples[] = {
		{ "options ndots:0\n", 0 },
		{ "options ndots:15\n", 15 },
		{ "options ndots:16\n", 15 },
		{ "options ndots:9999999\n", 15 },
		{ "options ndots:99999999999999999999\n", 15 },
		{ "options ndots:-1\n", 1 },
		{ "options ndots:\n", 1 },
		{ "options ndots:x\n", 1 },
		{ "options ndots\n", 1 },
		{ "options ndots:5 ndots:2\n", 2 },
		{ "options ndots:5\noptions rotate\n", 5 },
		{ "search a.test\noptions ndots:3\n", 3 },
	};
	size_t i;

	for (i = 0; i < sizeof examples / sizeof *examples; i++) {
		parse(examples[i].text);
		ck_assert_int_eq(conf.ndots, examples[i].ndots);
		ck_assert_int_eq(conf.search->ndots, examples[i].ndots);
	}
}
END_TEST

/* One letter for each that is set. */
static const char *
flags(void)
{
	static char text[16];
	char *end = text;
	const struct {
		bool is_set;
		char letter;
	} all[] = {
		{ conf.rotate, 'r' },
		{ conf.use_vc, 'v' },
		{ conf.edns0, 'e' },
		{ conf.trust_ad, 't' },
		{ conf.no_aaaa, 'a' },
		{ conf.no_tld_query, 'q' },
		{ conf.no_reload, 'l' },
		{ conf.single_request, 's' },
		{ conf.single_request_reopen, 'o' },
	};
	size_t i;

	for (i = 0; i < sizeof all / sizeof *all; i++)
		if (all[i].is_set)
			*end++ = all[i].letter;
	*end = '\0';
	return text;
}

/* Fault C06. */
START_TEST(options_that_are_words)
{
	static const struct {
		const char *options, *flags;
	} examples[] = {
		{ "", "" },
		{ "rotate", "r" },
		{ "use-vc", "v" },
		{ "edns0", "e" },
		{ "trust-ad", "t" },
		{ "no-aaaa", "a" },
		{ "no-tld-query", "q" },
		{ "no_tld_query", "q" },
		{ "no-reload", "l" },
		{ "single-request", "s" },
		{ "single-request-reopen", "o" },
		{ "rotate use-vc edns0 trust-ad no-aaaa no-tld-query no-reload "
		  "single-request single-request-reopen",
		  "rvetaqlso" },
		{ "inet6 ip6-bytestring unknown:x debug insecure1", "" },
		{ "rotates edns0:1", "re" }, /* as in glibc */
		{ "Rotate xrotate -edns0 edns use_vc usevc no aaaa", "" },
		{ "ndots:2,rotate", "" },
	};
	char text[256];
	size_t i;

	for (i = 0; i < sizeof examples / sizeof *examples; i++) {
		snprintf(text, sizeof text, "options %s\n", examples[i].options);
		parse(text);
		ck_assert_str_eq(flags(), examples[i].flags);
	}
	parse("sortlist 192.0.2.0/255.255.255.0\noptions rotate\noptions edns0\n");
	ck_assert_str_eq(flags(), "re");
	expect_search("", 1);
}
END_TEST

static void
apply(const char *text, const char *suffixes, const char *options)
{
	parse(text);
	unsetenv("LOCALDOMAIN");
	unsetenv("RES_OPTIONS");
	if (suffixes != NULL)
		setenv("LOCALDOMAIN", suffixes, 1);
	if (options != NULL)
		setenv("RES_OPTIONS", options, 1);
	ck_assert(resolv_conf_apply_environment(&conf));
}

/* Fault C15. */
START_TEST(the_environment_counts_more)
{
	static const char text[] = "nameserver 192.0.2.1\nsearch a.test b.test\n"
				   "options ndots:2 timeout:3 edns0\n";

	apply(text, NULL, NULL);
	expect_search("a.test,b.test,", 2);
	ck_assert_str_eq(flags(), "e");
	apply(text, "c.test d.test", NULL);
	expect_search("c.test,d.test,", 2);
	apply(text, " \tc.test\nd.test", NULL);
	expect_search("c.test,", 2);
	apply(text, "", NULL);
	expect_search("", 2);
	apply(text, NULL, "ndots:4 attempts:5\ttimeout:99 rotate no-tld-query");
	expect_search("a.test,b.test,", 4);
	ck_assert_int_eq(conf.timeout, 30);
	ck_assert_int_eq(conf.attempts, 5);
	ck_assert_str_eq(flags(), "req");
	apply(text, "c.test", "ndots:5");
	expect_search("c.test,", 5);
	ck_assert_int_eq(conf.timeout, 3);
	ck_assert_uint_eq(conf.servers.count, 1);
	apply(text, NULL, "nonsense ndots: \x01\xff");
	expect_search("a.test,b.test,", 2);
}
END_TEST

/* The suffix of the host's name stands in for those that nobody gives. In a namespace for
 * names of its own, where the system lets the test have one. */
START_TEST(the_domain_of_the_host)
{
#ifdef __linux__
	if (unshare(CLONE_NEWUTS) < 0 || sethostname("box.home.test", 13) < 0)
		return;
	apply("", NULL, NULL);
	expect_search("home.test,", 1);
	apply("options ndots:3\n", NULL, NULL);
	expect_search("home.test,", 3);
	apply("search a.test\n", NULL, NULL);
	expect_search("a.test,", 1);
	apply("search !\n", NULL, NULL);
	expect_search("", 1);
	apply("", "c.test", NULL);
	expect_search("c.test,", 1);
	apply("", "", NULL);
	expect_search("", 1);
	parse(""); /* knows no host */
	expect_search("", 1);
	ck_assert_int_eq(sethostname("box", 3), 0);
	apply("", NULL, NULL);
	expect_search("", 1);
	ck_assert_int_eq(sethostname("box.", 4), 0);
	apply("", NULL, NULL);
	ck_assert(conf.search->count == 0 || conf.search->suffixes[0][0] == '\0');
#endif
}
END_TEST

void
resolv_conf_search_tests(TCase *tests)
{
	tcase_add_checked_fixture(tests, set_up, tear_down);
	tcase_add_test(tests, the_last_of_search_and_domain);
	tcase_add_test(tests, a_search_with_a_nul_is_no_text);
	tcase_add_test(tests, of_five_hundred_suffixes_32);
	tcase_add_test(tests, ndots_has_bounds);
	tcase_add_test(tests, options_that_are_words);
	tcase_add_test(tests, the_environment_counts_more);
	tcase_add_test(tests, the_domain_of_the_host);
}
