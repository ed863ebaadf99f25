/* SPDX-License-Identifier: MIT */
/* Stands in for the clock room: time stands still, and passes when a test says so. */
#ifndef TESTS_UNIT_STOPPED_CLOCK_H
#define TESTS_UNIT_STOPPED_CLOCK_H

#include <stdint.h>

void stopped_clock_advance(int64_t milliseconds);

#endif
