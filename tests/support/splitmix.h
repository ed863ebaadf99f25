/* SPDX-License-Identifier: MIT */
/* splitmix64 (Steele, Lea and Flood: Fast splittable pseudorandom number generators, 2014). */
#ifndef TESTS_SUPPORT_SPLITMIX_H
#define TESTS_SUPPORT_SPLITMIX_H

#include <stdint.h>

#define SPLITMIX_STEP UINT64_C(0x9e3779b97f4a7c15)

static inline uint64_t
splitmix_mix(uint64_t value)
{
	value = (value ^ value >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	value = (value ^ value >> 27) * UINT64_C(0x94d049bb133111eb);
	return value ^ value >> 31;
}

static inline uint64_t
splitmix_draw(uint64_t *state)
{
	return splitmix_mix(*state += SPLITMIX_STEP);
}

#endif
