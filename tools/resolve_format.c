/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "resolve_format.h"

#include <arpa/inet.h>
#include <net/if.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))
/* Data of n octets take no more than that (record_text.h). */
#define TEXT_SIZE(octets) (5 * (octets) + 32)
#define TYPE_TEXT_SIZE 16

const struct format *
format_find(const char *name)
{
	static const struct format *const formats[] = {
		&format_text, &format_short, &format_jsonl, &format_tsv, &format_hosts,
	};
	size_t i;

	for (i = 0; i < COUNT_OF(formats); i++) {
		if (strcmp(name, formats[i]->name) == 0)
			return formats[i];
	}
	return NULL;
}

static void
put_scope(struct buffer *buffer, uint32_t scope)
{
	char name[IF_NAMESIZE];

	if (scope == 0)
		return;
	buffer_put_byte(buffer, '%');
	if (if_indextoname(scope, name) != NULL)
		buffer_put_presented(buffer, name, strlen(name));
	else
		buffer_put_number(buffer, scope);
}

static void
put_v4(struct buffer *buffer, const struct in_addr *address)
{
	const uint8_t *octets = (const uint8_t *)address;
	int i;

	for (i = 0; i < 4; i++) {
		if (i > 0)
			buffer_put_byte(buffer, '.');
		buffer_put_number(buffer, octets[i]);
	}
}

void
format_address(struct buffer *buffer, const struct sockaddr *address)
{
	char text[INET6_ADDRSTRLEN];
	struct sockaddr_in v4;
	struct sockaddr_in6 v6;

	if (address->sa_family == AF_INET) {
		memcpy(&v4, address, sizeof(v4));
		put_v4(buffer, &v4.sin_addr);
		return;
	}
	memcpy(&v6, address, sizeof(v6));
	inet_ntop(AF_INET6, &v6.sin6_addr, text, sizeof(text));
	buffer_put_text(buffer, text);
	put_scope(buffer, v6.sin6_scope_id);
}

/* Is the end of the data a name? */
static bool
ends_in_name(int type)
{
	return type == DNS_RECORD_TYPE_CNAME || type == DNS_RECORD_TYPE_DNAME ||
	       type == DNS_RECORD_TYPE_NS || type == DNS_RECORD_TYPE_PTR ||
	       type == DNS_RECORD_TYPE_MX || type == DNS_RECORD_TYPE_SRV;
}

/* "mail.example." loses its dot, "." and "a\." keep it. */
static size_t
without_final_dot(const char *text, size_t length)
{
	if (length < 2 || text[length - 1] != '.' || text[length - 2] == ' ')
		return length;
	return length - 1;
}

void
format_data(struct buffer *buffer, const struct result_record *record)
{
	size_t octets, size, length;
	char *place;

	if (record->address != NULL) {
		format_address(buffer, record->address);
		return;
	}
	if (record->host != NULL) {
		buffer_put_presented(buffer, record->host, strlen(record->host));
		return;
	}
	DnsRecordGetData(record->record, &octets);
	size = TEXT_SIZE(octets);
	place = buffer_reserve(buffer, size);
	if (place == NULL)
		return;
	length = DnsRecordFormat(record->record, place, size);
	if (ends_in_name(record->type))
		length = without_final_dot(place, length);
	buffer->length += length;
}

void
format_types(struct buffer *buffer, const struct item *item)
{
	char text[TYPE_TEXT_SIZE];
	uint8_t i;

	for (i = 0; i < item->types.count; i++) {
		if (i > 0)
			buffer_put_byte(buffer, ',');
		type_format(item->types.types[i], text, sizeof(text));
		buffer_put_text(buffer, text);
	}
}
