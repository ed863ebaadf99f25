/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "record_parts.h"

#include <netinet/in.h>
#include <string.h>

#include "message.h"
#include "parts_reader.h"
#include "svcb_parts.h"

/* No larger than it has to be: see struct DnsRecord. */
static const void *
make_ipv4(struct parts_reader *reader)
{
	struct sockaddr_in *address = parts_reader_take(reader, sizeof *address);

	if (address == NULL)
		return NULL;
	address->sin_family = AF_INET;
	memcpy(&address->sin_addr, reader->at, sizeof address->sin_addr);
	return address;
}

static const void *
make_ipv6(struct parts_reader *reader)
{
	struct sockaddr_in6 *address = parts_reader_take(reader, sizeof *address);

	if (address == NULL)
		return NULL;
	address->sin6_family = AF_INET6;
	memcpy(&address->sin6_addr, reader->at, sizeof address->sin6_addr);
	return address;
}

static size_t
count_strings(const struct parts_reader *reader)
{
	const uint8_t *at;
	size_t count = 0;

	for (at = reader->at; at < reader->end; at += 1 + (size_t)*at)
		count++;
	return count;
}

static const void *
make_strings(struct parts_reader *reader)
{
	size_t count = count_strings(reader), place = 0, length, i;
	const uint8_t *data = reader->at;
	struct record_strings *strings;
	char *text;

	strings = parts_reader_take(reader, sizeof *strings +
				    count * sizeof strings->places[0]);
	text = parts_reader_copy(reader, data, (size_t)(reader->end - data));
	if (strings == NULL || text == NULL)
		return NULL;
	strings->count = count;
	strings->text = text;
	for (i = 0; i < count; i++) {
		length = data[place];
		text[place++] = '\0';
		strings->places[i] = (uint16_t)place;
		place += length;
	}
	return strings;
}

static const void *
make_soa(struct parts_reader *reader)
{
	DnsSoaData *soa = parts_reader_take(reader, sizeof *soa);

	if (soa == NULL)
		return NULL;
	soa->server = parts_reader_name(reader);
	soa->mailbox = parts_reader_name(reader);
	soa->serial = parts_reader_32(reader);
	soa->refresh = parts_reader_32(reader);
	soa->retry = parts_reader_32(reader);
	soa->expire = parts_reader_32(reader);
	soa->minimum = parts_reader_32(reader);
	return soa;
}

static const void *
make_mx(struct parts_reader *reader)
{
	DnsMxData *mx = parts_reader_take(reader, sizeof *mx);

	if (mx == NULL)
		return NULL;
	mx->preference = parts_reader_16(reader);
	mx->exchange = parts_reader_name(reader);
	return mx;
}

static const void *
make_srv(struct parts_reader *reader)
{
	DnsSrvData *srv = parts_reader_take(reader, sizeof *srv);

	if (srv == NULL)
		return NULL;
	srv->priority = parts_reader_16(reader);
	srv->weight = parts_reader_16(reader);
	srv->port = parts_reader_16(reader);
	srv->target = parts_reader_name(reader);
	return srv;
}

static const void *
make_caa(struct parts_reader *reader)
{
	DnsCaaData *caa = parts_reader_take(reader, sizeof *caa);
	size_t tag_length;

	if (caa == NULL)
		return NULL;
	caa->flags = parts_reader_8(reader);
	caa->tag = parts_reader_string(reader, &tag_length);
	caa->value = parts_reader_rest(reader, &caa->valueLength);
	return caa;
}

static const void *
make_naptr(struct parts_reader *reader)
{
	DnsNaptrData *naptr = parts_reader_take(reader, sizeof *naptr);

	if (naptr == NULL)
		return NULL;
	naptr->order = parts_reader_16(reader);
	naptr->preference = parts_reader_16(reader);
	naptr->flags = parts_reader_string(reader, &naptr->flagsLength);
	naptr->services = parts_reader_string(reader, &naptr->servicesLength);
	naptr->regexp = parts_reader_string(reader, &naptr->regexpLength);
	naptr->replacement = parts_reader_name(reader);
	return naptr;
}

