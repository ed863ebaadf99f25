/* SPDX-License-Identifier: MIT */
/* The suites of test_SUITE.c, all in one program: CK_RUN_SUITE in its environment, with
 * the title that one has, runs that one. */
#ifndef TESTS_DOTNET_SUITES_H
#define TESTS_DOTNET_SUITES_H

#include <check.h>

/* clang-format off */
#define SUITES(SUITE) \
	SUITE(apm) \
	SUITE(dns_records) \
	SUITE(dns_resolver) \
	SUITE(end) \
	SUITE(get_host_addresses) \
	SUITE(get_host_by_address) \
	SUITE(get_host_by_name) \
	SUITE(get_host_entry) \
	SUITE(hosts_file) \
	SUITE(initialization) \
	SUITE(mono) \
	SUITE(pal) \
	SUITE(rfc6761) \
	SUITE(wait_handle)
/* clang-format on */

#define SUITE_DECLARE(name) Suite *name##_suite(void);
SUITES(SUITE_DECLARE)
#undef SUITE_DECLARE

#endif
