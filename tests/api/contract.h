/* SPDX-License-Identifier: MIT */
/* What the tests of the public interface share: a world with a scripted server and a
 * resolver that asks it, made anew for each test, and callbacks that leave a trace.
 * Nothing here sleeps to let something happen; everything waits for what it names. */
#ifndef TESTS_API_CONTRACT_H
#define TESTS_API_CONTRACT_H

#include <check.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

#include <asyncdns.h>

#include "../support/dns_server.h"
#include "../support/require.h"

/* The zone of each test, TTL 300:
 *   a.test         192.0.2.1 and 2001:db8::1
 *   b.test         192.0.2.2
 *   c.test         2001:db8::3
 *   alias.test     a CNAME of middle.test, that one of a.test
 *   empty.test     exists without any record
 *   failing.test   SERVFAIL
 *   refused.test   REFUSED
 *   *.many.test    198.51.100.7
 *   *.slow.test    198.51.100.8, held until dns_server_release(server, "*.slow.test")
 * Anything else, missing.test for example, gets NXDOMAIN. */
#define HELD_NAME  "x.slow.test"
#define HELD_NAMES "*.slow.test"

/* The server and the resolver of the test that runs. A test that closes one of them
 * itself uses world_close_resolver and world_stop_server. */
struct world {
	struct dns_server *server;
	DnsResolver *resolver;
	int descriptors; /* open before the test */
};

extern struct world world;

/* Options that ask the server of this world, with timeouts that no test reaches, keep no
 * answers, and have no suffixes. */
DnsResolverOptions *world_make_options(void);
/* One more resolver with these flags; the test closes it. */
DnsResolver *world_make_resolver(unsigned int flags);
void world_close_resolver(void);
void world_stop_server(void);
/* Answers everything that is held, and later questions at once. */
void world_release(void);
/* Waits until a server has the questions of this name, so that its operation is surely
 * under way; it must be held and asked for the first time. */
void world_await_question(const char *name);

int count_descriptors(void);
DnsStatistics read_statistics(void);

/* A test case whose tests each have a world of their own, at the end of which as many
 * descriptors are open as before. */
TCase *contract_case(Suite *suite, const char *name);
/* Runs it, or several, and speaks TAP; what main returns. */
int contract_run(Suite *suite);
int contract_run_all(Suite *const suites[], size_t count);

/* What a callback leaves behind: the state that must be given to Begin along with
 * on_completion. */
struct witness {
	atomic_uint calls;
	DnsAsyncResult *handle; /* of the last call */
	pthread_t thread;	/* of the last call */
	bool stays;		/* each call ends only when leave is posted */
	sem_t entered;		/* posted at the beginning of each call */
	sem_t leave;
};

void witness_init(struct witness *witness);
void witness_destroy(struct witness *witness);
void on_completion(DnsAsyncResult *asyncResult);
/* A callback that must never run: it ends the test program. */
void on_impossible(DnsAsyncResult *asyncResult);

/* Keeps the loop thread of this world's resolver inside a callback until free_loop, which
 * returns when it is at work again. */
void occupy_loop(struct witness *witness);
void free_loop(struct witness *witness);

/* sem_wait that no signal ends. */
void await(sem_t *semaphore);

pthread_t start_thread(void *(*run)(void *), void *argument);
void join_thread(pthread_t thread);

/* BeginGetHostByName with the resolver of this world, which must not fail. */
DnsAsyncResult *begin(const char *name, DnsAsyncCallback *callback, void *state);
/* A wait handle, which must not fail. */
DnsWaitHandle *copy_wait_handle(DnsAsyncResult *asyncResult);
/* End, expecting that status; the entry, if any, is released. */
void end_expecting(DnsAsyncResult *asyncResult, DnsStatus status);
/* End, expecting success with these addresses in any order, separated by blanks. */
void end_with_addresses(DnsAsyncResult *asyncResult, const char *addresses);
/* Whether the entry has these addresses, in any order, and no others. */
bool has_addresses(const DnsHostEntry *entry, const char *addresses);

#endif
