/* SPDX-License-Identifier: MIT */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "answer_cache.h"
#include "replies.h"
#include "rooms.h"

#define NOW INT64_C(1000000)
#define SECOND INT64_C(1000)
#define DAY (86400 * SECOND)
#define NAME "host.example"

static struct answer_cache *cache;
static struct packet packet;

static void
set_up(void)
{
	cache = answer_cache_create(100);
	ck_assert_ptr_nonnull(cache);
}

static void
tear_down(void)
{
	answer_cache_free(cache);
}

/* Hands the caller's reference over. */
static void
store(const char *name, int type, struct answer *answer, int64_t now)
{
	answer_cache_store(cache, name, type, answer, now);
	answer_release(answer);
}

static void
store_address(const char *name, uint32_t ttl, int64_t now)
{
	store(name, PACKET_A, replies_address(name, "192.0.2.1", ttl, now), now);
}

static void
store_failure(int64_t now)
{
	store(NAME, PACKET_A, replies_failure(DNS_STATUS_TRY_AGAIN), now);
}

enum found {
	NOTHING = -1,
	A_RESPONSE = DNS_STATUS_OK,
	A_FAILURE = DNS_STATUS_TRY_AGAIN
};

static int
status_of(struct answer *answer)
{
	int status = answer != NULL ? (int)answer->status : NOTHING;

	answer_release(answer);
	return status;
}

static int
find(const char *name, int type, int64_t now)
{
	uint32_t age;

	return status_of(answer_cache_find(cache, name, type, now, &age));
}

static int
find_a(int64_t now)
{
	return find(NAME, PACKET_A, now);
}

static int
find_stale(int64_t now)
{
	return status_of(answer_cache_find_stale(cache, NAME, PACKET_A, now));
}

START_TEST(good_for_its_ttl_to_the_millisecond)
{
	store_address(NAME, 60, NOW);
	ck_assert_int_eq(find_a(NOW), A_RESPONSE);
	ck_assert_int_eq(find_a(NOW + 60 * SECOND - 1), A_RESPONSE);
	ck_assert_int_eq(find_a(NOW + 60 * SECOND), NOTHING);
}
END_TEST

START_TEST(the_longest_ttl)
{
	store_address(NAME, 0x7fffffff, NOW);
	ck_assert_int_eq(find_a(NOW + DAY - 1), A_RESPONSE);
	ck_assert_int_eq(find_a(NOW + DAY), NOTHING);
	/* When the system has been up for three centuries. */
	store_address(NAME, 0x7fffffff, INT64_C(10000000000000));
	ck_assert_int_eq(find_a(INT64_C(10000000000000) + DAY - 1), A_RESPONSE);
	ck_assert_int_eq(find_a(INT64_C(10000000000000) + DAY), NOTHING);
}
END_TEST

START_TEST(the_time_runs_from_when_it_was_received)
{
	struct answer *answer = replies_address(NAME, "192.0.2.1", 60, NOW);

	answer_cache_store(cache, NAME, PACKET_A, answer, NOW + 10 * SECOND);
	ck_assert_int_eq(find_a(NOW + 60 * SECOND - 1), A_RESPONSE);
	ck_assert_int_eq(find_a(NOW + 60 * SECOND), NOTHING);
	/* Its time is over when it comes, but it may be served stale. */
	answer_cache_flush(cache);
	answer_cache_store(cache, NAME, PACKET_A, answer, NOW + 61 * SECOND);
	ck_assert_int_eq(find_a(NOW + 61 * SECOND), NOTHING);
	ck_assert_int_eq(find_stale(NOW + 61 * SECOND), A_RESPONSE);
	/* Nothing is received in the future. */
	answer_cache_flush(cache);
	answer_cache_store(cache, NAME, PACKET_A, answer, NOW - 5 * SECOND);
	ck_assert_int_eq(find_a(NOW + 55 * SECOND - 1), A_RESPONSE);
	ck_assert_int_eq(find_a(NOW + 55 * SECOND), NOTHING);
	answer_release(answer);
}
END_TEST

