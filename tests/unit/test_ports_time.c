/* SPDX-License-Identifier: MIT */
#include "askers.h"
#include "rooms.h"
#include "stopped_clock.h"

#include "ports.h"

/* One after the other. */
static void
ask_in_turn(int first, int end)
{
	int i;

	for (i = first; i < end; i++) {
		ask_from_to(i, i + 1);
		tally_await(&answered, (unsigned int)i + 1);
		wire_await(&wire, &wire.counts.in_flight, 0);
	}
}

START_TEST(few_questions_in_a_row_share_a_port)
{
	ask_in_turn(0, PORTS_QUESTIONS);
	ck_assert_uint_eq(dns_server_count_source_ports(wire.server), 1);
	ask_in_turn(PORTS_QUESTIONS, PORTS_QUESTIONS + 1);
	ck_assert_uint_eq(dns_server_count_source_ports(wire.server), 2);
}
END_TEST

static void
ask_and_pause(int count, int milliseconds)
{
	int i;

	for (i = 0; i < count; i++) {
		ask_in_turn(i, i + 1);
		stopped_clock_advance(milliseconds);
	}
}

/* The system draws them, and may by chance draw one again. */
START_TEST(a_source_port_is_new_after_silence)
{
	ask_and_pause(5, PORTS_SPARE);
	ck_assert_uint_ge(dns_server_count_source_ports(wire.server), 4);
}
END_TEST

START_TEST(it_is_not_kept_for_longer_by_asking)
{
	ask_and_pause(8, PORTS_SPARE / 2);
	ck_assert_uint_ge(dns_server_count_source_ports(wire.server), 3);
}
END_TEST

void
ports_time_tests(TCase *tests)
{
	tcase_add_checked_fixture(tests, askers_set_up, askers_tear_down);
	tcase_add_test(tests, few_questions_in_a_row_share_a_port);
	tcase_add_test(tests, a_source_port_is_new_after_silence);
	tcase_add_test(tests, it_is_not_kept_for_longer_by_asking);
}
