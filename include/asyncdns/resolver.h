/* SPDX-License-Identifier: MIT */
/* DnsResolver: servers to ask, a thread that asks them, and the operations under way.
 *
 * Safe from any thread. Like DnsAsyncResult it is a token: a closed resolver is refused
 * (ESHUTDOWN), never touched. Where a resolver is asked for, NULL means the default
 * resolver, but for DnsResolverClose.
 *
 * In a child process of fork(2) the parent's resolvers are refused too (ECHILD, or
 * DNS_STATUS_FORKED where a status is returned), and the default one is made anew. To close
 * one that is the parent's does nothing, there or here. */
#ifndef ASYNCDNS_RESOLVER_H
#define ASYNCDNS_RESOLVER_H

#include <stddef.h>
#include <stdint.h>

#include <asyncdns/resolver_options.h>
#include <asyncdns/visibility.h>

typedef struct DnsResolver DnsResolver;

/* Counts since the resolver was made. Read one by one while work goes on, so that they
 * may differ by what happened in between. */
typedef struct DnsStatistics {
	uint64_t begun;			/* operations that Begin, or X itself, started */
	uint64_t completed;		/* of these: completed, in whatever way */
	uint64_t completedSynchronously; /* of these: without the loop thread */
	uint64_t succeeded;		/* of the completed: with DNS_STATUS_OK */
	uint64_t timedOut;		/* ... by their deadline */
	uint64_t cancelled;		/* ... by DnsAsyncResultCancel */
	uint64_t closed;		/* ... by DnsResolverClose */
	uint64_t ended;			/* operations whose End was called */
	uint64_t questions;		/* handed to c-ares: one a name, type and server */
	uint64_t answers;		/* of these: answered, well or badly */
	uint64_t waiting;		/* now: questions that wait for room to be asked */
	uint64_t inFlight;		/* now: questions that c-ares has, abandoned ones too */
	uint64_t reserved[20];		/* 0; for counts to come */
} DnsStatistics;

/* A resolver with its own thread; NULL options mean the system's configuration. You owe
 * it a DnsResolverClose. Opens no file and asks nobody: the configuration is read on the
 * resolver's thread. NULL with errno ENOMEM, EMFILE, ENFILE or EAGAIN (no thread). */
DNS_API DnsResolver *DnsResolverCreate(const DnsResolverOptions *options);

/* The resolver that NULL stands for: made at its first use, with the system's
 * configuration; made anew after it was closed. Borrowed. NULL and errno as for Create. */
DNS_API DnsResolver *DnsResolverGetDefault(void);

/* Closes it: operations under way complete with DNS_STATUS_CLOSED, their callbacks run,
 * and when it returns, no callback runs or will run. Their handles outlive it: End still
 * hands back what had come. Called from several threads, it is such a barrier for each.
 * In a callback on a loop thread it returns at once and takes effect after the callback.
 * What runs inside Begin on your own threads is not waited for. NULL or a closed resolver:
 * nothing happens.
 *
 * If its callbacks are dispatched, those that are due run inside Close, on the thread
 * that calls it. In a callback that DnsResolverDispatch runs, Close returns at once for
 * any resolver, and takes effect after the callback, before DnsResolverDispatch returns.
 * When a callback on the loop thread of another resolver closes it, they are left to
 * DnsResolverDispatch, or to one more Close. */
DNS_API void DnsResolverClose(DnsResolver *resolver);

/* For a resolver made with DNS_RESOLVER_DISPATCH_CALLBACKS: runs the callbacks that are
 * due, the oldest first, on the calling thread, and returns how many it has run. It waits
 * for nothing, unless one of them closes a resolver. What becomes due meanwhile is left
 * for the next call, so that callbacks that begin the next lookup cannot keep it for ever.
 * Several threads may call it: each callback runs once, on one of them. 0 in a callback,
 * and for a resolver that is closed or does not dispatch. */
DNS_API size_t DnsResolverDispatch(DnsResolver *resolver);

/* A descriptor that is readable while callbacks are due, for poll, epoll or an event
 * loop: call DnsResolverDispatch when it is. The same one each time; it belongs to the
 * resolver, until that is closed: take it out of your loop before, and do not read, write
 * or close it. -1 and errno: EINVAL (the resolver does not dispatch; the default one
 * never does), ESHUTDOWN (it is closed), ECHILD (it is a parent process's). */
DNS_API int DnsResolverGetDescriptor(DnsResolver *resolver);
/* Forgets all answers that are kept; those to lookups under way will be kept again. NULL is
 * the default resolver. */
DNS_API void DnsResolverFlushCache(DnsResolver *resolver);

/* All zeroes for a resolver that is closed, or a parent process's. */
DNS_API void DnsResolverGetStatistics(DnsResolver *resolver, DnsStatistics *retStatistics);

#endif
