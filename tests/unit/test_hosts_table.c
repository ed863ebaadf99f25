/* SPDX-License-Identifier: MIT */
#include "unit.h"

#include <arpa/inet.h>
#include <errno.h>
#include <net/if.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "hosts_table.h"

static struct hosts_table *table;

static void
tear_down(void)
{
	hosts_table_release(table);
	table = NULL;
}

/* From memory of exact size: ASan sees reading beyond it. */
static void
parse_octets(const char *text, size_t length)
{
	char *copy = malloc(length > 0 ? length : 1);

	ck_assert_ptr_nonnull(copy);
	memcpy(copy, text, length);
	hosts_table_release(table);
	table = hosts_table_parse(copy, length);
	ck_assert_ptr_nonnull(table);
	free(copy);
}

static void
parse(const char *text)
{
	parse_octets(text, strlen(text));
}

static void
append(char text[1024], const char *separator, const char *word)
{
	size_t used = strlen(text);

	ck_assert_uint_lt(used + strlen(separator) + strlen(word), 1024);
	snprintf(text + used, 1024 - used, "%s%s", separator, word);
}

static void
append_address(char text[1024], const char *separator, const struct sockaddr *address)
{
	const union host_address *host = (const void *)address;
	char digits[INET6_ADDRSTRLEN], scope[16];

	if (address->sa_family == AF_INET) {
		ck_assert_uint_eq(host->ipv4.sin_port, 0);
		inet_ntop(AF_INET, &host->ipv4.sin_addr, digits, sizeof digits);
	} else {
		ck_assert_uint_eq(host->ipv6.sin6_port, 0);
		inet_ntop(AF_INET6, &host->ipv6.sin6_addr, digits, sizeof digits);
	}
	append(text, separator, digits);
	if (address->sa_family == AF_INET6 && host->ipv6.sin6_scope_id != 0) {
		snprintf(scope, sizeof scope, "%u", host->ipv6.sin6_scope_id);
		append(text, "%", scope);
	}
}

/* Writes an entry as "name alias… = address address…", and releases it. */
static void
format_entry(DnsHostEntry *entry, char text[1024])
{
	size_t i;

	snprintf(text, 1024, "%s", DnsHostEntryGetName(entry));
	for (i = 0; i < DnsHostEntryGetAliasCount(entry); i++)
		append(text, " ", DnsHostEntryGetAlias(entry, i));
	for (i = 0; i < DnsHostEntryGetAddressCount(entry); i++)
		append_address(text, i == 0 ? " = " : " ",
			       DnsHostEntryGetAddress(entry, i, NULL));
	ck_assert_uint_eq(DnsHostEntryGetTimeToLive(entry), 0);
	DnsHostEntryRelease(entry);
}

static void
expect_of(const char *name, int family, const char *expected)
{
	DnsHostEntry *entry = hosts_table_find_name(table, name, family);
	char text[1024];

	ck_assert_msg(entry != NULL, "%s: %s", name, strerror(errno));
	format_entry(entry, text);
	ck_assert_str_eq(text, expected);
}

static void
expect(const char *name, const char *expected)
{
	expect_of(name, AF_UNSPEC, expected);
}

static void
expect_no_name(const char *name, int family, int error)
{
	errno = 0;
	ck_assert_msg(hosts_table_find_name(table, name, family) == NULL, "%s", name);
	ck_assert_int_eq(errno, error);
}

static void
expect_none(const char *name)
{
	expect_no_name(name, AF_UNSPEC, ENOENT);
}

static union host_address
read_address(const char *text)
{
	char digits[64], *scope;
	union host_address address;
	struct in6_addr octets;

	snprintf(digits, sizeof digits, "%s", text);
	scope = strchr(digits, '%');
	if (scope != NULL)
		*scope++ = '\0';
	if (inet_pton(AF_INET, digits, &octets) == 1) {
		host_address_set_ipv4(&address, &octets);
		return address;
	}
	ck_assert_int_eq(inet_pton(AF_INET6, digits, &octets), 1);
	host_address_set_ipv6(&address, &octets);
	if (scope != NULL)
		address.ipv6.sin6_scope_id = (uint32_t)strtoul(scope, NULL, 10);
	return address;
}

static void
expect_reverse(const char *digits, const char *expected)
{
	union host_address address = read_address(digits);
	DnsHostEntry *entry = hosts_table_find_address(table, &address);
	char text[1024];

	ck_assert_msg(entry != NULL, "%s: %s", digits, strerror(errno));
	format_entry(entry, text);
	ck_assert_str_eq(text, expected);
}