START_TEST(the_age_is_in_whole_seconds)
{
	static const struct {
		int64_t after;
		uint32_t age;
	} ages[] = {
		{ -1, 0 }, { 0, 0 }, { 999, 0 }, { 1000, 1 }, { 1999, 1 }, { 59999, 59 },
	};
	struct answer *answer, *found;
	uint32_t age;
	size_t i;

	answer = replies_address(NAME, "192.0.2.1", 60, NOW);
	answer_cache_store(cache, NAME, PACKET_A, answer, NOW);
	for (i = 0; i < sizeof ages / sizeof *ages; i++) {
		found = answer_cache_find(cache, NAME, PACKET_A, NOW + ages[i].after, &age);
		ck_assert_ptr_eq(found, answer);
		ck_assert_uint_eq(age, ages[i].age);
		answer_release(found);
	}
	ck_assert_ptr_null(answer_cache_find(cache, "other", PACKET_A, NOW + 5000, &age));
	ck_assert_uint_eq(age, 0);
	answer_release(answer);
}
END_TEST

START_TEST(names_and_types_apart)
{
	store_address(NAME, 60, NOW);
	store_address("h\\.ost.example", 60, NOW);
	ck_assert_int_eq(find(NAME, PACKET_AAAA, NOW), NOTHING);
	ck_assert_int_eq(find("host.exampl", PACKET_A, NOW), NOTHING);
	ck_assert_int_eq(find("host.example2", PACKET_A, NOW), NOTHING);
	ck_assert_int_eq(find("", PACKET_A, NOW), NOTHING);
	ck_assert_int_eq(find("h\\.ost.example", PACKET_A, NOW), A_RESPONSE);
	store_address("", 60, NOW); /* the root */
	ck_assert_int_eq(find("", PACKET_A, NOW), A_RESPONSE);
}
END_TEST

START_TEST(a_ttl_of_0_replaces_what_was_known)
{
	store_address(NAME, 0, NOW);
	ck_assert_int_eq(find_a(NOW), NOTHING);
	store_address(NAME, 60, NOW);
	store_address(NAME, 0, NOW);
	ck_assert_int_eq(find_a(NOW), NOTHING);
	ck_assert_int_eq(find_stale(NOW), NOTHING);
}
END_TEST

START_TEST(what_is_no_answer_changes_nothing)
{
	static const DnsStatus statuses[] = {
		DNS_STATUS_TIMED_OUT, DNS_STATUS_CANCELLED, DNS_STATUS_CLOSED,
		DNS_STATUS_FORKED, DNS_STATUS_NO_MEMORY,
	};
	size_t i;

	store_address(NAME, 60, NOW);
	for (i = 0; i < sizeof statuses / sizeof *statuses; i++)
		store(NAME, PACKET_A, replies_failure(statuses[i]), NOW);
	/* An answer to another question. */
	store(NAME, PACKET_A, replies_address("other", "192.0.2.1", 60, NOW), NOW);
	/* There is nothing, but nobody says so. */
	packet_begin(&packet, REPLIES_NXDOMAIN, NAME, PACKET_A);
	store(NAME, PACKET_A, replies_take(&packet, NOW), NOW);
	ck_assert_int_eq(find_a(NOW + 59 * SECOND), A_RESPONSE);
	ck_assert_int_eq(find_a(NOW + 60 * SECOND), NOTHING);
	ck_assert_int_eq(find_stale(NOW + 60 * SECOND), A_RESPONSE);
}
END_TEST

START_TEST(the_newer_replaces_the_older)
{
	struct answer *found;
	uint32_t age;

	store_address(NAME, 60, NOW);
	store(NAME, PACKET_A, replies_no_name(NAME, "example", 30, NOW), NOW);
	found = answer_cache_find(cache, NAME, PACKET_A, NOW, &age);
	ck_assert_int_eq(found->octets[3] & 0xf, REPLIES_NXDOMAIN);
	answer_release(found);
	ck_assert_int_eq(find_a(NOW + 30 * SECOND - 1), A_RESPONSE);
	ck_assert_int_eq(find_a(NOW + 30 * SECOND), NOTHING);
	/* Neither what was there, nor that there is nothing (RFC 8767). */
	ck_assert_int_eq(find_stale(NOW), NOTHING);
	ck_assert_int_eq(find_stale(NOW + 30 * SECOND), NOTHING);
	store_address(NAME, 60, NOW);
	ck_assert_int_eq(find_a(NOW + 59 * SECOND), A_RESPONSE);
}
END_TEST

