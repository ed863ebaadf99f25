/* SPDX-License-Identifier: MIT */
#include <config.h>

#include <string.h>

#include "zone.h"

_Static_assert(sizeof(ZONE_LONG_NAME) == ZONE_NAME_SIZE, "not the longest name");

/* TTLs are long, so that a cache in between has not used them up. */
static const struct zone_record records[] = {
	{ "demo.test", "SOA", 3600, "ns.demo.test. a.demo.test. 1 3600 600 86400 300" },
	{ "demo.test", "NS", 3600, "ns.demo.test." },
	{ "ns.demo.test", "A", 3600, "127.0.0.1" },

	{ "v4.demo.test", "A", 3600, "192.0.2.1" },
	{ "v6.demo.test", "AAAA", 3600, "2001:db8::1" },
	{ "both.demo.test", "A", 7200, "192.0.2.2" },
	{ "both.demo.test", "AAAA", 3601, "2001:db8::2" },
	{ "three.demo.test", "A", 3600, "192.0.2.3" },
	{ "three.demo.test", "A", 3600, "192.0.2.4" },
	{ "three.demo.test", "A", 3600, "192.0.2.5" },
	{ "_service.1.demo.test", "A", 3600, "192.0.2.6" },
	{ "MixedCase.demo.test", "A", 3600, "192.0.2.7" },
	{ ZONE_LONG_NAME, "A", 3600, "192.0.2.8" },
	{ ZONE_LONG_NAME, "AAAA", 3600, "2001:db8::8" },
	{ "*.wild.demo.test", "A", 3600, "192.0.2.9" },
	{ "text.demo.test", "TXT", 3600, "\"no address\"" },
	{ "below.empty.demo.test", "A", 3600, "192.0.2.10" },

	{ "alias.demo.test", "CNAME", 7200, "both.demo.test." },
	{ "alias6.demo.test", "CNAME", 3602, "v6.demo.test." },
	{ "www.chain.demo.test", "CNAME", 7200, "cdn.far.demo.test." },
	{ "cdn.far.demo.test", "CNAME", 3600, "alias.demo.test." },
	{ "dangling.demo.test", "CNAME", 3600, "missing.demo.test." },
	{ "to-text.demo.test", "CNAME", 3600, "text.demo.test." },
	{ "old.demo.test", "DNAME", 3600, "new.demo.test." },
	{ "host.new.demo.test", "A", 7200, "192.0.2.11" },
};

/* A name of 2001:db8::/64, but for its last nibble. */
#define IPV6(nibble) nibble ".0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0." ZONE_ORIGIN_IPV6

static const struct zone_record pointers[] = {
	{ ZONE_ORIGIN_IPV4, "SOA", 3600, "ns.demo.test. a.demo.test. 1 3600 600 86400 300" },
	{ ZONE_ORIGIN_IPV4, "NS", 3600, "ns.demo.test." },
	{ "1." ZONE_ORIGIN_IPV4, "PTR", 3600, "v4.demo.test." },
	{ "2." ZONE_ORIGIN_IPV4, "PTR", 7200, "both.demo.test." },
	{ "3." ZONE_ORIGIN_IPV4, "PTR", 3600, "three.demo.test." },
	{ "50." ZONE_ORIGIN_IPV4, "PTR", 3600, "missing.demo.test." },
	{ "51." ZONE_ORIGIN_IPV4, "CNAME", 7200, "51.0-63." ZONE_ORIGIN_IPV4 "." },
	{ "51.0-63." ZONE_ORIGIN_IPV4, "PTR", 7200, "both.demo.test." },
	{ "52." ZONE_ORIGIN_IPV4, "TXT", 3600, "\"no name\"" },

	{ ZONE_ORIGIN_IPV6, "SOA", 3600, "ns.demo.test. a.demo.test. 1 3600 600 86400 300" },
	{ ZONE_ORIGIN_IPV6, "NS", 3600, "ns.demo.test." },
	{ IPV6("1"), "PTR", 3600, "v6.demo.test." },
	{ IPV6("2"), "PTR", 7200, "both.demo.test." },
};