static void
expect_no_reverse(const char *digits)
{
	union host_address address = read_address(digits);

	errno = 0;
	ck_assert_msg(hosts_table_find_address(table, &address) == NULL, "%s", digits);
	ck_assert_int_eq(errno, ENOENT);
}

START_TEST(a_line_is_an_address_and_names)
{
	parse("192.0.2.1 a.test b.test c\n2001:db8::1\td.test\n");
	expect("a.test", "a.test b.test c = 192.0.2.1");
	expect("b.test", "a.test b.test c = 192.0.2.1");
	expect("c", "a.test b.test c = 192.0.2.1");
	expect("d.test", "d.test = 2001:db8::1");
	expect_none("e.test");
	expect_none("a");
	expect_none("");
}
END_TEST

START_TEST(an_empty_text_has_nothing)
{
	parse("");
	expect_none("a");
	expect_no_reverse("192.0.2.1");
	expect_no_reverse("::1");
	parse("\n\n# nothing\n");
	expect_none("a");
}
END_TEST

START_TEST(blanks_comments_and_line_ends)
{
	parse("  192.0.2.1 \t a \t b  \n"
	      "\t192.0.2.2 c\r\n"
	      "192.0.2.3 d#e f\n"
	      "192.0.2.4 g # h\n"
	      "#192.0.2.5 i\n"
	      " # 192.0.2.6 j\n"
	      "192.0.2.7#8 k\n"
	      "\r\n\n \n"
	      "192.0.2.8 l");
	expect("a", "a b = 192.0.2.1");
	expect("c", "c = 192.0.2.2");
	expect("d", "d = 192.0.2.3");
	expect("g", "g = 192.0.2.4");
	expect("l", "l = 192.0.2.8");
	expect_none("e");
	expect_none("f");
	expect_none("h");
	expect_none("i");
	expect_none("j");
	expect_none("k");
	expect_no_reverse("192.0.2.7");
}
END_TEST

START_TEST(the_lines_of_a_name_in_their_order)
{
	parse("192.0.2.9 first one\n"
	      "192.0.2.1 x y\n"
	      "2001:db8::2 one two\n"
	      "192.0.2.9 other one first three\n"
	      "192.0.2.3 one\n");
	expect("one", "first one two other three = 192.0.2.9 2001:db8::2 192.0.2.3");
	expect("first", "first one other three = 192.0.2.9");
	expect("two", "one two = 2001:db8::2");
	expect("x", "x y = 192.0.2.1");
}
END_TEST

/* As glibc: the lines of the other family do not count at all. */
START_TEST(one_family)
{
	parse("2001:db8::1 six both\n"
	      "192.0.2.1 four both\n"
	      "2001:db8::2 both more\n");
	expect_of("both", AF_UNSPEC,
		  "six both four more = 2001:db8::1 192.0.2.1 2001:db8::2");
	expect_of("both", AF_INET, "four both = 192.0.2.1");
	expect_of("both", AF_INET6, "six both more = 2001:db8::1 2001:db8::2");
	expect_of("four", AF_INET, "four both = 192.0.2.1");
	expect_no_name("four", AF_INET6, ENODATA);
	expect_no_name("six", AF_INET, ENODATA);
	expect_no_name("five", AF_INET, ENOENT);
	expect_no_name("five", AF_INET6, ENOENT);
	expect_no_name("both", AF_UNIX, ENODATA);
}
END_TEST

START_TEST(names_are_compared_without_case)
{
	parse("192.0.2.1 Host.Test ALIAS alias Host.test\n"
	      "192.0.2.2 HOST.test Alias Third\n");
	expect("host.test", "Host.Test ALIAS Third = 192.0.2.1 192.0.2.2");
	expect("alias", "Host.Test ALIAS Third = 192.0.2.1 192.0.2.2");
	expect("third", "HOST.test Alias Third = 192.0.2.2");
}
END_TEST

START_TEST(the_final_dot_is_no_part_of_a_name)
{
	parse("192.0.2.1 A.test. a.test b.\n");
	expect("a.test", "A.test b = 192.0.2.1");
	expect("b", "A.test b = 192.0.2.1");
}
END_TEST

