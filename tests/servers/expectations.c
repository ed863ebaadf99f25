/* SPDX-License-Identifier: MIT */
#include <config.h>

#include <arpa/inet.h>
#include <check.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "../support/require.h"
#include "expectations.h"

/* Where servers differ, a name has several lines. The TTL is the lowest of the records on
 * the way: of the chain and of both families. */
const struct expectation expectations[] = {
	{ ON_ALL, "v4.demo.test", DNS_STATUS_OK, 3600,
	  "v4.demo.test", { NULL }, { "192.0.2.1" } },
	{ ON_ALL, "v6.demo.test", DNS_STATUS_OK, 3600,
	  "v6.demo.test", { NULL }, { "2001:db8::1" } },
	{ ON_ALL, "both.demo.test", DNS_STATUS_OK, 3601,
	  "both.demo.test", { NULL }, { "192.0.2.2", "2001:db8::2" } },
	{ ON_ALL, "three.demo.test", DNS_STATUS_OK, 3600,
	  "three.demo.test", { NULL }, { "192.0.2.3", "192.0.2.4", "192.0.2.5" } },

	{ ON_ALL, "BOTH.DEMO.TEST", DNS_STATUS_OK, 3601,
	  "both.demo.test", { NULL }, { "192.0.2.2", "2001:db8::2" } },
	{ ON_ALL, "mixedcase.demo.test", DNS_STATUS_OK, 3600,
	  "mixedcase.demo.test", { NULL }, { "192.0.2.7" } },
	{ ON_ALL, "both.demo.test.", DNS_STATUS_OK, 3601,
	  "both.demo.test", { NULL }, { "192.0.2.2", "2001:db8::2" } },
	{ ON_ALL, "_service.1.demo.test", DNS_STATUS_OK, 3600,
	  "_service.1.demo.test", { NULL }, { "192.0.2.6" } },
	{ ON_ALL, ZONE_LONG_NAME, DNS_STATUS_OK, 3600,
	  ZONE_LONG_NAME, { NULL }, { "192.0.2.8", "2001:db8::8" } },
	{ ON_ALL, ZONE_LONG_NAME ".", DNS_STATUS_OK, 3600,
	  ZONE_LONG_NAME, { NULL }, { "192.0.2.8", "2001:db8::8" } },
	/* For the AAAA of its wildcards dnsmasq says NXDOMAIN: the A counts. */
	{ ON_ALL, "any.wild.demo.test", DNS_STATUS_OK, 3600,
	  "any.wild.demo.test", { NULL }, { "192.0.2.9" } },
	{ ON_ALL, "a.b.wild.demo.test", DNS_STATUS_OK, 3600,
	  "a.b.wild.demo.test", { NULL }, { "192.0.2.9" } },

	{ ON_ALL, "alias.demo.test", DNS_STATUS_OK, 3601,
	  "both.demo.test", { "alias.demo.test" }, { "192.0.2.2", "2001:db8::2" } },
	{ ON_ALL, "ALIAS.demo.test.", DNS_STATUS_OK, 3601,
	  "both.demo.test", { "alias.demo.test" }, { "192.0.2.2", "2001:db8::2" } },
	{ ON_ALL, "alias6.demo.test", DNS_STATUS_OK, 3600,
	  "v6.demo.test", { "alias6.demo.test" }, { "2001:db8::1" } },
	{ ON_ALL, "www.chain.demo.test", DNS_STATUS_OK, 3600,
	  "both.demo.test",
	  { "www.chain.demo.test", "cdn.far.demo.test", "alias.demo.test" },
	  { "192.0.2.2", "2001:db8::2" } },
	/* The CNAME is the server's invention, behind a DNAME; dnsmasq has none. */
	{ ON_ZONE_FILE, "host.old.demo.test", DNS_STATUS_OK, 3600,
	  "host.new.demo.test", { "host.old.demo.test" }, { "192.0.2.11" } },

	{ .on = ON_ALL, .name = "missing.demo.test",
	  .status = DNS_STATUS_HOST_NOT_FOUND },
	{ .on = ON_ALL, .name = "a.missing.demo.test",
	  .status = DNS_STATUS_HOST_NOT_FOUND },
	{ .on = ON_ALL, .name = "text.demo.test", .status = DNS_STATUS_NO_DATA },
	{ .on = ON_ALL, .name = "empty.demo.test", .status = DNS_STATUS_NO_DATA },
	{ .on = ON_ALL, .name = "demo.test", .status = DNS_STATUS_NO_DATA },
	{ .on = ON_ALL, .name = "to-text.demo.test", .status = DNS_STATUS_NO_DATA },
	{ .on = ON_ZONE_FILE, .name = "dangling.demo.test",
	  .status = DNS_STATUS_HOST_NOT_FOUND },
	/* dnsmasq does not look where its CNAME points: the name exists. */
	{ .on = ON_DNSMASQ, .name = "dangling.demo.test", .status = DNS_STATUS_NO_DATA },

	/* Refused; to unbound that is a broken upstream, and it reports a failure. */
	{ .on = ON_AUTHORITATIVE | ON_DNSMASQ, .name = "www.outside.example",
	  .status = DNS_STATUS_NO_RECOVERY },
	{ .on = ON_UNBOUND, .name = "www.outside.example",
	  .status = DNS_STATUS_TRY_AGAIN },
};

