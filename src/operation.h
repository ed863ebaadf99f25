/* SPDX-License-Identifier: MIT */
/* operation: policy: one lookup from its Begin to its completion, and where its answer
 * comes from: literal, special names, the wire.
 *
 * The loop's thread owns it from the moment its letter arrives, and is the only one that
 * completes it then: answer, deadline, cancel and close can't race. What needs no server
 * is completed inside Begin, before anybody else knows the token. */
#ifndef ASYNCDNS_OPERATION_H
#define ASYNCDNS_OPERATION_H

#include <asyncdns/async_result.h>
#include <asyncdns/host_entry.h>
#include <asyncdns/resolver.h>
#include <asyncdns/status.h>

#include "async_result_impl.h"

/* What X and BeginX are called with. */
struct operation_request {
	enum operation_kind kind;
	const char *host;			/* a name, or an address as text */
	int family;				/* AF_UNSPEC for both */
	const struct sockaddr *address;		/* of GetHostByAddress */
	socklen_t address_length;
};

/* X: the result, waited for. */
DnsStatus operation_do(DnsResolver *resolver, const struct operation_request *request,
		       DnsHostEntry **retEntry);

/* BeginX: a token, or NULL and errno. */
DnsAsyncResult *operation_begin(DnsResolver *resolver, const struct operation_request *request,
				DnsAsyncCallback *callback, void *state);

#endif
