/* SPDX-License-Identifier: MIT */
#include "hosts.h"

#include <arpa/inet.h>
#include <check.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct hosts_table *hosts;

void
hosts_tear_down(void)
{
	hosts_table_free(hosts);
	hosts = NULL;
}

/* From memory of exact size: ASan sees reading beyond it. */
void
hosts_parse_octets(const char *text, size_t length)
{
	char *copy = malloc(length > 0 ? length : 1);

	ck_assert_ptr_nonnull(copy);
	memcpy(copy, text, length);
	hosts_table_free(hosts);
	hosts = hosts_table_parse(copy, length);
	ck_assert_ptr_nonnull(hosts);
	free(copy);
}

void
hosts_parse(const char *text)
{
	hosts_parse_octets(text, strlen(text));
}

static void
append(char text[1024], const char *separator, const char *word)
{
	size_t used = strlen(text);

	ck_assert_uint_lt(used + strlen(separator) + strlen(word), 1024);
	snprintf(text + used, 1024 - used, "%s%s", separator, word);
}

static void
append_address(char text[1024], const char *separator, const struct sockaddr *address)
{
	const union host_address *host = (const void *)address;
	char digits[INET6_ADDRSTRLEN], scope[16];

	if (address->sa_family == AF_INET) {
		ck_assert_uint_eq(host->ipv4.sin_port, 0);
		inet_ntop(AF_INET, &host->ipv4.sin_addr, digits, sizeof digits);
	} else {
		ck_assert_uint_eq(host->ipv6.sin6_port, 0);
		inet_ntop(AF_INET6, &host->ipv6.sin6_addr, digits, sizeof digits);
	}
	append(text, separator, digits);
	if (address->sa_family == AF_INET6 && host->ipv6.sin6_scope_id != 0) {
		snprintf(scope, sizeof scope, "%u", host->ipv6.sin6_scope_id);
		append(text, "%", scope);
	}
}

/* Writes an entry as "name alias… = address address…", and releases it. */
void
hosts_format_entry(DnsHostEntry *entry, char text[1024])
{
	size_t i;

	snprintf(text, 1024, "%s", DnsHostEntryGetName(entry));
	for (i = 0; i < DnsHostEntryGetAliasCount(entry); i++)
		append(text, " ", DnsHostEntryGetAlias(entry, i));
	for (i = 0; i < DnsHostEntryGetAddressCount(entry); i++)
		append_address(text, i == 0 ? " = " : " ",
			       DnsHostEntryGetAddress(entry, i, NULL));
	ck_assert_uint_eq(DnsHostEntryGetTimeToLive(entry), 0);
	DnsHostEntryRelease(entry);
}

void
hosts_expect_of(const char *name, int family, const char *expected)
{
	DnsHostEntry *entry = hosts_table_find_name(hosts, name, family);
	char text[1024];

	ck_assert_msg(entry != NULL, "%s: %s", name, strerror(errno));
	hosts_format_entry(entry, text);
	ck_assert_str_eq(text, expected);
}

void
hosts_expect(const char *name, const char *expected)
{
	hosts_expect_of(name, AF_UNSPEC, expected);
}

void
hosts_expect_no_name(const char *name, int family, int error)
{
	errno = 0;
	ck_assert_msg(hosts_table_find_name(hosts, name, family) == NULL, "%s", name);
	ck_assert_int_eq(errno, error);
}

void
hosts_expect_none(const char *name)
{
	hosts_expect_no_name(name, AF_UNSPEC, ENOENT);
}

union host_address
hosts_read_address(const char *text)
{
	char digits[64], *scope;
	union host_address address;
	struct in6_addr octets;

	snprintf(digits, sizeof digits, "%s", text);
	scope = strchr(digits, '%');
	if (scope != NULL)
		*scope++ = '\0';
	if (inet_pton(AF_INET, digits, &octets) == 1) {
		host_address_set_ipv4(&address, &octets);
		return address;
	}
	ck_assert_int_eq(inet_pton(AF_INET6, digits, &octets), 1);
	host_address_set_ipv6(&address, &octets);
	if (scope != NULL)
		address.ipv6.sin6_scope_id = (uint32_t)strtoul(scope, NULL, 10);
	return address;
}

void
hosts_expect_reverse(const char *digits, const char *expected)
{
	union host_address address = hosts_read_address(digits);
	DnsHostEntry *entry = hosts_table_find_address(hosts, &address);
	char text[1024];

	ck_assert_msg(entry != NULL, "%s: %s", digits, strerror(errno));
	hosts_format_entry(entry, text);
	ck_assert_str_eq(text, expected);
}

void
hosts_expect_no_reverse(const char *digits)
{
	union host_address address = hosts_read_address(digits);

	errno = 0;
	ck_assert_msg(hosts_table_find_address(hosts, &address) == NULL, "%s", digits);
	ck_assert_int_eq(errno, ENOENT);
}
