/* SPDX-License-Identifier: MIT */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "resolv_conf.h"
#include "rooms.h"

static struct resolv_conf conf;

/* On exact-size memory. */
static void
parse_bytes(const char *text, size_t length)
{
	char *copy = malloc(length > 0 ? length : 1);

	expect(copy != NULL, "no memory");
	memcpy(copy, text, length);
	resolv_conf_clear(&conf);
	memset(&conf, 0xa5, sizeof conf);
	expect(resolv_conf_parse(&conf, copy, length), "no memory");
	free(copy);
}

static void
expect_conf(const char *servers, int timeout, int attempts)
{
	char text[SERVER_LIST_TEXT_SIZE];

	server_list_format(&conf.servers, text);
	ck_assert_str_eq(text, servers);
	ck_assert_int_eq(conf.timeout, timeout);
	ck_assert_int_eq(conf.attempts, attempts);
}

struct example {
	const char *text;
	const char *servers;
	int timeout;
	int attempts;
};

static void
check_examples(const struct example *examples, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++) {
		parse_bytes(examples[i].text, strlen(examples[i].text));
		expect_conf(examples[i].servers, examples[i].timeout,
			    examples[i].attempts);
	}
}

#define CHECK_EXAMPLES(examples)                                                         \
	check_examples(examples, sizeof examples / sizeof *examples)

START_TEST(servers_in_their_order)
{
	static const struct example examples[] = {
		{ "", "", 0, 0 },
		{ "\n\n\n", "", 0, 0 },
		{ "nameserver 192.0.2.1\n", "192.0.2.1:53", 0, 0 },
		{ "nameserver 192.0.2.1", "192.0.2.1:53", 0, 0 },
		{ "nameserver\t192.0.2.1\t\n", "192.0.2.1:53", 0, 0 },
		{ "nameserver  \t 192.0.2.1 \n", "192.0.2.1:53", 0, 0 },
		{ "nameserver 192.0.2.2\nnameserver ::1\nnameserver 192.0.2.1\n",
		  "192.0.2.2:53,[::1]:53,192.0.2.1:53", 0, 0 },
		{ "nameserver 192.0.2.1\r\nnameserver 192.0.2.2\r\n",
		  "192.0.2.1:53,192.0.2.2:53", 0, 0 },
		{ "nameserver 192.0.2.1 192.0.2.2\n", "192.0.2.1:53", 0, 0 },
		{ "nameserver 192.0.2.1 # first\n", "192.0.2.1:53", 0, 0 },
		{ "nameserver 1.1.1.1\nnameserver 2.2.2.2\nnameserver 3.3.3.3\n"
		  "nameserver 4.4.4.4\nnameserver 5.5.5.5\nnameserver 6.6.6.6\n"
		  "nameserver 7.7.7.7\nnameserver 8.8.8.8\nnameserver 9.9.9.9\n"
		  "options timeout:4\n",
		  "1.1.1.1:53,2.2.2.2:53,3.3.3.3:53,4.4.4.4:53,5.5.5.5:53,6.6.6.6:53,"
		  "7.7.7.7:53,8.8.8.8:53",
		  4, 0 },
	};

	CHECK_EXAMPLES(examples);
}
END_TEST

/* As by inet_aton, and with a port, which glibc does not know. Fault C10. */
START_TEST(odd_forms_of_addresses)
{
	static const struct example examples[] = {
		{ "nameserver 1.2.3\n", "1.2.0.3:53", 0, 0 },
		{ "nameserver 0x7f.1\n", "127.0.0.1:53", 0, 0 },
		{ "nameserver 0177.0.0.1\nnameserver 1\n", "127.0.0.1:53,0.0.0.1:53", 0,
		  0 },
		{ "nameserver 0X7F000001\n", "127.0.0.1:53", 0, 0 },
		{ "nameserver 0000377.0000377.0000377.0000377\n", "255.255.255.255:53", 0,
		  0 },
		{ "nameserver 256\nnameserver 1.2.3.4.5\nnameserver 08\nnameserver 0x\n"
		  "nameserver 1.2.3.256\nnameserver 1.\nnameserver .\n"
		  "nameserver 1.2.3.4\v\nnameserver 0xg\n",
		  "0.0.1.0:53", 0, 0 },
		{ "nameserver 192.0.2.1:5300\nnameserver [::1]:5353\nnameserver [::1]\n",
		  "192.0.2.1:5300,[::1]:5353,[::1]:53", 0, 0 },
		{ "nameserver 1.2.3:53\nnameserver ::1:\nnameserver ::ffff:1.2.3\n", "",
		  0, 0 },
		{ "nameserver fe80::1%3\nnameserver [fe80::1%4]:54\n"
		  "nameserver 2001:db8::1%5\n",
		  "[fe80::1%3]:53,[fe80::1%4]:54,[2001:db8::1%5]:53", 0, 0 },
		{ "nameserver fe80::1%no-such-if\nnameserver fe80::1%\n"
		  "nameserver fe80::1%99999999999\nnameserver 1.2.3.4%1\n",
		  "", 0, 0 },
	};

	CHECK_EXAMPLES(examples);
}
END_TEST

START_TEST(comments_only_in_the_first_column)
{
	static const struct example examples[] = {
		{ "#nameserver 192.0.2.1\n;nameserver 192.0.2.2\n", "", 0, 0 },
		{ "# nameserver 192.0.2.1\n; options timeout:9\n", "", 0, 0 },
		{ "options timeout:2 # attempts:3\n", "", 2, 3 },
		{ "options ;timeout:2 attempts:3\n", "", 0, 3 },
		{ "nameserver #192.0.2.1\n", "", 0, 0 },
		{ "nameserver 192.0.2.1#\n", "", 0, 0 },
	};

	CHECK_EXAMPLES(examples);
}
END_TEST

