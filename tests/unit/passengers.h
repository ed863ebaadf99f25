/* SPDX-License-Identifier: MIT */
/* Owners of flights, a transport, and a scripted server: what the tests of the transport
 * share. */
#ifndef TESTS_UNIT_PASSENGERS_H
#define TESTS_UNIT_PASSENGERS_H

#include "dns_server.h"
#include "loop_thread.h"
#include "transport.h"
#include "unit.h"

#define PASSENGERS 1000

/* One who owns a flight; on the loop's thread but for setting it up. */
struct passenger {
	const char *name;
	int type;
	struct flight *flight;	/* NULL: none, or no longer */
	bool is_abandoned;
	unsigned int landings;
	DnsStatus status;
	struct answer *answer;
	unsigned int repeats;
	void (*then)(struct passenger *passenger);
};

extern struct passenger passengers[PASSENGERS];

/* The scripted server has an address for every name below test. */
extern struct dns_server *server;
extern struct loop *loop;

/* Flights that are over, those of them that were answered, and those that have landed. */
extern struct tally over, over_answered, landed;

/* Each asks for "hN.test", N its number, unless it has a name. On the loop. */
void send_off(struct passenger *passenger);
void abandon_flight(struct passenger *passenger);
void close_transport(void *unused);

/* From any other thread: passengers from the first to before the last. */
void send_from_to(int first, int end);
void abandon_flights_from_to(int first, int end);
void run_on_loop(void (*run)(void *data));

/* From the first to before the last they have landed with that, at the first try. */
void expect_landed(int first, int end, DnsStatus status);

/* A question is sent again only after so long that the test would have been ended. */
void passengers_set_up(void);
void passengers_tear_down(void);
/* What counts from the next time on that it is opened. */
struct transport_options *passengers_options(void);
/* The same with another server, or NULL for the scripted one, and other options. */
void passengers_reopen(const char *address, int timeout, int tries);

#endif
