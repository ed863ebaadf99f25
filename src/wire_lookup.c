/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "wire_lookup.h"

#include "clock.h"
#include "lookup.h"
#include "record_lookup.h"
#include "resolver_impl.h"

static struct lookup *
start_host(struct resolver *resolver, const struct generation_settings *settings,
	   struct inquiry_desk *desk, const struct wire_request *wanted)
{
	struct lookup_request request = {
		.loop = resolver->loop,
		.desk = desk,
		.is_absolute = wanted->is_absolute,
		.search = settings->search,
		.skips_cache = (wanted->options->flags & DNS_LOOKUP_NO_CACHE) != 0,
		.rebinding = rebinding_policy_of(&resolver->options),
		.family = wanted->family,
		.grace = resolver->options.grace,
		.order = resolver_get_order(resolver, wanted->options),
		.sorter = resolver->sorter,
		.begun = wanted->begun,
		.on_done = wanted->on_done,
		.owner = wanted->owner
	};

	if (request.order != ADDRESS_ORDER_AS_RECEIVED)
		address_sorter_refresh(resolver->sorter, clock_now());
	if (settings->asks_no_aaaa && request.family == AF_UNSPEC)
		request.family = AF_INET;
	if ((resolver->options.flags & DNS_RESOLVER_ADDRESS_CONFIG) != 0)
		address_config_refresh(&resolver->addresses, clock_now());
	request.family = address_config_restrict(&resolver->addresses, request.family);
	if (wanted->is_backwards)
		request.reverse_name = wanted->name;
	else
		request.name = wanted->name;
	return lookup_start(&request);
}

static struct record_lookup *
start_records(const struct resolver *resolver, struct inquiry_desk *desk,
	      const struct wire_request *wanted)
{
	unsigned int flags = wanted->options->flags;
	struct record_lookup_request request = {
		.desk = desk,
		.name = wanted->name,
		.type = wanted->type,
		.is_whole = (flags & DNS_LOOKUP_WHOLE_RESPONSE) != 0,
		.skips_cache = (flags & DNS_LOOKUP_NO_CACHE) != 0,
		.rebinding = rebinding_policy_of(&resolver->options),
		.begun = wanted->begun,
		.on_done = wanted->on_done,
		.owner = wanted->owner
	};

	return record_lookup_start(&request);
}

bool
wire_lookup_start(struct wire_lookup *lookup, struct resolver *resolver,
		  const struct wire_request *request)
{
	bool tcp_only = (request->options->flags & DNS_LOOKUP_TCP_ONLY) != 0;
	struct generation *generation;
	struct inquiry_desk *desk;

	generation = configuration_get(&resolver->configuration, resolver->loop, clock_now());
	lookup->generation = generation;
	desk = generation != NULL ? generation_need_desk(generation, tcp_only) : NULL;
	if (desk == NULL)
		return false;
	if (request->type != 0)
		lookup->records = start_records(resolver, desk, request);
	else
		lookup->host = start_host(resolver, &generation->settings, desk, request);
	return lookup->host != NULL || lookup->records != NULL;
}

bool
wire_lookup_expire(struct wire_lookup *lookup)
{
	if (lookup->host != NULL)
		lookup_expire(lookup->host);
	else if (lookup->records != NULL)
		record_lookup_expire(lookup->records);
	else
		return false;
	return true;
}

void
wire_lookup_done(struct wire_lookup *lookup)
{
	lookup->host = NULL;
	lookup->records = NULL;
}

void
wire_lookup_abandon(struct wire_lookup *lookup, struct outcome *outcome)
{
	if (lookup->host != NULL)
		lookup_abandon(lookup->host, outcome);
	if (lookup->records != NULL)
		record_lookup_abandon(lookup->records, outcome);
	wire_lookup_done(lookup);
	if (lookup->generation != NULL)
		generation_release(lookup->generation);
	lookup->generation = NULL;
}
