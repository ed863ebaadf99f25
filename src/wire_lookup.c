/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "wire_lookup.h"

#include "clock.h"
#include "inquiry.h"
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

static void
await_turn(struct wire_lookup *lookup, struct inquiry_desk *desk,
	   const struct wire_request *request)
{
	bool wants_both = request->type == 0 && request->family == AF_UNSPEC &&
			  !request->is_backwards;

	lookup->state = WIRE_LOOKUP_WAITS;
	lookup->turn.questions = wants_both ? 2 : 1;
	lookup->turn.on_turn = request->on_turn;
	lookup->desk = desk;
	inquiry_desk_await_turn(desk, &lookup->turn);
}

static bool
ask(struct wire_lookup *lookup, struct resolver *resolver, struct inquiry_desk *desk,
    const struct wire_request *request)
{
	bool is_of_host = request->type == 0;

	lookup->state = is_of_host ? WIRE_LOOKUP_OF_HOST : WIRE_LOOKUP_OF_RECORDS;
	if (is_of_host)
		lookup->host = start_host(resolver, &lookup->generation->settings, desk,
					  request);
	else
		lookup->records = start_records(resolver, desk, request);
	if (is_of_host ? lookup->host != NULL : lookup->records != NULL)
		return true;
	wire_lookup_done(lookup);
	return false;
}

bool
wire_lookup_start(struct wire_lookup *lookup, struct resolver *resolver,
		  const struct wire_request *request)
{
	bool tcp_only = (request->options->flags & DNS_LOOKUP_TCP_ONLY) != 0;
	bool waits = lookup->state == WIRE_LOOKUP_WAITS;
	struct inquiry_desk *desk = NULL;

	if (!waits)
		lookup->generation = configuration_get(&resolver->configuration,
						       resolver->loop, clock_now());
	if (lookup->generation != NULL)
		desk = generation_need_desk(lookup->generation, tcp_only);
	if (desk == NULL)
		return false;
	if (!waits && inquiry_desk_is_busy(desk)) {
		await_turn(lookup, desk, request);
		return true;
	}
	if (waits && !list_is_empty(&lookup->turn.link))
		inquiry_desk_give_up_turn(desk, &lookup->turn);
	return ask(lookup, resolver, desk, request);
}

bool
wire_lookup_expire(struct wire_lookup *lookup)
{
	if (lookup->state == WIRE_LOOKUP_OF_HOST)
		lookup_expire(lookup->host);
	else if (lookup->state == WIRE_LOOKUP_OF_RECORDS)
		record_lookup_expire(lookup->records);
	else
		return false;
	return true;
}

void
wire_lookup_done(struct wire_lookup *lookup)
{
	lookup->state = WIRE_LOOKUP_NONE;
}

void
wire_lookup_abandon(struct wire_lookup *lookup, struct outcome *outcome)
{
	if (lookup->state == WIRE_LOOKUP_OF_HOST)
		lookup_abandon(lookup->host, outcome);
	else if (lookup->state == WIRE_LOOKUP_OF_RECORDS)
		record_lookup_abandon(lookup->records, outcome);
	else if (lookup->state == WIRE_LOOKUP_WAITS && !list_is_empty(&lookup->turn.link))
		inquiry_desk_give_up_turn(lookup->desk, &lookup->turn);
	wire_lookup_done(lookup);
	if (lookup->generation != NULL)
		generation_release(lookup->generation);
	lookup->generation = NULL;
}