static const void *
make_tlsa(struct parts_reader *reader)
{
	DnsTlsaData *tlsa = parts_reader_take(reader, sizeof *tlsa);

	if (tlsa == NULL)
		return NULL;
	tlsa->usage = parts_reader_8(reader);
	tlsa->selector = parts_reader_8(reader);
	tlsa->matching = parts_reader_8(reader);
	tlsa->data = (const uint8_t *)parts_reader_rest(reader, &tlsa->dataLength);
	return tlsa;
}

static const void *
make_ds(struct parts_reader *reader)
{
	DnsDsData *ds = parts_reader_take(reader, sizeof *ds);

	if (ds == NULL)
		return NULL;
	ds->keyTag = parts_reader_16(reader);
	ds->algorithm = parts_reader_8(reader);
	ds->digestType = parts_reader_8(reader);
	ds->digest = (const uint8_t *)parts_reader_rest(reader, &ds->digestLength);
	return ds;
}

static const void *
make_uri(struct parts_reader *reader)
{
	DnsUriData *uri = parts_reader_take(reader, sizeof *uri);

	if (uri == NULL)
		return NULL;
	uri->priority = parts_reader_16(reader);
	uri->weight = parts_reader_16(reader);
	uri->target = parts_reader_rest(reader, &uri->targetLength);
	return uri;
}

static enum parts_kind
kind_of(unsigned int type)
{
	switch (type) {
	case RECORD_A:
	case RECORD_AAAA:
		return PARTS_ADDRESS;
	case RECORD_CNAME:
	case RECORD_DNAME:
	case RECORD_NS:
	case RECORD_PTR:
		return PARTS_HOST;
	case RECORD_TXT:
	case RECORD_SPF:
		return PARTS_STRINGS;
	case RECORD_SOA:
		return PARTS_SOA;
	case RECORD_MX:
		return PARTS_MX;
	case RECORD_SRV:
		return PARTS_SRV;
	case RECORD_CAA:
		return PARTS_CAA;
	case RECORD_NAPTR:
		return PARTS_NAPTR;
	case RECORD_TLSA:
	case RECORD_SMIMEA:
		return PARTS_TLSA;
	case RECORD_DS:
	case RECORD_CDS:
		return PARTS_DS;
	case RECORD_URI:
		return PARTS_URI;
	case RECORD_SVCB:
	case RECORD_HTTPS:
		return PARTS_SVCB;
	default:
		return PARTS_NONE;
	}
}

static const void *
make_parts(struct parts_reader *reader, const struct DnsRecord *record)
{
	switch (record->kind) {
	case PARTS_ADDRESS:
		return record->type == RECORD_A ? make_ipv4(reader) : make_ipv6(reader);
	case PARTS_HOST:
		return parts_reader_name(reader);
	case PARTS_STRINGS:
		return make_strings(reader);
	case PARTS_SOA:
		return make_soa(reader);
	case PARTS_MX:
		return make_mx(reader);
	case PARTS_SRV:
		return make_srv(reader);
	case PARTS_CAA:
		return make_caa(reader);
	case PARTS_NAPTR:
		return make_naptr(reader);
	case PARTS_TLSA:
		return make_tlsa(reader);
	case PARTS_DS:
		return make_ds(reader);
	case PARTS_URI:
		return make_uri(reader);
	case PARTS_SVCB:
		return svcb_parts_make(reader);
	default:
		return NULL;
	}
}

bool
record_parts_make(struct DnsRecord *record, struct arena *arena)
{
	struct parts_reader reader;

	parts_reader_init(&reader, record->data, record->length, arena);
	record->kind = kind_of(record->type);
	record->parts = make_parts(&reader, record);
	return !reader.has_failed;
}
