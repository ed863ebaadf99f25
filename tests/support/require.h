/* SPDX-License-Identifier: MIT */
#ifndef TESTS_SUPPORT_REQUIRE_H
#define TESTS_SUPPORT_REQUIRE_H

#include <check.h>
#include <stdbool.h>

/* For inner loops: what ck_assert says, it writes to a file first, each time. */
static inline void
require(bool holds, const char *what)
{
	if (!holds)
		ck_abort_msg("%s", what);
}

#endif
