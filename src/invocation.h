/* SPDX-License-Identifier: MIT */
/* invocation: what all functions X and BeginX do with what they are given: it is understood,
 * the resolver is found, an operation begun; X also waits for its end. */
#ifndef ASYNCDNS_INVOCATION_H
#define ASYNCDNS_INVOCATION_H

#include <asyncdns/async_result.h>
#include <asyncdns/resolver.h>

struct operation_request;
struct outcome;

/* X: the outcome, waited for. It is the caller's to clear. */
void invocation_do(DnsResolver *resolver, const struct operation_request *given,
		   struct outcome *outcome);

/* BeginX: a token, or NULL and errno. */
DnsAsyncResult *invocation_begin(DnsResolver *resolver, const struct operation_request *given,
				 DnsAsyncCallback *callback, void *state);

#endif
