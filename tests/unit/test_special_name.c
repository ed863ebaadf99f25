/* SPDX-License-Identifier: MIT */
#include "unit.h"

#include <ctype.h>
#include <stdio.h>

#include "rooms.h"
#include "special_name.h"

#define IPV6_POINTER \
	"1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.ip6.arpa"

static const struct example {
	const char *name;
	enum special_use use;
} examples[] = {
	{ "localhost", SPECIAL_USE_LOOPBACK },
	{ "invalid", SPECIAL_USE_NO_HOST },
	{ "onion", SPECIAL_USE_NO_HOST },
	{ "alt", SPECIAL_USE_NO_HOST },
	{ "local", SPECIAL_USE_HOSTS_FILE },
	{ "1.0.0.127.in-addr.arpa", SPECIAL_USE_POINTER },
	{ IPV6_POINTER, SPECIAL_USE_POINTER },
};

static void
check_use(int i, const char *before, const char *behind, enum special_use use)
{
	char name[256];

	snprintf(name, sizeof name, "%s%s%s", before, examples[i].name, behind);
	ck_assert_msg(special_name_find(name) == use, "%s is a %d", name,
		      (int)special_name_find(name));
}

static void
check_use_of_capitals(int i, enum special_use use)
{
	char name[256];
	size_t at;

	snprintf(name, sizeof name, "%s", examples[i].name);
	for (at = 0; name[at] != '\0'; at++)
		name[at] = (char)toupper((unsigned char)name[at]);
	ck_assert_msg(special_name_find(name) == use, "%s", name);
}

START_TEST(they_and_what_is_below_them)
{
	enum special_use use = examples[_i].use;

	check_use(_i, "", "", use);
	check_use(_i, "a.", "", use);
	check_use(_i, "a.b.c.", "", use);
	check_use(_i, "_a.", "", use);
	check_use(_i, "localhost.", "", use);
	check_use(_i, "invalid.", "", use);
	check_use(_i, "A.LocalHost.", "", use);
	check_use_of_capitals(_i, use);
}
END_TEST

START_TEST(what_only_looks_like_them)
{
	check_use(_i, "not", "", SPECIAL_USE_NONE);
	check_use(_i, "not-", "", SPECIAL_USE_NONE);
	check_use(_i, "_", "", SPECIAL_USE_NONE);
	check_use(_i, "", "x", SPECIAL_USE_NONE);
	check_use(_i, "", ".test", SPECIAL_USE_NONE);
	check_use(_i, "", ".localdomain", SPECIAL_USE_NONE);
}
END_TEST

START_TEST(ordinary_names)
{
	static const char *const names[] = {
		"",	     "a",
		"test",	     "a.test",
		"example",   "www.example.com",
		"home.arpa", "printer.home.arpa",
		"arpa",	     "in-addr.arpa",
		"ip6.arpa",  "2.0.0.127.in-addr.arpa",
		"ocalhost",  "0.0.127.in-addr.arpa",
		"internal",  "1.2.0.192.in-addr.arpa",
	};
	size_t i;

	for (i = 0; i < sizeof names / sizeof *names; i++)
		ck_assert_msg(special_name_find(names[i]) == SPECIAL_USE_NONE, "%s",
			      names[i]);
}
END_TEST

void
special_name_tests(TCase *tests)
{
	int count = sizeof examples / sizeof *examples;

	tcase_add_loop_test(tests, they_and_what_is_below_them, 0, count);
	tcase_add_loop_test(tests, what_only_looks_like_them, 0, count);
	tcase_add_test(tests, ordinary_names);
}