START_TEST(stale_for_a_day)
{
	store_address(NAME, 60, NOW);
	ck_assert_int_eq(find_stale(NOW), A_RESPONSE);
	ck_assert_int_eq(find_stale(NOW + 60 * SECOND), A_RESPONSE);
	ck_assert_int_eq(find_stale(NOW + 60 * SECOND + DAY - 1), A_RESPONSE);
	ck_assert_int_eq(find_stale(NOW + 60 * SECOND + DAY), NOTHING);
	ck_assert_int_eq(
		status_of(answer_cache_find_stale(cache, NAME, PACKET_AAAA, NOW)), NOTHING);
}
END_TEST

START_TEST(failures_are_kept_for_longer_each_time)
{
	static const int seconds[] = { 1, 2, 4, 8, 16, 30, 30, 30 };
	int64_t now = NOW;
	size_t i;

	for (i = 0; i < sizeof seconds / sizeof *seconds; i++) {
		store_failure(now);
		ck_assert_int_eq(find_a(now), A_FAILURE);
		now += seconds[i] * SECOND;
		ck_assert_int_eq(find_a(now - 1), A_FAILURE);
		ck_assert_int_eq(find_a(now), NOTHING);
	}
	ck_assert_int_eq(find_stale(now), NOTHING);
}
END_TEST

START_TEST(every_failure_counts_alike)
{
	store(NAME, PACKET_A, replies_failure(DNS_STATUS_NO_RECOVERY), NOW);
	ck_assert_int_eq(find_a(NOW + SECOND - 1), DNS_STATUS_NO_RECOVERY);
	ck_assert_int_eq(find_a(NOW + SECOND), NOTHING);
	store_failure(NOW + SECOND);
	ck_assert_int_eq(find_a(NOW + 3 * SECOND - 1), A_FAILURE);
	ck_assert_int_eq(find(NAME, PACKET_AAAA, NOW), NOTHING);
}
END_TEST

START_TEST(a_response_ends_the_row)
{
	store_failure(NOW);
	store_failure(NOW + SECOND); /* until NOW + 3 s */
	store_address(NAME, 1, NOW + 2 * SECOND);
	ck_assert_int_eq(find_a(NOW + 2 * SECOND), A_RESPONSE);
	ck_assert_int_eq(find_a(NOW + 3 * SECOND), NOTHING);
	store_failure(NOW + 3 * SECOND);
	ck_assert_int_eq(find_a(NOW + 4 * SECOND - 1), A_FAILURE);
	ck_assert_int_eq(find_a(NOW + 4 * SECOND), NOTHING);
	/* One that is not kept does too. */
	store_address(NAME, 0, NOW + 4 * SECOND);
	store_failure(NOW + 4 * SECOND);
	ck_assert_int_eq(find_a(NOW + 5 * SECOND), NOTHING);
}
END_TEST

START_TEST(five_minutes_end_the_row)
{
	store_failure(NOW); /* until NOW + 1 s */
	store_failure(NOW + 301 * SECOND - 1);
	ck_assert_int_eq(find_a(NOW + 303 * SECOND - 2), A_FAILURE);
	answer_cache_flush(cache);
	store_failure(NOW);
	store_failure(NOW + 301 * SECOND);
	ck_assert_int_eq(find_a(NOW + 302 * SECOND - 1), A_FAILURE);
	ck_assert_int_eq(find_a(NOW + 302 * SECOND), NOTHING);
}
END_TEST

START_TEST(failures_at_one_time_are_one)
{
	store_failure(NOW);
	store_failure(NOW);
	store_failure(NOW + SECOND - 1);
	ck_assert_int_eq(find_a(NOW + SECOND - 1), A_FAILURE);
	ck_assert_int_eq(find_a(NOW + SECOND), NOTHING);
	store_failure(NOW + SECOND);
	ck_assert_int_eq(find_a(NOW + 3 * SECOND - 1), A_FAILURE);
	ck_assert_int_eq(find_a(NOW + 3 * SECOND), NOTHING);
}
END_TEST

