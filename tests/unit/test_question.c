/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "unit.h"

#include <arpa/inet.h>
#include <errno.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "question.h"
#include "rooms.h"

static struct question question;

static void
read_question(const char *name)
{
	memset(&question, 0xa5, sizeof question);
	ck_assert_msg(question_read_host(&question, name) == 0, "\"%s\"", name);
}

struct example {
	const char *text;
	const char *name;
};

#define CHECK_KIND(examples, kind) \
	check_kind(examples, sizeof examples / sizeof *examples, kind)

/* A name of NULL is the text itself. */
static void
check_kind(const struct example *examples, size_t count, enum question_kind kind)
{
	const char *name;
	size_t i;

	for (i = 0; i < count; i++) {
		name = examples[i].name != NULL ? examples[i].name : examples[i].text;
		read_question(examples[i].text);
		ck_assert_msg(question.kind == kind, "\"%s\" is a %d", examples[i].text,
			      (int)question.kind);
		ck_assert_str_eq(question.name, name);
	}
}

static const struct example addresses[] = {
	{ "192.0.2.1", NULL },
	{ "0", "0.0.0.0" },
	{ "12", "0.0.0.12" },
	{ "12.1.7", "12.1.0.7" },
	{ "127.1", "127.0.0.1" },
	{ "0.0.1.1", NULL },
	{ "157.3873051", "157.59.25.27" },
	{ "0x9D3B191B", "157.59.25.27" },
	{ "0X9d3b191b", "157.59.25.27" },
	{ "0235.073.031.033", "157.59.25.27" },
	{ "0x7f.1", "127.0.0.1" },
	{ "4294967295", "255.255.255.255" },
	{ "255.255.255.255", NULL },
	{ "::", NULL },
	{ "::1", NULL },
	{ "0:0:0:0:0:0:0:1", "::1" },
	{ "2001:DB8:0:0:0:0:0:1", "2001:db8::1" },
	{ "::192.168.0.10", NULL },
	{ "::ffff:192.0.2.1", NULL },
	{ "Fe08::1%13542", "fe08::1%13542" },
};

/* Fault N06. */
START_TEST(address_literals_are_the_answer)
{
	struct in6_addr octets;
	size_t i;

	CHECK_KIND(addresses, QUESTION_ADDRESS);
	for (i = 0; i < sizeof addresses / sizeof *addresses - 1; i++) {
		read_question(addresses[i].text);
		ck_assert_uint_eq(question.address.ipv4.sin_port, 0);
		if (question.address.any.sa_family == AF_INET) {
			ck_assert_int_eq(inet_pton(AF_INET, question.name, &octets), 1);
			ck_assert_mem_eq(&question.address.ipv4.sin_addr, &octets, 4);
		} else {
			ck_assert_int_eq(question.address.any.sa_family, AF_INET6);
			ck_assert_int_eq(inet_pton(AF_INET6, question.name, &octets), 1);
			ck_assert_mem_eq(&question.address.ipv6.sin6_addr, &octets, 16);
			ck_assert_uint_eq(question.address.ipv6.sin6_scope_id, 0);
		}
	}
}
END_TEST

/* Fault N06. */
START_TEST(a_scope_is_kept)
{
	read_question("fe80::1%1");
	ck_assert_int_eq(question.kind, QUESTION_ADDRESS);
	ck_assert_uint_eq(question.address.ipv6.sin6_scope_id, 1);
	ck_assert_mem_eq(question.name, "fe80::1%", 8);
	ck_assert_str_ne(question.name, "fe80::1%");
}
END_TEST