START_TEST(repeated_names_and_addresses_count_once)
{
	parse("192.0.2.1 a a b a b\n"
	      "192.0.2.1 a\n"
	      "192.0.2.2 a a c\n"
	      "192.0.2.1 a a\n");
	expect("a", "a b c = 192.0.2.1 192.0.2.2");
	expect("b", "a b = 192.0.2.1");
	expect("c", "a c = 192.0.2.2");
}
END_TEST

/* Only the line that is wrong. */
START_TEST(bad_addresses_are_passed_over)
{
	static const char *const addresses[] = {
		"127.1", "1.2.3", "1.2.3.4.5", "1.2.3.256", "0x7f.0.0.1", "1.2.3.04", "1.2.3.",
		"1.2.3.4:53", "[::1]", "::1::", "12345::", ":1", "::ffff:1.2.3", "host", "%",
		"::1%", "%1", "1.2.3.4%1", "fe80::1%no-such-if", "fe80::1%4294967296",
		"fe80::1%99999999999999999999", "fe80::1%1%1", "fe80::1%-1", "fe80::1%1x",
		"1111:2222:3333:4444:5555:6666:255.255.255.255%1234567890123456",
		"\xef\xbb\xbf" "1.2.3.4", "::1/128"
	};
	char text[256];
	size_t i;

	for (i = 0; i < sizeof addresses / sizeof *addresses; i++) {
		snprintf(text, sizeof text, "192.0.2.1 good\n%s bad\n192.0.2.2 good\n",
			 addresses[i]);
		parse(text);
		expect("good", "good = 192.0.2.1 192.0.2.2");
		ck_assert_msg(hosts_table_find_name(table, "bad", AF_UNSPEC) == NULL, "%s",
			      addresses[i]);
	}
}
END_TEST

START_TEST(bad_names_are_passed_over)
{
	static const char *const names[] = { ".", "..", "a..b", ".a", "a..", "b\xc3\xbc", "a/b",
					     "a\\b", "a,b", "1.2.3.4", "5", "0x1", "a@b",
					     "a\x7f", "a\vb", "*.a", "::1", "\x01" };
	char text[600], label[65];
	size_t i;

	for (i = 0; i < sizeof names / sizeof *names; i++) {
		snprintf(text, sizeof text, "192.0.2.1 %s good %s too %s\n", names[i], names[i],
			 names[i]);
		parse(text);
		expect("good", "good too = 192.0.2.1");
		expect_reverse("192.0.2.1", "good too = 192.0.2.1");
		snprintf(text, sizeof text, "192.0.2.1 %s\n192.0.2.1 after\n", names[i]);
		parse(text);
		expect_reverse("192.0.2.1", "after = 192.0.2.1");
	}
	memset(label, 'x', 64);
	label[64] = '\0';
	snprintf(text, sizeof text, "192.0.2.1 %s %s", label, label + 1);
	parse(text);
	expect_none(label);
	snprintf(text, sizeof text, "%s = 192.0.2.1", label + 1);
	expect(label + 1, text);
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
	parse(text);
	expect(name, expected);
	append(text, "", ".");
	parse(text);
	expect(name, expected);
	snprintf(text, sizeof text, "192.0.2.1 %sn %sn. %s..", name, name, name);
	parse(text);
	expect_no_reverse("192.0.2.1");
}
END_TEST

START_TEST(a_line_with_a_nul_is_no_text)
{
	static const char text[] = "192.0.2.1 a\0b\n\0192.0.2.2 c\n192.0.2.3 d\0\n"
				   "192.0.2.4\0 e\n192.0.2.5 f # \0 comment\n\0\n"
				   "192.0.2.6 g\n\0";

	parse_octets(text, sizeof text);
	expect("f", "f = 192.0.2.5");
	expect("g", "g = 192.0.2.6");
	expect_none("a");
	expect_none("b");
	expect_none("c");
	expect_none("d");
	expect_none("e");
}
END_TEST

START_TEST(an_interface_by_its_number_or_its_name)
{
	struct if_nameindex *interfaces = if_nameindex();
	char text[256], expected[64];

	parse("fe80::1%7 a\nfe80::1%0 b\nfe80::1%4294967295 c\n");
	expect("a", "a = fe80::1%7");
	expect("b", "b = fe80::1");
	expect("c", "c = fe80::1%4294967295");
	if (interfaces == NULL)
		return;
	if (interfaces->if_name != NULL) {
		snprintf(text, sizeof text, "fe80::1%%%s a\nfe80::2%%%s b\nfe80::3%%%s0000 c",
			 interfaces->if_name, interfaces->if_name, interfaces->if_name);
		parse(text);
		snprintf(expected, sizeof expected, "a = fe80::1%%%u", interfaces->if_index);
		expect("a", expected);
		snprintf(expected, sizeof expected, "b = fe80::2%%%u", interfaces->if_index);
		expect("b", expected);
		expect_none("c");
	}
	if_freenameindex(interfaces);
}
END_TEST