START_TEST(a_failure_leaves_the_stale_answer)
{
	int64_t now = NOW + 60 * SECOND;

	store_address(NAME, 60, NOW);
	store_failure(now);
	ck_assert_int_eq(find_a(now), A_FAILURE);
	ck_assert_int_eq(find_stale(now), A_RESPONSE);
	ck_assert_int_eq(find_a(now + SECOND), NOTHING);
	ck_assert_int_eq(find_stale(now + SECOND), A_RESPONSE);
	store_failure(now + SECOND);
	ck_assert_int_eq(find_stale(now + SECOND), A_RESPONSE);
	ck_assert_int_eq(find_stale(now + DAY - 1), A_RESPONSE);
	ck_assert_int_eq(find_stale(now + DAY), NOTHING);
	/* And not for a day more than that. */
	store_failure(now + DAY);
	ck_assert_int_eq(find_a(now + DAY), A_FAILURE);
	ck_assert_int_eq(find_stale(now + DAY), NOTHING);
}
END_TEST

START_TEST(a_failure_leaves_what_is_good)
{
	store_address(NAME, 2, NOW);
	store_failure(NOW + SECOND);
	store_failure(NOW + SECOND);
	ck_assert_int_eq(find_a(NOW + SECOND), A_RESPONSE);
	ck_assert_int_eq(find_a(NOW + 2 * SECOND), NOTHING);
	store(NAME, PACKET_A, replies_no_name(NAME, "example", 2, NOW), NOW);
	store_failure(NOW + SECOND + 1);
	ck_assert_int_eq(find_a(NOW + 2 * SECOND - 1), A_RESPONSE);
	ck_assert_int_eq(find_a(NOW + 2 * SECOND), A_FAILURE);
	ck_assert_int_eq(find_stale(NOW + 2 * SECOND), NOTHING);
}
END_TEST

START_TEST(references_are_its_own)
{
	struct answer *good = replies_address(NAME, "192.0.2.1", 60, NOW);
	struct answer *failure = replies_failure(DNS_STATUS_TRY_AGAIN), *found;
	uint32_t age;

	answer_cache_store(cache, NAME, PACKET_A, good, NOW);
	ck_assert_uint_eq(good->references, 2);
	answer_cache_store(cache, NAME, PACKET_A, good, NOW);
	ck_assert_uint_eq(good->references, 2);
	answer_cache_store(cache, NAME, PACKET_A, failure, NOW);
	answer_cache_store(cache, NAME, PACKET_A, failure, NOW);
	ck_assert_uint_eq(good->references, 2);
	ck_assert_uint_eq(failure->references, 2);
	found = answer_cache_find(cache, NAME, PACKET_A, NOW, &age);
	ck_assert_ptr_eq(found, good);
	ck_assert_uint_eq(good->references, 3);
	answer_cache_flush(cache);
	ck_assert_uint_eq(good->references, 2);
	ck_assert_uint_eq(failure->references, 1);
	answer_release(found);
	answer_cache_store(cache, NAME, PACKET_A, good, NOW);
	answer_cache_store(cache, NAME, PACKET_A, failure, NOW);
	answer_cache_free(cache);
	cache = NULL;
	ck_assert_uint_eq(good->references, 1);
	ck_assert_uint_eq(failure->references, 1);
	answer_release(good);
	answer_release(failure);
}
END_TEST

START_TEST(flushed)
{
	char name[32];
	int i;

	answer_cache_free(cache);
	cache = answer_cache_create(10000); /* many shards */
	for (i = 0; i < 1000; i++) {
		snprintf(name, sizeof name, "host%d.example", i);
		store_address(name, 60, NOW);
		ck_assert_int_eq(find(name, PACKET_A, NOW), A_RESPONSE);
	}
	answer_cache_flush(cache);
	for (i = 0; i < 1000; i++) {
		snprintf(name, sizeof name, "host%d.example", i);
		ck_assert_int_eq(find(name, PACKET_A, NOW), NOTHING);
	}
	store_address(NAME, 60, NOW);
	ck_assert_int_eq(find_a(NOW), A_RESPONSE);
}
END_TEST

