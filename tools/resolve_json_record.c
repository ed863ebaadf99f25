/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "resolve_json_record.h"

#include <string.h>

#include <asyncdns.h>

#include "resolve_format.h"
#include "resolve_json_text.h"

#define TYPE_TEXT_SIZE 16
#define ADDRESS_SIZE 128

/* A name in full; that of the root is ".". */
static void
put_name(struct buffer *buffer, const char *key, const char *name)
{
	json_put_member(buffer, key, *name != '\0' ? name : ".");
}

static void
put_strings(struct buffer *buffer, const DnsRecord *record)
{
	size_t count = DnsRecordGetStringCount(record), length, i;
	bool is_text = true;
	const char *string;

	json_put_key(buffer, "text");
	buffer_put_byte(buffer, '[');
	for (i = 0; i < count; i++) {
		string = DnsRecordGetString(record, i, &length);
		is_text = is_text && text_is_utf8(string, length);
		if (i > 0)
			buffer_put_byte(buffer, ',');
		json_put_string(buffer, string, length);
	}
	buffer_put_byte(buffer, ']');
	if (is_text)
		return;
	json_put_key(buffer, "base64");
	buffer_put_byte(buffer, '[');
	for (i = 0; i < count; i++) {
		string = DnsRecordGetString(record, i, &length);
		if (i > 0)
			buffer_put_byte(buffer, ',');
		json_put_base64(buffer, (const uint8_t *)string, length);
	}
	buffer_put_byte(buffer, ']');
}

static void
put_soa(struct buffer *buffer, const DnsRecord *record)
{
	const DnsSoaData *soa = DnsRecordGetSoa(record);

	put_name(buffer, "server", soa->server);
	put_name(buffer, "mailbox", soa->mailbox);
	json_put_number_member(buffer, "serial", soa->serial);
	json_put_number_member(buffer, "refresh", soa->refresh);
	json_put_number_member(buffer, "retry", soa->retry);
	json_put_number_member(buffer, "expire", soa->expire);
	json_put_number_member(buffer, "minimum", soa->minimum);
}

static void
put_mx(struct buffer *buffer, const DnsRecord *record)
{
	const DnsMxData *mx = DnsRecordGetMx(record);

	json_put_number_member(buffer, "preference", mx->preference);
	put_name(buffer, "exchange", mx->exchange);
}

static void
put_srv(struct buffer *buffer, const DnsRecord *record)
{
	const DnsSrvData *srv = DnsRecordGetSrv(record);

	json_put_number_member(buffer, "priority", srv->priority);
	json_put_number_member(buffer, "weight", srv->weight);
	json_put_number_member(buffer, "port", srv->port);
	put_name(buffer, "target", srv->target);
}

static void
put_caa(struct buffer *buffer, const DnsRecord *record)
{
	const DnsCaaData *caa = DnsRecordGetCaa(record);

	json_put_number_member(buffer, "flags", caa->flags);
	json_put_member(buffer, "tag", caa->tag);
	json_put_bytes_member(buffer, "value", caa->value, caa->valueLength);
}

static void
put_naptr(struct buffer *buffer, const DnsRecord *record)
{
	const DnsNaptrData *naptr = DnsRecordGetNaptr(record);

	json_put_number_member(buffer, "order", naptr->order);
	json_put_number_member(buffer, "preference", naptr->preference);
	json_put_bytes_member(buffer, "flags", naptr->flags, naptr->flagsLength);
	json_put_bytes_member(buffer, "services", naptr->services, naptr->servicesLength);
	json_put_bytes_member(buffer, "regexp", naptr->regexp, naptr->regexpLength);
	put_name(buffer, "replacement", naptr->replacement);
}

static void
put_tlsa(struct buffer *buffer, const DnsRecord *record)
{
	const DnsTlsaData *tlsa = DnsRecordGetTlsa(record);

	json_put_number_member(buffer, "usage", tlsa->usage);
	json_put_number_member(buffer, "selector", tlsa->selector);
	json_put_number_member(buffer, "matching", tlsa->matching);
	json_put_hex_member(buffer, "certificate", tlsa->data, tlsa->dataLength);
}

