/* SPDX-License-Identifier: MIT */
#include "unit.h"

#include <stdlib.h>
#include <string.h>

#include "answer_table.h"
#include "rooms.h"

#define MANY_OCTETS ((size_t)1 << 30)
#define SPARED 8 /* as many as are spared at a time */

static struct answer_table table;
static struct list removed;

static void
begin(size_t entries, size_t octets)
{
	ck_assert(answer_table_init(&table, entries, octets));
	list_init(&removed);
}

static void
end(void)
{
	answer_entry_free_all(&removed);
	answer_table_destroy(&table);
}

static struct answer_key
key_of(const char *name, int type, uint64_t hash)
{
	struct answer_key key = { name, strlen(name), type, hash };

	return key;
}

static struct answer_entry *
put(const char *name, uint64_t hash)
{
	struct answer_key key = key_of(name, 1, hash);
	struct answer_entry *entry = answer_entry_create(&key);

	ck_assert_ptr_nonnull(entry);
	answer_table_put(&table, entry, &removed);
	return entry;
}

static struct answer_entry *
find(const char *name, uint64_t hash)
{
	struct answer_key key = key_of(name, 1, hash);

	return answer_table_find(&table, &key);
}

/* The names that are there, of those that are one letter; their hash is the letter. */
static const char *
present(void)
{
	static char names[27];
	char name[2] = "a";
	size_t count = 0;

	for (; name[0] <= 'z'; name[0]++)
		if (find(name, (uint64_t)name[0]) != NULL)
			names[count++] = name[0];
	names[count] = '\0';
	return names;
}

static void
put_letters(const char *letters)
{
	char name[2] = "";

	for (; *letters != '\0'; letters++) {
		name[0] = *letters;
		put(name, (uint64_t)*letters);
	}
}

static void
use(const char *letters)
{
	char name[2] = "";

	for (; *letters != '\0'; letters++) {
		name[0] = *letters;
		find(name, (uint64_t)*letters)->was_used = true;
	}
}

START_TEST(one_bucket_for_all)
{
	struct answer_key other = key_of("a", 28, 7);

	begin(4, MANY_OCTETS);
	/* The same bucket by the lower bits, or altogether the same hash. */
	put("a", 7);
	put("b", 7);
	put("c", 7 + (UINT64_C(1) << 40));
	put("ab", 7);
	ck_assert_mem_eq(find("a", 7)->name, "a", 1);
	ck_assert_mem_eq(find("b", 7)->name, "b", 1);
	ck_assert_mem_eq(find("ab", 7)->name, "ab", 2);
	ck_assert_mem_eq(find("c", 7 + (UINT64_C(1) << 40))->name, "c", 1);
	ck_assert_ptr_null(find("c", 7));
	ck_assert_ptr_null(find("", 7));
	ck_assert_ptr_null(answer_table_find(&table, &other));
	/* The middle, the end, the beginning. */
	answer_table_remove(&table, find("b", 7), &removed);
	ck_assert_ptr_null(find("b", 7));
	answer_table_remove(&table, find("a", 7), &removed);
	answer_table_remove(&table, find("ab", 7), &removed);
	ck_assert_ptr_null(find("a", 7));
	ck_assert_ptr_null(find("ab", 7));
	ck_assert_ptr_nonnull(find("c", 7 + (UINT64_C(1) << 40)));
	ck_assert_uint_eq(table.entries, 1);
	end();
}
END_TEST

START_TEST(the_name_is_copied)
{
	char name[] = "host.example";

	begin(4, MANY_OCTETS);
	put(name, 1);
	name[0] = 'l';
	ck_assert_ptr_nonnull(find("host.example", 1));
	ck_assert_ptr_null(find("lost.example", 1));
	end();
}
END_TEST

START_TEST(the_oldest_goes_first)
{
	begin(3, MANY_OCTETS);
	put_letters("abc");
	ck_assert_str_eq(present(), "abc");
	put_letters("d");
	ck_assert_str_eq(present(), "bcd");
	put_letters("ef");
	ck_assert_str_eq(present(), "def");
	ck_assert_uint_eq(table.entries, 3);
	end();
}
END_TEST

START_TEST(who_was_used_is_spared)
{
	begin(3, MANY_OCTETS);
	put_letters("abc");
	use("a");
	put_letters("d");
	ck_assert_str_eq(present(), "acd");
	/* Spared once for all its uses: now it is behind c, before d. */
	put_letters("e");
	ck_assert_str_eq(present(), "ade");
	put_letters("f");
	ck_assert_str_eq(present(), "def");
	end();
}
END_TEST

