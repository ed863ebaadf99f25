/* SPDX-License-Identifier: MIT */
#include "unit.h"

#include <stdlib.h>
#include <string.h>

#include "hash.h"
#include "rooms.h"

/* The reference values of SipHash-2-4: key 00 01 … 0f, input 00 01 …, so many octets. */
static const struct {
	size_t length;
	uint64_t hash;
} references[] = {
	{ 0, UINT64_C(0x726fdb47dd0e0e31) },
	{ 1, UINT64_C(0x74f839c593dc67fd) },
	{ 7, UINT64_C(0xab0200f58b01d137) },
	{ 8, UINT64_C(0x93f5f5799a932462) },
	{ 9, UINT64_C(0x9e0082df0ba9e4b0) },
	{ 15, UINT64_C(0xa129ca6149be45e5) },
	{ 16, UINT64_C(0x3f2acc7f57c29bdb) },
	{ 63, UINT64_C(0x958a324ceb064572) },
};

static struct hash_seed seed = { { UINT64_C(0x0706050403020100),
				   UINT64_C(0x0f0e0d0c0b0a0908) } };

START_TEST(the_reference_values)
{
	unsigned char *octets;
	size_t i, j;

	for (i = 0; i < sizeof references / sizeof *references; i++) {
		/* Of exact size, for ASan. */
		octets = malloc(references[i].length + (references[i].length == 0));
		ck_assert_ptr_nonnull(octets);
		for (j = 0; j < references[i].length; j++)
			octets[j] = (unsigned char)j;
		ck_assert_uint_eq(hash_octets(&seed, octets, references[i].length),
				  references[i].hash);
		free(octets);
	}
}
END_TEST

START_TEST(seeds_differ)
{
	struct hash_seed a, b;

	hash_seed_init(&a);
	hash_seed_init(&b);
	ck_assert_mem_ne(&a, &b, sizeof a);
	ck_assert_uint_ne(hash_octets(&a, "name", 4), hash_octets(&b, "name", 4));
}
END_TEST

void
hash_tests(TCase *tests)
{
	tcase_add_test(tests, the_reference_values);
	tcase_add_test(tests, seeds_differ);
}
