/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "unit.h"

#include <errno.h>
#include <locale.h>
#include <string.h>

#include "rooms.h"
#include "unicode_name.h"

static char ascii[256];

static int
to_ascii(const char *text)
{
	memset(ascii, 0x5a, sizeof ascii);
	return unicode_name_to_ascii(text, ascii, sizeof ascii);
}

#ifdef HAVE_LIBIDN2

static void
check_names(void)
{
	static const char *const names[][2] = {
		/* München.de, composed and not; BÜCHER.example */
		{ "M\xc3\xbcnchen.de", "xn--mnchen-3ya.de" },
		{ "Mu\xcc\x88nchen.de", "xn--mnchen-3ya.de" },
		{ "B\xc3\x9c"
		  "CHER.example",
		  "xn--bcher-kva.example" },
		/* faß.de: not fass.de, as it was once */
		{ "fa\xc3\x9f.de", "xn--fa-hia.de" },
		/* 例え.テスト, the second with an ideographic full stop */
		{ "\xe4\xbe\x8b\xe3\x81\x88.\xe3\x83\x86\xe3\x82\xb9\xe3\x83\x88",
		  "xn--r8jz45g.xn--zckzah" },
		{ "\xe4\xbe\x8b\xe3\x81\x88\xe3\x80\x82\xe3\x83\x86\xe3\x82\xb9\xe3\x83\x88",
		  "xn--r8jz45g.xn--zckzah" },
		/* é with a final dot, below the root and below a service */
		{ "\xc3\xa9.", "xn--9ca." },
		{ "_sip._tcp.\xc3\xa9.test", "_sip._tcp.xn--9ca.test" },
		{ "xn--mnchen-3ya.\xc3\xa9", "xn--mnchen-3ya.xn--9ca" },
		/* What is no name stays, for others to refuse. */
		{ "a b.\xc3\xa9.test", "a b.xn--9ca.test" },
		/* In fullwidth letters and digits: ab.c, 127.0.0.1 */
		{ "\xef\xbd\x81\xef\xbd\x82.c", "ab.c" },
		{ "\xef\xbc\x91\xef\xbc\x92\xef\xbc\x97.0.0.\xef\xbc\x91", "127.0.0.1" },
		/* A soft hyphen is nothing. */
		{ "a\xc2\xad"
		  "b.test",
		  "ab.test" },
		{ "\xc2\xad", "" },
	};
	size_t i;

	for (i = 0; i < sizeof names / sizeof *names; i++) {
		ck_assert_msg(to_ascii(names[i][0]) == 0, "%s", names[i][1]);
		ck_assert_str_eq(ascii, names[i][1]);
	}
}

START_TEST(names_in_utf_8)
{
	check_names();
}
END_TEST

START_TEST(no_locale_makes_a_difference)
{
	static const char *const locales[] = { "C", "C.UTF-8", "", "de_DE.ISO-8859-1",
					       "tr_TR.UTF-8" };
	size_t i;

	for (i = 0; i < sizeof locales / sizeof *locales; i++)
		if (setlocale(LC_ALL, locales[i]) != NULL)
			check_names();
}
END_TEST

/* Fault N04. */
START_TEST(what_is_no_name)
{
	static const char *const texts[] = {
		"\xff.test",		 /* not UTF-8 */
		"\xe9.test",		 /* Latin-1 */
		"\xc3",			 /* cut off */
		"\x80.test",		 /* a middle without a beginning */
		"\xc0\xae.test",	 /* an overlong dot */
		"\xe0\x81\xa1.test",	 /* an overlong a */
		"\xed\xa0\x80.test",	 /* a surrogate */
		"\xf4\x90\x80\x80.test", /* above U+10FFFF */
		"\xe2\x80\xae.test",	 /* U+202E, right-to-left override */
		"a\xe2\x80\xa4.test",	 /* U+2024, a leader that looks like a dot */
		"a\xe2\x80\x8d.test",		/* U+200D, where it may not stand */
		"\xcc\x81.test",		/* an accent of nothing */
		"1\xd7\xa0.test",		/* both directions */
		"xn--bad--.\xc3\xa9.test",	/* not what punycode encodes to */
		"ab--\xc3\xa9.test",
	};
	size_t i;

	for (i = 0; i < sizeof texts / sizeof *texts; i++)
		ck_assert_msg(to_ascii(texts[i]) == ENOENT, "number %zu", i);
}
END_TEST

START_TEST(what_becomes_too_long)
{
	char text[600] = "";
	int i;

	/* A label of so many é is 64 octets long, and 63 with one less. */
	for (i = 0; i < 58; i++)
		strcat(text, "\xc3\xa9");
	ck_assert_int_eq(to_ascii(text), ENOENT);
	text[2 * 57] = '\0';
	ck_assert_int_eq(to_ascii(text), 0);
	ck_assert_uint_eq(strlen(ascii), 63);
	/* Each label is short enough, but there are five. */
	text[0] = '\0';
	for (i = 0; i < 250; i++)
		strcat(text, i % 50 == 49 ? "." : "\xc3\xa9");
	ck_assert_int_eq(to_ascii(text), ENOENT);
}
END_TEST

START_TEST(no_more_is_written_than_fits)
{
	memset(ascii, 0x5a, sizeof ascii);
	ck_assert_int_eq(unicode_name_to_ascii("\xc3\xa9", ascii, 7), ENOENT);
	ck_assert_int_eq(ascii[7], 0x5a);
	ck_assert_int_eq(unicode_name_to_ascii("\xc3\xa9", ascii, 8), 0);
	ck_assert_str_eq(ascii, "xn--9ca");
}
END_TEST

void
unicode_name_tests(TCase *tests)
{
	tcase_add_test(tests, names_in_utf_8);
	tcase_add_test(tests, no_locale_makes_a_difference);
	tcase_add_test(tests, what_is_no_name);
	tcase_add_test(tests, what_becomes_too_long);
	tcase_add_test(tests, no_more_is_written_than_fits);
}

#else

START_TEST(without_libidn2_no_name_is_understood)
{
	ck_assert_int_eq(to_ascii("\xc3\xa9.test"), ENOTSUP);
	ck_assert_int_eq(to_ascii("\xff"), ENOTSUP);
	ck_assert_int_eq(ascii[0], 0x5a);
}
END_TEST

void
unicode_name_tests(TCase *tests)
{
	tcase_add_test(tests, without_libidn2_no_name_is_understood);
}

#endif