START_TEST(none_at_all)
{
	answer_cache_free(cache);
	cache = answer_cache_create(0);
	ck_assert_ptr_nonnull(cache);
	store_address(NAME, 60, NOW);
	store_failure(NOW);
	ck_assert_int_eq(find_a(NOW), NOTHING);
	ck_assert_int_eq(find_stale(NOW), NOTHING);
	answer_cache_flush(cache);
	answer_cache_free(NULL);
}
END_TEST

START_TEST(one_at_most)
{
	answer_cache_free(cache);
	cache = answer_cache_create(1);
	store_address("a", 60, NOW);
	ck_assert_int_eq(find("a", PACKET_A, NOW), A_RESPONSE);
	store_address("b", 60, NOW);
	ck_assert_int_eq(find("a", PACKET_A, NOW), NOTHING);
	ck_assert_int_eq(find("b", PACKET_A, NOW), A_RESPONSE);
	store_address("b", 30, NOW);
	ck_assert_int_eq(find("b", PACKET_A, NOW), A_RESPONSE);
}
END_TEST

START_TEST(who_was_not_used_goes_first)
{
	answer_cache_free(cache);
	cache = answer_cache_create(3);
	store_address("a", 60, NOW);
	store_address("b", 1, NOW);
	store_address("c", 60, NOW);
	ck_assert_int_eq(find("a", PACKET_A, NOW), A_RESPONSE);
	/* No use is made of what is over. */
	ck_assert_int_eq(find("b", PACKET_A, NOW + SECOND), NOTHING);
	store_address("d", 60, NOW);
	ck_assert_int_eq(find("a", PACKET_A, NOW), A_RESPONSE);
	ck_assert_int_eq(find("b", PACKET_A, NOW), NOTHING);
	ck_assert_int_eq(find("c", PACKET_A, NOW), A_RESPONSE);
	ck_assert_int_eq(find("d", PACKET_A, NOW), A_RESPONSE);
}
END_TEST

/* "name A 192.0.2.1", with so many octets behind it. */
static void
store_padded(const char *name, size_t length)
{
	static const char padding[16384];

	packet_begin(&packet, REPLIES_NOERROR, name, PACKET_A);
	packet_add_address(&packet, name, "192.0.2.1", 60);
	packet_add_record(&packet, name, PACKET_TXT, 60, padding,
			  length - packet.length - strlen(name) - 12);
	ck_assert_uint_eq(packet.length, length);
	store(name, PACKET_A, replies_take(&packet, NOW), NOW);
}

START_TEST(memory_is_bounded)
{
	char name[32];
	int i, found = 0;

	/* 16 KiB, and 1 KiB for each of 100. */
	for (i = 0; i < 100; i++) {
		snprintf(name, sizeof name, "host%d.example", i);
		store_padded(name, 16000);
	}
	for (i = 0; i < 100; i++) {
		snprintf(name, sizeof name, "host%d.example", i);
		if (find(name, PACKET_A, NOW) == A_RESPONSE)
			found++;
		else
			ck_assert_int_eq(found, 0); /* the last ones are there */
	}
	ck_assert_int_eq(found, 7);
}
END_TEST

START_TEST(too_large_to_be_kept)
{
	store_padded(NAME, 16384);
	ck_assert_int_eq(find_a(NOW), A_RESPONSE);
	store_padded(NAME, 16385);
	ck_assert_int_eq(find_a(NOW), NOTHING);
	ck_assert_int_eq(find_stale(NOW), NOTHING);
	answer_cache_free(cache);
	cache = answer_cache_create(1);
	store_padded(NAME, 16384);
	ck_assert_int_eq(find_a(NOW), A_RESPONSE);
}
END_TEST

static int
count_found(int names)
{
	char name[32];
	int i, found = 0;

	for (i = 0; i < names; i++) {
		snprintf(name, sizeof name, "host%d.example", i);
		found += find(name, PACKET_A, NOW) == A_RESPONSE;
	}
	return found;
}

START_TEST(a_hundred_thousand)
{
	char name[32];
	int i;

	answer_cache_free(cache);
	cache = answer_cache_create((size_t)_i);
	for (i = 0; i < 100000; i++) {
		snprintf(name, sizeof name, "host%d.example", i);
		store_address(name, 60, NOW);
	}
	if (_i > 100000)
		ck_assert_int_eq(count_found(100000), 100000);
	else
		ck_assert_int_le(count_found(100000), _i);
	/* Chance makes some shares larger than others, but not by much. */
	if (_i == 100000)
		ck_assert_int_ge(count_found(100000), 95000);
}
END_TEST

