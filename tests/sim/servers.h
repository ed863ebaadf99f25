/* SPDX-License-Identifier: MIT */
/* servers: those that the simulated network leads to. All say the same, by the zone; each
 * has its moods. */
#ifndef TESTS_SIM_SERVERS_H
#define TESTS_SIM_SERVERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "dns_zone.h"
#include "server_list.h"

#define SERVERS	     3
#define SERVERS_TEXT "192.0.2.1,192.0.2.2,192.0.2.3"

enum server_mood {
	SERVER_WELL,
	SERVER_SILENT,
	SERVER_REFUSING, /* nobody listens there */
	SERVER_FAILING	 /* SERVFAIL */
};

enum servers_state {
	SERVERS_WELL,	/* but some may not know EDNS */
	SERVERS_ONE_ILL, /* the others are well */
	SERVERS_UNREST	/* their moods change as time passes */
};

void servers_open(const struct dns_zone *zone, enum servers_state state);
void servers_close(void);

int servers_find(const struct server *server);
enum server_mood servers_mood(int number);

/* Into room for 65,535 octets. Its length; 0: there is no answer. */
size_t servers_answer(int number, const uint8_t *question, size_t length, bool is_tcp,
		      uint8_t *answer);

#endif
