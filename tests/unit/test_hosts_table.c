/* SPDX-License-Identifier: MIT */
#include "unit.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "hosts.h"
#include "rooms.h"

START_TEST(the_lines_of_a_name_in_their_order)
{
	hosts_parse("192.0.2.9 first one\n"
	      "192.0.2.1 x y\n"
	      "2001:db8::2 one two\n"
	      "192.0.2.9 other one first three\n"
	      "192.0.2.3 one\n");
	hosts_expect("one", "first one two other three = 192.0.2.9 2001:db8::2 192.0.2.3");
	hosts_expect("first", "first one other three = 192.0.2.9");
	hosts_expect("two", "one two = 2001:db8::2");
	hosts_expect("x", "x y = 192.0.2.1");
}
END_TEST

/* As glibc: the lines of the other family do not count at all. */
START_TEST(one_family)
{
	hosts_parse("2001:db8::1 six both\n"
	      "192.0.2.1 four both\n"
	      "2001:db8::2 both more\n");
	hosts_expect_of("both", AF_UNSPEC,
		  "six both four more = 2001:db8::1 192.0.2.1 2001:db8::2");
	hosts_expect_of("both", AF_INET, "four both = 192.0.2.1");
	hosts_expect_of("both", AF_INET6, "six both more = 2001:db8::1 2001:db8::2");
	hosts_expect_of("four", AF_INET, "four both = 192.0.2.1");
	hosts_expect_no_name("four", AF_INET6, ENODATA);
	hosts_expect_no_name("six", AF_INET, ENODATA);
	hosts_expect_no_name("five", AF_INET, ENOENT);
	hosts_expect_no_name("five", AF_INET6, ENOENT);
	hosts_expect_no_name("both", AF_UNIX, ENODATA);
}
END_TEST

START_TEST(names_are_compared_without_case)
{
	hosts_parse("192.0.2.1 Host.Test ALIAS alias Host.test\n"
	      "192.0.2.2 HOST.test Alias Third\n");
	hosts_expect("host.test", "Host.Test ALIAS Third = 192.0.2.1 192.0.2.2");
	hosts_expect("alias", "Host.Test ALIAS Third = 192.0.2.1 192.0.2.2");
	hosts_expect("third", "HOST.test Alias Third = 192.0.2.2");
}
END_TEST

START_TEST(the_final_dot_is_no_part_of_a_name)
{
	hosts_parse("192.0.2.1 A.test. a.test b.\n");
	hosts_expect("a.test", "A.test b = 192.0.2.1");
	hosts_expect("b", "A.test b = 192.0.2.1");
}
END_TEST

START_TEST(repeated_names_and_addresses_count_once)
{
	hosts_parse("192.0.2.1 a a b a b\n"
	      "192.0.2.1 a\n"
	      "192.0.2.2 a a c\n"
	      "192.0.2.1 a a\n");
	hosts_expect("a", "a b c = 192.0.2.1 192.0.2.2");
	hosts_expect("b", "a b = 192.0.2.1");
	hosts_expect("c", "a c = 192.0.2.2");
}
END_TEST

START_TEST(an_address_has_the_names_of_its_first_line)
{
	hosts_parse("192.0.2.1 a b\n2001:db8::1 six\n192.0.2.2 c\n192.0.2.1 d\n192.0.2.3 a\n");
	hosts_expect_reverse("192.0.2.1", "a b = 192.0.2.1");
	hosts_expect_reverse("192.0.2.2", "c = 192.0.2.2");
	hosts_expect_reverse("192.0.2.3", "a = 192.0.2.3");
	hosts_expect_reverse("2001:db8::1", "six = 2001:db8::1");
	hosts_expect_no_reverse("192.0.2.4");
	hosts_expect_no_reverse("2001:db8::2");
	/* The same octets in another family. */
	hosts_expect_no_reverse("c000:201::");
	hosts_expect_no_reverse("::192.0.2.1");
	hosts_expect_no_reverse("::ffff:192.0.2.1");
}
END_TEST

/* In small tables slots are shared often; each has a seed of its own. */
START_TEST(addresses_in_one_slot_are_told_apart)
{
	int i;

	for (i = 0; i < 100; i++) {
		hosts_parse("2001:db8::1 a\n2001:db8::2%1 b\n192.0.2.1 c\n");
		hosts_expect_no_reverse("0.0.0.0");
		hosts_expect_no_reverse("::");
		hosts_expect_no_reverse("192.0.2.2");
		hosts_expect_no_reverse("2001:db8::3");
		hosts_expect_no_reverse("2001:db8::2");
		hosts_expect_no_reverse("2001:db8::2%2");
		hosts_parse("0.0.0.0 a\n");
		hosts_expect_no_reverse("::");
		hosts_expect_no_reverse("2001:db8::1");
		hosts_parse(":: a\n");
		hosts_expect_no_reverse("0.0.0.0");
		hosts_expect_no_reverse("192.0.2.1");
	}
}
END_TEST