/* Racing threads. The names' numbers are in the addresses, so that a wrong answer is
 * noticed. */
#define NAMES 200
#define ROUNDS 20000

static void
make_name(char name[32], unsigned int number)
{
	snprintf(name, 32, "host%u.example", number);
}

static void
look_up(struct dice *dice)
{
	unsigned int number = dice_roll(dice, NAMES);
	struct answer *answer;
	char name[32];
	uint32_t age;

	make_name(name, number);
	answer = dice_roll(dice, 4) > 0 ?
			 answer_cache_find(cache, name, PACKET_A, NOW, &age) :
			 answer_cache_find_stale(cache, name, PACKET_A, NOW + 60 * SECOND);
	if (answer != NULL && answer->status == DNS_STATUS_OK)
		expect(answer->octets[answer->length - 1] == number, "the wrong answer");
	answer_release(answer);
}

static void
keep(struct dice *dice)
{
	unsigned int number = dice_roll(dice, NAMES);
	char name[32], address[32];
	struct answer *answer;

	make_name(name, number);
	snprintf(address, sizeof address, "192.0.2.%u", number);
	answer = dice_roll(dice, 4) > 0 ? replies_address(name, address, 60, NOW) :
					  replies_failure(DNS_STATUS_TRY_AGAIN);
	answer_cache_store(cache, name, PACKET_A, answer, NOW);
	answer_release(answer);
}

static void
race(unsigned int number)
{
	struct dice dice = { number + 1 };
	unsigned int i;

	for (i = 0; i < ROUNDS; i++)
		if (number == 0)
			keep(&dice);
		else if (number > 1)
			look_up(&dice);
		else if (i % 100 == 0)
			answer_cache_flush(cache);
		else
			keep(&dice);
}

START_TEST(threads_race)
{
	answer_cache_free(cache);
	cache = answer_cache_create((size_t)_i);
	unit_run_threads(5, race);
}
END_TEST

void
answer_cache_tests(TCase *tests)
{
	tcase_add_checked_fixture(tests, set_up, tear_down);
	tcase_add_test(tests, good_for_its_ttl_to_the_millisecond);
	tcase_add_test(tests, the_longest_ttl);
	tcase_add_test(tests, the_time_runs_from_when_it_was_received);
	tcase_add_test(tests, the_age_is_in_whole_seconds);
	tcase_add_test(tests, names_and_types_apart);
	tcase_add_test(tests, a_ttl_of_0_replaces_what_was_known);
	tcase_add_test(tests, what_is_no_answer_changes_nothing);
	tcase_add_test(tests, the_newer_replaces_the_older);
	tcase_add_test(tests, stale_for_a_day);
	tcase_add_test(tests, failures_are_kept_for_longer_each_time);
	tcase_add_test(tests, every_failure_counts_alike);
	tcase_add_test(tests, a_response_ends_the_row);
	tcase_add_test(tests, five_minutes_end_the_row);
	tcase_add_test(tests, failures_at_one_time_are_one);
	tcase_add_test(tests, a_failure_leaves_the_stale_answer);
	tcase_add_test(tests, a_failure_leaves_what_is_good);
	tcase_add_test(tests, references_are_its_own);
	tcase_add_test(tests, flushed);
	tcase_add_test(tests, none_at_all);
	tcase_add_test(tests, one_at_most);
	tcase_add_test(tests, who_was_not_used_goes_first);
	tcase_add_test(tests, memory_is_bounded);
	tcase_add_test(tests, too_large_to_be_kept);
	tcase_add_loop_test(tests, a_hundred_thousand, 1000, 1001);
	tcase_add_loop_test(tests, a_hundred_thousand, 100000, 100001);
	tcase_add_loop_test(tests, a_hundred_thousand, 200000, 200001);
	tcase_add_loop_test(tests, threads_race, 50, 51);
	tcase_add_loop_test(tests, threads_race, 1024, 1025);
}
