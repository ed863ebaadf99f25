/* SPDX-License-Identifier: MIT */
/* What the responder answers, so that a client can check it: name "n123.bench.test" has
 * the addresses 10.0.0.123 and fd00::a00:7b, the number counted on in all 24 bits. */
#ifndef TESTS_BENCH_ANSWER_H
#define TESTS_BENCH_ANSWER_H

#include <stdint.h>

#define BENCH_NAME_FORMAT "n%ld.bench.test"

static inline uint32_t
bench_address(long number)
{
	return 0x0a000000u | ((uint32_t)number & 0x00ffffffu);
}

#endif