const struct zone_set zone_many_ipv4 = {
	"many.demo.test", false, "A", "10.2.", ".", 60
};
const struct zone_set zone_many_ipv6 = {
	"many.demo.test", false, "AAAA", "2001:db8:2:1", "::", 40
};
const struct zone_set zone_huge = {
	"huge.demo.test", false, "A", "10.3.", ".", 500
};
const struct zone_set zone_burst = {
	"burst.demo.test", true, "A", "10.4.", ".", 2000
};

void
zone_set_get_owner(const struct zone_set *set, unsigned int index,
		   char retName[ZONE_NAME_SIZE])
{
	if (set->numbered)
		snprintf(retName, ZONE_NAME_SIZE, "h%u.%s", index, set->owner);
	else
		snprintf(retName, ZONE_NAME_SIZE, "%s", set->owner);
}

void
zone_set_get_address(const struct zone_set *set, unsigned int index,
		     char retText[INET6_ADDRSTRLEN])
{
	snprintf(retText, INET6_ADDRSTRLEN, "%s%u%s%u", set->network, index / 250,
		 set->separator, index % 250 + 1);
}

static void
zone_set_write(FILE *file, const struct zone_set *set,
	       void (*write_record)(FILE *, const struct zone_record *))
{
	char owner[ZONE_NAME_SIZE], address[INET6_ADDRSTRLEN];
	struct zone_record record = { owner, set->type, 3600, address };
	unsigned int i;

	for (i = 0; i < set->count; i++) {
		zone_set_get_owner(set, i, owner);
		zone_set_get_address(set, i, address);
		write_record(file, &record);
	}
}

void
zone_write(FILE *file, const char *ready,
	   void (*write_record)(FILE *, const struct zone_record *))
{
	const struct zone_record mark = { ready, "A", 3600, "192.0.2.254" };
	size_t i;

	for (i = 0; i < sizeof(records) / sizeof(records[0]); i++)
		write_record(file, &records[i]);
	zone_set_write(file, &zone_many_ipv4, write_record);
	zone_set_write(file, &zone_many_ipv6, write_record);
	zone_set_write(file, &zone_huge, write_record);
	zone_set_write(file, &zone_burst, write_record);
	write_record(file, &mark);
}

static bool
is_below(const char *name, const char *origin)
{
	size_t length = strlen(name), suffix = strlen(origin);

	return length >= suffix && strcmp(name + length - suffix, origin) == 0;
}

void
zone_write_pointers(FILE *file, const char *origin,
		    void (*write_record)(FILE *, const struct zone_record *))
{
	size_t i;

	for (i = 0; i < sizeof(pointers) / sizeof(pointers[0]); i++)
		if (origin == NULL || is_below(pointers[i].owner, origin))
			write_record(file, &pointers[i]);
}

void
zone_write_master_line(FILE *file, const struct zone_record *record)
{
	fprintf(file, "%s. %u IN %s %s\n", record->owner, record->ttl, record->type,
		record->data);
}

void
zone_write_dnsmasq_line(FILE *file, const struct zone_record *record)
{
	const char *owner = record->owner;

	if (strncmp(owner, "*.", 2) == 0)
		fprintf(file, "address=/%s/%s\n", owner + 2, record->data);
	else if (strcmp(record->type, "A") == 0 || strcmp(record->type, "AAAA") == 0)
		fprintf(file, "host-record=%s,%s,%u\n", owner, record->data, record->ttl);
	else if (strcmp(record->type, "CNAME") == 0)
		fprintf(file, "cname=%s,%s,%u\n", owner, record->data, record->ttl);
	else if (strcmp(record->type, "TXT") == 0)
		fprintf(file, "txt-record=%s,%s\n", owner, record->data);
	else if (strcmp(record->type, "PTR") == 0)
		fprintf(file, "ptr-record=%s,%.*s\n", owner,
			(int)strlen(record->data) - 1, record->data);
}
