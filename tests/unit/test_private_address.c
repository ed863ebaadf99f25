/* SPDX-License-Identifier: MIT */
#include "unit.h"

#include <arpa/inet.h>

#include "private_address.h"
#include "rooms.h"

/* The first and the last of each block, and what is beside them. */
static const struct example {
	const char *address;
	bool is_private;
} examples[] = {
	{ "0.0.0.0", true },	     { "0.255.255.255", true },	   { "1.0.0.0", false },
	{ "9.255.255.255", false },  { "10.0.0.0", true },	   { "10.255.255.255", true },
	{ "11.0.0.0", false },	     { "100.63.255.255", false },  { "100.64.0.0", true },
	{ "100.127.255.255", true }, { "100.128.0.0", false },	   { "126.255.255.255", false },
	{ "127.0.0.0", true },	     { "127.255.255.255", true },  { "128.0.0.0", false },
	{ "169.253.255.255", false }, { "169.254.0.0", true },	   { "169.254.255.255", true },
	{ "169.255.0.0", false },    { "172.15.255.255", false },  { "172.16.0.0", true },
	{ "172.31.255.255", true },  { "172.32.0.0", false },	   { "192.167.255.255", false },
	{ "192.168.0.0", true },     { "192.168.255.255", true },  { "192.169.0.0", false },
	{ "192.0.2.1", false },	     { "255.255.255.254", false }, { "255.255.255.255", true },

	{ "::", true },		     { "::1", true },		   { "::2", true },
	{ "::8.8.8.8", false },	     { "::10.0.0.1", true },	   { "0:0:0:0:0:1::", false },
	{ "fbff:ffff::", false },    { "fc00::", true },	   { "fdff:ffff::1", true },
	{ "fe00::", false },	     { "fe7f:ffff::", false },	   { "fe80::", true },
	{ "febf:ffff::", true },     { "fec0::", true },	   { "feff:ffff::", true },
	{ "ff02::1", false },	     { "2001:db8::1", false },	   { "2001:db8::7f00:1", false },
	{ "::ffff:127.0.0.1", true }, { "::ffff:192.0.2.1", false }, { "::fffe:7f00:1", false },
	{ "::ffff:0:10.0.0.1", true }, { "::ffff:0:192.0.2.1", false },
	{ "64:ff9b::10.0.0.1", true }, { "64:ff9b::192.0.2.1", false },
	{ "64:ff9b::1:10.0.0.1", false }, { "64:ff9b:0:1::1", false },
	{ "64:ff9b:1::", true },     { "64:ff9b:1:ffff::1", true }, { "64:ff9b:2::1", false },
	{ "2002:7f00:1::1", true },  { "2002:c000:201::a00:1", false },
	{ "2002:ac10:1::", true },   { "2003:7f00:1::1", false },
};

START_TEST(blocks_end_where_they_end)
{
	const struct example *example = &examples[_i];
	struct in6_addr ipv6;
	struct in_addr ipv4;
	bool is_private;

	if (inet_pton(AF_INET, example->address, &ipv4) == 1) {
		is_private = private_address_is_ipv4(&ipv4);
	} else {
		ck_assert_int_eq(inet_pton(AF_INET6, example->address, &ipv6), 1);
		is_private = private_address_is_ipv6(&ipv6);
	}
	ck_assert_msg(is_private == example->is_private, "%s", example->address);
}
END_TEST

void
private_address_tests(TCase *tests)
{
	tcase_add_loop_test(tests, blocks_end_where_they_end, 0,
			    sizeof examples / sizeof *examples);
}
