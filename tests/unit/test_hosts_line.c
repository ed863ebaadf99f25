/* SPDX-License-Identifier: MIT */
#include "unit.h"

#include <net/if.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "hosts.h"
#include "rooms.h"

START_TEST(a_line_is_an_address_and_names)
{
	hosts_parse("192.0.2.1 a.test b.test c\n2001:db8::1\td.test\n");
	hosts_expect("a.test", "a.test b.test c = 192.0.2.1");
	hosts_expect("b.test", "a.test b.test c = 192.0.2.1");
	hosts_expect("c", "a.test b.test c = 192.0.2.1");
	hosts_expect("d.test", "d.test = 2001:db8::1");
	hosts_expect_none("e.test");
	hosts_expect_none("a");
	hosts_expect_none("");
}
END_TEST

START_TEST(an_empty_text_has_nothing)
{
	hosts_parse("");
	hosts_expect_none("a");
	hosts_expect_no_reverse("192.0.2.1");
	hosts_expect_no_reverse("::1");
	hosts_parse("\n\n# nothing\n");
	hosts_expect_none("a");
}
END_TEST

START_TEST(blanks_comments_and_line_ends)
{
	hosts_parse("  192.0.2.1 \t a \t b  \n"
	      "\t192.0.2.2 c\r\n"
	      "192.0.2.3 d#e f\n"
	      "192.0.2.4 g # h\n"
	      "#192.0.2.5 i\n"
	      " # 192.0.2.6 j\n"
	      "192.0.2.7#8 k\n"
	      "\r\n\n \n"
	      "192.0.2.8 l");
	hosts_expect("a", "a b = 192.0.2.1");
	hosts_expect("c", "c = 192.0.2.2");
	hosts_expect("d", "d = 192.0.2.3");
	hosts_expect("g", "g = 192.0.2.4");
	hosts_expect("l", "l = 192.0.2.8");
	hosts_expect_none("e");
	hosts_expect_none("f");
	hosts_expect_none("h");
	hosts_expect_none("i");
	hosts_expect_none("j");
	hosts_expect_none("k");
	hosts_expect_no_reverse("192.0.2.7");
}
END_TEST

/* Only the line that is wrong. */
START_TEST(bad_addresses_are_passed_over)
{
	static const char *const addresses[] = {
		"127.1",
		"1.2.3",
		"1.2.3.4.5",
		"1.2.3.256",
		"0x7f.0.0.1",
		"1.2.3.04",
		"1.2.3.",
		"1.2.3.4:53",
		"[::1]",
		"::1::",
		"12345::",
		":1",
		"::ffff:1.2.3",
		"host",
		"%",
		"::1%",
		"%1",
		"1.2.3.4%1",
		"fe80::1%no-such-if",
		"fe80::1%4294967296",
		"fe80::1%99999999999999999999",
		"fe80::1%18446744073709551617", /* 1 in 64 bits */
		"fe80::1%1%1",
		"fe80::1%-1",
		"fe80::1%1x",
		"1111:2222:3333:4444:5555:6666:255.255.255.255%1234567890123456",
		"\357\273\2771.2.3.4",
		"::1/128"
	};
	char text[256];
	size_t i;

	for (i = 0; i < sizeof addresses / sizeof *addresses; i++) {
		snprintf(text, sizeof text, "192.0.2.1 good\n%s bad\n192.0.2.2 good\n",
			 addresses[i]);
		hosts_parse(text);
		hosts_expect("good", "good = 192.0.2.1 192.0.2.2");
		ck_assert_msg(hosts_table_find_name(hosts, "bad", AF_UNSPEC) == NULL,
			      "%s", addresses[i]);
	}
}
END_TEST

START_TEST(bad_names_are_passed_over)
{
	static const char *const names[] = { ".",   "..",	 "a..b", ".a",
					     "a..", "b\xc3\xbc", "a/b",	 "a\\b",
					     "a,b", "1.2.3.4",	 "5",	 "0x1",
					     "a@b", "a\x7f",	 "a\vb", "*.a",
					     "::1", "\x01" };
	char text[600], label[65];
	size_t i;

	for (i = 0; i < sizeof names / sizeof *names; i++) {
		snprintf(text, sizeof text, "192.0.2.1 %s good %s too %s\n", names[i],
			 names[i], names[i]);
		hosts_parse(text);
		hosts_expect("good", "good too = 192.0.2.1");
		hosts_expect_reverse("192.0.2.1", "good too = 192.0.2.1");
		snprintf(text, sizeof text, "192.0.2.1 %s\n192.0.2.1 after\n", names[i]);
		hosts_parse(text);
		hosts_expect_reverse("192.0.2.1", "after = 192.0.2.1");
	}
	memset(label, 'x', 64);
	label[64] = '\0';
	snprintf(text, sizeof text, "192.0.2.1 %s %s", label, label + 1);
	hosts_parse(text);
	hosts_expect_none(label);
	snprintf(text, sizeof text, "%s = 192.0.2.1", label + 1);
	hosts_expect(label + 1, text);
}
END_TEST

/* 253 octets, and the final dot. */
START_TEST(the_longest_name)
{
	char text[1024], name[260], expected[300];
	size_t i;

	for (i = 0; i < 254; i++)
		name[i] = i % 60 == 59 ? '.' : 'n';
	name[253] = '\0';
	snprintf(text, sizeof text, "192.0.2.1 %s", name);
	snprintf(expected, sizeof expected, "%s = 192.0.2.1", name);
	hosts_parse(text);
	hosts_expect(name, expected);
	snprintf(text, sizeof text, "192.0.2.1 %s.", name);
	hosts_parse(text);
	hosts_expect(name, expected);
	snprintf(text, sizeof text, "192.0.2.1 %sn %sn. %s..", name, name, name);
	hosts_parse(text);
	hosts_expect_no_reverse("192.0.2.1");
}
END_TEST

