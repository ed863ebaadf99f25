/* SPDX-License-Identifier: MIT */
/* compare: the records that c-ares has read of a response, against ours, type by type. */
#ifndef TESTS_FUZZ_COMPARE_H
#define TESTS_FUZZ_COMPARE_H

#include <asyncdns/record_set.h>

#include <sys/types.h>
#include <sys/select.h>
#include <netdb.h>
#define CARES_NO_DEPRECATED
#include <ares.h>

#include "witness.h"

#define ADDRESSES_MAXIMUM 256

/* What c-ares says. */
struct theirs {
	int status;
	int count; /* of addresses */
	struct ares_addrttl ipv4[ADDRESSES_MAXIMUM];
	struct ares_addr6ttl ipv6[ADDRESSES_MAXIMUM];
	struct hostent *host; /* A, AAAA, NS, PTR */
	void *list;	      /* as each other type has it */
};

/* An octet of a name's text, or 256 for the dot between labels. */
static unsigned int
take_octet(const char **text)
{
	const char *at = *text;

	*text = at + 1;
	if (at[0] == '.')
		return 256;
	if (at[0] != '\\')
		return (unsigned char)at[0];
	*text = at + 2;
	if (at[1] < '0' || at[1] > '9')
		return (unsigned char)at[1];
	*text = at + 4;
	return (unsigned int)((at[1] - '0') * 100 + (at[2] - '0') * 10 + at[3] - '0');
}

static unsigned int
in_lower_case(unsigned int octet)
{
	return octet >= 'A' && octet <= 'Z' ? octet | 0x20 : octet;
}

/* They escape other octets than we do. */
static bool
is_same_owner(const char *ours, const char *theirs)
{
	while (*ours != '\0' && *theirs != '\0')
		if (in_lower_case(take_octet(&ours)) !=
		    in_lower_case(take_octet(&theirs)))
			return false;
	return *ours == *theirs;
}

static bool
is_same_name(const char *ours, const char *theirs)
{
	while (*ours != '\0' && *theirs != '\0')
		if (take_octet(&ours) != take_octet(&theirs))
			return false;
	return *ours == *theirs;
}

static bool
is_same_text(const char *ours, size_t length, const unsigned char *theirs,
	     size_t their_length)
{
	return length == their_length && memcmp(ours, theirs, length) == 0;
}

/* The next of the answers that are of the type. */
static const DnsRecord *
next_record(const DnsRecordSet *set, int type, size_t *index)
{
	const DnsRecord *record;

	do
		record = DnsRecordSetGetRecord(set, DNS_SECTION_ANSWER, (*index)++);
	while (record != NULL && DnsRecordGetType(record) != type);
	return record;
}

static uint32_t
least_of_aliases(const DnsRecordSet *set)
{
	const DnsRecord *record;
	uint32_t least = 0x7fffffff;
	size_t index = 0;

	while ((record = next_record(set, RECORD_CNAME, &index)) != NULL)
		if (DnsRecordGetTimeToLive(record) < least)
			least = DnsRecordGetTimeToLive(record);
	return least;
}

/* One with its top bit set is negative there, and 0 with us (RFC 2181 8). */
static bool
is_same_time(uint32_t ours, int theirs)
{
	return ours == (theirs < 0 ? 0 : (uint32_t)theirs);
}

/* c-ares has of an address the least of its own and the aliases' times to live. */
static void
compare_address(const DnsRecordSet *set, const DnsRecord *record, const void *address,
		int ttl)
{
	uint32_t ours = least_of_aliases(set);
	size_t length;
	const uint8_t *data = DnsRecordGetData(record, &length);

	require(memcmp(data, address, length) == 0);
	if (DnsRecordGetTimeToLive(record) < ours)
		ours = DnsRecordGetTimeToLive(record);
	require(is_same_time(ours, ttl));
}

static const void *
address_at(const struct theirs *theirs, unsigned int type, int index)
{
	return type == RECORD_A ? (const void *)&theirs->ipv4[index].ipaddr
				: (const void *)&theirs->ipv6[index].ip6addr;
}

static void
compare_addresses(const DnsRecordSet *set, const struct theirs *theirs, unsigned int type)
{
	const DnsRecord *record;
	size_t index = 0;
	int i, ttl;

	for (i = 0; i < theirs->count; i++) {
		record = next_record(set, (int)type, &index);
		require(record != NULL);
		ttl = type == RECORD_A ? theirs->ipv4[i].ttl : theirs->ipv6[i].ttl;
		compare_address(set, record, address_at(theirs, type, i), ttl);
	}
	require(theirs->count == ADDRESSES_MAXIMUM ||
		next_record(set, (int)type, &index) == NULL);
}

static void
compare_hosts(const DnsRecordSet *set, const struct theirs *theirs, unsigned int type)
{
	const DnsRecord *record;
	size_t index = 0;
	char **name;

	for (name = theirs->host->h_aliases; *name != NULL; name++) {
		record = next_record(set, (int)type, &index);
		require(record != NULL && is_same_name(DnsRecordGetHost(record), *name));
	}
	require(next_record(set, (int)type, &index) == NULL);
}

