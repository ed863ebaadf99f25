/* SPDX-License-Identifier: MIT */
/* Which items are whose, and where they are kept. */
#include "unit.h"

#include <stdio.h>
#include <string.h>

#include "items.h"
#include "resolve_hash.h"
#include "resolve_index_set.h"
#include "resolve_shard.h"
#include "resolve_spool.h"
#include "rooms.h"

#define PAGE 32768

START_TEST(hashes_are_the_same_everywhere)
{
	/* FNV-1a of "" and of "a" are published; the finaliser is a bijection. */
	ck_assert_uint_eq(hash_finish(0), 0);
	ck_assert_uint_eq(hash_finish(1), UINT64_C(0xb456bcfc34c2cb2c));
	ck_assert_uint_eq(hash_bytes("", 0), hash_finish(UINT64_C(0xcbf29ce484222325)));
	ck_assert_uint_eq(hash_bytes("a", 1), hash_finish(UINT64_C(0xaf63dc4c8601ec8c)));
	ck_assert_uint_eq(hash_bytes("\xff", 1),
			  hash_finish((UINT64_C(0xcbf29ce484222325) ^ 0xff) *
				      UINT64_C(0x100000001b3)));
}
END_TEST

START_TEST(each_item_is_in_one_shard)
{
	unsigned int counts[3] = {0, 0, 0}, i, number;
	char name[32], text[8];
	struct shard shard;
	struct item item;

	for (i = 0; i < 3000; i++) {
		snprintf(name, sizeof(name), "host%u.example.org", i);
		item_set(&item, i, name);
		for (number = 0; number < 3; number++) {
			snprintf(text, sizeof(text), "%u/3", number + 1);
			expect(shard_read(&shard, text), "not a shard");
			counts[number] += shard_has(&shard, &item);
		}
	}
	ck_assert_uint_eq(counts[0] + counts[1] + counts[2], 3000);
	for (i = 0; i < 3; i++) {
		ck_assert_uint_ge(counts[i], 900);
		ck_assert_uint_le(counts[i], 1100);
	}
	/* Known for good: results of other versions are to be joined with ours. */
	item_set(&item, 0, "www.example.org");
	ck_assert(shard_read(&shard, "93/100"));
	ck_assert(shard_has(&shard, &item));
}
END_TEST

START_TEST(what_is_no_shard)
{
	static const char *const texts[] = {"",
					    "1",
					    "/",
					    "1/",
					    "/2",
					    "0/2",
					    "3/2",
					    "1/2x",
					    "1/0",
					    "-1/2",
					    " 1/2",
					    "1/ 2",
					    "1//2",
					    "x/y",
					    "1/1000000001",
					    "18446744073709551617/2"};
	struct shard shard = {0, 0};
	struct item item;
	size_t i;

	item_set(&item, 0, "any");
	ck_assert(shard_has(&shard, &item));
	for (i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		ck_assert_msg(!shard_read(&shard, texts[i]), "%s", texts[i]);
	ck_assert(shard_read(&shard, "1/1"));
	ck_assert(shard_has(&shard, &item));
	ck_assert(shard_read(&shard, "1000000000/1000000000"));
	ck_assert_uint_eq(shard.number, 999999999);
}
END_TEST

START_TEST(a_set_of_indexes)
{
	struct index_set set = {.pages = NULL};
	uint64_t i;

	ck_assert(!index_set_has(&set, 0));
	ck_assert(index_set_remove(&set, 7));
	for (i = 0; i < 2 * PAGE; i++)
		expect(index_set_add(&set, i), "not added");
	ck_assert(index_set_add(&set, 5));
	ck_assert(index_set_add(&set, 5 * PAGE + 3));
	ck_assert_uint_eq(set.count, 2 * PAGE + 1);
	ck_assert(index_set_has(&set, 2 * PAGE - 1));
	ck_assert(!index_set_has(&set, 2 * PAGE));
	ck_assert(index_set_has(&set, 5 * PAGE + 3));
	ck_assert(!index_set_has(&set, 5 * PAGE + 2));
	ck_assert(!index_set_has(&set, INDEX_LIMIT - 1));
	/* Out of a page that has all, and back. */
	ck_assert(index_set_remove(&set, 64));
	ck_assert(!index_set_has(&set, 64));
	ck_assert(index_set_has(&set, 63));
	ck_assert(index_set_has(&set, 65));
	ck_assert(index_set_has(&set, PAGE + 64));
	ck_assert(index_set_add(&set, 64));
	ck_assert(index_set_has(&set, 64));
	ck_assert_uint_eq(set.count, 2 * PAGE + 1);
	index_set_clear(&set);
}
END_TEST

START_TEST(items_put_aside)
{
	struct spool spool = {.file = NULL};
	struct item item, taken;
	char name[ITEM_NAME_LIMIT + 1];

	ck_assert(spool_rewind(&spool));
	memset(name, 'x', ITEM_NAME_LIMIT);
	name[ITEM_NAME_LIMIT] = '\0';
	item_set(&item, 3, "a.example.org");
	ck_assert(spool_put(&spool, &item));
	item_set(&item, 5, name);
	ck_assert(spool_put(&spool, &item));
	ck_assert(spool_rewind(&spool));
	ck_assert(spool_take(&spool, &taken));
	ck_assert_uint_eq(taken.index, 3);
	ck_assert_str_eq(taken.name, "a.example.org");
	ck_assert_uint_eq(spool.count, 1);
	ck_assert(spool_take(&spool, &taken));
	ck_assert_str_eq(taken.name, name);
	ck_assert_int_eq(taken.fault, item.fault);
	ck_assert_uint_eq(taken.types.count, 1);
	ck_assert_uint_eq(spool.count, 0);
	spool_clear(&spool);
}
END_TEST

void
shard_tests(TCase *tests)
{
	tcase_add_test(tests, hashes_are_the_same_everywhere);
	tcase_add_test(tests, each_item_is_in_one_shard);
	tcase_add_test(tests, what_is_no_shard);
	tcase_add_test(tests, a_set_of_indexes);
	tcase_add_test(tests, items_put_aside);
}
