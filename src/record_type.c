/* SPDX-License-Identifier: MIT */
#include <config.h>

#include <asyncdns/record_type.h>

#include <stdint.h>
#include <string.h>

#include "host_name.h"
#include "text_writer.h"

#define TYPE_MAXIMUM 65535

/* IANA's registry of resource record types, in the order of their numbers. */
static const struct type_name {
	uint16_t type;
	char name[12];
} names[] = {
	{ 1, "A" },	       { 2, "NS" },	    { 3, "MD" },	{ 4, "MF" },
	{ 5, "CNAME" },	       { 6, "SOA" },	    { 7, "MB" },	{ 8, "MG" },
	{ 9, "MR" },	       { 10, "NULL" },	    { 11, "WKS" },	{ 12, "PTR" },
	{ 13, "HINFO" },       { 14, "MINFO" },	    { 15, "MX" },	{ 16, "TXT" },
	{ 17, "RP" },	       { 18, "AFSDB" },	    { 19, "X25" },	{ 20, "ISDN" },
	{ 21, "RT" },	       { 22, "NSAP" },	    { 23, "NSAP-PTR" }, { 24, "SIG" },
	{ 25, "KEY" },	       { 26, "PX" },	    { 27, "GPOS" },	{ 28, "AAAA" },
	{ 29, "LOC" },	       { 30, "NXT" },	    { 31, "EID" },	{ 32, "NIMLOC" },
	{ 33, "SRV" },	       { 34, "ATMA" },	    { 35, "NAPTR" },	{ 36, "KX" },
	{ 37, "CERT" },	       { 38, "A6" },	    { 39, "DNAME" },	{ 40, "SINK" },
	{ 41, "OPT" },	       { 42, "APL" },	    { 43, "DS" },	{ 44, "SSHFP" },
	{ 45, "IPSECKEY" },    { 46, "RRSIG" },	    { 47, "NSEC" },	{ 48, "DNSKEY" },
	{ 49, "DHCID" },       { 50, "NSEC3" },	    { 51, "NSEC3PARAM" }, { 52, "TLSA" },
	{ 53, "SMIMEA" },      { 55, "HIP" },	    { 56, "NINFO" },	{ 57, "RKEY" },
	{ 58, "TALINK" },      { 59, "CDS" },	    { 60, "CDNSKEY" },	{ 61, "OPENPGPKEY" },
	{ 62, "CSYNC" },       { 63, "ZONEMD" },    { 64, "SVCB" },	{ 65, "HTTPS" },
	{ 66, "DSYNC" },       { 67, "HHIT" },	    { 68, "BRID" },	{ 99, "SPF" },
	{ 100, "UINFO" },      { 101, "UID" },	    { 102, "GID" },	{ 103, "UNSPEC" },
	{ 104, "NID" },	       { 105, "L32" },	    { 106, "L64" },	{ 107, "LP" },
	{ 108, "EUI48" },      { 109, "EUI64" },    { 128, "NXNAME" },	{ 249, "TKEY" },
	{ 250, "TSIG" },       { 251, "IXFR" },	    { 252, "AXFR" },	{ 253, "MAILB" },
	{ 254, "MAILA" },      { 255, "ANY" },	    { 256, "URI" },	{ 257, "CAA" },
	{ 258, "AVC" },	       { 259, "DOA" },	    { 260, "AMTRELAY" }, { 261, "RESINFO" },
	{ 262, "WALLET" },     { 263, "CLA" },	    { 264, "IPN" },	{ 32768, "TA" },
	{ 32769, "DLV" },
};

#define NAME_COUNT (sizeof names / sizeof names[0])

size_t
DnsRecordTypeFormat(int type, char *buffer, size_t size)
{
	struct text_writer writer;
	size_t i = 0;

	text_writer_init(&writer, buffer, size);
	if (type >= 0 && type <= TYPE_MAXIMUM) {
		while (i < NAME_COUNT && names[i].type != type)
			i++;
		text_writer_put_text(&writer, i < NAME_COUNT ? names[i].name : "TYPE");
		if (i == NAME_COUNT)
			text_writer_put_number(&writer, (uint32_t)type);
	}
	return text_writer_end(&writer);
}

/* "TYPE" and digits. */
static int
read_generic(const char *text)
{
	char start[5] = "";
	int type = 0;

	strncpy(start, text, 4);
	if (!host_name_is_same(start, "TYPE") || text[4] == '\0')
		return -1;
	for (text += 4; *text != '\0'; text++) {
		if (*text < '0' || *text > '9')
			return -1;
		type = 10 * type + (*text - '0');
		if (type > TYPE_MAXIMUM)
			return -1;
	}
	return type;
}

int
DnsRecordTypeFromText(const char *text)
{
	size_t i;

	if (text == NULL)
		return -1;
	for (i = 0; i < NAME_COUNT; i++)
		if (host_name_is_same(text, names[i].name))
			return names[i].type;
	return strcmp(text, "*") == 0 ? DNS_RECORD_TYPE_ANY : read_generic(text);
}