START_TEST(what_is_not_understood_is_passed_over)
{
	static const struct example examples[] = {
		/* A keyword starts the line (resolv.conf(5)). */
		{ " nameserver 192.0.2.1\n\tnameserver 192.0.2.2\n options timeout:9\n",
		  "", 0, 0 },
		{ "domain example.test\nsearch a.test b.test\nsortlist 192.0.2.0\n"
		  "nameserver 192.0.2.1\n",
		  "192.0.2.1:53", 0, 0 },
		{ "nameserver dns.test\nnameserver\nnameserver 300.1.1.1\nnameserver "
		  "192.0.2.1\n",
		  "192.0.2.1:53", 0, 0 },
		{ "NAMESERVER 192.0.2.1\nnameserver192.0.2.1\nnameservers 192.0.2.1\n"
		  "name server 192.0.2.1\n",
		  "", 0, 0 },
		{ "Options timeout:3\noptions\noption timeout:3\noptions: timeout:3\n",
		  "", 0, 0 },
		{ "\xef\xbb\xbfnameserver 192.0.2.1\nnameserver 192.0.2.2\n",
		  "192.0.2.2:53", 0, 0 },
		{ "\x01\x02\xff\xfe\nnameserver 192.0.2.1\n\x7f", "192.0.2.1:53", 0, 0 },
	};

	CHECK_EXAMPLES(examples);
}
END_TEST

/* Fault C04. */
START_TEST(a_line_with_a_nul_is_no_text)
{
	static const char text[] = "nameserver 192.0.2.1\0\n"
				   "\0nameserver 192.0.2.2\n"
				   "nameserver\0 192.0.2.3\n"
				   "options timeout:9\0 attempts:2\n"
				   "nameserver 192.0.2.4\n\0";

	parse_bytes(text, sizeof text - 1);
	expect_conf("192.0.2.4:53", 0, 0);
}
END_TEST

/* Fault C06. */
START_TEST(timeout_and_attempts_have_bounds)
{
	static const struct example examples[] = {
		{ "options timeout:1 attempts:1\n", "", 1, 1 },
		{ "options timeout:30 attempts:5\n", "", 30, 5 },
		{ "options timeout:31 attempts:6\n", "", 30, 5 },
		{ "options timeout:99999999999999999999 attempts:4294967297\n", "", 30,
		  5 },
		{ "options timeout:0 attempts:0\n", "", 0, 0 },
		{ "options timeout:-1 attempts:-1\n", "", 0, 0 },
		{ "options timeout: attempts:\n", "", 0, 0 },
		{ "options timeout attempts\n", "", 0, 0 },
		{ "options timeout:x attempts:+3\n", "", 0, 0 },
		{ "options timeout :3 attempts: 3\n", "", 0, 0 },
		{ "options xtimeout:3 TIMEOUT:3 attempts:007\n", "", 0, 5 },
		{ "options ndots:2 rotate timeout:3 edns0\toptions attempts:2\r\n", "", 3,
		  2 },
		{ "options timeout:3\noptions attempts:2\noptions timeout:4\n", "", 4,
		  2 },
		{ "options timeout:3\noptions timeout:0\noptions timeout:x\n", "", 3, 0 },
		{ "options timeout:3s attempts:2,\n", "", 3, 2 }, /* as by atoi */
	};

	CHECK_EXAMPLES(examples);
}
END_TEST

/* Whatever the octets are; ASan sees reading beyond them. */
START_TEST(junk_does_no_harm)
{
	static const char *const pieces[] = { "nameserver ", "options ",    "timeout:",
					      "1.2.3.4",     "[::1]:",	    "\n",
					      "\r",	     " ",	    "#",
					      "attempts:",   "99999999999", ",",
					      "nameserver" };
	struct dice dice;
	char text[512];
	size_t length, size;
	const char *piece;
	int i;

	dice_init(&dice);
	for (i = 0; i < 20000; i++) {
		for (length = 0; length < sizeof text - 16; length += size) {
			piece = pieces[dice_roll(&dice, 13)];
			size = strlen(piece);
			memcpy(text + length, piece, size);
			if (dice_roll(&dice, 8) == 0)
				text[length] = (char)dice_roll(&dice, 256);
			if (dice_roll(&dice, 32) == 0)
				break;
		}
		parse_bytes(text, length);
		expect(conf.servers.count <= SERVER_LIST_MAXIMUM, "too many servers");
		expect(conf.timeout >= 0 && conf.timeout <= 30, "too long a timeout");
		expect(conf.attempts >= 0 && conf.attempts <= 5, "too many attempts");
	}
}
END_TEST

static void
tear_down(void)
{
	resolv_conf_clear(&conf);
}

void
resolv_conf_tests(TCase *tests)
{
	tcase_add_checked_fixture(tests, NULL, tear_down);
	tcase_add_test(tests, servers_in_their_order);
	tcase_add_test(tests, odd_forms_of_addresses);
	tcase_add_test(tests, comments_only_in_the_first_column);
	tcase_add_test(tests, what_is_not_understood_is_passed_over);
	tcase_add_test(tests, a_line_with_a_nul_is_no_text);
	tcase_add_test(tests, timeout_and_attempts_have_bounds);
	tcase_add_test(tests, junk_does_no_harm);
}
