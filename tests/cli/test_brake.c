/* SPDX-License-Identifier: MIT */
/* The brake at work: lookups of one query each, which are sent up to three times, to a
 * server that answers so many queries a second and drops the others. */
#include <config.h>

#include "resolve_brake.h"

#include <string.h>

#include "resolve_pace.h"
#include "rooms.h"
#include "unit.h"

#define MILLISECOND (PACE_SECOND / 1000)
#define JOBS 256
#define TRIES 3
#define FIRST_WAIT 2000

struct flight {
	bool is_under_way;
	bool is_slow;		/* is answered at the second try only */
	int tries;
	int64_t due;		/* the next try; milliseconds */
	bool is_late;
	uint32_t second;	/* it was begun in */
};

/* What came of a second. */
struct second {
	unsigned int begun, answered, lost;
};

static struct brake brake;
static struct pace pace;
static struct flight flights[JOBS];
static int64_t now;		/* milliseconds */
static double room;		/* queries that the server still takes */
static unsigned int capacity;	/* a second */
static unsigned int slow_share;	/* names of 100 */
static struct dice dice;

static void
set_up(unsigned int queries_a_second)
{
	memset(flights, 0, sizeof(flights));
	now = 0;
	capacity = queries_a_second;
	room = capacity / 10.0;
	slow_share = 0;
	dice = (struct dice){1};
	brake_start(&brake, 0);
	pace_start(&pace, 0, 0);
}

static void
judge(void)
{
	int i;

	for (i = 0; i < JOBS; i++) {
		if (!flights[i].is_under_way || flights[i].is_late ||
		    flights[i].second > brake_get_overdue(&brake))
			continue;
		flights[i].is_late = true;
		brake_note_late(&brake, flights[i].second);
	}
	if (brake_judge(&brake, now * MILLISECOND))
		pace_set_rate(&pace, brake.limit);
}

static void
flight_try(struct flight *flight, struct second *second)
{
	bool is_taken = room >= 1;

	if (is_taken)
		room--;
	flight->tries++;
	if (is_taken && (!flight->is_slow || flight->tries > 1)) {
		flight->is_under_way = false;
		second->answered++;
		brake_note_answers(&brake, 1);
		if (flight->tries > 1 && !flight->is_late)
			brake_note_late(&brake, flight->second);
	} else if (flight->tries == TRIES) {
		flight->is_under_way = false;
		second->lost++;
	} else {
		flight->due = now + (FIRST_WAIT << (flight->tries - 1));
	}
}

static void
flight_begin(struct flight *flight, struct second *second)
{
	*flight = (struct flight){
		.is_under_way = true,
		.is_slow = dice_roll(&dice, 100) < slow_share,
		.second = brake_begin(&brake),
	};
	pace_spend(&pace, 1, now * MILLISECOND);
	second->begun++;
	flight_try(flight, second);
}

static struct second
run_seconds(unsigned int count)
{
	struct second second = {0, 0, 0};
	int64_t end = now + count * INT64_C(1000);
	int i;

	for (; now < end; now++) {
		room += capacity / 1000.0;
		if (room > capacity / 10.0)
			room = capacity / 10.0;
		if (brake_get_wait(&brake, now * MILLISECOND) == 0)
			judge();
		for (i = 0; i < JOBS; i++) {
			if (flights[i].is_under_way && flights[i].due <= now)
				flight_try(&flights[i], &second);
			if (!flights[i].is_under_way &&
			    pace_allows(&pace, now * MILLISECOND))
				flight_begin(&flights[i], &second);
		}
	}
	return second;
}

/* The servers' capacity is found, made use of, and nearly nothing gets lost. */
START_TEST(it_finds_what_a_server_bears)
{
	static const unsigned int capacities[] = {60, 300, 1000, 5000};
	size_t i;

	for (i = 0; i < sizeof(capacities) / sizeof(capacities[0]); i++) {
		struct second second;

		set_up(capacities[i]);
		run_seconds(60);
		second = run_seconds(60);
		ck_assert_uint_le(second.lost, second.begun / 200);
		ck_assert_uint_ge(second.answered, 60 * capacities[i] * 6 / 10);
	}
}
END_TEST

START_TEST(it_follows_a_server_that_gets_slower_or_faster)
{
	struct second second;

	set_up(5000);
	run_seconds(30);
	capacity = 500;
	run_seconds(20);
	second = run_seconds(20);
	ck_assert_uint_le(second.lost, second.begun / 100);
	ck_assert_uint_ge(second.answered, 20 * 500 * 6 / 10);
	capacity = 5000;
	run_seconds(25);
	second = run_seconds(20);
	ck_assert_uint_ge(second.answered, 20 * 5000 * 6 / 10);
}
END_TEST

START_TEST(it_leaves_a_good_server_alone)
{
	set_up(1000000000);
	run_seconds(20);
	ck_assert_uint_eq(brake.limit, 0);
}
END_TEST

/* The first server may be dead, so that each name is answered at the second try only. */
START_TEST(it_gives_up_where_it_is_in_vain)
{
	struct second second;

	set_up(1000000000);
	slow_share = 40;
	run_seconds(60);
	ck_assert_uint_eq(brake.limit, 0);
	second = run_seconds(10);
	ck_assert_uint_gt(second.answered, 10 * JOBS);
	slow_share = 100;
	run_seconds(60);
	ck_assert_uint_eq(brake.limit, 0);
}
END_TEST

void
brake_tests(TCase *tests)
{
	tcase_add_test(tests, it_finds_what_a_server_bears);
	tcase_add_test(tests, it_follows_a_server_that_gets_slower_or_faster);
	tcase_add_test(tests, it_leaves_a_good_server_alone);
	tcase_add_test(tests, it_gives_up_where_it_is_in_vain);
}
