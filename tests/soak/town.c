/* SPDX-License-Identifier: MIT */
#include "town.h"

#include <signal.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "../support/dns_server.h"
#include "dice.h"

#define PORTS_FIRST 20000 /* below those that the system gives away */

char town_addresses[TOWN_SERVERS][32];

static const char zone[] = "a.test 20 A 192.0.2.1\n"
			   "a.test 20 AAAA 2001:db8::1\n"
			   "alias.test 20 CNAME middle.test\n"
			   "middle.test 10 CNAME a.test\n"
			   "b.test 5 A 192.0.2.2\n"
			   "c.test 5 AAAA 2001:db8::3\n"
			   "a.test 20 MX 10 b.test\n"
			   "a.test 20 TXT abcdefghij\n"
			   "1.2.0.192.in-addr.arpa 20 PTR a.test\n"
			   "*.wild.test 5 A 198.51.100.7\n"
			   "*.wild.test 5 AAAA 2001:db8::7\n"
			   "*.odd.test 5 A 198.51.100.8\n";

struct server {
	struct dns_server *server; /* NULL: stopped */
	char address[16];
	uint16_t port;
	int64_t changes;	/* when */
};

static char zone_path[128];

/* What is wrong with the answers for names below odd.test. */
static void
misbehave(struct dns_server *server)
{
	dns_server_misbehave(server, "*.cut.odd.test", 0, ANSWER_TRUNCATED);
	dns_server_misbehave(server, "*.reset.odd.test", 0, ANSWER_TCP_RESET);
	dns_server_misbehave(server, "*.bad.odd.test", 0, ANSWER_MALFORMED | ANSWER_THEN_GOOD);
	dns_server_misbehave(server, "*.id.odd.test", 0, ANSWER_WRONG_ID | ANSWER_THEN_GOOD);
	dns_server_misbehave(server, "*.other.odd.test", 0,
			     ANSWER_WRONG_QUESTION | ANSWER_THEN_GOOD);
	dns_server_misbehave(server, "*.twice.odd.test", 0, ANSWER_DOUBLED);
	dns_server_misbehave(server, "*.lower.odd.test", 0, ANSWER_LOWER_CASE);
	dns_server_misbehave(server, "*.none.odd.test", 0, ANSWER_DROPPED);
	dns_server_set_rcode(server, "*.failing.odd.test", 0, RCODE_SERVFAIL);
	dns_server_set_rcode(server, "*.refused.odd.test", 0, RCODE_REFUSED);
	dns_server_set_rcode(server, "*.strange.odd.test", 0, RCODE_FORMERR);
}

static void
start(struct server *server)
{
	server->server = dns_server_start_deaf_at(server->address, server->port);
	require(dns_server_load_zone(server->server, zone_path) > 0);
	misbehave(server->server);
	dns_server_set_deaf(server->server, false);
}

static void
change(struct server *server, uint64_t *dice)
{
	server->changes = now() + 100 + roll(dice, 3000);
	if (server->server == NULL)
		start(server);
	dns_server_set_deaf(server->server, false);
	dns_server_lose(server->server, roll(dice, 60));
	dns_server_set_delay_of_all(server->server, roll(dice, 4) == 0 ? (int)roll(dice, 80) :
									 0);
	switch (roll(dice, 8)) {
	case 0:
		dns_server_stop(server->server);
		server->server = NULL;
		break;
	case 1:
		dns_server_set_deaf(server->server, true);
		break;
	default:
		break;
	}
}

_Noreturn static void
live(struct server *servers, uint64_t dice)
{
	int i;

	for (i = 0; i < TOWN_SERVERS; i++)
		start(&servers[i]);
	for (;;) {
		for (i = 0; i < TOWN_SERVERS; i++)
			if (servers[i].changes <= now())
				change(&servers[i], &dice);
		pause_for(20);
	}
}

pid_t
town_found(const char *directory, uint64_t seed)
{
	struct server servers[TOWN_SERVERS] = { { .server = NULL } };
	pid_t parent = getpid(), child;
	FILE *file;
	int i;

	snprintf(zone_path, sizeof zone_path, "%s/zone", directory);
	file = fopen(zone_path, "w");
	require(file != NULL && fputs(zone, file) >= 0 && fclose(file) == 0);
	for (i = 0; i < TOWN_SERVERS; i++) {
		snprintf(servers[i].address, sizeof servers[i].address, "127.0.53.%d", i + 1);
		servers[i].port = (uint16_t)(PORTS_FIRST + parent % 10000);
		snprintf(town_addresses[i], sizeof town_addresses[i], "%s:%u",
			 servers[i].address, servers[i].port);
	}
	fflush(stdout);
	child = fork();
	require(child >= 0);
	if (child > 0)
		return child;
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != parent)
		_exit(0);
	live(servers, seed);
}
