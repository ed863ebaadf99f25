/* SPDX-License-Identifier: MIT */
/* What the responder answers, so that a client can check it: name "n123.bench.test" has
 * the addresses 10.0.0.123 and fd00::a00:7b, the number counted on in all 24 bits. Names
 * below slow.test are answered after as many milliseconds as the number modulo 1,024 says. */
#ifndef TESTS_BENCH_ANSWER_H
#define TESTS_BENCH_ANSWER_H

#include <stdint.h>

#define BENCH_NAME_FORMAT "n%ld.bench.test"
#define BENCH_SLOW_FORMAT "n%ld.slow.test"
#define BENCH_DELAYS 1024

static inline uint32_t
bench_address(long number)
{
	return 0x0a000000u | ((uint32_t)number & 0x00ffffffu);
}

#endif
