/* SPDX-License-Identifier: MIT */
#include "unit.h"

#include <asyncdns/packet_text.h>

#include <stdlib.h>
#include <string.h>

#include "packet.h"
#include "rooms.h"

static struct packet message;

static void
set_up(void)
{
	packet_begin(&message, 0, "www.example.test", 28);
	packet_set_16(&message, 0, 4711);
}

/* The text, of octets beyond which nothing may be read. */
static const char *
format(DnsPacketFate fate, int is_over_tcp, size_t length)
{
	static char text[2048];
	uint8_t *octets = packet_copy(&message, length);
	const DnsPacket packet = { fate, is_over_tcp, "[::1]:53", octets, length };
	size_t whole = DnsPacketFormat(&packet, NULL, 0);

	ck_assert_uint_lt(whole, sizeof text);
	ck_assert_uint_eq(DnsPacketFormat(&packet, text, whole + 1), whole);
	ck_assert_uint_eq(strlen(text), whole);
	free(octets);
	return text;
}

START_TEST(a_query)
{
	packet_set_16(&message, PACKET_FLAGS, 0x0100);
	ck_assert_str_eq(format(DNS_PACKET_SENT, 0, message.length),
			 "to [::1]:53 UDP 34 octets, id 4711 query rd, www.example.test "
			 "AAAA 0/0/0");
}
END_TEST

START_TEST(a_response)
{
	packet_set_16(&message, PACKET_FLAGS, 0x87a0);
	packet_add_address(&message, "www.example.test", "2001:db8::1", 300);
	packet_set_16(&message, PACKET_ADDITIONALS, 3);
	ck_assert_str_eq(format(DNS_PACKET_ACCEPTED, 1, message.length),
			 "from [::1]:53 TCP 78 octets, id 4711 NOERROR aa tc rd ra ad, "
			 "www.example.test AAAA 1/0/3");
}
END_TEST

START_TEST(its_fate)
{
	static const char end[] = " 0/0/0";

	ck_assert_str_eq(strstr(format(DNS_PACKET_DOUBTED, 0, message.length), end),
			 " 0/0/0: in doubt");
	ck_assert_str_eq(strstr(format(DNS_PACKET_IGNORED, 0, message.length), end),
			 " 0/0/0: ignored");
}
END_TEST

START_TEST(what_the_server_says)
{
	static const char *const names[] = { "NOERROR", "FORMERR", "SERVFAIL", "NXDOMAIN",
					     "NOTIMP",  "REFUSED", "YXDOMAIN", "YXRRSET",
					     "NXRRSET", "NOTAUTH", "NOTZONE",  "RCODE11" };

	packet_set_16(&message, PACKET_FLAGS, 0x8000 | (unsigned int)_i);
	ck_assert_ptr_nonnull(strstr(format(DNS_PACKET_ACCEPTED, 0, message.length),
				     names[_i]));
}
END_TEST

START_TEST(cut_short)
{
	const size_t question = message.length;
	size_t length;
	const char *text;

	for (length = 0; length < question; length++) {
		text = format(DNS_PACKET_IGNORED, 0, length);
		ck_assert_ptr_nonnull(
			strstr(text, length < 12 ? ", no message: " : ", no question "));
	}
}
END_TEST

START_TEST(nothing_reaches_a_terminal)
{
	const char *text;

	message.length = PACKET_HEADER;
	packet_put_name(&message, "\\027[31m.\\000\\255.test");
	packet_put_16(&message, 65280);
	packet_put_16(&message, 1);
	text = format(DNS_PACKET_ACCEPTED, 0, message.length);
	ck_assert_ptr_nonnull(strstr(text, "\\027[31m.\\000\\255.test TYPE65280 "));
	for (; *text != '\0'; text++)
		ck_assert(*text >= ' ' && *text <= '~');
}
END_TEST

START_TEST(of_the_root)
{
	packet_begin(&message, 0, "", 2);
	ck_assert_ptr_nonnull(
		strstr(format(DNS_PACKET_ACCEPTED, 0, message.length), ", . NS "));
}
END_TEST

void
packet_text_tests(TCase *tests)
{
	tcase_add_checked_fixture(tests, set_up, NULL);
	tcase_add_test(tests, a_query);
	tcase_add_test(tests, a_response);
	tcase_add_test(tests, its_fate);
	tcase_add_loop_test(tests, what_the_server_says, 0, 12);
	tcase_add_test(tests, cut_short);
	tcase_add_test(tests, nothing_reaches_a_terminal);
	tcase_add_test(tests, of_the_root);
}
