/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "address_sorter.h"

#include <stdlib.h>

#include "address_policy.h"
#include "address_probe.h"
#include "address_routes.h"
#include "clock.h"

struct address_sorter {
	struct address_policy policy;
	struct address_prober prober;
	struct address_routes *routes;
};

struct address_sorter *
address_sorter_create(void)
{
	struct address_sorter *sorter = malloc(sizeof *sorter);

	if (sorter == NULL)
		return NULL;
	sorter->routes = address_routes_create(address_probe, &sorter->prober);
	if (sorter->routes == NULL) {
		free(sorter);
		return NULL;
	}
	address_policy_default(&sorter->policy);
	address_prober_init(&sorter->prober);
	return sorter;
}

void
address_sorter_free(struct address_sorter *sorter)
{
	if (sorter == NULL)
		return;
	address_routes_free(sorter->routes);
	address_prober_close(&sorter->prober);
	free(sorter);
}

void
address_sorter_apply(struct address_sorter *sorter, enum address_order order,
		     union host_address *addresses, size_t count)
{
	struct address_routes_look look = { .routes = sorter->routes };

	if (order == ADDRESS_ORDER_AS_RECEIVED || count < 2)
		return;
	look.now = clock_now();
	address_order_apply(order, addresses, count, &sorter->policy, address_routes_find,
			    &look);
}
