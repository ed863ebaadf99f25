/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "address_sorter.h"

#include <stdlib.h>

#include "address_probe.h"
#include "address_routes.h"
#include "clock.h"
#include "gai_conf.h"
#include "host_entry_impl.h"

struct address_sorter {
	struct gai_conf *conf;
	struct address_routes *routes;
	struct address_prober prober;
};

/* Routes that may still be looked for, IPv4 and IPv6. */
struct asking {
	struct address_routes_look look;
	unsigned int left[2];
};

static bool
ask(void *data, const union host_address *destination, union host_address *source,
    unsigned int *prefix_length)
{
	struct asking *asking = data;
	unsigned int *left = &asking->left[destination->any.sa_family == AF_INET ? 0 : 1];

	if (*left == 0)
		return false;
	--*left;
	return address_routes_find(&asking->look, destination, source, prefix_length);
}

struct address_sorter *
address_sorter_create(const char *gai_conf_path)
{
	struct address_sorter *sorter = calloc(1, sizeof *sorter);

	if (sorter == NULL)
		return NULL;
	address_prober_init(&sorter->prober);
	sorter->conf = gai_conf_open(gai_conf_path);
	sorter->routes = address_routes_create(address_probe, &sorter->prober);
	if (sorter->conf != NULL && sorter->routes != NULL)
		return sorter;
	address_sorter_free(sorter);
	return NULL;
}

void
address_sorter_free(struct address_sorter *sorter)
{
	if (sorter == NULL)
		return;
	address_routes_free(sorter->routes);
	if (sorter->conf != NULL)
		gai_conf_close(sorter->conf);
	address_prober_close(&sorter->prober);
	free(sorter);
}

void
address_sorter_refresh(struct address_sorter *sorter, int64_t now)
{
	gai_conf_refresh(sorter->conf, now);
}

void
address_sorter_apply(struct address_sorter *sorter, enum address_order order,
		     union host_address *addresses, size_t count)
{
	struct asking asking = { .look.routes = sorter->routes,
				 .left = { ADDRESS_SORTER_ASKED_MAXIMUM,
					   ADDRESS_SORTER_ASKED_MAXIMUM } };
	struct gai_policy *policy;

	if (order == ADDRESS_ORDER_AS_RECEIVED || count < 2)
		return;
	asking.look.now = clock_now();
	policy = gai_conf_get(sorter->conf);
	address_order_apply(order, addresses, count, &policy->policy, ask, &asking);
	gai_policy_release(policy);
}
