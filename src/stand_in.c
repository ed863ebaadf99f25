/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "stand_in.h"

#include <string.h>

#include "octets.h"

#define HEADER 12
#define FIRST_LETTER (HEADER + 1)
#define LETTERS 4

void
stand_in_write(const struct stand_in *stand_in, bool is_response,
	       uint8_t octets[STAND_IN_SIZE])
{
	static const uint8_t question[STAND_IN_SIZE] = {
		[2] = 0x01,	 /* recursion is desired */
		[5] = 1,	 /* a question: */
		[HEADER] = LETTERS, [STAND_IN_SIZE - 3] = 1, [STAND_IN_SIZE - 1] = 1
	};
	int i;

	memcpy(octets, question, sizeof question);
	octets_put_16(octets, stand_in->cares_id);
	if (is_response)
		octets[2] |= 0x80;
	for (i = 0; i < LETTERS; i++)
		octets[FIRST_LETTER + i] = (uint8_t)('a' + (stand_in->id >> 4 * i & 15));
}

struct stand_in
stand_in_read(const uint8_t octets[STAND_IN_SIZE])
{
	struct stand_in stand_in = { .cares_id = octets_16(octets) };
	int i;

	for (i = 0; i < LETTERS; i++)
		stand_in.id |= (uint16_t)((octets[FIRST_LETTER + i] - 'a') << 4 * i);
	return stand_in;
}