const size_t expectation_count = sizeof(expectations) / sizeof(expectations[0]);

const struct expectation backward_expectations[] = {
	{ ON_ALL, "192.0.2.1", DNS_STATUS_OK, 3600, "v4.demo.test", { NULL },
	  { "192.0.2.1" } },
	{ ON_ALL, "2001:db8::1", DNS_STATUS_OK, 3600, "v6.demo.test", { NULL },
	  { "2001:db8::1" } },
	{ ON_ZONE_FILE, "192.0.2.2", DNS_STATUS_OK, 3601, "both.demo.test", { NULL },
	  { "192.0.2.2", "2001:db8::2" } },
	{ ON_ZONE_FILE, "2001:db8::2", DNS_STATUS_OK, 3601, "both.demo.test", { NULL },
	  { "192.0.2.2", "2001:db8::2" } },
	{ ON_DNSMASQ, "192.0.2.2", DNS_STATUS_OK, 3600, "both.demo.test", { NULL },
	  { "192.0.2.2", "2001:db8::2" } },
	{ ON_ALL, "192.0.2.3", DNS_STATUS_OK, 3600, "three.demo.test", { NULL },
	  { "192.0.2.3", "192.0.2.4", "192.0.2.5" } },
	/* RFC 2317. */
	{ ON_ZONE_FILE, "192.0.2.51", DNS_STATUS_OK, 3601, "both.demo.test", { NULL },
	  { "192.0.2.2", "2001:db8::2" } },
	/* Its name leads nowhere. */
	{ ON_ALL, "192.0.2.50", DNS_STATUS_OK, 3600, "missing.demo.test", { NULL },
	  { NULL } },

	{ .on = ON_ALL, .name = "192.0.2.99", .status = DNS_STATUS_HOST_NOT_FOUND },
	{ .on = ON_ALL, .name = "2001:db8::99", .status = DNS_STATUS_HOST_NOT_FOUND },
	{ .on = ON_ALL, .name = "192.0.2.52", .status = DNS_STATUS_NO_DATA },
};

const size_t backward_expectation_count =
	sizeof(backward_expectations) / sizeof(backward_expectations[0]);

/* Addresses as texts, to be sorted and compared: none lost or doubled, in any order. */
struct address_text {
	char text[INET6_ADDRSTRLEN];
};

static int
address_text_compare(const void *a, const void *b)
{
	return strcmp(a, b);
}

static struct address_text
address_text_of(const struct sockaddr *address, socklen_t length)
{
	struct address_text text = { "" };
	struct sockaddr_in6 ipv6;
	struct sockaddr_in ipv4;

	if (address->sa_family == AF_INET) {
		require(length == sizeof(ipv4), "an address of another length");
		memcpy(&ipv4, address, sizeof(ipv4));
		require(ipv4.sin_port == 0, "a port");
		inet_ntop(AF_INET, &ipv4.sin_addr, text.text, sizeof(text.text));
	} else {
		require(address->sa_family == AF_INET6 && length == sizeof(ipv6),
			"an address of another kind or length");
		memcpy(&ipv6, address, sizeof(ipv6));
		require(ipv6.sin6_port == 0, "a port");
		inet_ntop(AF_INET6, &ipv6.sin6_addr, text.text, sizeof(text.text));
	}
	return text;
}

