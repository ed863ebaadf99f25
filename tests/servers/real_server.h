/* SPDX-License-Identifier: MIT */
/* A DNS server from a package, run by the test that asks it: on a free port of 127.0.0.1,
 * in a directory of its own, as the user that runs the test. It ends with the process
 * that started it, however that ends, and so does its directory. */
#ifndef TESTS_SERVERS_REAL_SERVER_H
#define TESTS_SERVERS_REAL_SERVER_H

#include <stdint.h>
#include <stdio.h>
#include <sys/types.h>

/* Each kind is one bit, so that what is expected of a server can name several. */
enum server_bit {
	ON_NSD = 1 << 0,
	ON_KNOT = 1 << 1,
	ON_UNBOUND = 1 << 2,
	ON_DNSMASQ = 1 << 3,
	ON_AUTHORITATIVE = ON_NSD | ON_KNOT,
	ON_ZONE_FILE = ON_NSD | ON_KNOT | ON_UNBOUND,
	ON_ALL = ON_NSD | ON_KNOT | ON_UNBOUND | ON_DNSMASQ
};

struct real_server;

struct server_kind {
	enum server_bit bit;
	const char *program;
	const char *options;	/* to stay in the foreground; the configuration follows */
	/* The kind that it asks itself, or NULL if it serves the zone. */
	const struct server_kind *upstream;
	void (*configure)(const struct real_server *, FILE *configuration);
};

extern const struct server_kind nsd_kind, knot_kind, unbound_kind, dnsmasq_kind;

struct real_server {
	const struct server_kind *kind;
	struct real_server *upstream;
	char directory[200];
	char ready[64];		/* a name that this server alone knows */
	char address[32];	/* "127.0.0.1:PORT" */
	uint16_t port;
	pid_t daemon;		/* leads a process group of its own */
	pid_t keeper;
	int life;		/* closed by our end: what the keeper waits for */
};

/* Why no such server can run here (not installed, no loopback network), or NULL. */
const char *real_server_find_obstacle(const struct server_kind *);

/* Returns when it answers. What fails ends the program (99) with the server's log.
 * To be called while the process has one thread. */
struct real_server *real_server_start(const struct server_kind *);
void real_server_stop(struct real_server *);

/* Signals all processes of the server, which may take a moment to feel it. */
void real_server_signal(const struct real_server *, int signal_number);

/* For configure: a new file in the server's directory; ends the program if it cannot. */
FILE *real_server_create_file(const struct real_server *, const char *name);

#endif