START_TEST(all_were_used)
{
	begin(3, MANY_OCTETS);
	put_letters("abc");
	use("abc");
	put_letters("d");
	ck_assert_str_eq(present(), "bcd");
	put_letters("e");
	ck_assert_str_eq(present(), "cde");
	end();
}
END_TEST

START_TEST(only_so_many_are_looked_at)
{
	begin(10, MANY_OCTETS);
	put_letters("abcdefghij");
	use("abcdefghi");
	put_letters("k"); /* a to h are spared, and i is not asked */
	ck_assert_int_eq(SPARED, 8);
	ck_assert_str_eq(present(), "abcdefghjk");
	put_letters("l");
	ck_assert_str_eq(present(), "abcdefghkl");
	put_letters("m");
	ck_assert_str_eq(present(), "bcdefghklm");
	end();
}
END_TEST

START_TEST(memory_is_bounded)
{
	size_t each = sizeof(struct answer_entry) + 1;
	struct answer_key key = key_of("z", 1, 'z');
	struct answer_entry *large;

	begin(100, 3 * each);
	put_letters("abc");
	ck_assert_uint_eq(table.octets, 3 * each);
	put_letters("d");
	ck_assert_str_eq(present(), "bcd");
	ck_assert_uint_eq(table.octets, 3 * each);
	large = answer_entry_create(&key);
	large->octets = 2 * each;
	answer_table_put(&table, large, &removed);
	ck_assert_str_eq(present(), "dz");
	ck_assert_uint_eq(table.octets, 3 * each);
	answer_table_remove(&table, large, &removed);
	ck_assert_uint_eq(table.octets, each);
	end();
}
END_TEST

START_TEST(one_that_is_larger_than_all)
{
	begin(100, 1);
	put_letters("a");
	ck_assert_str_eq(present(), "a");
	put_letters("b");
	ck_assert_str_eq(present(), "b");
	end();
}
END_TEST

START_TEST(room_for_one)
{
	begin(1, MANY_OCTETS);
	put_letters("a");
	use("a");
	put_letters("b");
	ck_assert_str_eq(present(), "b");
	ck_assert_uint_eq(table.entries, 1);
	end();
}
END_TEST

START_TEST(all_removed)
{
	begin(3, MANY_OCTETS);
	put_letters("abc");
	answer_table_remove_all(&table, &removed);
	ck_assert_str_eq(present(), "");
	ck_assert_uint_eq(table.entries, 0);
	ck_assert_uint_eq(table.octets, 0);
	put_letters("de");
	ck_assert_str_eq(present(), "de");
	end();
}
END_TEST

START_TEST(answers_are_released_with_their_entry)
{
	struct answer *good = answer_create(DNS_STATUS_OK, (const uint8_t *)"abc", 3);
	struct answer *failure = answer_create(DNS_STATUS_TRY_AGAIN, NULL, 0);
	struct answer_entry *entry;

	begin(3, MANY_OCTETS);
	entry = put("a", 1);
	entry->good = answer_retain(good);
	entry->failure = answer_retain(failure);
	ck_assert_uint_eq(answer_entry_octets_for(good), sizeof *good + 3);
	answer_table_remove(&table, entry, &removed);
	ck_assert_uint_eq(good->references, 2);
	answer_entry_free_all(&removed);
	ck_assert_uint_eq(good->references, 1);
	ck_assert_uint_eq(failure->references, 1);
	answer_release(good);
	answer_release(failure);
	end();
}
END_TEST

void
answer_table_tests(TCase *tests)
{
	tcase_add_test(tests, one_bucket_for_all);
	tcase_add_test(tests, the_name_is_copied);
	tcase_add_test(tests, the_oldest_goes_first);
	tcase_add_test(tests, who_was_used_is_spared);
	tcase_add_test(tests, all_were_used);
	tcase_add_test(tests, only_so_many_are_looked_at);
	tcase_add_test(tests, memory_is_bounded);
	tcase_add_test(tests, one_that_is_larger_than_all);
	tcase_add_test(tests, room_for_one);
	tcase_add_test(tests, all_removed);
	tcase_add_test(tests, answers_are_released_with_their_entry);
}