static void
put_ds(struct buffer *buffer, const DnsRecord *record)
{
	const DnsDsData *ds = DnsRecordGetDs(record);

	json_put_number_member(buffer, "tag", ds->keyTag);
	json_put_number_member(buffer, "algorithm", ds->algorithm);
	json_put_number_member(buffer, "digesttype", ds->digestType);
	json_put_hex_member(buffer, "digest", ds->digest, ds->digestLength);
}

static void
put_uri(struct buffer *buffer, const DnsRecord *record)
{
	const DnsUriData *uri = DnsRecordGetUri(record);

	json_put_number_member(buffer, "priority", uri->priority);
	json_put_number_member(buffer, "weight", uri->weight);
	json_put_bytes_member(buffer, "target", uri->target, uri->targetLength);
}

static void
put_text(struct buffer *buffer, const struct result_record *record)
{
	struct buffer text;

	buffer_init(&text, 256);
	format_data(&text, record);
	json_put_bytes_member(buffer, "data", text.bytes, text.length);
	buffer->is_incomplete = buffer->is_incomplete || text.is_incomplete;
	buffer_free(&text);
}

static void
put_data(struct buffer *buffer, const struct result_record *record)
{
	switch (record->type) {
	case DNS_RECORD_TYPE_CNAME:
	case DNS_RECORD_TYPE_DNAME:
	case DNS_RECORD_TYPE_NS:
	case DNS_RECORD_TYPE_PTR:
		put_name(buffer, "host", DnsRecordGetHost(record->record));
		return;
	case DNS_RECORD_TYPE_TXT:
	case DNS_RECORD_TYPE_SPF:
		put_strings(buffer, record->record);
		return;
	case DNS_RECORD_TYPE_SOA:
		put_soa(buffer, record->record);
		return;
	case DNS_RECORD_TYPE_MX:
		put_mx(buffer, record->record);
		return;
	case DNS_RECORD_TYPE_SRV:
		put_srv(buffer, record->record);
		return;
	case DNS_RECORD_TYPE_CAA:
		put_caa(buffer, record->record);
		return;
	case DNS_RECORD_TYPE_NAPTR:
		put_naptr(buffer, record->record);
		return;
	case DNS_RECORD_TYPE_TLSA:
	case DNS_RECORD_TYPE_SMIMEA:
		put_tlsa(buffer, record->record);
		return;
	case DNS_RECORD_TYPE_DS:
	case DNS_RECORD_TYPE_CDS:
		put_ds(buffer, record->record);
		return;
	case DNS_RECORD_TYPE_URI:
		put_uri(buffer, record->record);
		return;
	default:
		put_text(buffer, record);
	}
}

static bool
has_scope(const struct sockaddr *address)
{
	struct sockaddr_in6 v6;

	if (address->sa_family != AF_INET6)
		return false;
	memcpy(&v6, address, sizeof(v6));
	return v6.sin6_scope_id != 0;
}

/* The name of an interface, as a scope, may have any characters. */
static void
put_address(struct buffer *buffer, const struct sockaddr *address)
{
	struct buffer text;

	if (!has_scope(address)) {
		json_put_key(buffer, "address");
		buffer_put_byte(buffer, '"');
		format_address(buffer, address);
		buffer_put_byte(buffer, '"');
		return;
	}
	buffer_init(&text, ADDRESS_SIZE);
	format_address(&text, address);
	json_put_bytes_member(buffer, "address", text.bytes, text.length);
	buffer->is_incomplete = buffer->is_incomplete || text.is_incomplete;
	buffer_free(&text);
}

void
json_put_record(struct buffer *buffer, const struct result_record *record)
{
	char type[TYPE_TEXT_SIZE];

	type_format(record->type, type, sizeof(type));
	buffer_put_byte(buffer, '{');
	if (record->name != NULL)
		put_name(buffer, "name", record->name);
	json_put_member(buffer, "type", type);
	json_put_number_member(buffer, "ttl", record->ttl);
	if (record->address != NULL) {
		put_address(buffer, record->address);
	} else if (record->host != NULL) {
		put_name(buffer, "host", record->host);
	} else {
		put_data(buffer, record);
	}
	buffer_put_byte(buffer, '}');
}