START_TEST(the_interface_belongs_to_the_address)
{
	hosts_parse("fe80::1%2 two\nfe80::1%3 three\nfe80::2 any\n");
	hosts_expect_reverse("fe80::1%2", "two = fe80::1%2");
	hosts_expect_reverse("fe80::1%3", "three = fe80::1%3");
	hosts_expect_no_reverse("fe80::1%4");
	hosts_expect_no_reverse("fe80::1");
	hosts_expect_reverse("fe80::2", "any = fe80::2");
	hosts_expect_reverse("fe80::2%3", "any = fe80::2");
	hosts_parse("fe80::1 a\nfe80::1%2 a\nfe80::1%3 a\n");
	hosts_expect("a", "a = fe80::1 fe80::1%2 fe80::1%3");
}
END_TEST

START_TEST(an_address_is_found_whatever_its_port)
{
	union host_address address = hosts_read_address("192.0.2.1");
	DnsHostEntry *entry;
	char text[1024];

	hosts_parse("192.0.2.1 a\n");
	address.ipv4.sin_port = 53;
	memset(address.ipv4.sin_zero, 0xff, sizeof address.ipv4.sin_zero);
	entry = hosts_table_find_address(hosts, &address);
	ck_assert_ptr_nonnull(entry);
	hosts_format_entry(entry, text);
	ck_assert_str_eq(text, "a = 192.0.2.1");
	address.any.sa_family = AF_UNIX;
	errno = 0;
	ck_assert_ptr_null(hosts_table_find_address(hosts, &address));
	ck_assert_int_eq(errno, ENOENT);
}
END_TEST

START_TEST(an_entry_outlives_its_table)
{
	DnsHostEntry *entry;
	char text[1024];

	hosts_parse("192.0.2.1 a b\n");
	entry = hosts_table_find_name(hosts, "b", AF_INET);
	ck_assert_ptr_nonnull(entry);
	hosts_tear_down();
	hosts_format_entry(entry, text);
	ck_assert_str_eq(text, "a b = 192.0.2.1");
}
END_TEST

START_TEST(a_retired_table_stays_while_it_is_read)
{
	struct readers *readers = readers_create();
	atomic_uint *place;

	ck_assert_ptr_nonnull(readers);
	place = readers_enter(readers);
	hosts_parse("192.0.2.1 a\n");
	hosts_table_retire(hosts, readers);
	readers_collect(readers);
	hosts_expect("a", "a = 192.0.2.1");
	readers_leave(place);
	readers_collect(readers);
	readers_destroy(readers);
	hosts_table_free(NULL);
	hosts = NULL;
}
END_TEST

/* What would take minutes, were it not linear; Check's limit ends it. */
#define MANY 100000
#define TEXT_SIZE (MANY * 64)

static char *
make_text(void)
{
	char *text = malloc(TEXT_SIZE);

	ck_assert_ptr_nonnull(text);
	text[0] = '\0';
	return text;
}

static void
parse_and_free(char *text, size_t length)
{
	ck_assert_uint_lt(length, TEXT_SIZE);
	hosts_table_free(hosts);
	hosts = hosts_table_parse(text, length);
	ck_assert_ptr_nonnull(hosts);
	free(text);
}

/* Fault C11. */
START_TEST(many_lines)
{
	char *text = make_text(), name[32], digits[32], expected[128];
	size_t length = 0;
	unsigned int i;

	for (i = 0; i < MANY; i++)
		length += (size_t)sprintf(text + length, "10.%u.%u.%u Host%u.test h%u\n",
					  i >> 16, i >> 8 & 255, i & 255, i, i);
	parse_and_free(text, length);
	for (i = 0; i < MANY; i += 7) {
		sprintf(digits, "10.%u.%u.%u", i >> 16, i >> 8 & 255, i & 255);
		sprintf(expected, "Host%u.test h%u = %s", i, i, digits);
		sprintf(name, "host%u.test", i);
		hosts_expect(name, expected);
		hosts_expect_reverse(digits, expected);
	}
	hosts_expect_none("host100000.test");
}
END_TEST

