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
#include <asyncdns/status.h>

struct request;
struct resolver;

/* A token, or NULL and errno: ENOMEM, ESHUTDOWN. The caller has pinned the resolver. */
DnsAsyncResult *operation_begin(struct resolver *resolver, const struct request *request,
				DnsAsyncCallback *callback, void *state);

/* What was known at once, and so took no operation, counts like one. */
void operation_count_none(struct resolver *resolver, DnsStatus status);

#endif