static void
check_addresses(struct address_text *expected, size_t count, const DnsHostEntry *entry)
{
	struct address_text *got = calloc(count + 1, sizeof(*got));
	const struct sockaddr *address;
	socklen_t length;
	size_t i;

	require(got != NULL, "no memory");
	if (DnsHostEntryGetAddressCount(entry) != count)
		ck_abort_msg("%zu addresses, not %zu", DnsHostEntryGetAddressCount(entry),
			     count);
	for (i = 0; i < count; i++) {
		address = DnsHostEntryGetAddress(entry, i, &length);
		require(address != NULL, "no address");
		got[i] = address_text_of(address, length);
	}
	qsort(got, count, sizeof(*got), address_text_compare);
	qsort(expected, count, sizeof(*expected), address_text_compare);
	for (i = 0; i < count; i++)
		if (strcmp(got[i].text, expected[i].text) != 0)
			ck_abort_msg("%s, not %s", got[i].text, expected[i].text);
	free(got);
}

void
expectation_check_sets(const struct zone_set *one, const struct zone_set *other,
		       const DnsHostEntry *entry)
{
	size_t count = one->count + (other != NULL ? other->count : 0);
	struct address_text *expected = calloc(count, sizeof(*expected));
	unsigned int i;

	ck_assert_ptr_nonnull(expected);
	for (i = 0; i < one->count; i++)
		zone_set_get_address(one, i, expected[i].text);
	for (; i < count; i++)
		zone_set_get_address(other, i - one->count, expected[i].text);
	check_addresses(expected, count, entry);
	free(expected);
}

/* The case of letters is the server's: it may give back that of the question. */
static void
check_name(const char *got, const char *expected)
{
	require(got != NULL, "no name");
	if (strcasecmp(got, expected) != 0)
		ck_abort_msg("%s, not %s", got, expected);
}

void
expectation_check_addresses(const struct expectation *expected, const DnsHostEntry *entry)
{
	struct address_text addresses[4] = { { "" } };
	size_t i;

	for (i = 0; expected->addresses[i] != NULL; i++)
		strcpy(addresses[i].text, expected->addresses[i]);
	check_addresses(addresses, i, entry);
}

/* A cache hands out what is left of it. Of a CNAME that unbound makes of a DNAME, this may be
 * nothing (RFC 6672 3.1). */
static bool
is_good_time_to_live(const struct expectation *expected, const struct server_kind *kind,
		     uint32_t ttl)
{
	if (ttl == expected->ttl || kind->bit != ON_UNBOUND)
		return ttl == expected->ttl;
	if (ttl == 0)
		return strstr(expected->name, ".old.") != NULL;
	return ttl < expected->ttl;
}

static void
check_entry(const struct expectation *expected, const struct server_kind *kind,
	    const DnsHostEntry *entry)
{
	uint32_t ttl = DnsHostEntryGetTimeToLive(entry);
	size_t i;

	check_name(DnsHostEntryGetName(entry), expected->canonical);
	for (i = 0; expected->aliases[i] != NULL; i++)
		check_name(DnsHostEntryGetAlias(entry, i), expected->aliases[i]);
	require(DnsHostEntryGetAliasCount(entry) == i, "other aliases");
	expectation_check_addresses(expected, entry);

	if (!is_good_time_to_live(expected, kind, ttl))
		ck_abort_msg("%s: TTL %lu, not %lu", expected->name, (unsigned long)ttl,
			     (unsigned long)expected->ttl);
}

void
expectation_check(const struct expectation *expected, const struct server_kind *kind,
		  DnsStatus status, const DnsHostEntry *entry)
{
	if (status != expected->status)
		ck_abort_msg("%s on %s: %s, not %s", expected->name, kind->program,
			     DnsStatusGetText(status), DnsStatusGetText(expected->status));
	if (status == DNS_STATUS_OK)
		check_entry(expected, kind, entry);
	else
		require(entry == NULL, "an entry");
}