/* Never sent: another reader might take them for addresses. Fault N07. */
START_TEST(what_is_almost_an_address_is_no_host)
{
	static const struct example examples[] = {
		{ "4294967296", NULL },
		{ "040000000000", NULL },
		{ "260.156", NULL },
		{ "256.1.1.1", NULL },
		{ "1.1.1.", "1.1.1" },
		{ "1.2.3.4.", "1.2.3.4" },
		{ "1.2.3.4.5", NULL },
		{ "1..1", NULL },
		{ "0.0.0.089", NULL },
		{ "1.1.1.0x", NULL },
		{ "08", NULL },
		{ "0x", NULL },
		{ "0X", "0x" },
		{ "0xg.0x1f", NULL },
		{ "host.1", NULL },
		{ "host.0x1F", "host.0x1f" },
		{ "host.test.007.", "host.test.007" },
		{ " 1.1.1.1", NULL },
		{ "1.1.1.1 ", NULL },
		{ "1.1.1.1\n", NULL },
		{ "+1.1.1.1", NULL },
		{ "1.1.1.1:80", NULL },
		{ "1.1.1.1/16", NULL },
		{ "1.1.1.1%1", NULL },
		{ "::1/64", NULL },
		{ "::1 ", NULL },
		{ ":::", NULL },
		{ "1::2::3", NULL },
		{ "12345::", NULL },
		{ "[::1]", NULL },
		{ "[::1]:0x80", NULL },
		{ "fe80::1%no-such-interface", NULL },
		{ "host:80", NULL },
	};

	CHECK_KIND(examples, QUESTION_NO_HOST);
}
END_TEST

START_TEST(names_are_asked_for_in_normal_form)
{
	static const struct example examples[] = {
		{ "host.test", NULL },
		{ "host.test.", "host.test" },
		{ "WWW.Example.TEST", "www.example.test" },
		{ "AZ.az.test", "az.az.test" },
		{ "a", NULL },
		{ "a.", "a" },
		{ "x1", NULL },
		{ "1x", NULL },
		{ "1e5", NULL },
		{ "-1", NULL },
		{ "0xyz", NULL },
		{ "1.2.3.4.test", NULL },
		{ "_sip._tcp.example.test", NULL },
		{ "a-b.test", NULL },
		{ "-a.test", NULL },
		{ "a-.test", NULL },
		{ "xn--mnchen-3ya.test", NULL },
		{ "xn--bad--.test", NULL },
		{ "2.0.0.127.in-addr.arpa", NULL },
		{ "a.home.arpa", NULL },
	};

	CHECK_KIND(examples, QUESTION_NAME);
}
END_TEST

START_TEST(localhost_is_the_loopback)
{
	static const struct example examples[] = {
		{ "localhost", NULL },
		{ "localhost.", "localhost" },
		{ "LocalHost", "localhost" },
		{ "a.localhost", NULL },
		{ "A.b.LOCALHOST.", "a.b.localhost" },
		{ "1.localhost", NULL },
	};

	CHECK_KIND(examples, QUESTION_LOOPBACK);
}
END_TEST

START_TEST(special_names_do_not_exist)
{
	static const struct example examples[] = {
		{ "invalid", NULL },
		{ "invalid.", "invalid" },
		{ "a.invalid", NULL },
		{ "a.B.InValid.", "a.b.invalid" },
		{ "onion", NULL },
		{ "a.onion", NULL },
		{ "A.ONION.", "a.onion" },
		{ "alt", NULL },
		{ "A.Alt.", "a.alt" },
	};

	CHECK_KIND(examples, QUESTION_NO_HOST);
}
END_TEST

START_TEST(local_names_are_the_hosts_files)
{
	static const struct example examples[] = {
		{ "local", NULL },
		{ "local.", "local" },
		{ "Printer.LOCAL", "printer.local" },
		{ "a.b.local.", "a.b.local" },
	};

	CHECK_KIND(examples, QUESTION_HOSTS_FILE);
}
END_TEST

START_TEST(the_loopbacks_pointers_have_no_address)
{
	static const struct example examples[] = {
		{ "1.0.0.127.in-addr.arpa", NULL },
		{ "1.0.0.127.IN-ADDR.ARPA.", "1.0.0.127.in-addr.arpa" },
		{ "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0."
		  "ip6.arpa",
		  NULL },
	};

	CHECK_KIND(examples, QUESTION_NO_ADDRESS);
}
END_TEST

