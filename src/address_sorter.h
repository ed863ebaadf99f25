/* SPDX-License-Identifier: MIT */
/* address_sorter: puts a host's addresses into order by what this system says: the policy
 * and the routes, which sorts share. */
#ifndef ASYNCDNS_ADDRESS_SORTER_H
#define ASYNCDNS_ADDRESS_SORTER_H

#include <stdint.h>

#include "address_order.h"

struct address_sorter;

/* With the path of a gai.conf(5), which is not read yet. NULL: no memory. */
struct address_sorter *address_sorter_create(const char *gai_conf_path);
void address_sorter_free(struct address_sorter *sorter);

/* On one thread at a time: has gai.conf looked at if it is time. */
void address_sorter_refresh(struct address_sorter *sorter, int64_t now);

/* Of each family so many routes are asked for: a host with hundreds of addresses would hold a
 * loop for milliseconds. The others count as out of reach. */
#define ADDRESS_SORTER_ASKED_MAXIMUM 64

/* On any thread. Orders in place; asks the system for routes it has not been asked for in
 * the last second, which needs some system calls, but waits for nothing and sends no
 * packet. */
void address_sorter_apply(struct address_sorter *sorter, enum address_order order,
			  union host_address *addresses, size_t count);

#endif
