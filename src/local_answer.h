/* SPDX-License-Identifier: MIT */
/* local_answer: what can be answered without a server: addresses, special names, and what
 * the hosts file has. */
#ifndef ASYNCDNS_LOCAL_ANSWER_H
#define ASYNCDNS_LOCAL_ANSWER_H

#include <asyncdns/status.h>

#include "hosts_table.h"
#include "request.h"

/* Each says whether there is an answer: a status, and with DNS_STATUS_OK an entry. */

bool local_answer_special(const struct request *request, DnsStatus *status,
			  struct DnsHostEntry **entry);

/* The host with that address, or, if it is NULL, of that name. A name that the table has
 * is not to be asked for elsewhere, not even for a family that is missing there; nor is one
 * that only the table can have. */
bool local_answer_from_hosts(const struct hosts_table *table, const char *name, int family,
			     const union host_address *address, DnsStatus *status,
			     struct DnsHostEntry **entry);

#endif