START_TEST(what_only_looks_special_is_ordinary)
{
	static const struct example examples[] = {
		{ "notlocalhost", NULL },     { "localhostfoo", NULL },
		{ "localhost.test", NULL },   { "invalidname", NULL },
		{ "testinvalid", NULL },      { "test-invalid", NULL },
		{ "invalid.test", NULL },     { "xonion", NULL },
		{ "onion.test", NULL },	      { "local.test", NULL },
		{ "notlocal", NULL },	      { "xalt", NULL },
		{ "localhost.localdomain", NULL },
	};

	CHECK_KIND(examples, QUESTION_NAME);
}
END_TEST

START_TEST(what_cannot_exist_is_no_host)
{
	static const struct example examples[] = {
		{ ".", "" },
		{ "..", "." },
		{ ".a", NULL },
		{ "a..b", NULL },
		{ "a..", "a." },
		{ "a..invalid", NULL },
		{ ".localhost", NULL },
		{ ".invalid", NULL },
		{ "a b.test", NULL },
		{ "a\tb.test", NULL },
		{ "a\nb.test", NULL },
		{ "\x7f.test", NULL },
		{ "\x1b.test", NULL },
		{ "\\", NULL },
		{ "a\\", NULL },
		{ "a\\.test", NULL },
		{ "\\000.test", NULL },
		{ "a\"b.test", NULL },
		{ "a/b.test", NULL },
		{ "*.test", NULL },
		{ "a@b.test", NULL },
	};

	CHECK_KIND(examples, QUESTION_NO_HOST);
}
END_TEST

#ifdef HAVE_LIBIDN2

START_TEST(utf_8_is_understood)
{
	static const struct example names[] = {
		{ "M\xc3\xbcnchen.DE.", "xn--mnchen-3ya.de" },
		{ "\xc3\xa9\xe3\x80\x82", "xn--9ca" },
		{ "_sip.\xc3\xa9.test", "_sip.xn--9ca.test" },
		{ "Test-\xe6\x96\xb0-Unicode", "xn--test--unicode-0b01a" },
	};
	static const struct example loopback[] = {
		{ "\xef\xbd\x8c\xef\xbd\x8f" /* in fullwidth letters */
		  "calhost",
		  "localhost" },
		{ "\xc3\xa9.localhost", "xn--9ca.localhost" },
	};
	static const struct example no_host[] = {
		{ "\xff\xfe.test", "" },
		{ "\xe2\x80\xae.test", "" },
		{ "\xc3\xa9..test", "xn--9ca..test" },
		{ "\xc3\xa9 b.test", "" },
		{ "a b.\xc3\xa9.test", "a b.xn--9ca.test" },
		{ "\xc3\xa9.invalid", "xn--9ca.invalid" },
		/* 127.0.0.1 in fullwidth digits */
		{ "\xef\xbc\x91\xef\xbc\x92\xef\xbc\x97.0.0.\xef\xbc\x91", "127.0.0.1" },
		/* A soft hyphen is nothing, and not the own host's name. */
		{ "\xc2\xad", "" },
	};

	CHECK_KIND(names, QUESTION_NAME);
	CHECK_KIND(loopback, QUESTION_LOOPBACK);
	CHECK_KIND(no_host, QUESTION_NO_HOST);
	read_question("\xc3\xa9.local");
	ck_assert_int_eq(question.kind, QUESTION_HOSTS_FILE);
	ck_assert(!question.is_absolute);
	read_question("\xc3\xa9\xe3\x80\x82");
	ck_assert(question.is_absolute);
}
END_TEST

#else

START_TEST(utf_8_is_understood)
{
	static const struct example examples[] = {
		{ "M\xc3\xbcnchen.DE.", "" },
		{ "\xc3\xa9.localhost", "" },
		{ "\xff\xfe.test", "" },
	};

	CHECK_KIND(examples, QUESTION_NO_IDN);
}
END_TEST

