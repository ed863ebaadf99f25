/* SPDX-License-Identifier: MIT */
/* The same lookups for every server. */
#ifndef TESTS_SERVERS_LOOKUP_CASES_H
#define TESTS_SERVERS_LOOKUP_CASES_H

#include "real_server.h"

/* Runs them all on one server of that kind; returns what main is to return. Where it is
 * not installed they are skipped, or fail if REQUIRE_SERVERS=1 is in the environment. */
int lookup_cases_run(const struct server_kind *);

#endif
