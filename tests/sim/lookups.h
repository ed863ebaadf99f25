/* SPDX-License-Identifier: MIT */
/* lookups: the program in the simulated world. It begins lookups, cancels, hurries and
 * ends them, opens and closes resolvers, all by chance, and judges what comes of it. */
#ifndef TESTS_SIM_LOOKUPS_H
#define TESTS_SIM_LOOKUPS_H

#include <stdbool.h>
#include <stdint.h>

/* So many in this world, from its beginning to its end. That one server is ill is no excuse
 * for any but those that the others fail for, too. */
void lookups_run(unsigned int count, bool has_trouble, bool is_one_ill);

/* In all worlds so far: those that were ended, and those of them that found a host. */
uint64_t lookups_total(void);
uint64_t lookups_found(void);

/* Ends the simulation. */
__attribute__((format(printf, 1, 2))) _Noreturn void simulate_fail(const char *format, ...);

#endif
