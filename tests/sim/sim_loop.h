/* SPDX-License-Identifier: MIT */
/* sim_loop: the loops of src/loop.h without threads: they take turns on the one that there
 * is, in an order that is due to chance. */
#ifndef TESTS_SIM_SIM_LOOP_H
#define TESTS_SIM_SIM_LOOP_H

#include <stdbool.h>
#include <stdint.h>

/* How often, of a million times, there are no means to start or to watch. */
void sim_loop_set_failures(uint32_t of_a_million);

/* One loop has a turn; false: none has anything to do at this time. */
bool sim_loop_turn(void);
/* When one will have, if nothing happens before; INT64_MAX: never. Microseconds. */
int64_t sim_loop_next_due(void);

unsigned int sim_loop_count(void);

#endif
