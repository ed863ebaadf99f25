/* SPDX-License-Identifier: MIT */
#include "unit.h"

#include <net/if.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "rooms.h"
#include "server_list.h"

/* On exact-size memory: the text of a server ends where its length says. */
static bool
add(struct server_list *list, const char *text)
{
	size_t length = strlen(text);
	char *copy = malloc(length > 0 ? length : 1);
	bool added;

	ck_assert_ptr_nonnull(copy);
	memcpy(copy, text, length);
	added = server_list_add(list, copy, length);
	free(copy);
	return added;
}

struct example {
	const char *text;
	const char *meaning;
};

static const struct example servers[] = {
	{ "192.0.2.1", "192.0.2.1:53" },
	{ "192.0.2.1:5300", "192.0.2.1:5300" },
	{ "192.0.2.1:1", "192.0.2.1:1" },
	{ "192.0.2.1:65535", "192.0.2.1:65535" },
	{ "0.0.0.0", "0.0.0.0:53" },
	{ "255.255.255.255:00053", "255.255.255.255:53" },
	{ "::", "[::]:53" },
	{ "::1", "[::1]:53" },
	{ "2001:db8::1:5300", "[2001:db8::1:5300]:53" },
	{ "[::1]", "[::1]:53" },
	{ "[::1]:5300", "[::1]:5300" },
	{ "2001:DB8::1", "[2001:db8::1]:53" },
	{ "::ffff:192.0.2.1", "[::ffff:192.0.2.1]:53" },
	{ "[::ffff:255.255.255.255]:65535", "[::ffff:255.255.255.255]:65535" },
	{ "fe80::1%1", "[fe80::1%1]:53" },
	{ "[fe80::1%4294967295]:5300", "[fe80::1%4294967295]:5300" },
	{ "ff02::1%7", "[ff02::1%7]:53" },
	{ "2001:db8::1%7", "[2001:db8::1%7]:53" },
	{ "2001:db8::1%0", "[2001:db8::1]:53" },
	{ "[1111:2222:3333:4444:5555:6666:7777:8888]:65535",
	  "[1111:2222:3333:4444:5555:6666:7777:8888]:65535" },
};

static const char *const strangers[] = {
	"",
	" ",
	":",
	"::::",
	":53",
	"[]",
	"[]:53",
	"[",
	"]",
	"[::1",
	"::1]",
	"[::1]x",
	"[::1]53",
	"[::1]:",
	"[::1]:0",
	"[::1]:65536",
	"[::1]:-1",
	"[::1]:+1",
	"[::1]:x",
	"[[::1]]",
	"[::1]:53:53",
	"[192.0.2.1]",
	"[192.0.2.1]:53",
	"192.0.2.1:",
	"192.0.2.1:0",
	"192.0.2.1:65536",
	"192.0.2.1:053053",
	"192.0.2.1:99999",
	"192.0.2.1:5 3",
	"192.0.2.1 ",
	" 192.0.2.1",
	"192.0.2.1\n",
	"192.0.2",
	"192.0.2.1.1",
	"192.0.2.256",
	"127.1",
	"0x7f000001",
	"localhost",
	"dns.test:53",
	"fe80::1%",
	"[fe80::1%]:53",
	"fe80::1%no-such-if",
	"fe80::1%4294967296",
	"fe80::1%18446744073709551617",
	"fe80::1%-1",
	"fe80::1%1x",
	"fe80::1%1%1",
	"fe80::1%1:53",
	"fe80::1%a_name_that_is_too_long",
	"2001:db8::1%lo",
	"%1",
	"192.0.2.1%1",
	"192.0.2.1,192.0.2.2",
	"192.0.2.1/24",
	"12345::",
	"1::2::3",
	"::ffff:192.0.2.1.1",
	"1111:2222:3333:4444:5555:6666:7777:8888:9999",
	"11111111111111111111111111111111111111111111111111111111111111111111",
};

START_TEST(a_server_is_an_address_and_maybe_a_port)
{
	struct server_list list;
	char text[SERVER_LIST_TEXT_SIZE];
	size_t i;

	for (i = 0; i < sizeof servers / sizeof *servers; i++) {
		list.count = 0;
		ck_assert_msg(add(&list, servers[i].text), "%s", servers[i].text);
		ck_assert_uint_eq(list.count, 1);
		server_list_format(&list, text);
		ck_assert_str_eq(text, servers[i].meaning);
	}
}
END_TEST

START_TEST(anything_else_is_refused)
{
	struct server_list list = { 0 };
	size_t i;

	ck_assert(add(&list, "192.0.2.1"));
	for (i = 0; i < sizeof strangers / sizeof *strangers; i++)
		ck_assert_msg(!add(&list, strangers[i]), "\"%s\"", strangers[i]);
	ck_assert_uint_eq(list.count, 1);
}
END_TEST

START_TEST(a_nul_is_no_text)
{
	struct server_list list = { 0 };

	ck_assert(!server_list_add(&list, "192.0.2.1\0", 10));
	ck_assert(!server_list_add(&list, "192.0.2.1\0:53", 13));
	ck_assert(!server_list_add(&list, "::1\0", 4));
	ck_assert(!server_list_add(&list, "[::1\0]:53", 9));
	ck_assert(!server_list_add(&list, "fe80::1%1\0", 10));
	ck_assert_uint_eq(list.count, 0);
}
END_TEST

