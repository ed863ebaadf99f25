/* SPDX-License-Identifier: MIT */
#include "truth.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dns_server.h"

#define TTL		300
#define ADDRESSES_OF_MANY 60

static struct dns_zone zone;

static const char *const kinds[] = {
	[TRUTH_BOTH] = "both",	     [TRUTH_FOUR] = "four", [TRUTH_SIX] = "six",
	[TRUTH_ALIAS] = "alias",     [TRUTH_CUT] = "cut",   [TRUTH_MANY] = "many",
	[TRUTH_EMPTY] = "empty",     [TRUTH_NONE] = "none", [TRUTH_FAILING] = "failing",
	[TRUTH_REFUSED] = "refused",
};

void
truth_put_name(char name[TRUTH_NAME_SIZE], const struct truth *truth, bool is_relative)
{
	snprintf(name, TRUTH_NAME_SIZE, "%s-%u%s", kinds[truth->kind], truth->number,
		 is_relative ? "" : "." TRUTH_DOMAIN);
}

/* ---- What there is ---- */

/* An alias has what it leads to. */
static enum truth_kind
target_of(enum truth_kind kind)
{
	return kind == TRUTH_ALIAS ? TRUTH_BOTH : kind;
}

static unsigned int
count_addresses(enum truth_kind kind, int family)
{
	switch (target_of(kind)) {
	case TRUTH_BOTH:
	case TRUTH_CUT:
		return 1;
	case TRUTH_FOUR:
		return family == AF_INET;
	case TRUTH_SIX:
		return family == AF_INET6;
	case TRUTH_MANY:
		return family == AF_INET ? ADDRESSES_OF_MANY : 1;
	default:
		return 0;
	}
}

static void
put_ipv4(uint8_t octets[4], const struct truth *truth, unsigned int index)
{
	octets[0] = 10;
	octets[1] = (uint8_t)target_of(truth->kind);
	octets[2] = (uint8_t)index;
	octets[3] = (uint8_t)truth->number;
}

static void
put_ipv6(uint8_t octets[16], const struct truth *truth)
{
	memset(octets, 0, 16);
	octets[0] = 0x20;
	octets[1] = 0x01;
	octets[14] = (uint8_t)target_of(truth->kind);
	octets[15] = (uint8_t)truth->number;
}

static void
add_to_zone(const struct truth *truth)
{
	struct truth other = { TRUTH_BOTH, truth->number, AF_UNSPEC };
	char text[TRUTH_NAME_SIZE];
	struct dns_name name, target;
	uint8_t octets[16];
	unsigned int i;

	truth_put_name(text, truth, false);
	dns_name_from_text(&name, text);
	if (truth->kind == TRUTH_ALIAS) {
		truth_put_name(text, &other, false);
		dns_name_from_text(&target, text);
		dns_zone_add_record(&zone, &name, TYPE_CNAME, TTL, target.bytes,
				    target.length);
		return;
	}
	if (truth->kind == TRUTH_EMPTY)
		dns_zone_add_record(&zone, &name, TYPE_TXT, TTL, "\1x", 2);
	for (i = 0; i < count_addresses(truth->kind, AF_INET); i++) {
		put_ipv4(octets, truth, i);
		dns_zone_add_record(&zone, &name, TYPE_A, TTL, octets, 4);
	}
	if (count_addresses(truth->kind, AF_INET6) > 0) {
		put_ipv6(octets, truth);
		dns_zone_add_record(&zone, &name, TYPE_AAAA, TTL, octets, 16);
	}
	if (truth->kind == TRUTH_CUT)
		dns_zone_set(&zone, &name, 0, SETTING_MISBEHAVIOUR, ANSWER_TRUNCATED);
	if (truth->kind == TRUTH_FAILING || truth->kind == TRUTH_REFUSED)
		dns_zone_set(&zone, &name, 0, SETTING_RCODE,
			     truth->kind == TRUTH_FAILING ? RCODE_SERVFAIL : RCODE_REFUSED);
}

