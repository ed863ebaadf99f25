/* SPDX-License-Identifier: MIT */
#include "machine.h"
#include "suites.h"

#define SUITE_MAKE(name) name##_suite(),

int
main(void)
{
	Suite *const suites[] = { SUITES(SUITE_MAKE) };

	return contract_run_all(suites, sizeof suites / sizeof *suites);
}
