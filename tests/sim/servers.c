/* SPDX-License-Identifier: MIT */
#include "servers.h"

#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>

#include "dns_message.h"
#include "world.h"

#define MESSAGE_SIZE 65535
#define CHANGE_MAXIMUM (8 * SECOND)

static struct {
	const struct dns_zone *zone;
	enum server_mood moods[SERVERS];
	bool knows_edns[SERVERS];
	struct timer change;
} servers;

static enum server_mood
draw_illness(void)
{
	return (enum server_mood)(SERVER_SILENT + world_roll(3));
}

static void
change_mood(struct timer *happening)
{
	/* A well server is what there is most of. */
	servers.moods[world_roll(SERVERS)] =
		world_roll(2) == 0 ? SERVER_WELL : draw_illness();
	world_schedule(happening, world_roll(CHANGE_MAXIMUM));
}

void
servers_open(const struct dns_zone *zone, enum servers_state state)
{
	uint32_t ignorance = world_roll(3); /* of EDNS: nobody's, some servers', all's */
	int i;

	servers.zone = zone;
	for (i = 0; i < SERVERS; i++) {
		servers.moods[i] = SERVER_WELL;
		servers.knows_edns[i] = ignorance == 0 || (ignorance == 1 && world_roll(2) == 0);
	}
	timer_init(&servers.change, change_mood);
	if (state == SERVERS_ONE_ILL)
		servers.moods[world_roll(SERVERS)] = draw_illness();
	if (state == SERVERS_UNREST)
		world_schedule(&servers.change, world_roll(SECOND));
}

void
servers_close(void)
{
	world_clear(&servers.change);
}

int
servers_find(const struct server *server)
{
	const uint8_t *octets = server->address.s6_addr;

	if (server->family != AF_INET || octets[3] == 0 || octets[3] > SERVERS)
		abort();
	return octets[3] - 1;
}

enum server_mood
servers_mood(int number)
{
	return servers.moods[number];
}

/* With the question, without records. */
static size_t
refuse(const struct dns_question *question, enum dns_rcode rcode, uint8_t *answer)
{
	dns_answer_refuse(question->message, rcode, answer);
	memcpy(answer + DNS_HEADER_SIZE, question->message + DNS_HEADER_SIZE,
	       question->end - DNS_HEADER_SIZE);
	answer[5] = 1;
	return question->end;
}

size_t
servers_answer(int number, const uint8_t *message, size_t length, bool is_tcp,
	       uint8_t *answer)
{
	enum server_mood mood = servers.moods[number];
	struct dns_question question;
	enum dns_rcode rcode;

	if (mood == SERVER_SILENT || mood == SERVER_REFUSING)
		return 0;
	if (dns_question_read(&question, message, length, &rcode) != QUESTION_GOOD)
		abort(); /* we ask good questions only */
	if (mood == SERVER_FAILING)
		return refuse(&question, RCODE_SERVFAIL, answer);
	if (question.has_edns && !servers.knows_edns[number])
		return refuse(&question, RCODE_FORMERR, answer);
	return dns_answer_build(servers.zone, &question, is_tcp, 0, answer,
				is_tcp ? MESSAGE_SIZE : question.udp_size);
}
