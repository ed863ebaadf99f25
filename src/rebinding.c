/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "rebinding.h"

#include "host_answer.h"
#include "private_address.h"
#include "record_set_impl.h"
#include "resolver_options_impl.h"

/* Names of no public zone: those below them are what each network makes them. */
static const char *const private_domains[] = {
	"home.arpa", /* RFC 8375 */
	"internal",  /* ICANN board resolution 2024.07.29.06 */
};

struct rebinding_policy
rebinding_policy_of(const struct DnsResolverOptions *options)
{
	return (struct rebinding_policy){
		.refuses_private = (options->flags & DNS_RESOLVER_REFUSE_PRIVATE) != 0,
		.exempt = options->private_suffixes
	};
}

/* Must what is said of that name be public? */
static bool
applies_to(const struct rebinding_policy *policy, const char *name)
{
	size_t i;

	if (!policy->refuses_private)
		return false;
	for (i = 0; i < sizeof private_domains / sizeof *private_domains; i++)
		if (host_name_is_within(name, private_domains[i]))
			return false;
	for (i = 0; policy->exempt != NULL && i < policy->exempt->count; i++)
		if (host_name_is_within(name, policy->exempt->suffixes[i]))
			return false;
	return true;
}

static bool
is_private(const struct sockaddr *address)
{
	const void *any = address;
	const struct sockaddr_in *ipv4 = any;
	const struct sockaddr_in6 *ipv6 = any;

	return address->sa_family == AF_INET ? private_address_is_ipv4(&ipv4->sin_addr) :
					       private_address_is_ipv6(&ipv6->sin6_addr);
}

void
rebinding_judge_host(const struct rebinding_policy *policy, const char *name,
		     struct host_answer *answer)
{
	size_t i;

	if (!applies_to(policy, name))
		return;
	for (i = 0; i < answer->address_count; i++)
		if (is_private(&answer->addresses[i].any)) {
			host_answer_clear(answer);
			host_answer_fail(answer, DNS_STATUS_NO_RECOVERY);
		}
}

static bool
has_private_hints(const DnsSvcbData *service)
{
	size_t i;

	for (i = 0; i < service->ipv4HintCount; i++)
		if (private_address_is_ipv4(&service->ipv4Hints[i]))
			return true;
	for (i = 0; i < service->ipv6HintCount; i++)
		if (private_address_is_ipv6(&service->ipv6Hints[i]))
			return true;
	return false;
}

static bool
leads_inside(const struct DnsRecord *record)
{
	const struct sockaddr *address = DnsRecordGetAddress(record, NULL);
	const DnsSvcbData *service = DnsRecordGetSvcb(record);

	return (address != NULL && is_private(address)) ||
	       (service != NULL && has_private_hints(service));
}

DnsStatus
rebinding_judge_records(const struct rebinding_policy *policy, const char *name,
			DnsStatus status, struct DnsRecordSet **set)
{
	const struct record_section *section;
	size_t i, k;

	if (*set == NULL || !applies_to(policy, name))
		return status;
	for (i = 0; i < RECORD_SECTION_COUNT; i++) {
		section = &(*set)->sections[i];
		for (k = 0; k < section->count; k++) {
			if (!leads_inside(&section->records[k]))
				continue;
			DnsRecordSetRelease(*set);
			*set = NULL;
			return DNS_STATUS_NO_RECOVERY;
		}
	}
	return status;
}