#endif

/* Each octet but NUL and the dot, alone and inside a label, in every locale at hand. */
START_TEST(no_locale_makes_a_difference)
{
	static const char *const locales[] = { "C",
					       "C.UTF-8",
					       "",
					       "de_DE.ISO-8859-1",
					       "de_DE",
					       "tr_TR.ISO-8859-9",
					       "tr_TR.UTF-8",
					       "tr_TR" };
	static const char good[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
				   "0123456789-_.";
	char text[] = "x?y.test";
	size_t i;
	int octet;

	for (i = 0; i < sizeof locales / sizeof *locales; i++) {
		if (setlocale(LC_ALL, locales[i]) == NULL)
			continue;
		for (octet = 1; octet < 256; octet++) {
			text[1] = (char)octet;
			read_question(text);
			ck_assert_msg((question.kind == QUESTION_NAME) ==
					      (strchr(good, octet) != NULL),
				      "octet %d in %s", octet, locales[i]);
		}
		read_question("HIJ.TEST");
		ck_assert_str_eq(question.name, "hij.test");
	}
}
END_TEST

/* A name of that many octets, in labels of at most 63, without a final dot. */
static void
make_name(char *text, size_t length)
{
	size_t i;

	for (i = 0; i < length; i++)
		text[i] = i % 64 == 63 ? '.' : 'a';
	text[length] = '\0';
}

START_TEST(a_name_has_253_octets_at_most)
{
	char text[300];

	make_name(text, 253);
	read_question(text);
	ck_assert_int_eq(question.kind, QUESTION_NAME);
	ck_assert_str_eq(question.name, text);
	strcat(text, ".");
	read_question(text);
	ck_assert_int_eq(question.kind, QUESTION_NAME);
	ck_assert_uint_eq(strlen(question.name), 253);
	make_name(text, 254);
	read_question(text);
	ck_assert_int_eq(question.kind, QUESTION_NO_HOST);
	ck_assert_str_eq(question.name, text);
	strcat(text, ".");
	read_question(text);
	ck_assert_int_eq(question.kind, QUESTION_NO_HOST);
	ck_assert_uint_eq(strlen(question.name), 254);
}
END_TEST

START_TEST(what_is_too_long_is_refused)
{
	char text[1000];

	make_name(text, 255);
	text[254] = 'a';
	ck_assert_int_eq(question_read_host(&question, text), ENAMETOOLONG);
	make_name(text, 256);
	ck_assert_int_eq(question_read_host(&question, text), ENAMETOOLONG);
	make_name(text, 255);
	strcat(text, ".");
	ck_assert_int_eq(question_read_host(&question, text), ENAMETOOLONG);
	make_name(text, 999);
	ck_assert_int_eq(question_read_host(&question, text), ENAMETOOLONG);
	memset(text, '1', 999);
	ck_assert_int_eq(question_read_host(&question, text), ENAMETOOLONG);
}
END_TEST

/* Each é has two octets. */
static void
fill(char *text, size_t count, const char *last)
{
	size_t i;

	for (i = 0; i < 2 * count; i++)
		text[i] = i % 2 == 0 ? '\xc3' : '\xa9';
	strcpy(text + 2 * count, last);
}

START_TEST(utf_8_may_have_as_many_characters)
{
	enum question_kind kind;
	char text[1100];

	fill(text, 254, "");
	read_question(text);
	kind = question.kind;
	ck_assert(kind == QUESTION_NO_HOST || kind == QUESTION_NO_IDN);
	fill(text, 254, ".");
	read_question(text);
	ck_assert_int_eq(question.kind, kind);
	fill(text, 255, "");
	ck_assert_int_eq(question_read_host(&question, text), ENAMETOOLONG);
	fill(text, 255, ".");
	ck_assert_int_eq(question_read_host(&question, text), ENAMETOOLONG);
	/* As long as four octets a character are, and longer. */
	memset(text, 0x80, sizeof text);
	text[1020] = '\0';
	read_question(text);
	ck_assert_int_eq(question.kind, kind);
	text[1020] = (char)0x80;
	text[1021] = '\0';
	ck_assert_int_eq(question_read_host(&question, text), ENAMETOOLONG);
}
END_TEST

START_TEST(a_label_has_63_octets_at_most)
{
	char text[80];

	memset(text, 'a', sizeof text);
	strcpy(text + 63, ".test");
	read_question(text);
	ck_assert_int_eq(question.kind, QUESTION_NAME);
	text[63] = 'a';
	strcpy(text + 64, ".test");
	read_question(text);
	ck_assert_int_eq(question.kind, QUESTION_NO_HOST);
}
END_TEST

/* What follows the 256th octet is never touched, nor, where they might be UTF-8, the
 * 1,021st. Fault N10. */
START_TEST(it_reads_no_more_than_it_may)
{
	static const struct {
		char octet;
		size_t count;
	} texts[] = { { 'a', 256 }, { '1', 256 }, { '.', 256 },
		      { '\xc3', 256 }, { '\xff', 256 }, { '\x80', 1021 } };
	size_t i, page = (size_t)sysconf(_SC_PAGESIZE);
	char *pages = mmap(NULL, 2 * page, PROT_READ | PROT_WRITE,
			   MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	ck_assert_ptr_ne(pages, MAP_FAILED);
	ck_assert_int_eq(mprotect(pages + page, page, PROT_NONE), 0);
	for (i = 0; i < sizeof texts / sizeof *texts; i++) {
		memset(pages, texts[i].octet, page);
		ck_assert_int_eq(question_read_host(&question,
						    pages + page - texts[i].count),
				 ENAMETOOLONG);
	}
	munmap(pages, 2 * page);
}
END_TEST

START_TEST(null_is_invalid)
{
	ck_assert_int_eq(question_read_host(&question, NULL), EINVAL);
}
END_TEST

/* Fault N01. */
START_TEST(nothing_is_the_own_hosts_name)
{
	char own[256] = "";
	char text[QUESTION_NAME_SIZE];
	enum question_kind kind;

	ck_assert_int_eq(gethostname(own, sizeof own - 1), 0);
	read_question(own);
	kind = question.kind;
	memcpy(text, question.name, sizeof text);
	read_question("");
	ck_assert_int_eq(question.kind, kind);
	ck_assert_str_eq(question.name, text);
}
END_TEST

void
question_tests(TCase *tests)
{
	tcase_add_test(tests, address_literals_are_the_answer);
	tcase_add_test(tests, a_scope_is_kept);
	tcase_add_test(tests, what_is_almost_an_address_is_no_host);
	tcase_add_test(tests, names_are_asked_for_in_normal_form);
	tcase_add_test(tests, localhost_is_the_loopback);
	tcase_add_test(tests, special_names_do_not_exist);
	tcase_add_test(tests, local_names_are_the_hosts_files);
	tcase_add_test(tests, the_loopbacks_pointers_have_no_address);
	tcase_add_test(tests, what_only_looks_special_is_ordinary);
	tcase_add_test(tests, what_cannot_exist_is_no_host);
	tcase_add_test(tests, utf_8_is_understood);
	tcase_add_test(tests, no_locale_makes_a_difference);
	tcase_add_test(tests, a_name_has_253_octets_at_most);
	tcase_add_test(tests, what_is_too_long_is_refused);
	tcase_add_test(tests, utf_8_may_have_as_many_characters);
	tcase_add_test(tests, a_label_has_63_octets_at_most);
	tcase_add_test(tests, it_reads_no_more_than_it_may);
	tcase_add_test(tests, null_is_invalid);
	tcase_add_test(tests, nothing_is_the_own_hosts_name);
}
