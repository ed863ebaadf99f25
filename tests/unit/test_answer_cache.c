/* SPDX-License-Identifier: MIT */
#include "unit.h"

#include <stdlib.h>
#include <string.h>

#include "answer_cache.h"
#include "packet.h"

#define T0 INT64_C(1000000)
#define SECOND INT64_C(1000)

static struct packet packet;

/* What a server said at a time. */
static struct answer *
make_answer(int64_t received)
{
	struct answer *answer = answer_create(DNS_STATUS_OK, packet.data, packet.length);

	ck_assert_ptr_nonnull(answer);
	answer->received = received;
	return answer;
}

static void
store_packet(struct answer_cache *cache, const char *name, int type, int64_t now)
{
	struct answer *answer = make_answer(now);

	answer_cache_store(cache, name, type, answer, now);
	answer_release(answer);
}

/* Stores "name A 192.0.2.1" with that TTL. */
static void
store_address(struct answer_cache *cache, const char *name, uint32_t ttl, int64_t now)
{
	packet_begin(&packet, 0, name, PACKET_A);
	packet_add_address(&packet, name, "192.0.2.1", ttl);
	store_packet(cache, name, PACKET_A, now);
}

static bool
is_found(struct answer_cache *cache, const char *name, int type, int64_t now)
{
	uint32_t age;
	struct answer *answer = answer_cache_find(cache, name, type, now, &age);

	answer_release(answer);
	return answer != NULL;
}

START_TEST(an_answer_is_good_for_its_ttl)
{
	struct answer_cache *cache = answer_cache_create(10);

	store_address(cache, "a.example", 60, T0);
	ck_assert(is_found(cache, "a.example", PACKET_A, T0));
	ck_assert(is_found(cache, "a.example", PACKET_A, T0 + 60 * SECOND - 1));
	ck_assert(!is_found(cache, "a.example", PACKET_A, T0 + 60 * SECOND));
	ck_assert(!is_found(cache, "a.example", PACKET_AAAA, T0));
	ck_assert(!is_found(cache, "b.example", PACKET_A, T0));
	answer_cache_free(cache);
}
END_TEST

static void
add_tests(TCase *tests)
{
	tcase_add_test(tests, an_answer_is_good_for_its_ttl);
}

int
main(void)
{
	return unit_main("answer_cache", add_tests);
}
