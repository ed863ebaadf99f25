/* SPDX-License-Identifier: MIT */
/* The cases of doc/faults.md for which there were no tests: each test begins with its
 * case. In each there is a server by hand beside that of the world, and a resolver that
 * asks it; after each the resolver is asked once more, and must be as good as ever. */
#ifndef TESTS_API_FAULTS_H
#define TESTS_API_FAULTS_H

#include "contract.h"
#include "puppet.h"

#define SHORT 100   /* milliseconds: for what tests do wait for */
#define NEVER 50000 /* for what they do not */

extern struct puppet puppet;

/* A test case with these fixtures. */
TCase *faults_case(Suite *suite, const char *name);

/* Another resolver in place of the world's; servers NULL: the puppet. */
void use_servers(const char *servers, int timeout, int tries, int deadline);
/* The same with EDNS. */
void use_edns(void);

/* Begins a lookup of the IPv4 addresses: one question. */
DnsAsyncResult *ask(const char *name);
/* Takes the next question of the puppet's and answers it. */
void answer_next(const char *address);
/* Asks the puppet once more, and gets an answer. */
void expect_service(void);
/* By the monotonic clock, in milliseconds. */
long long monotonic_now(void);

void add_call_faults(Suite *suite);
void add_clock_faults(Suite *suite);
void add_datagram_faults(Suite *suite);
void add_life_faults(Suite *suite);
void add_process_faults(Suite *suite);
void add_stream_faults(Suite *suite);

#endif
