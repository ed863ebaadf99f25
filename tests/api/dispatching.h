/* SPDX-License-Identifier: MIT */
/* What the tests of DnsResolverDispatch share. */
#ifndef TESTS_API_DISPATCHING_H
#define TESTS_API_DISPATCHING_H

#include "contract.h"

/* A test case whose world has a resolver that dispatches. */
TCase *dispatching_case(Suite *suite, const char *name);

/* A descriptor, which must not fail. */
int descriptor_of(DnsResolver *resolver);
bool is_readable(int descriptor);
/* Waits until something is due, or the resolver has been closed, which is not seen by who
 * polls. */
void await_due_or_closed(DnsResolver *resolver);

/* Dispatches as a program would, until so many callbacks have been run. */
void dispatch_until(DnsResolver *resolver, size_t count);

#endif
