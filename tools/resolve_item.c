/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "resolve_item.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include <asyncdns.h>

#define LABEL_LIMIT 63
#define TYPE_NAME_LIMIT 16
#define ADDRESS_LIMIT 64

void
type_format(int type, char *text, size_t size)
{
	if (type == TYPE_ADDRESSES)
		snprintf(text, size, "addr");
	else
		DnsRecordTypeFormat(type, text, size);
}

/* -1: no type, or one that is a question of another kind (RFC 6895 3.1). */
static int
type_read(const char *text, size_t length)
{
	char name[TYPE_NAME_LIMIT];
	int type;

	if (length >= sizeof(name))
		return -1;
	memcpy(name, text, length);
	name[length] = '\0';
	if (strcasecmp(name, "addr") == 0)
		return TYPE_ADDRESSES;
	type = DnsRecordTypeFromText(name);
	if (type < 1 || type == DNS_RECORD_TYPE_OPT ||
	    (type >= 249 && type <= DNS_RECORD_TYPE_ANY))
		return -1;
	return type;
}

static bool
type_list_has(const struct type_list *list, int type)
{
	uint8_t i;

	for (i = 0; i < list->count; i++) {
		if (list->types[i] == type)
			return true;
	}
	return false;
}

enum type_fault
type_list_read(struct type_list *list, const char *text)
{
	size_t length;
	int type;

	list->count = 0;
	for (;; text += length + 1) {
		length = strcspn(text, ",");
		type = type_read(text, length);
		if (type < 0)
			return TYPES_UNKNOWN;
		if (!type_list_has(list, type)) {
			if (list->count == TYPE_LIMIT)
				return TYPES_TOO_MANY;
			list->types[list->count++] = (uint16_t)type;
		}
		if (text[length] == '\0')
			return TYPES_SOUND;
	}
}

socklen_t
item_get_address(const struct item *item, struct sockaddr_storage *address)
{
	struct sockaddr_in v4 = {.sin_family = AF_INET};
	struct sockaddr_in6 v6 = {.sin6_family = AF_INET6};
	char text[INET6_ADDRSTRLEN];
	size_t length = strcspn(item->name, "%");

	memset(address, 0, sizeof(*address));
	if (item->name[length] == '\0' && inet_aton(item->name, &v4.sin_addr) != 0) {
		memcpy(address, &v4, sizeof(v4));
		return sizeof(v4);
	}
	if (length >= sizeof(text))
		return 0;
	memcpy(text, item->name, length);
	text[length] = '\0';
	if (inet_pton(AF_INET6, text, &v6.sin6_addr) != 1)
		return 0;
	memcpy(address, &v6, sizeof(v6));
	return sizeof(v6);
}

/* Letters and dots are what most names consist of: no need to try the readers. The longest
 * address has a scope. */
static bool
may_be_address(const struct item *item)
{
	char last = item->name[item->length - 1];

	if (item->length > ADDRESS_LIMIT)
		return false;
	return (item->name[0] >= '0' && item->name[0] <= '9' &&
		((last >= '0' && last <= '9') || strpbrk(item->name, "xX:") != NULL)) ||
	       strchr(item->name, ':') != NULL;
}

static bool
is_ascii(const char *text, size_t length)
{
	while (length > 0) {
		if ((unsigned char)text[--length] > 0x7f)
			return false;
	}
	return true;
}

/* A label in UTF-8 is shorter in the DNS, or longer: that is for the library to say. */
static enum item_fault
judge_name(const char *name)
{
	size_t length;

	if (strcmp(name, ".") == 0)
		return ITEM_SOUND;
	for (; *name != '\0'; name += length + (name[length] == '.')) {
		length = strcspn(name, ".");
		if (length == 0)
			return ITEM_IMPOSSIBLE;
		if (length > LABEL_LIMIT && is_ascii(name, length))
			return ITEM_LABEL_TOO_LONG;
	}
	return ITEM_SOUND;
}

void
item_judge(struct item *item)
{
	struct sockaddr_storage address;

	item->is_address = false;
	if (item->fault != ITEM_SOUND)
		return;
	if (item->length == 0) {
		item->fault = ITEM_IMPOSSIBLE;
		return;
	}
	item->is_address = may_be_address(item) && item_get_address(item, &address) > 0;
	if (item->is_address)
		item->types = (struct type_list){1, {DNS_RECORD_TYPE_PTR}};
	else if (item->length == ITEM_NAME_LIMIT && item->name[item->length - 1] != '.')
		item->fault = ITEM_TOO_LONG;
	else
		item->fault = judge_name(item->name);
}

static void
format_reverse_v4(const struct in_addr *address, char name[REVERSE_NAME_SIZE])
{
	const uint8_t *octets = (const uint8_t *)address;

	snprintf(name, REVERSE_NAME_SIZE, "%u.%u.%u.%u.in-addr.arpa", octets[3], octets[2],
		 octets[1], octets[0]);
}

void
item_make_reverse_name(const struct item *item, char name[REVERSE_NAME_SIZE])
{
	static const char digits[] = "0123456789abcdef";
	struct sockaddr_storage storage;
	struct sockaddr_in v4;
	struct sockaddr_in6 v6;
	const uint8_t *octets = v6.sin6_addr.s6_addr;
	int i;

	item_get_address(item, &storage);
	if (storage.ss_family == AF_INET) {
		memcpy(&v4, &storage, sizeof(v4));
		format_reverse_v4(&v4.sin_addr, name);
		return;
	}
	memcpy(&v6, &storage, sizeof(v6));
	if (IN6_IS_ADDR_V4MAPPED(&v6.sin6_addr)) {
		memcpy(&v4.sin_addr, octets + 12, sizeof(v4.sin_addr));
		format_reverse_v4(&v4.sin_addr, name);
		return;
	}
	for (i = 15; i >= 0; i--) {
		*name++ = digits[octets[i] & 15];
		*name++ = '.';
		*name++ = digits[octets[i] >> 4];
		*name++ = '.';
	}
	memcpy(name, "ip6.arpa", sizeof("ip6.arpa"));
}
