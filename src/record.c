/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "record_impl.h"

const char *
DnsRecordGetName(const DnsRecord *record)
{
	return record != NULL ? record->name : NULL;
}

int
DnsRecordGetType(const DnsRecord *record)
{
	return record != NULL ? (int)record->type : 0;
}

int
DnsRecordGetClass(const DnsRecord *record)
{
	return record != NULL ? (int)record->class : 0;
}

uint32_t
DnsRecordGetTimeToLive(const DnsRecord *record)
{
	return record != NULL ? record->ttl : 0;
}

const uint8_t *
DnsRecordGetData(const DnsRecord *record, size_t *retLength)
{
	if (retLength != NULL)
		*retLength = record != NULL ? record->length : 0;
	return record != NULL ? record->data : NULL;
}

static const void *
parts_of(const DnsRecord *record, enum parts_kind kind)
{
	return record != NULL && record->kind == kind ? record->parts : NULL;
}

const struct sockaddr *
DnsRecordGetAddress(const DnsRecord *record, socklen_t *retLength)
{
	const struct sockaddr *address = parts_of(record, PARTS_ADDRESS);
	socklen_t length = 0;

	if (address != NULL)
		length = address->sa_family == AF_INET ? sizeof(struct sockaddr_in) :
							 sizeof(struct sockaddr_in6);
	if (retLength != NULL)
		*retLength = length;
	return address;
}

const char *
DnsRecordGetHost(const DnsRecord *record)
{
	return parts_of(record, PARTS_HOST);
}

size_t
DnsRecordGetStringCount(const DnsRecord *record)
{
	const struct record_strings *strings = parts_of(record, PARTS_STRINGS);

	return strings != NULL ? strings->count : 0;
}

const char *
DnsRecordGetString(const DnsRecord *record, size_t index, size_t *retLength)
{
	const struct record_strings *strings = parts_of(record, PARTS_STRINGS);
	size_t place = 0; /* no string's: its length is before it */

	if (strings != NULL && index < strings->count)
		place = strings->places[index];
	if (retLength != NULL)
		*retLength = place != 0 ? record->data[place - 1] : 0;
	return place != 0 ? strings->text + place : NULL;
}

const DnsSoaData *
DnsRecordGetSoa(const DnsRecord *record)
{
	return parts_of(record, PARTS_SOA);
}

const DnsMxData *
DnsRecordGetMx(const DnsRecord *record)
{
	return parts_of(record, PARTS_MX);
}

const DnsSrvData *
DnsRecordGetSrv(const DnsRecord *record)
{
	return parts_of(record, PARTS_SRV);
}

const DnsCaaData *
DnsRecordGetCaa(const DnsRecord *record)
{
	return parts_of(record, PARTS_CAA);
}

const DnsNaptrData *
DnsRecordGetNaptr(const DnsRecord *record)
{
	return parts_of(record, PARTS_NAPTR);
}

const DnsTlsaData *
DnsRecordGetTlsa(const DnsRecord *record)
{
	return parts_of(record, PARTS_TLSA);
}

const DnsDsData *
DnsRecordGetDs(const DnsRecord *record)
{
	return parts_of(record, PARTS_DS);
}

const DnsUriData *
DnsRecordGetUri(const DnsRecord *record)
{
	return parts_of(record, PARTS_URI);
}

const DnsSvcbData *
DnsRecordGetSvcb(const DnsRecord *record)
{
	return parts_of(record, PARTS_SVCB);
}
