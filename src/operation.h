/* SPDX-License-Identifier: MIT */
/* operation: policy: one lookup from its Begin to its completion, and where its answer
 * comes from: what is known without a server, else the wire.
 *
 * The loop's thread owns it from the moment its letter arrives, and is the only one that
 * completes it then: answer, deadline, cancel and close can't race. What needs no server
 * is completed inside Begin, before anybody else knows the token. */
#ifndef ASYNCDNS_OPERATION_H
#define ASYNCDNS_OPERATION_H

#include <asyncdns/async_result.h>
#include <asyncdns/resolver.h>

struct operation_request;
struct outcome;

/* X: the outcome, waited for. It is the caller's to clear. */
void operation_do(DnsResolver *resolver, const struct operation_request *request,
		  struct outcome *outcome);

/* BeginX: a token, or NULL and errno. */
DnsAsyncResult *operation_begin(DnsResolver *resolver, const struct operation_request *request,
				DnsAsyncCallback *callback, void *state);

#endif
