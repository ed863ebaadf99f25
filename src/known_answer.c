/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "known_answer.h"

#include "cached_answer.h"
#include "clock.h"
#include "host_entry_impl.h"
#include "local_answer.h"
#include "resolver_impl.h"

static void
report(struct outcome *outcome, DnsSource source, int64_t begun)
{
	struct report_facts facts = { .source = source,
				      .rcode = -1,
				      .microseconds = clock_microseconds() - begun };

	outcome_set_report(outcome, &facts);
}

struct arrangement {
	struct address_sorter *sorter;
	enum address_order order;
};

static struct arrangement
arrangement_of(const struct resolver *resolver, const struct DnsLookupOptions *options)
{
	return (struct arrangement){ resolver->sorter, resolver_get_order(resolver, options) };
}

static void
arrange(void *context, union host_address *addresses, size_t count)
{
	const struct arrangement *arrangement = context;

	address_sorter_apply(arrangement->sorter, arrangement->order, addresses, count);
}

static bool
look_into(const struct hosts_table *table, const char *name, int family,
	  const union host_address *address, struct arrangement arrangement, int64_t begun,
	  struct outcome *outcome)
{
	bool is_known = false;

	if (table == NULL)
		return false;
	is_known = local_answer_from_hosts(table, name, family, address, &outcome->status,
					   &outcome->entry);
	if (outcome->entry != NULL && DnsHostEntryGetAddressCount(outcome->entry) > 1)
		host_entry_arrange(outcome->entry, arrange, &arrangement);
	if (is_known)
		report(outcome, DNS_SOURCE_HOSTS, begun);
	return is_known;
}

bool
known_answer_from_hosts(struct resolver *resolver, const char *name, int family,
			const union host_address *address,
			const struct DnsLookupOptions *options, int64_t begun,
			struct outcome *outcome)
{
	struct arrangement arrangement = arrangement_of(resolver, options);
	int64_t now = clock_now();
	atomic_uint *place;
	bool is_known;

	*outcome = OUTCOME_OF(DNS_STATUS_OK);
	hosts_file_refresh(resolver->hosts, now);
	if (arrangement.order != ADDRESS_ORDER_AS_RECEIVED)
		address_sorter_refresh(resolver->sorter, now);
	place = readers_enter(resolver->readers);
	is_known = look_into(hosts_file_get(resolver->hosts), name, family, address, arrangement,
			     begun, outcome);
	readers_leave(place);
	return is_known;
}

static bool
find_in_cache(struct resolver *resolver, const struct request *request, int64_t now,
	      int64_t begun, struct outcome *outcome)
{
	char reverse_name[QUESTION_NAME_SIZE];
	struct arrangement arrangement = arrangement_of(resolver, &request->options);
	const struct search_policy *policy;
	struct cached_request wanted = { .cache = resolver->cache,
					 .now = now,
					 .begun = begun,
					 .name = request->question.name,
					 .is_absolute = request->is_absolute,
					 .family = request->family,
					 .rebinding = rebinding_policy_of(&resolver->options),
					 .arrange = arrange,
					 .context = &arrangement };

	if (resolver->cache == NULL || (request->options.flags & DNS_LOOKUP_NO_CACHE) != 0)
		return false;
	policy = configuration_get_search(&resolver->configuration, now);
	if (policy == NULL)
		return false;
	wanted.search = policy->list;
	if (policy->asks_no_aaaa && wanted.family == AF_UNSPEC)
		wanted.family = AF_INET;
	wanted.family = address_config_restrict(&resolver->addresses, wanted.family);
	if (request->is_backwards) {
		question_make_reverse_name(&request->question.address, reverse_name);
		wanted.reverse_name = reverse_name;
	}
	if (request->kind == OPERATION_QUERY_RECORDS)
		return cached_answer_find_records(&wanted, request->type,
						  (request->options.flags &
						   DNS_LOOKUP_WHOLE_RESPONSE) != 0,
						  outcome);
	return cached_answer_find(&wanted, outcome);
}

/* The same as known_answer_at_once, between readers_enter and readers_leave. */
static bool
find_at_once(struct resolver *resolver, const struct request *request, int64_t begun,
	     struct outcome *outcome, bool *is_in_no_hosts)
{
	const struct question *question = &request->question;
	int64_t now = clock_of_moment(begun);
	const struct hosts_table *table;

	*is_in_no_hosts = false;
	*outcome = OUTCOME_OF(DNS_STATUS_OK);
	if (local_answer_special(request, &outcome->status, &outcome->entry)) {
		report(outcome,
		       question->kind == QUESTION_ADDRESS && !request->is_backwards ?
			       DNS_SOURCE_LITERAL :
			       DNS_SOURCE_SPECIAL,
		       begun);
		return true;
	}
	if (request->kind != OPERATION_QUERY_RECORDS &&
	    (request->options.flags & DNS_LOOKUP_NO_HOSTS) == 0) {
		table = hosts_file_get_fresh(resolver->hosts, now);
		if (table == NULL)
			return false;
		if (look_into(table, question->name, request->family,
			      request->is_backwards ? &question->address : NULL,
			      arrangement_of(resolver, &request->options), begun, outcome))
			return true;
		*is_in_no_hosts = true;
	}
	if (find_in_cache(resolver, request, now, begun, outcome))
		return true;
	if ((request->options.flags & DNS_LOOKUP_LOCAL_ONLY) == 0)
		return false;
	*outcome = OUTCOME_OF(DNS_STATUS_HOST_NOT_FOUND);
	report(outcome, DNS_SOURCE_NONE, begun);
	return true;
}

bool
known_answer_at_once(struct resolver *resolver, const struct request *request,
		     int64_t begun, struct outcome *outcome, bool *is_in_no_hosts)
{
	atomic_uint *place = readers_enter(resolver->readers);
	bool is_known = find_at_once(resolver, request, begun, outcome, is_in_no_hosts);

	readers_leave(place);
	return is_known;
}