static void
compare_mx(const DnsRecordSet *set, const struct ares_mx_reply *theirs)
{
	const DnsMxData *ours;
	size_t index = 0;

	for (; theirs != NULL; theirs = theirs->next) {
		ours = DnsRecordGetMx(next_record(set, RECORD_MX, &index));
		require(ours != NULL && ours->preference == theirs->priority);
		require(is_same_name(ours->exchange, theirs->host));
	}
	require(next_record(set, RECORD_MX, &index) == NULL);
}

static void
compare_srv(const DnsRecordSet *set, const struct ares_srv_reply *theirs)
{
	const DnsSrvData *ours;
	size_t index = 0;

	for (; theirs != NULL; theirs = theirs->next) {
		ours = DnsRecordGetSrv(next_record(set, RECORD_SRV, &index));
		require(ours != NULL && ours->priority == theirs->priority);
		require(ours->weight == theirs->weight && ours->port == theirs->port);
		require(is_same_name(ours->target, theirs->host));
	}
	require(next_record(set, RECORD_SRV, &index) == NULL);
}

static void
compare_txt(const DnsRecordSet *set, const struct ares_txt_ext *theirs)
{
	const DnsRecord *record = NULL;
	size_t index = 0, string = 0, length;
	const char *ours;

	for (; theirs != NULL; theirs = theirs->next) {
		if (theirs->record_start) {
			require(DnsRecordGetStringCount(record) == string);
			record = next_record(set, RECORD_TXT, &index);
			string = 0;
		}
		ours = DnsRecordGetString(record, string++, &length);
		require(ours != NULL);
		require(is_same_text(ours, length, theirs->txt, theirs->length));
	}
	require(DnsRecordGetStringCount(record) == string);
	require(next_record(set, RECORD_TXT, &index) == NULL);
}

static void
compare_soa(const DnsRecordSet *set, const struct ares_soa_reply *theirs)
{
	size_t index = 0;
	const DnsSoaData *ours = DnsRecordGetSoa(next_record(set, RECORD_SOA, &index));

	require(ours != NULL && ours->serial == theirs->serial);
	require(ours->refresh == theirs->refresh && ours->retry == theirs->retry);
	require(ours->expire == theirs->expire && ours->minimum == theirs->minttl);
	require(is_same_name(ours->server, theirs->nsname));
	require(is_same_name(ours->mailbox, theirs->hostmaster));
}

/* Their texts end at a NUL. */
static void
compare_naptr(const DnsRecordSet *set, const struct ares_naptr_reply *theirs)
{
	const DnsNaptrData *ours;
	size_t index = 0;

	for (; theirs != NULL; theirs = theirs->next) {
		ours = DnsRecordGetNaptr(next_record(set, RECORD_NAPTR, &index));
		require(ours != NULL && ours->order == theirs->order);
		require(ours->preference == theirs->preference);
		require(strcmp(ours->flags, (const char *)theirs->flags) == 0);
		require(strcmp(ours->services, (const char *)theirs->service) == 0);
		require(strcmp(ours->regexp, (const char *)theirs->regexp) == 0);
		require(is_same_name(ours->replacement, theirs->replacement));
	}
	require(next_record(set, RECORD_NAPTR, &index) == NULL);
}

static void
compare_caa(const DnsRecordSet *set, const struct ares_caa_reply *theirs)
{
	const DnsCaaData *ours;
	size_t index = 0;

	for (; theirs != NULL; theirs = theirs->next) {
		ours = DnsRecordGetCaa(next_record(set, RECORD_CAA, &index));
		require(ours != NULL && ours->flags == theirs->critical);
		require(is_same_text(ours->tag, strlen(ours->tag), theirs->property,
				     theirs->plength));
		require(is_same_text(ours->value, ours->valueLength, theirs->value,
				     theirs->length));
	}
	require(next_record(set, RECORD_CAA, &index) == NULL);
}

static void
compare_uri(const DnsRecordSet *set, const struct ares_uri_reply *theirs)
{
	const DnsRecord *record;
	const DnsUriData *ours;
	size_t index = 0;

	for (; theirs != NULL; theirs = theirs->next) {
		record = next_record(set, RECORD_URI, &index);
		ours = DnsRecordGetUri(record);
		require(ours != NULL && ours->priority == theirs->priority);
		require(ours->weight == theirs->weight);
		require(strcmp(ours->target, theirs->uri) == 0);
		require(is_same_time(DnsRecordGetTimeToLive(record), theirs->ttl));
	}
	require(next_record(set, RECORD_URI, &index) == NULL);
}

static void
compare(const DnsRecordSet *set, const struct theirs *theirs, unsigned int type)
{
	switch (type) {
	case RECORD_A:
	case RECORD_AAAA:
		compare_addresses(set, theirs, type);
		break;
	case RECORD_NS:
	case RECORD_PTR:
		compare_hosts(set, theirs, type);
		break;
	case RECORD_MX:
		compare_mx(set, theirs->list);
		break;
	case RECORD_SRV:
		compare_srv(set, theirs->list);
		break;
	case RECORD_TXT:
		compare_txt(set, theirs->list);
		break;
	case RECORD_SOA:
		compare_soa(set, theirs->list);
		break;
	case RECORD_NAPTR:
		compare_naptr(set, theirs->list);
		break;
	case RECORD_CAA:
		compare_caa(set, theirs->list);
		break;
	default:
		compare_uri(set, theirs->list);
	}
}

#endif
