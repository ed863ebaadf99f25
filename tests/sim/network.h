/* SPDX-License-Identifier: MIT */
/* network: the sockets of src/server_socket.h, and what lies between them and the servers:
 * datagrams get lost, doubled, late, spoilt; connections break. */
#ifndef TESTS_SIM_NETWORK_H
#define TESTS_SIM_NETWORK_H

#include <stdbool.h>
#include <stdint.h>

/* How often, of a million times. */
struct climate {
	uint32_t loss;		  /* a datagram does not arrive */
	uint32_t doubling;	  /* it arrives twice */
	uint32_t forging;	  /* before an answer comes one that somebody else made up */
	uint32_t spoiling;	  /* an answer arrives as something else */
	uint32_t breaking;	  /* a connection ends when something goes over it */
	uint32_t socket_failures; /* there is no socket */
	uint32_t send_failures;	  /* the system sends nothing */
	int64_t delay_minimum;	  /* microseconds, one way */
	int64_t delay_maximum;
};

void network_open(const struct climate *climate);
/* The number of sockets that nobody has closed. */
unsigned int network_close(void);

bool network_is_readable(int descriptor);
bool network_is_writable(int descriptor);

/* How many datagrams were sent to servers. */
uint64_t network_count_datagrams(void);

#endif
