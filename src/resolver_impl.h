/* SPDX-License-Identifier: MIT */
/* resolver: policy and lifetime: where the answer to a question comes from, and what
 * becomes of the operations under way when it is closed.
 *
 * The loop's thread owns every operation from the moment its letter arrives, and is the
 * only one that completes it then: answer, deadline, cancel and close can't race. */
#ifndef ASYNCDNS_RESOLVER_IMPL_H
#define ASYNCDNS_RESOLVER_IMPL_H

#include <asyncdns/async_result.h>
#include <asyncdns/host_entry.h>
#include <asyncdns/resolver.h>
#include <asyncdns/status.h>

/* X: the result, waited for. */
DnsStatus resolver_get_host(DnsResolver *resolver, const char *host_name,
			    DnsHostEntry **retEntry);

/* BeginX: a token, or NULL and errno. */
DnsAsyncResult *resolver_begin_get_host(DnsResolver *resolver, const char *host_name,
					DnsAsyncCallback *callback, void *state);

#endif
