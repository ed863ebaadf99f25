/* SPDX-License-Identifier: MIT */
/* address_routes: the system's routes, remembered for a moment. Asking for one costs some
 * system calls; a host that is looked up again and again has the same addresses. */
#ifndef ASYNCDNS_ADDRESS_ROUTES_H
#define ASYNCDNS_ADDRESS_ROUTES_H

#include <stdint.h>

#include "address_order.h"

/* Milliseconds: as long may a change of the system's routes go unnoticed. */
#define ADDRESS_ROUTES_AGE 1000
/* As many are remembered at most; each destination has one place where it may stand. */
#define ADDRESS_ROUTES_MAXIMUM 256

struct address_routes;

/* What is not remembered is asked of a source, on the thread that wants to know; the source
 * must bear several at a time. NULL: no memory. */
struct address_routes *address_routes_create(address_source *source, void *context);
void address_routes_free(struct address_routes *routes);

/* One look at the routes, at a time given by clock_now. */
struct address_routes_look {
	struct address_routes *routes;
	int64_t now;
};

/* An address_source for any thread; the context is a look. A destination is its address
 * and its scope id. */
bool address_routes_find(void *look, const union host_address *destination,
			 union host_address *source, unsigned int *prefix_length);

#endif