START_TEST(one_name_on_many_lines)
{
	char *text = make_text();
	DnsHostEntry *entry;
	size_t length = 0;
	unsigned int i;

	for (i = 0; i < MANY; i++)
		length += (size_t)sprintf(text + length, "10.%u.%u.%u one\n", i >> 16,
					  i >> 8 & 255, i & 255);
	/* The same again, and one thing more. */
	memcpy(text + length, text, length);
	length *= 2;
	length += (size_t)sprintf(text + length, "::1 one last\n");
	parse_and_free(text, length);
	entry = hosts_table_find_name(hosts, "one", AF_UNSPEC);
	ck_assert_ptr_nonnull(entry);
	ck_assert_uint_eq(DnsHostEntryGetAddressCount(entry), MANY + 1);
	ck_assert_uint_eq(DnsHostEntryGetAliasCount(entry), 1);
	DnsHostEntryRelease(entry);
	hosts_expect_of("one", AF_INET6, "one last = ::1");
	hosts_expect_reverse("10.1.134.159", "one = 10.1.134.159");
}
END_TEST

/* Fault C12. */
START_TEST(many_names_on_one_line)
{
	char *text = make_text(), name[16];
	DnsHostEntry *entry;
	size_t length;
	unsigned int i;

	length = (size_t)sprintf(text, "10.0.0.1");
	for (i = 0; i < MANY; i++)
		length += (size_t)sprintf(text + length, " n%u n%u", i, i / 2);
	parse_and_free(text, length);
	entry = hosts_table_find_name(hosts, "n99999", AF_UNSPEC);
	ck_assert_ptr_nonnull(entry);
	ck_assert_uint_eq(DnsHostEntryGetAddressCount(entry), 1);
	ck_assert_uint_eq(DnsHostEntryGetAliasCount(entry), MANY - 1);
	ck_assert_str_eq(DnsHostEntryGetName(entry), "n0");
	for (i = 1; i < MANY; i++) {
		sprintf(name, "n%u", i);
		ck_assert_str_eq(DnsHostEntryGetAlias(entry, i - 1), name);
	}
	DnsHostEntryRelease(entry);
}
END_TEST

START_TEST(one_name_many_times_on_one_line)
{
	char *text = make_text();
	size_t length;
	unsigned int i;

	length = (size_t)sprintf(text, "10.0.0.1 b");
	for (i = 0; i < MANY; i++)
		length += (size_t)sprintf(text + length, " a");
	length += (size_t)sprintf(text + length, "\n10.0.0.2 a\n");
	parse_and_free(text, length);
	hosts_expect("a", "b a = 10.0.0.1 10.0.0.2");
}
END_TEST

START_TEST(more_than_the_maximum_is_refused)
{
	char *text = calloc(1, HOSTS_TABLE_TEXT_MAXIMUM + 1);

	ck_assert_ptr_nonnull(text);
	memset(text, '\n', 1000);
	memcpy(text + 1000, "192.0.2.1 a\n", 12);
	errno = 0;
	ck_assert_ptr_null(hosts_table_parse(text, HOSTS_TABLE_TEXT_MAXIMUM + 1));
	ck_assert_int_eq(errno, EFBIG);
	hosts = hosts_table_parse(text, HOSTS_TABLE_TEXT_MAXIMUM);
	ck_assert_ptr_nonnull(hosts);
	hosts_expect("a", "a = 192.0.2.1");
	free(text);
}
END_TEST

void
hosts_table_tests(TCase *tests)
{
	tcase_add_checked_fixture(tests, NULL, hosts_tear_down);
	tcase_add_test(tests, the_lines_of_a_name_in_their_order);
	tcase_add_test(tests, one_family);
	tcase_add_test(tests, names_are_compared_without_case);
	tcase_add_test(tests, the_final_dot_is_no_part_of_a_name);
	tcase_add_test(tests, repeated_names_and_addresses_count_once);
	tcase_add_test(tests, an_address_has_the_names_of_its_first_line);
	tcase_add_test(tests, addresses_in_one_slot_are_told_apart);
	tcase_add_test(tests, the_interface_belongs_to_the_address);
	tcase_add_test(tests, an_address_is_found_whatever_its_port);
	tcase_add_test(tests, an_entry_outlives_its_table);
	tcase_add_test(tests, a_retired_table_stays_while_it_is_read);
	tcase_add_test(tests, many_lines);
	tcase_add_test(tests, one_name_on_many_lines);
	tcase_add_test(tests, many_names_on_one_line);
	tcase_add_test(tests, one_name_many_times_on_one_line);
	tcase_add_test(tests, more_than_the_maximum_is_refused);
}
