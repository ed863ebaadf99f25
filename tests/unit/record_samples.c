/* SPDX-License-Identifier: MIT */
#include "record_samples.h"

#include <stdlib.h>

#include "packet.h"
#include "record_answer.h"

#define DATA(octets) octets, sizeof octets - 1

static const struct record_sample samples[] = {
	{ 1, "192.0.2.1",
	  DATA("\xc0\x00\x02\x01"), 4, { 0 } },
	{ 2, "ns1.example.",
	  DATA("\x03ns1\x07" "example\x00"), 13, { 0 } },
	{ 3, "a.test.",
	  DATA("\x01" "a\x04test\x00"), 8, { 0 } },
	{ 4, "a.test.",
	  DATA("\x01" "a\x04test\x00"), 8, { 0 } },
	{ 5, "host.example.",
	  DATA("\x04host\x07" "example\x00"), 14, { 0 } },
	{ 6, "ns.example. admin\\.x.example. 2026112601 7200 3600 1209600 "
	  "4294967295",
	  DATA("\x02ns\x07" "example\x00\x07" "admin.x\x07" "example\x00x"
	       "\xc4\x06Y\x00\x00\x1c \x00\x00\x0e\x10\x00\x12u\x00\xff\xff"
	       "\xff\xff"), 49, { 0 } },
	{ 7, "a.test.",
	  DATA("\x01" "a\x04test\x00"), 8, { 0 } },
	{ 8, "a.test.",
	  DATA("\x01" "a\x04test\x00"), 8, { 0 } },
	{ 9, ".",
	  DATA("\x00"), 1, { 0 } },
	{ 10, "\\# 3 00FF7A",
	  DATA("\x00\xffz"), 0, { 0 } },
	{ 12, "host.example.",
	  DATA("\x04host\x07" "example\x00"), 14, { 0 } },
	{ 13, "\"x86_64\" \"Linux; \\\"old\\\"\"",
	  DATA("\x06x86_64\x0cLinux; \"old\""), 20, { 0 } },
	{ 14, "a.test. b.test.",
	  DATA("\x01" "a\x04test\x00\x01" "b\x04test\x00"), 16, { 0 } },
	{ 15, "10 mail.example.",
	  DATA("\x00\x0a\x04mail\x07" "example\x00"), 16, { 0 } },
	{ 15, "0 .",
	  DATA("\x00\x00\x00"), 3, { 0 } },
	{ 16, "\"v=spf1 -all\"",
	  DATA("\x0bv=spf1 -all"), 12, { 0 } },
	{ 16, "\"a\\\\b\\\"c\" \"\" \"\\000\\127\\255 ~\"",
	  DATA("\x05" "a\\b\"c\x00\x05\x00\x7f\xff ~"), 13, { 6, 7 } },
	{ 17, "a.test. b.test.",
	  DATA("\x01" "a\x04test\x00\x01" "b\x04test\x00"), 16, { 0 } },
	{ 18, "1 a.test.",
	  DATA("\x00\x01\x01" "a\x04test\x00"), 10, { 0 } },
	{ 21, "1 a.test.",
	  DATA("\x00\x01\x01" "a\x04test\x00"), 10, { 0 } },
	{ 26, "1 a.test. b.test.",
	  DATA("\x00\x01\x01" "a\x04test\x00\x01" "b\x04test\x00"), 18, { 0 } },
	{ 28, "2001:db8::1",
	  DATA(" \x01\x0d\xb8\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00"
	       "\x01"), 16, { 0 } },
	{ 29, "\\# 16 00000000000000000000000000000000",
	  DATA("\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00"
	       "\x00"), 0, { 0 } },
	{ 33, "1 2 5060 sip.example.",
	  DATA("\x00\x01\x00\x02\x13\xc4\x03sip\x07" "example\x00"), 19, { 0 } },
	{ 35, "100 10 \"u\" \"E2U+sip\" \"!^.*$!sip:info@example!\" .",
	  DATA("\x00" "d\x00\x0a\x01u\x07" "E2U+sip\x17!^.*$!sip:info@exampl"
	       "e!\x00"), 39, { 0 } },
	{ 36, "1 a.test.",
	  DATA("\x00\x01\x01" "a\x04test\x00"), 10, { 0 } },
	{ 39, "b\\\"\\;\\@\\$\\(\\)\\032.test.",
	  DATA("\x08" "b\";@$() \x04test\x00"), 15, { 0 } },
	{ 43, "12345 13 2 00FF10",
	  DATA("09\x0d\x02\x00\xff\x10"), 5, { 0 } },
	{ 44, "1 2 ABCDEF",
	  DATA("\x01\x02\xab\xcd\xef"), 3, { 0 } },
	{ 48, "257 3 13 AAEC",
	  DATA("\x01\x01\x03\x0d\x00\x01\x02"), 5, { 0 } },
	{ 48, "257 3 13 /w==",
	  DATA("\x01\x01\x03\x0d\xff"), 5, { 0 } },
	{ 52, "3 1 1 0D",
	  DATA("\x03\x01\x01\x0d"), 4, { 0 } },
	{ 53, "3 0 0 0D0E",
	  DATA("\x03\x00\x00\x0d\x0e"), 4, { 0 } },
	{ 59, "0 0 0 00",
	  DATA("\x00\x00\x00\x00\x00"), 5, { 0 } },
	{ 60, "0 3 0 AA==",
	  DATA("\x00\x00\x03\x00\x00"), 5, { 0 } },
	{ 61, "+/8A",
	  DATA("\xfb\xff\x00"), 1, { 0 } },
	{ 63, "1 1 241 0A",
	  DATA("\x00\x00\x00\x01\x01\xf1\x0a"), 7, { 0 } },
	{ 64, "0 svc.example.",
	  DATA("\x00\x00\x03svc\x07" "example\x00"), 15, { 0 } },
	{ 64, "0 a.test. key1=\"\\000\" key3",
	  DATA("\x00\x00\x01" "a\x04test\x00\x00\x01\x00\x01\x00\x00\x03\x00"
	       "\x00"), 19, { 10, 15 } },
	{ 64, "1 . mandatory=alpn,key667 alpn=\"h2\" key667=\"hi there\"",
	  DATA("\x00\x01\x00\x00\x00\x00\x04\x00\x01\x02\x9b\x00\x01\x00\x03"
	       "\x02h2\x02\x9b\x00\x08hi there"), 30, { 3, 11, 18 } },
	{ 65, "1 .",
	  DATA("\x00\x01\x00"), 3, { 0 } },
	{ 65, "1 . alpn=\"h2,h3\"",
	  DATA("\x00\x01\x00\x00\x01\x00\x06\x02h2\x02h3"), 13, { 3 } },
	{ 65, "1 . alpn=\"f\\\\\\\\oo\\\\,bar,h2\"",
	  DATA("\x00\x01\x00\x00\x01\x00\x0c\x08" "f\\oo,bar\x02h2"), 19, { 3 } },
	{ 65, "1 . no-default-alpn port=8443",
	  DATA("\x00\x01\x00\x00\x02\x00\x00\x00\x03\x00\x02 \xfb"), 13, { 3, 7 } },
	{ 65, "1 . ipv4hint=192.0.2.1,192.0.2.2 ech=AAEC",
	  DATA("\x00\x01\x00\x00\x04\x00\x08\xc0\x00\x02\x01\xc0\x00\x02\x02"
	       "\x00\x05\x00\x03\x00\x01\x02"), 22, { 3, 15 } },
	{ 65, "1 . ipv6hint=2001:db8::1 dohpath=\"/dns-query{?dns}\"",
	  DATA("\x00\x01\x00\x00\x06\x00\x10 \x01\x0d\xb8\x00\x00\x00\x00"
	       "\x00\x00\x00\x00\x00\x00\x00\x01\x00\x07\x00\x10/dns-query{?"
	       "dns}"), 43, { 3, 23 } },
	{ 65, "1 . ohttp key65535=\"\\000\"",
	  DATA("\x00\x01\x00\x00\x08\x00\x00\xff\xff\x00\x01\x00"), 12, { 3, 7 } },
	{ 99, "\"v=spf1 -all\"",
	  DATA("\x0bv=spf1 -all"), 12, { 0 } },
	{ 256, "10 1 \"ftp://ftp.example/\\\"public\\\"\"",
	  DATA("\x00\x0a\x00\x01" "ftp://ftp.example/\"public\""), 5, { 0 } },
	{ 257, "128 issue \"ca.example; policy=\\\"ev\\\"\"",
	  DATA("\x80\x05issueca.example; policy=\"ev\""), 7, { 0 } },
	{ 257, "0 iodef \"\"",
	  DATA("\x00\x05iodef"), 7, { 0 } },
	{ 65280, "\\# 0",
	  DATA(""), 0, { 0 } },
	{ 65280, "\\# 4 0A000001",
	  DATA("\x0a\x00\x00\x01"), 0, { 0 } },
};

void
record_sample_each(void (*check)(const struct record_sample *sample))
{
	size_t i;

	for (i = 0; i < sizeof samples / sizeof samples[0]; i++)
		check(&samples[i]);
}

bool
record_sample_is_good_at(const struct record_sample *sample, size_t length)
{
	size_t i;

	for (i = 0; i < sizeof sample->good_at / sizeof sample->good_at[0]; i++)
		if (length > 0 && length == sample->good_at[i])
			return true;
	return length >= sample->good_from;
}

DnsStatus
record_sample_read(struct DnsRecordSet **set, unsigned int type, const void *data,
		   size_t length)
{
	static struct packet packet;
	DnsStatus status;
	uint8_t *copy;

	packet_begin(&packet, 0, "a.test", type);
	packet_add_record(&packet, "a.test", type, 60, data, length);
	copy = packet_copy(&packet, packet.length);
	status = record_answer_read(set, copy, packet.length, "a.test", (int)type, 0, false);
	free(copy);
	return status;
}
