/* SPDX-License-Identifier: MIT */
/* The least that has to be done: ready-made datagrams go out, and what comes back is looked
 * at. What a lookup costs beyond that is the library's. */
#ifndef TESTS_BENCH_FLOOR_H
#define TESTS_BENCH_FLOOR_H

#include "run.h"

struct floor_datagram {
	uint8_t octets[60];
	uint32_t length;
};

#define FLOOR_RESPONSE_SIZE 512

void floor_open(struct run *run);
void floor_close(void);
/* A socket that is connected to the server. */
int floor_socket(int flags);

bool floor_is_done(void);
/* May another go out? It gets an id. */
bool floor_has_next(void);
long floor_outstanding(void);
struct floor_datagram *floor_next(void);
/* A response; true if it is one to a datagram that went out. */
bool floor_take(const uint8_t *octets, size_t length);

#endif