/* Fault C12. */
START_TEST(a_word_is_as_long_as_it_likes)
{
	char *text = malloc(100100);
	size_t length;

	ck_assert_ptr_nonnull(text);
	memset(text, 'x', 100100);
	memcpy(text, "192.0.2.1 a ", 12);
	for (length = 300; length <= 100000; length += 9970) {
		memcpy(text + length, " b\n", 3);
		hosts_parse_octets(text, length + 3);
		hosts_expect("b", "a b = 192.0.2.1");
		text[length] = text[length + 1] = text[length + 2] = 'x';
	}
	free(text);
}
END_TEST

/* Fault C12. */
START_TEST(a_line_with_a_nul_is_no_text)
{
	static const char text[] = "192.0.2.1 a\0b\n\0192.0.2.2 c\n192.0.2.3 d\0\n"
				   "192.0.2.4\0 e\n192.0.2.5 f # \0 comment\n\0\n"
				   "192.0.2.6 g\n\0";

	hosts_parse_octets(text, sizeof text);
	hosts_expect("f", "f = 192.0.2.5");
	hosts_expect("g", "g = 192.0.2.6");
	hosts_expect_none("a");
	hosts_expect_none("b");
	hosts_expect_none("c");
	hosts_expect_none("d");
	hosts_expect_none("e");
}
END_TEST

START_TEST(an_interface_by_its_number_or_its_name)
{
	struct if_nameindex *interfaces = if_nameindex();
	char text[256], expected[64];

	hosts_parse("fe80::1%7 a\nfe80::1%0 b\nfe80::1%4294967295 c\n");
	hosts_expect("a", "a = fe80::1%7");
	hosts_expect("b", "b = fe80::1");
	hosts_expect("c", "c = fe80::1%4294967295");
	if (interfaces == NULL)
		return;
	if (interfaces->if_name != NULL) {
		snprintf(text, sizeof text,
			 "fe80::1%%%s a\nfe80::2%%%s b\nfe80::3%%%s0000 c",
			 interfaces->if_name, interfaces->if_name, interfaces->if_name);
		hosts_parse(text);
		snprintf(expected, sizeof expected, "a = fe80::1%%%u",
			 interfaces->if_index);
		hosts_expect("a", expected);
		snprintf(expected, sizeof expected, "b = fe80::2%%%u",
			 interfaces->if_index);
		hosts_expect("b", expected);
		hosts_expect_none("c");
	}
	if_freenameindex(interfaces);
}
END_TEST

START_TEST(cut_off_anywhere)
{
	static const char text[] = "# hosts\n127.0.0.1\tlocalhost\n"
				   "::1 localhost ip6-localhost ip6-loopback\r\n"
				   "192.0.2.1 www.x.test. www # here\n"
				   "fe80::1%1 Www.X.Test\n\0 192.0.2.2 a\n"
				   "192.0.2.300 bad\n192.0.2.3 www.x.test w\\w w";
	static const char *const names[] = { "localhost", "www.x.test", "w", "www",
					     "bad" };
	DnsHostEntry *entry;
	size_t length, i;

	for (length = 0; length < sizeof text; length++) {
		hosts_parse_octets(text, length);
		for (i = 0; i < sizeof names / sizeof *names; i++) {
			entry = hosts_table_find_name(hosts, names[i], AF_UNSPEC);
			DnsHostEntryRelease(entry);
		}
	}
	hosts_expect("www.x.test", "www.x.test www w = 192.0.2.1 fe80::1%1 192.0.2.3");
}
END_TEST

/* Whatever the octets are; ASan sees reading beyond them. */
START_TEST(junk_does_no_harm)
{
	static const char *const pieces[] = { "192.0.2.1 ", "::1 ", "fe80::1%1 ", "a ",
					      "b. ",	    "A",    ".",	  "\n",
					      "\n",	    "\r",   "\t",	  "#",
					      "%",	    " 1",   "name.test ", "-" };
	struct dice dice;
	char text[512];
	size_t length, size;
	const char *piece;
	int i;

	dice_init(&dice);
	for (i = 0; i < 5000; i++) {
		for (length = 0; length < sizeof text - 16; length += size) {
			piece = pieces[dice_roll(&dice, 16)];
			size = strlen(piece);
			memcpy(text + length, piece, size);
			if (dice_roll(&dice, 16) == 0)
				text[length] = (char)dice_roll(&dice, 256);
			if (dice_roll(&dice, 64) == 0)
				break;
		}
		hosts_parse_octets(text, length);
		DnsHostEntryRelease(hosts_table_find_name(hosts, "a", AF_UNSPEC));
		DnsHostEntryRelease(hosts_table_find_name(hosts, "name.test", AF_INET6));
	}
}
END_TEST

void
hosts_line_tests(TCase *tests)
{
	tcase_add_checked_fixture(tests, NULL, hosts_tear_down);
	tcase_add_test(tests, a_line_is_an_address_and_names);
	tcase_add_test(tests, an_empty_text_has_nothing);
	tcase_add_test(tests, blanks_comments_and_line_ends);
	tcase_add_test(tests, bad_addresses_are_passed_over);
	tcase_add_test(tests, bad_names_are_passed_over);
	tcase_add_test(tests, the_longest_name);
	tcase_add_test(tests, a_word_is_as_long_as_it_likes);
	tcase_add_test(tests, a_line_with_a_nul_is_no_text);
	tcase_add_test(tests, an_interface_by_its_number_or_its_name);
	tcase_add_test(tests, cut_off_anywhere);
	tcase_add_test(tests, junk_does_no_harm);
}