const struct dns_zone *
truth_open(void)
{
	struct truth truth = { TRUTH_BOTH, 0, AF_UNSPEC };
	int kind;

	dns_zone_init(&zone);
	for (kind = 0; kind < TRUTH_KINDS; kind++)
		for (truth.number = 0; truth.number < TRUTH_NUMBERS; truth.number++) {
			truth.kind = (enum truth_kind)kind;
			if (kind != TRUTH_NONE)
				add_to_zone(&truth);
		}
	return &zone;
}

void
truth_close(void)
{
	dns_zone_destroy(&zone);
}

/* ---- What is said ---- */

static bool
is_true_address(const struct truth *truth, const struct sockaddr *address)
{
	const struct sockaddr_in *ipv4 = (const void *)address;
	const struct sockaddr_in6 *ipv6 = (const void *)address;
	uint8_t octets[16], *index = octets + 2;

	if (address->sa_family == AF_INET) {
		put_ipv4(octets, truth, 0);
		*index = ((const uint8_t *)&ipv4->sin_addr)[2];
		return *index < count_addresses(truth->kind, AF_INET) &&
		       memcmp(&ipv4->sin_addr, octets, 4) == 0;
	}
	put_ipv6(octets, truth);
	return memcmp(&ipv6->sin6_addr, octets, 16) == 0;
}

static const char *
judge_family(const struct truth *truth, const DnsHostEntry *entry, int family)
{
	bool is_wanted = truth->family == AF_UNSPEC || truth->family == family;
	unsigned int expected = is_wanted ? count_addresses(truth->kind, family) : 0;
	const struct sockaddr *address;
	unsigned int count = 0;
	size_t i;

	for (i = 0; i < DnsHostEntryGetAddressCount(entry); i++) {
		address = DnsHostEntryGetAddress(entry, i, NULL);
		if (address->sa_family != family)
			continue;
		count++;
		if (!is_true_address(truth, address))
			return "an address that is not the host's";
	}
	/* None is there twice, says the library; so the number is enough. */
	if (count == expected || (count == 0 && DnsHostEntryIsPartial(entry)))
		return NULL;
	return "addresses are missing, or too many";
}

static const char *
judge_entry(const struct truth *truth, const DnsHostEntry *entry)
{
	struct truth target = *truth;
	char name[TRUTH_NAME_SIZE];
	const char *wrong;

	if (entry == NULL)
		return "no entry";
	target.kind = target_of(truth->kind);
	truth_put_name(name, &target, false);
	if (strcmp(DnsHostEntryGetName(entry), name) != 0)
		return "the entry has another name";
	if (DnsHostEntryGetTimeToLive(entry) > TTL)
		return "it is good for longer than its records";
	if (DnsHostEntryGetAddressCount(entry) == 0)
		return "no address, and yet found";
	wrong = judge_family(truth, entry, AF_INET);
	return wrong != NULL ? wrong : judge_family(truth, entry, AF_INET6);
}

static bool
is_true_status(const struct truth *truth, DnsStatus status)
{
	unsigned int v4 = count_addresses(truth->kind, AF_INET);
	unsigned int v6 = count_addresses(truth->kind, AF_INET6);

	switch (truth->kind) {
	case TRUTH_FAILING:
		return status == DNS_STATUS_TRY_AGAIN;
	case TRUTH_REFUSED:
		return status == DNS_STATUS_NO_RECOVERY;
	case TRUTH_NONE:
		return status == DNS_STATUS_HOST_NOT_FOUND;
	default:
		return status == ((truth->family != AF_INET6 ? v4 : 0) +
						  (truth->family != AF_INET ? v6 : 0) >
					  0 ? DNS_STATUS_OK : DNS_STATUS_NO_DATA);
	}
}

const char *
truth_judge(const struct truth *truth, bool has_trouble, DnsStatus status,
	    const DnsHostEntry *entry)
{
	if (is_true_status(truth, status))
		return status == DNS_STATUS_OK ? judge_entry(truth, entry) : NULL;
	if (entry != NULL)
		return "an entry without success";
	if (has_trouble && (status == DNS_STATUS_TIMED_OUT ||
			    status == DNS_STATUS_TRY_AGAIN ||
			    status == DNS_STATUS_NO_RECOVERY))
		return NULL;
	return "this is not how it can end";
}
