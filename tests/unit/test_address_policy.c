/* SPDX-License-Identifier: MIT */
#include "unit.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "address_policy.h"
#include "rooms.h"

static struct address_policy policy;

/* On exact-size memory. */
static void
parse_bytes(const char *text, size_t length)
{
	char *copy = malloc(length > 0 ? length : 1);

	ck_assert_ptr_nonnull(copy);
	memcpy(copy, text, length);
	memset(&policy, 0xa5, sizeof policy);
	address_policy_parse(&policy, copy, length);
	free(copy);
}

static void
parse(const char *text)
{
	parse_bytes(text, strlen(text));
}

static struct in6_addr
address_of(const char *text)
{
	struct in6_addr address;

	ck_assert_msg(inet_pton(AF_INET6, text, &address) == 1, "%s", text);
	return address;
}

static int
label(const char *text)
{
	struct in6_addr address = address_of(text);

	return address_policy_label(&policy, &address);
}

static int
precedence(const char *text)
{
	struct in6_addr address = address_of(text);

	return address_policy_precedence(&policy, &address);
}

static int
scope(const char *ipv4)
{
	char text[INET6_ADDRSTRLEN];
	struct in6_addr address;

	snprintf(text, sizeof text, "::ffff:%s", ipv4);
	address = address_of(text);
	return address_policy_ipv4_scope(&policy, &address);
}

/* RFC 6724, section 2.1: addresses of each line, and those at the edges of its prefix. */
static const struct {
	const char *address;
	int precedence;
	int label;
} table[] = {
	{ "::1", 50, 0 },
	{ "::2", 1, 3 },
	{ "::", 1, 3 },
	{ "::192.0.2.1", 1, 3 },
	{ "::1:0:0:1", 40, 1 },
	{ "2001:db8::1", 40, 1 },
	{ "fe80::1", 40, 1 },
	{ "ff02::1", 40, 1 },
	{ "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", 40, 1 },
	{ "::ffff:0.0.0.0", 35, 4 },
	{ "::ffff:255.255.255.255", 35, 4 },
	{ "::fffe:255.255.255.255", 40, 1 },
	{ "2001:ffff::", 40, 1 },
	{ "2002::", 30, 2 },
	{ "2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff", 30, 2 },
	{ "2003::", 40, 1 },
	{ "2001::1", 5, 5 },
	{ "2001:0:ffff:ffff:ffff:ffff:ffff:ffff", 5, 5 },
	{ "2001:1::", 40, 1 },
	{ "fbff::", 40, 1 },
	{ "fc00::", 3, 13 },
	{ "fdff:ffff::", 3, 13 },
	{ "fe00::", 40, 1 },
	{ "febf::1", 40, 1 },
	{ "fec0::1", 1, 11 },
	{ "feff::1", 1, 11 },
	{ "ff00::", 40, 1 },
	{ "3ffe::1", 1, 12 },
	{ "3fff::1", 40, 1 },
};

#define TABLE_LENGTH ((int)(sizeof table / sizeof *table))

START_TEST(the_default_is_the_table_of_the_rfc)
{
	const char *address = table[_i].address;

	memset(&policy, 0xa5, sizeof policy);
	address_policy_default(&policy);
	ck_assert_msg(precedence(address) == table[_i].precedence, "%s", address);
	ck_assert_msg(label(address) == table[_i].label, "%s", address);
}
END_TEST

static void
expect_default_scopes(void)
{
	ck_assert_int_eq(scope("169.253.255.255"), 14);
	ck_assert_int_eq(scope("169.254.0.0"), 2);
	ck_assert_int_eq(scope("169.254.255.255"), 2);
	ck_assert_int_eq(scope("169.255.0.0"), 14);
	ck_assert_int_eq(scope("127.0.0.1"), 2);
	ck_assert_int_eq(scope("127.255.255.255"), 2);
	ck_assert_int_eq(scope("128.0.0.0"), 14);
	ck_assert_int_eq(scope("10.0.0.1"), 14);
	ck_assert_int_eq(scope("192.168.0.1"), 14);
	ck_assert_int_eq(scope("0.0.0.0"), 14);
	ck_assert_int_eq(scope("224.0.0.1"), 14);
}

