/* SPDX-License-Identifier: MIT */
/* The contract of Begin: rules R1 to R18. */
#include "contract.h"

START_TEST(r13_callback_and_state_may_be_null)
{
	end_with_addresses(begin("a.test", NULL, NULL), "192.0.2.1 2001:db8::1");
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("Begin");
	TCase *rules = contract_case(suite, "R1 to R18");

	tcase_add_test(rules, r13_callback_and_state_may_be_null);
	return contract_run(suite);
}