START_TEST(an_address_has_the_names_of_its_first_line)
{
	parse("192.0.2.1 a b\n2001:db8::1 six\n192.0.2.2 c\n192.0.2.1 d\n192.0.2.3 a\n");
	expect_reverse("192.0.2.1", "a b = 192.0.2.1");
	expect_reverse("192.0.2.2", "c = 192.0.2.2");
	expect_reverse("192.0.2.3", "a = 192.0.2.3");
	expect_reverse("2001:db8::1", "six = 2001:db8::1");
	expect_no_reverse("192.0.2.4");
	expect_no_reverse("2001:db8::2");
	/* The same octets in another family. */
	expect_no_reverse("c000:201::");
	expect_no_reverse("::192.0.2.1");
	expect_no_reverse("::ffff:192.0.2.1");
}
END_TEST

START_TEST(the_interface_belongs_to_the_address)
{
	parse("fe80::1%2 two\nfe80::1%3 three\nfe80::2 any\n");
	expect_reverse("fe80::1%2", "two = fe80::1%2");
	expect_reverse("fe80::1%3", "three = fe80::1%3");
	expect_no_reverse("fe80::1%4");
	expect_no_reverse("fe80::1");
	expect_reverse("fe80::2", "any = fe80::2");
	expect_reverse("fe80::2%3", "any = fe80::2");
	parse("fe80::1 a\nfe80::1%2 a\nfe80::1%3 a\n");
	expect("a", "a = fe80::1 fe80::1%2 fe80::1%3");
}
END_TEST

START_TEST(an_address_is_found_whatever_its_port)
{
	union host_address address = read_address("192.0.2.1");
	DnsHostEntry *entry;
	char text[1024];

	parse("192.0.2.1 a\n");
	address.ipv4.sin_port = 53;
	memset(address.ipv4.sin_zero, 0xff, sizeof address.ipv4.sin_zero);
	entry = hosts_table_find_address(table, &address);
	ck_assert_ptr_nonnull(entry);
	format_entry(entry, text);
	ck_assert_str_eq(text, "a = 192.0.2.1");
	address.any.sa_family = AF_UNIX;
	errno = 0;
	ck_assert_ptr_null(hosts_table_find_address(table, &address));
	ck_assert_int_eq(errno, ENOENT);
}
END_TEST

START_TEST(an_entry_outlives_its_table)
{
	DnsHostEntry *entry;
	char text[1024];

	parse("192.0.2.1 a b\n");
	entry = hosts_table_find_name(table, "b", AF_INET);
	ck_assert_ptr_nonnull(entry);
	tear_down();
	format_entry(entry, text);
	ck_assert_str_eq(text, "a b = 192.0.2.1");
}
END_TEST

START_TEST(a_table_lives_until_its_last_release)
{
	parse("192.0.2.1 a\n");
	ck_assert_ptr_eq(hosts_table_retain(table), table);
	hosts_table_release(table);
	expect("a", "a = 192.0.2.1");
	hosts_table_release(NULL);
}
END_TEST

START_TEST(cut_off_anywhere)
{
	static const char text[] = "# hosts\n127.0.0.1\tlocalhost\n"
				   "::1 localhost ip6-localhost ip6-loopback\r\n"
				   "192.0.2.1 www.x.test. www # here\n"
				   "fe80::1%1 Www.X.Test\n\0 192.0.2.2 a\n"
				   "192.0.2.300 bad\n192.0.2.3 www.x.test w\\w w";
	static const char *const names[] = { "localhost", "www.x.test", "w", "www", "bad" };
	DnsHostEntry *entry;
	size_t length, i;

	for (length = 0; length < sizeof text; length++) {
		parse_octets(text, length);
		for (i = 0; i < sizeof names / sizeof *names; i++) {
			entry = hosts_table_find_name(table, names[i], AF_UNSPEC);
			DnsHostEntryRelease(entry);
		}
	}
	expect("www.x.test", "www.x.test www w = 192.0.2.1 fe80::1%1 192.0.2.3");
}
END_TEST