START_TEST(the_default_scopes_of_ipv4)
{
	address_policy_default(&policy);
	expect_default_scopes();
}
END_TEST

/* glibc's gai.conf without the comment signs. */
static const char sample[] =
	"# Configuration for getaddrinfo(3).\n"
	"#\n"
	"reload  no\n"
	"label ::1/128       0\n"
	"label ::/0          1\n"
	"label 2002::/16     2\n"
	"label ::/96         3\n"
	"label ::ffff:0:0/96 4\n"
	"label fec0::/10     5\n"
	"label fc00::/7      6\n"
	"label 2001:0::/32   7\n"
	"#    This default differs from the tables given in RFC 3484\n"
	"precedence  ::1/128       50\n"
	"precedence  ::/0          40\n"
	"precedence  2002::/16     30\n"
	"precedence ::/96          20\n"
	"precedence ::ffff:0:0/96  10\n"
	"#precedence ::ffff:0:0/96  100\n"
	"scopev4 ::ffff:169.254.0.0/112  2\n"
	"scopev4 ::ffff:127.0.0.0/104    2\n"
	"scopev4 ::ffff:0.0.0.0/96       14\n";

START_TEST(the_sample_of_glibc_is_read)
{
	parse(sample);
	ck_assert_int_eq(label("::1"), 0);
	ck_assert_int_eq(label("2001:db8::1"), 1);
	ck_assert_int_eq(label("2002::1"), 2);
	ck_assert_int_eq(label("::2"), 3);
	ck_assert_int_eq(label("::ffff:1.2.3.4"), 4);
	ck_assert_int_eq(label("fec0::1"), 5);
	ck_assert_int_eq(label("fd00::1"), 6);
	ck_assert_int_eq(label("2001::1"), 7);
	ck_assert_int_eq(label("3ffe::1"), 1);
	ck_assert_int_eq(precedence("::1"), 50);
	ck_assert_int_eq(precedence("fd00::1"), 40);
	ck_assert_int_eq(precedence("2002::1"), 30);
	ck_assert_int_eq(precedence("::2"), 20);
	ck_assert_int_eq(precedence("::ffff:1.2.3.4"), 10);
	expect_default_scopes();
}
END_TEST

START_TEST(one_line_replaces_all_defaults_of_its_kind_only)
{
	parse("precedence ::ffff:0:0/96 100\n");
	ck_assert_int_eq(precedence("::ffff:192.0.2.1"), 100);
	ck_assert_int_eq(precedence("::1"), 40);
	ck_assert_int_eq(precedence("fd00::1"), 40);
	ck_assert_int_eq(label("::1"), 0);
	ck_assert_int_eq(label("fd00::1"), 13);
	expect_default_scopes();

	parse("label fd00::/8 77\n");
	ck_assert_int_eq(label("fd00::1"), 77);
	ck_assert_int_eq(label("::1"), 1);
	ck_assert_int_eq(label("::ffff:192.0.2.1"), 1);
	ck_assert_int_eq(precedence("fd00::1"), 3);

	parse("scopev4 10.0.0.0/8 5");
	ck_assert_int_eq(scope("10.255.0.1"), 5);
	ck_assert_int_eq(scope("11.0.0.1"), 14);
	ck_assert_int_eq(scope("127.0.0.1"), 14);
	ck_assert_int_eq(precedence("::1"), 50);
	ck_assert_int_eq(label("::1"), 0);
}
END_TEST

START_TEST(scopes_are_written_in_either_way)
{
	parse("scopev4 ::ffff:10.0.0.0/104 5\nscopev4 192.168.0.0/16 6\n"
	      "scopev4 192.0.2.7 7\nscopev4 ::ffff:192.0.2.8 8\nscopev4 0.0.0.0/0 9");
	ck_assert_int_eq(scope("10.255.255.255"), 5);
	ck_assert_int_eq(scope("192.168.255.1"), 6);
	ck_assert_int_eq(scope("192.0.2.7"), 7);
	ck_assert_int_eq(scope("192.0.2.8"), 8);
	ck_assert_int_eq(scope("192.0.2.9"), 9);
}
END_TEST

