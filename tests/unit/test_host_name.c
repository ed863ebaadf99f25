/* SPDX-License-Identifier: MIT */
#include "unit.h"

#include <string.h>

#include "host_name.h"
#include "rooms.h"

static void
check_normal(const char *text, const char *expected)
{
	char name[32];

	memset(name, 0x5a, sizeof name);
	host_name_normalise(name, text, strlen(text));
	ck_assert_str_eq(name, expected);
	ck_assert_int_eq(name[strlen(expected) + 1], 0x5a);
}

START_TEST(the_normal_form)
{
	check_normal("Host.TEST", "host.test");
	check_normal("host.test.", "host.test");
	check_normal("AZ@[`{az09-_", "az@[`{az09-_");
	check_normal("\xc3\x89.test", "\xc3\x89.test");
	check_normal("..", ".");
	check_normal(".", "");
	check_normal("", "");
}
END_TEST

START_TEST(only_so_many_octets_are_read)
{
	char name[32];

	host_name_normalise(name, "ABC.test", 4);
	ck_assert_str_eq(name, "abc");
	host_name_normalise(name, "ABC.test", 0);
	ck_assert_str_eq(name, "");
}
END_TEST

/* Whether a host, and whether records, can have the name. */
static void
check_possible(const char *name, bool is_host, bool is_in_dns)
{
	ck_assert_msg(host_name_is_possible(name) == is_host, "host \"%s\"", name);
	ck_assert_msg(host_name_is_possible_in_dns(name) == is_in_dns, "records of \"%s\"",
		      name);
}

START_TEST(each_octet)
{
	static const char of_hosts[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
				       "0123456789-_";
	char name[] = "x?y.test";
	bool is_host;
	int octet;

	for (octet = 1; octet < 256; octet++) {
		name[1] = (char)octet;
		is_host = strchr(of_hosts, octet) != NULL || octet == '.';
		check_possible(name, is_host, is_host || octet == '*' || octet == '/');
	}
}
END_TEST

START_TEST(what_hosts_can_be_called)
{
	static const char *const names[] = { "a",	       "a.b.c",
					     "-",	       "-a-.test",
					     "_",	       "_sip._tcp.test",
					     "xn--mnchen-3ya", "xn--bad--.test",
					     "1.2.3.4.test",   "1x",
					     "0xyz",	       "x0",
					     "1-1",	       "127.0.0.1.in-addr.arpa",
					     "1_",	       "0x1.2x" };
	size_t i;

	for (i = 0; i < sizeof names / sizeof *names; i++)
		check_possible(names[i], true, true);
}
END_TEST

START_TEST(what_only_records_can_be_found_by)
{
	check_possible("", false, true);
	check_possible("*", false, true);
	check_possible("*.test", false, true);
	check_possible("0/25.2.0.192.in-addr.arpa", false, true);
	check_possible("a.*.test", false, true);
}
END_TEST

START_TEST(what_nothing_is_called)
{
	static const char *const names[] = { ".",	"..",	     ".a",	  "a.",
					     "a..b",	"a..",	     "1",	  "a.1",
					     "127.1",	"192.0.2.1", "1.2.3.4.5", "a.0x1f",
					     "0x",	"a.0x",	     "*.1",	  "0123456789",
					     "\\000.a", "a\\.b.c",   "a b.test",  "::1",
					     "[::1]",	"a:80",	     "*..test",	  "\xc3\xa9" };
	size_t i;

	for (i = 0; i < sizeof names / sizeof *names; i++)
		check_possible(names[i], false, false);
}
END_TEST

START_TEST(labels_of_1_to_63_octets)
{
	char name[80];

	memset(name, 'a', sizeof name);
	strcpy(name + 63, ".b");
	check_possible(name, true, true);
	check_possible(name + 62, true, true);
	check_possible(name + 63, false, false);
	memset(name, 'a', sizeof name);
	strcpy(name + 64, ".b");
	check_possible(name, false, false);
	memmove(name + 2, name, 64);
	memcpy(name, "b.", 2);
	name[2 + 64] = '\0';
	check_possible(name, false, false);
	name[2 + 63] = '\0';
	check_possible(name, true, true);
}
END_TEST

START_TEST(names_of_253_octets)
{
	char name[300];
	size_t i;

	for (i = 0; i < sizeof name; i++)
		name[i] = i % 2 == 0 ? 'a' : '.';
	name[253] = '\0';
	check_possible(name, true, true);
	name[253] = 'a';
	name[254] = '\0';
	check_possible(name, false, false);
	name[254] = 'a';
	name[255] = '\0';
	check_possible(name, false, false);
}
END_TEST

START_TEST(names_are_the_same_whatever_their_case)
{
	ck_assert(host_name_is_same("", ""));
	ck_assert(host_name_is_same("Host.TEST", "hOST.test"));
	ck_assert(!host_name_is_same("host", "host.test"));
	ck_assert(!host_name_is_same("host.test", "host"));
	ck_assert(!host_name_is_same("a_b", "a-b"));
	ck_assert(!host_name_is_same("@[", "`{"));
	ck_assert(!host_name_is_same("\xc3\x89", "\xc3\xa9"));
}
END_TEST

void
host_name_tests(TCase *tests)
{
	tcase_add_test(tests, the_normal_form);
	tcase_add_test(tests, only_so_many_octets_are_read);
	tcase_add_test(tests, each_octet);
	tcase_add_test(tests, what_hosts_can_be_called);
	tcase_add_test(tests, what_only_records_can_be_found_by);
	tcase_add_test(tests, what_nothing_is_called);
	tcase_add_test(tests, labels_of_1_to_63_octets);
	tcase_add_test(tests, names_of_253_octets);
	tcase_add_test(tests, names_are_the_same_whatever_their_case);
}
