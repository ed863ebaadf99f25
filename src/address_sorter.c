/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "address_sorter.h"

#include <stdlib.h>

#include "address_probe.h"
#include "address_routes.h"
#include "clock.h"
#include "gai_conf.h"

struct address_sorter {
	struct gai_conf *conf;
	struct address_routes *routes;
	struct address_prober prober;
};

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
	struct address_routes_look look = { .routes = sorter->routes };
	struct gai_policy *policy;

	if (order == ADDRESS_ORDER_AS_RECEIVED || count < 2)
		return;
	look.now = clock_now();
	policy = gai_conf_get(sorter->conf);
	address_order_apply(order, addresses, count, &policy->policy, address_routes_find,
			    &look);
	gai_policy_release(policy);
}
