/* SPDX-License-Identifier: MIT */
#include "game.h"

#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define PATIENCE 10000 /* milliseconds */
#define NEVER	 60000

void
game_open(struct game *game)
{
	const int room = 1 << 20;
	socklen_t length = sizeof game->address;
	DnsResolverOptions *options = DnsResolverOptionsCreate();
	char text[32];

	memset(game, 0, sizeof *game);
	game->address.sin_family = AF_INET;
	game->address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	game->server = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	require(game->server >= 0 && options != NULL);
	setsockopt(game->server, SOL_SOCKET, SO_RCVBUF, &room, sizeof room);
	require(bind(game->server, (struct sockaddr *)&game->address, length) == 0);
	require(getsockname(game->server, (struct sockaddr *)&game->address, &length) == 0);
	snprintf(text, sizeof text, "127.0.0.1:%u", ntohs(game->address.sin_port));
	DnsResolverOptionsSetServers(options, text);
	DnsResolverOptionsSetSearchList(options, "");
	DnsResolverOptionsSetHostsPath(options, "/dev/null");
	DnsResolverOptionsSetCacheSize(options, 0);
	DnsResolverOptionsSetTimeout(options, NEVER);
	DnsResolverOptionsSetDeadline(options, NEVER);
	DnsResolverOptionsSetTries(options, 1);
	DnsResolverOptionsSetFlags(options, DNS_RESOLVER_NEVER_SYNCHRONOUS);
	game->resolver = DnsResolverCreate(options);
	DnsResolverOptionsRelease(options);
	game->options = DnsLookupOptionsCreate();
	require(game->resolver != NULL && game->options != NULL);
	DnsLookupOptionsSetFamily(game->options, AF_INET);
}

void
game_close(struct game *game)
{
	DnsResolverClose(game->resolver);
	DnsLookupOptionsRelease(game->options);
	close(game->server);
}

static void
on_end(DnsAsyncResult *result)
{
	struct game *game = DnsAsyncResultGetState(result);
	const struct sockaddr_in *address;
	const void *found;
	DnsHostEntry *entry;

	if (EndGetHostByName(result, &entry) == DNS_STATUS_OK &&
	    DnsHostEntryGetAddressCount(entry) == 1) {
		found = DnsHostEntryGetAddress(entry, 0, NULL);
		address = found;
		if (memcmp(&address->sin_addr, GAME_GOOD, 4) == 0)
			atomic_fetch_add(&game->good, 1);
		else
			atomic_fetch_add(&game->wrong, 1);
	} else {
		atomic_fetch_add(&game->wrong, 1);
	}
	DnsHostEntryRelease(entry);
}

void
game_begin(struct game *game)
{
	char name[64];

	snprintf(name, sizeof name, "www%lu.example.com", game->begun++);
	require(BeginGetHostByNameWithOptions(game->resolver, name, game->options, on_end,
					      game) != NULL);
}

size_t
game_take(struct game *game, struct game_question *questions, size_t count)
{
	struct pollfd ready = { .fd = game->server, .events = POLLIN };
	struct game_question *question;
	socklen_t address_length;
	ssize_t length;
	size_t taken;

	require(poll(&ready, 1, PATIENCE) == 1);
	for (taken = 0; taken < count; taken++) {
		question = &questions[taken];
		address_length = sizeof question->from;
		length = recvfrom(game->server, question->octets, sizeof question->octets,
				  MSG_DONTWAIT, (struct sockaddr *)&question->from,
				  &address_length);
		if (length < 0)
			break;
		question->length = (size_t)length;
		require(length > GAME_HEADER + 5);
	}
	return taken;
}

unsigned int
game_id(const struct game_question *question)
{
	return (unsigned int)question->octets[0] << 8 | question->octets[1];
}

unsigned int
game_letters(const struct game_question *question)
{
	unsigned int letters = 0;
	const uint8_t *octet;

	for (octet = question->octets + GAME_HEADER; *octet != 0; octet++)
		if ((*octet | 0x20) >= 'a' && (*octet | 0x20) <= 'z')
			letters = letters << 1 | ((*octet & 0x20) == 0);
	return letters;
}

/* The question has no EDNS: it ends with its question section. */
void
game_make_answer(const struct game_question *question, const char *address,
		 struct game_answer *answer)
{
	static const uint8_t record[] = { 0xc0, 0x0c, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4 };

	memcpy(answer->octets, question->octets, question->length);
	answer->octets[2] = 0x81;
	answer->octets[3] = 0x80;
	answer->octets[7] = 1;
	memcpy(answer->octets + question->length, record, sizeof record);
	memcpy(answer->octets + question->length + sizeof record, address, 4);
	answer->length = question->length + sizeof record + 4;
}

/* What the system takes no more of is sent when it does. */
void
game_send(int from, const struct game_answer *answer, const struct sockaddr_in *to)
{
	require(sendto(from, answer->octets, answer->length, 0, (const struct sockaddr *)to,
		       sizeof *to) == (ssize_t)answer->length);
}

/* A lookup that needs no server goes through the loop: whatever was there when a turn begins
 * has been read at its end. */
void
game_await_reading(struct game *game)
{
	DnsAsyncResult *result;
	int turn;

	for (turn = 0; turn < 2; turn++) {
		result = BeginGetHostByName(game->resolver, "127.0.0.1", NULL, NULL);
		require(result != NULL);
		require(EndGetHostByName(result, NULL) == DNS_STATUS_OK);
	}
}

void
game_await(struct game *game, unsigned long count)
{
	const struct timespec moment = { .tv_nsec = 50000 };
	int i;

	for (i = 0; i < 20 * PATIENCE; i++) {
		if (atomic_load(&game->good) + atomic_load(&game->wrong) >= count)
			return;
		nanosleep(&moment, NULL);
	}
	require(!"the lookups end");
}