START_TEST(the_fields_are_what_the_text_says)
{
	static const unsigned char loopback[16] = { [15] = 1 };
	struct server_list list = { 0 };

	ck_assert(add(&list, "192.0.2.1:5300"));
	ck_assert(add(&list, "::1"));
	ck_assert_int_eq(list.servers[0].family, AF_INET);
	ck_assert_mem_eq(&list.servers[0].address, "\xc0\x00\x02\x01", 4);
	ck_assert_uint_eq(list.servers[0].port, 5300);
	ck_assert_int_eq(list.servers[1].family, AF_INET6);
	ck_assert_mem_eq(&list.servers[1].address, loopback, 16);
	ck_assert_uint_eq(list.servers[1].port, 53);
}
END_TEST

/* Only where a link has a meaning. Faults R13, C10. */
START_TEST(a_scope_may_be_an_interface)
{
	struct server_list list = { 0 };
	struct if_nameindex *interfaces = if_nameindex();
	char text[IF_NAMESIZE + 32];
	size_t i;

	ck_assert_ptr_nonnull(interfaces);
	for (i = 0; interfaces[i].if_index != 0; i++) {
		list.count = 0;
		snprintf(text, sizeof text, "[fe80::1%%%s]:5300", interfaces[i].if_name);
		ck_assert(add(&list, text));
		ck_assert_uint_eq(list.servers[0].scope, interfaces[i].if_index);
		ck_assert_uint_eq(list.servers[0].port, 5300);
		snprintf(text, sizeof text, "ff02::1%%%s", interfaces[i].if_name);
		ck_assert(add(&list, text));
		ck_assert_uint_eq(list.servers[1].scope, interfaces[i].if_index);
		snprintf(text, sizeof text, "2001:db8::1%%%s", interfaces[i].if_name);
		ck_assert(!add(&list, text));
	}
	if_freenameindex(interfaces);
}
END_TEST

START_TEST(a_full_list_takes_no_more)
{
	struct server_list list = { 0 };
	int i;

	for (i = 0; i < SERVER_LIST_MAXIMUM; i++)
		ck_assert(add(&list, "192.0.2.1"));
	ck_assert(!add(&list, "192.0.2.2"));
	ck_assert_uint_eq(list.count, SERVER_LIST_MAXIMUM);
}
END_TEST

#define LONGEST "[1111:2222:3333:4444:5555:6666:7777:8888%4294967295]:65535"

START_TEST(several_are_separated_by_commas)
{
	static const struct example good[] = {
		{ "192.0.2.1", "192.0.2.1:53" },
		{ "192.0.2.1,::1", "192.0.2.1:53,[::1]:53" },
		{ "127.0.0.1:5300,[::1]:53,192.0.2.1",
		  "127.0.0.1:5300,[::1]:53,192.0.2.1:53" },
		{ " 192.0.2.1 ,\t192.0.2.2\t", "192.0.2.1:53,192.0.2.2:53" },
		{ LONGEST "," LONGEST "," LONGEST "," LONGEST "," LONGEST "," LONGEST
			  "," LONGEST "," LONGEST,
		  LONGEST "," LONGEST "," LONGEST "," LONGEST "," LONGEST "," LONGEST
			  "," LONGEST "," LONGEST },
	};
	struct server_list list;
	char text[SERVER_LIST_TEXT_SIZE];
	size_t i;

	for (i = 0; i < sizeof good / sizeof *good; i++) {
		memset(&list, 0xa5, sizeof list);
		ck_assert_msg(server_list_parse(&list, good[i].text), "%s", good[i].text);
		server_list_format(&list, text);
		ck_assert_str_eq(text, good[i].meaning);
	}
}
END_TEST

START_TEST(one_that_is_no_address_spoils_all)
{
	static const char *const bad[] = {
		"",
		",",
		" ",
		"192.0.2.1,",
		",192.0.2.1",
		"192.0.2.1,,192.0.2.2",
		"192.0.2.1 192.0.2.2",
		"192.0.2.1;192.0.2.2",
		"192.0.2.1,dns.test",
		"192.0.2.1, ",
		"192.0.2.1\n",
		"1.1.1.1,1.1.1.1,1.1.1.1,1.1.1.1,1.1.1.1,1.1.1.1,1.1.1.1,1.1.1.1,1.1.1.1",
	};
	struct server_list list;
	size_t i;

	for (i = 0; i < sizeof bad / sizeof *bad; i++)
		ck_assert_msg(!server_list_parse(&list, bad[i]), "\"%s\"", bad[i]);
}
END_TEST

START_TEST(an_empty_list_is_empty_text)
{
	struct server_list list = { 0 };
	char text[SERVER_LIST_TEXT_SIZE] = "x";

	server_list_format(&list, text);
	ck_assert_str_eq(text, "");
}
END_TEST

void
server_list_tests(TCase *tests)
{
	tcase_add_test(tests, a_server_is_an_address_and_maybe_a_port);
	tcase_add_test(tests, anything_else_is_refused);
	tcase_add_test(tests, a_nul_is_no_text);
	tcase_add_test(tests, the_fields_are_what_the_text_says);
	tcase_add_test(tests, a_scope_may_be_an_interface);
	tcase_add_test(tests, a_full_list_takes_no_more);
	tcase_add_test(tests, several_are_separated_by_commas);
	tcase_add_test(tests, one_that_is_no_address_spoils_all);
	tcase_add_test(tests, an_empty_list_is_empty_text);
}
