/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "lookup_cases.h"

int
main(void)
{
	return lookup_cases_run(&knot_kind);
}