/* Whatever the octets are; ASan sees reading beyond them. */
START_TEST(junk_does_no_harm)
{
	static const char *const pieces[] = { "192.0.2.1 ", "::1 ", "fe80::1%1 ", "a ", "b. ", "A",
					      ".", "\n", "\n", "\r", "\t", "#", "%", " 1",
					      "name.test ", "-" };
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
		parse_octets(text, length);
		DnsHostEntryRelease(hosts_table_find_name(table, "a", AF_UNSPEC));
		DnsHostEntryRelease(hosts_table_find_name(table, "name.test", AF_INET6));
	}
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
	hosts_table_release(table);
	table = hosts_table_parse(text, length);
	ck_assert_ptr_nonnull(table);
	free(text);
}

START_TEST(many_lines)
{
	char *text = make_text(), name[32], digits[32], expected[128];
	size_t length = 0;
	unsigned int i;

	for (i = 0; i < MANY; i++)
		length += (size_t)sprintf(text + length, "10.%u.%u.%u Host%u.test h%u\n",
					  i >> 16, i >> 8 & 255, i & 255, i, i);
	parse_and_free(text, length);
	for (i = 0; i < MANY; i++) {
		sprintf(digits, "10.%u.%u.%u", i >> 16, i >> 8 & 255, i & 255);
		sprintf(expected, "Host%u.test h%u = %s", i, i, digits);
		sprintf(name, "host%u.test", i);
		expect(name, expected);
		expect_reverse(digits, expected);
	}
	expect_none("host100000.test");
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
	entry = hosts_table_find_name(table, "one", AF_UNSPEC);
	ck_assert_ptr_nonnull(entry);
	ck_assert_uint_eq(DnsHostEntryGetAddressCount(entry), MANY + 1);
	ck_assert_uint_eq(DnsHostEntryGetAliasCount(entry), 1);
	DnsHostEntryRelease(entry);
	expect_of("one", AF_INET6, "one last = ::1");
	expect_reverse("10.1.134.159", "one = 10.1.134.159");
}
END_TEST

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
	entry = hosts_table_find_name(table, "n99999", AF_UNSPEC);
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
	expect("a", "b a = 10.0.0.1 10.0.0.2");
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
	table = hosts_table_parse(text, HOSTS_TABLE_TEXT_MAXIMUM);
	ck_assert_ptr_nonnull(table);
	expect("a", "a = 192.0.2.1");
	free(text);
}
END_TEST

static void
add_tests(TCase *tests)
{
	tcase_add_checked_fixture(tests, NULL, tear_down);
	tcase_add_test(tests, a_line_is_an_address_and_names);
	tcase_add_test(tests, an_empty_text_has_nothing);
	tcase_add_test(tests, blanks_comments_and_line_ends);
	tcase_add_test(tests, the_lines_of_a_name_in_their_order);
	tcase_add_test(tests, one_family);
	tcase_add_test(tests, names_are_compared_without_case);
	tcase_add_test(tests, the_final_dot_is_no_part_of_a_name);
	tcase_add_test(tests, repeated_names_and_addresses_count_once);
	tcase_add_test(tests, bad_addresses_are_passed_over);
	tcase_add_test(tests, bad_names_are_passed_over);
	tcase_add_test(tests, the_longest_name);
	tcase_add_test(tests, a_line_with_a_nul_is_no_text);
	tcase_add_test(tests, an_interface_by_its_number_or_its_name);
	tcase_add_test(tests, an_address_has_the_names_of_its_first_line);
	tcase_add_test(tests, the_interface_belongs_to_the_address);
	tcase_add_test(tests, an_address_is_found_whatever_its_port);
	tcase_add_test(tests, an_entry_outlives_its_table);
	tcase_add_test(tests, a_table_lives_until_its_last_release);
	tcase_add_test(tests, cut_off_anywhere);
	tcase_add_test(tests, junk_does_no_harm);
	tcase_add_test(tests, many_lines);
	tcase_add_test(tests, one_name_on_many_lines);
	tcase_add_test(tests, many_names_on_one_line);
	tcase_add_test(tests, one_name_many_times_on_one_line);
	tcase_add_test(tests, more_than_the_maximum_is_refused);
}

int
main(void)
{
	return unit_main("hosts_table", add_tests);
}
