/* SPDX-License-Identifier: MIT */
/* letters: the case of ASCII letters among octets, eight at a time. In which order they are in
 * a word does not matter to any of it. */
#ifndef ASYNCDNS_LETTERS_H
#define ASYNCDNS_LETTERS_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define LETTERS_WORD sizeof(uint64_t)
/* The same in each octet of a word. */
#define LETTERS_EACH(octet) ((octet) * UINT64_C(0x0101010101010101))

/* So many octets, a word's at most; the others are zero. */
static inline uint64_t
letters_load(const uint8_t *octets, size_t count)
{
	uint64_t word = 0;

	if (count >= sizeof word)
		memcpy(&word, octets, sizeof word);
	else
		memcpy(&word, octets, count);
	return word;
}

static inline void
letters_store(uint8_t *octets, size_t count, uint64_t word)
{
	if (count >= sizeof word)
		memcpy(octets, &word, sizeof word);
	else
		memcpy(octets, &word, count);
}

/* The bit that upper case and lower case differ in, of each octet that is a letter. */
static inline uint64_t
letters_case_bits(uint64_t word)
{
	const uint64_t high = LETTERS_EACH(0x80);
	uint64_t lower = (word | LETTERS_EACH(0x20)) & ~high;
	uint64_t from_a = lower + LETTERS_EACH(0x80 - 'a');
	uint64_t behind_z = lower + LETTERS_EACH(0x80 - 'z' - 1);

	return (from_a & ~behind_z & ~word & high) >> 2;
}

#endif