START_TEST(the_longest_prefix_counts_and_of_two_the_first)
{
	parse("label ::/0 9\nlabel 2001:db8::/32 1\nlabel 2001:db8:1::/47 2\n"
	      "label 2001:db8:1::/48 3\nlabel 2001:db8:1::1 4\nlabel 2001:db8:1::/48 5\n"
	      "label ::/0 10\n");
	ck_assert_int_eq(label("2001:db9::"), 9);
	ck_assert_int_eq(label("2001:db8:2::"), 1);
	ck_assert_int_eq(label("2001:db8::"), 2);
	ck_assert_int_eq(label("2001:db8:1::2"), 3);
	ck_assert_int_eq(label("2001:db8:1::1"), 4);
}
END_TEST

START_TEST(bits_after_the_prefix_do_not_count)
{
	parse("label 2001:db8:ffff::1/32 7\nlabel fdff::/7 8\n");
	ck_assert_int_eq(label("2001:db8::"), 7);
	ck_assert_int_eq(label("fc00::"), 8);
}
END_TEST

START_TEST(blanks_comments_and_rests_of_lines_do_not_matter)
{
	parse("\t label\t::1/128\v  7 # 8\r\n  #label ::1 9\nlabel ::2 5#\n"
	      "label ::3 4 more 5\nlabel ::4#/128 1\nlabel ::5 6");
	ck_assert_int_eq(label("::1"), 7);
	ck_assert_int_eq(label("::2"), 5);
	ck_assert_int_eq(label("::3"), 4);
	ck_assert_int_eq(label("::4"), 1);
	ck_assert_int_eq(label("::5"), 6);
	ck_assert_uint_eq(policy.labels.count, 5);
}
END_TEST

static const char *const nonsense[] = {
	"label", "label ::1", "label ::1/128", "label ::1/129 7", "label ::1/-1 7",
	"label ::1/ 7", "label ::1/+8 7", "label ::1/8x 7", "label ::1/128 -7",
	"label ::1/128 7x", "label ::1/128 2147483648", "label ::1/4294967296 7",
	"label ::1/99999999999999999999 7", "label :::1/128 7", "label 10.0.0.0/8 7",
	"label 1.2.3.4 7", "label ::1%1 7", "label /128 7", "label 1/128 7", "label / 7",
	"labels ::1/128 7", "Label ::1/128 7", "labe ::1/128 7", "::1/128 7",
	"label ::1/128 99999999999999999999999999999999",
	"label 1111:2222:3333:4444:5555:6666:7777:8888:9999/1 7",
	"label 1111:2222:3333:4444:5555:6666:7777:8888:9999:aaaa:bbbb/1 7",
	"label 1111:2222:3333:4444:5555:6666:255.255.255.255255/0 7",
	"precedence ::1/129 7", "precedence 0.0.0.0/0 7", "prec ::1/128 7",
	"scopev4 127.0.0.0/33 7", "scopev4 ::ffff:127.0.0.0/95 7", "scopev4 ::/96 7",
	"scopev4 ::ffff:127.0.0.0/129 7", "scopev4 127/8 7", "scopev4 127.0.0.0/8",
	"scopev4 0.0.0.0/4294967200 7", "scopev4 2001:db8::/96 7", "reload", "reload yes",
};

#define NONSENSE ((int)(sizeof nonsense / sizeof *nonsense))

START_TEST(what_means_nothing_is_passed_over)
{
	struct address_policy unchanged;

	parse(nonsense[_i]);
	memset(&unchanged, 0xa5, sizeof unchanged);
	address_policy_default(&unchanged);
	ck_assert_msg(memcmp(&policy, &unchanged, sizeof policy) == 0, "%s",
		      nonsense[_i]);
}
END_TEST

START_TEST(a_line_with_a_nul_is_passed_over_and_no_other)
{
	static const char text[] = "label ::1\0 7\nlabel ::2 8\n\0";

	parse_bytes(text, sizeof text - 1);
	ck_assert_int_eq(label("::1"), 1);
	ck_assert_int_eq(label("::2"), 8);
}
END_TEST

START_TEST(a_full_table_still_has_an_entry_for_every_address)
{
	static char text[64 * 2 * ADDRESS_POLICY_MAXIMUM];
	size_t used = 0;
	int i;

	for (i = 0; i < 2 * ADDRESS_POLICY_MAXIMUM; i++)
		used += (size_t)snprintf(text + used, sizeof text - used,
					 "label %x::/16 %d\nscopev4 %d.0.0.0/8 %d\n",
					 i + 0x1000, i, i, i);
	parse(text);
	ck_assert_uint_eq(policy.labels.count, ADDRESS_POLICY_MAXIMUM);
	ck_assert_int_eq(label("1000::"), 0);
	ck_assert_int_eq(label("103e::"), ADDRESS_POLICY_MAXIMUM - 2);
	ck_assert_int_eq(label("103f::"), 1);
	ck_assert_int_eq(label("9999::"), 1);
	ck_assert_int_eq(scope("62.1.1.1"), ADDRESS_POLICY_MAXIMUM - 2);
	ck_assert_int_eq(scope("63.1.1.1"), 14);

	snprintf(text + used, sizeof text - used, "label ::/0 5\n");
	parse(text);
	ck_assert_int_eq(label("103f::"), 5);
}
END_TEST

static const char alphabet[] = "label precedence scopev4 ::1/128 10.0.0.0/8 \n\n##ff";

START_TEST(any_text_leaves_a_whole_policy)
{
	static const char *const probes[] = { "::", "::1", "::ffff:10.0.0.1", "2002::1",
					      "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff" };
	struct dice dice;
	char text[400];
	size_t length, i;
	int round;

	dice_init(&dice);
	for (round = 0; round < 500; round++) {
		length = dice_roll(&dice, sizeof text);
		for (i = 0; i < length; i++)
			text[i] = dice_roll(&dice, 50) == 0 ?
					  (char)dice_roll(&dice, 256) :
					  sample[(i + dice_roll(&dice, 2) * 40) %
						 (sizeof sample - 1)];
		for (i = 0; i < length / 20; i++)
			text[dice_roll(&dice, (unsigned int)length)] =
				alphabet[dice_roll(&dice, sizeof alphabet - 1)];
		parse_bytes(text, length);
		for (i = 0; i < sizeof probes / sizeof *probes; i++) {
			ck_assert_int_ge(label(probes[i]), 0);
			ck_assert_int_ge(precedence(probes[i]), 0);
		}
		ck_assert_int_ge(scope("255.255.255.255"), 0);
	}
}
END_TEST

void
address_policy_tests(TCase *tests)
{
	tcase_add_loop_test(tests, the_default_is_the_table_of_the_rfc, 0, TABLE_LENGTH);
	tcase_add_test(tests, the_default_scopes_of_ipv4);
	tcase_add_test(tests, the_sample_of_glibc_is_read);
	tcase_add_test(tests, one_line_replaces_all_defaults_of_its_kind_only);
	tcase_add_test(tests, scopes_are_written_in_either_way);
	tcase_add_test(tests, the_longest_prefix_counts_and_of_two_the_first);
	tcase_add_test(tests, bits_after_the_prefix_do_not_count);
	tcase_add_test(tests, blanks_comments_and_rests_of_lines_do_not_matter);
	tcase_add_loop_test(tests, what_means_nothing_is_passed_over, 0, NONSENSE);
	tcase_add_test(tests, a_line_with_a_nul_is_passed_over_and_no_other);
	tcase_add_test(tests, a_full_table_still_has_an_entry_for_every_address);
	tcase_add_test(tests, any_text_leaves_a_whole_policy);
}
