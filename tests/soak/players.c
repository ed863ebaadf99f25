/* SPDX-License-Identifier: MIT */
#include "players.h"

#include <arpa/inet.h>
#include <string.h>

#include "dice.h"

#define NAMES	4000
#define LATE	50 /* milliseconds */

enum kind {
	HOST_BY_NAME,
	HOST_ENTRY,
	HOST_ADDRESSES,
	HOST_BY_ADDRESS,
	RECORDS,
	KINDS
};

static const struct place places[] = {
	{ "wild.test", true, " 198.51.100.7 2001:db8::7 ", false },
	{ "wild.test", true, " 198.51.100.7 2001:db8::7 ", false },
	{ "wild.test", true, " 198.51.100.7 2001:db8::7 ", false },
	{ "a.test", false, " 192.0.2.1 2001:db8::1 ", false },
	{ "alias.test", false, " 192.0.2.1 2001:db8::1 ", false },
	{ "b.test", false, " 192.0.2.2 ", false },
	{ "c.test", false, " 2001:db8::3 ", false },
	{ "missing.test", true, NULL, true },
	{ "known.test", false, " 192.0.2.77 ", true },
	{ "localhost", false, " 127.0.0.1 ::1 ", false },
	{ "192.0.2.5", false, " 192.0.2.5 ", false },
	{ "cut.odd.test", true, " 198.51.100.8 ", false },
	{ "reset.odd.test", true, " 198.51.100.8 ", false },
	{ "bad.odd.test", true, " 198.51.100.8 ", false },
	{ "id.odd.test", true, " 198.51.100.8 ", false },
	{ "other.odd.test", true, " 198.51.100.8 ", false },
	{ "twice.odd.test", true, " 198.51.100.8 ", false },
	{ "lower.odd.test", true, " 198.51.100.8 ", false },
	{ "none.odd.test", true, " 198.51.100.8 ", false },
	{ "failing.odd.test", true, " 198.51.100.8 ", false },
	{ "refused.odd.test", true, " 198.51.100.8 ", false },
	{ "strange.odd.test", true, " 198.51.100.8 ", false },
};

#define PLACES (sizeof places / sizeof *places)

void
players_open(struct players *players, uint64_t seed)
{
	memset(players, 0, sizeof *players);
	players->dice = seed;
	players->options = DnsLookupOptionsCreate();
	require(players->options != NULL);
}

void
players_close(struct players *players)
{
	require(!players_are_busy(players));
	DnsLookupOptionsRelease(players->options);
}

/* ---- Begin ---- */

static void
on_completion(DnsAsyncResult *result)
{
	struct play *play = DnsAsyncResultGetState(result);

	play->completed = now();
	atomic_fetch_add(&play->calls, 1);
}

/* The options of the next lookup, and its deadline. */
static int
draw_options(struct players *players)
{
	static const unsigned int flags[] = { 0, 0, 0, DNS_LOOKUP_NO_CACHE, DNS_LOOKUP_NO_HOSTS,
					      DNS_LOOKUP_NO_SEARCH, DNS_LOOKUP_TCP_ONLY,
					      DNS_LOOKUP_WHOLE_RESPONSE };
	int deadline = 300 + (int)roll(&players->dice, 3000);

	DnsLookupOptionsSetDeadline(players->options, deadline);
	DnsLookupOptionsSetFlags(players->options, flags[roll(&players->dice, 8)]);
	return deadline;
}

static DnsAsyncResult *
begin(struct players *players, struct play *play, const char *name)
{
	static const int families[] = { AF_UNSPEC, AF_INET, AF_INET6 };
	static const int types[] = { DNS_RECORD_TYPE_A, DNS_RECORD_TYPE_MX, DNS_RECORD_TYPE_TXT };
	struct sockaddr_in address = { .sin_family = AF_INET };
	unsigned int lot = roll(&players->dice, 3);

	switch (play->kind) {
	case HOST_BY_NAME:
		return BeginGetHostByNameWithOptions(play->resolver, name, players->options,
						     on_completion, play);
	case HOST_ENTRY:
		return BeginGetHostEntryWithOptions(play->resolver, name, players->options,
						    on_completion, play);
	case HOST_ADDRESSES:
		return BeginGetHostAddressesWithOptions(play->resolver, name, families[lot],
							players->options, on_completion, play);
	case HOST_BY_ADDRESS:
		address.sin_addr.s_addr = htonl(0xc0000201);
		return BeginGetHostByAddressWithOptions(play->resolver,
							(struct sockaddr *)&address,
							sizeof address, players->options,
							on_completion, play);
	default:
		return BeginQueryRecordsWithOptions(play->resolver, name, types[lot],
						    players->options, on_completion, play);
	}
}

void
players_begin(struct players *players, DnsResolver *resolver)
{
	struct play *play = players->plays;
	char name[64];
	int deadline;

	while (play < players->plays + PLAYS && play->handle != NULL)
		play++;
	if (play == players->plays + PLAYS)
		return;
	deadline = draw_options(players);
	play->resolver = resolver;
	play->kind = roll(&players->dice, KINDS);
	play->place = &places[roll(&players->dice, PLACES)];
	if (play->kind == HOST_BY_ADDRESS)
		play->place = &places[3];
	atomic_store(&play->calls, 0);
	play->due = now() + deadline;
	if (play->place->has_many)
		snprintf(name, sizeof name, "n%u.%s", roll(&players->dice, NAMES),
			 play->place->name);
	else
		snprintf(name, sizeof name, "%s", play->place->name);
	play->handle = begin(players, play, name);
	require(play->handle != NULL);
	players->begun++;
	if (roll(&players->dice, 20) == 0)
		play->wait = DnsAsyncResultCopyWaitHandle(play->handle);
	if (play->wait != NULL && roll(&players->dice, 2) == 0)
		DnsWaitHandleGetDescriptor(play->wait);
}

/* ---- End ---- */

static void
check_entry(const struct play *play, const DnsHostEntry *entry)
{
	const struct sockaddr *address;
	const void *octets;
	char text[64] = " ";
	size_t i;

	require(play->place->addresses != NULL);
	for (i = 0; i < DnsHostEntryGetAddressCount(entry); i++) {
		address = DnsHostEntryGetAddress(entry, i, NULL);
		octets = address->sa_family == AF_INET ?
				 (const void *)&((const struct sockaddr_in *)(const void *)address)
					 ->sin_addr :
				 (const void *)&((const struct sockaddr_in6 *)(const void *)address)
					 ->sin6_addr;
		require(inet_ntop(address->sa_family, octets, text + 1, sizeof text - 2) != NULL);
		strcat(text, " ");
		require(strstr(play->place->addresses, text) != NULL);
	}
}

static DnsStatus
take_result(struct play *play)
{
	DnsHostEntry *entry = NULL;
	DnsRecordSet *records = NULL;
	DnsStatus status;

	switch (play->kind) {
	case HOST_BY_NAME:
		status = EndGetHostByName(play->handle, &entry);
		break;
	case HOST_ENTRY:
		status = EndGetHostEntry(play->handle, &entry);
		break;
	case HOST_ADDRESSES:
		status = EndGetHostAddresses(play->handle, &entry);
		break;
	case HOST_BY_ADDRESS:
		status = EndGetHostByAddress(play->handle, &entry);
		break;
	default:
		status = EndQueryRecords(play->handle, &records);
		break;
	}
	if (entry != NULL)
		check_entry(play, entry);
	DnsHostEntryRelease(entry);
	DnsRecordSetRelease(records);
	return status;
}

/* A literal is no name of records, localhost has none, and its name may not be known. */
static void
check_status(const struct play *play, DnsStatus status)
{
	bool is_name = strstr(play->place->name, ".test") != NULL;

	require(status != DNS_STATUS_INVALID_OPERATION && status != DNS_STATUS_INVALID_ARGUMENT);
	if (status == DNS_STATUS_HOST_NOT_FOUND && is_name)
		require(play->place->may_be_missing);
	if (status == DNS_STATUS_OK)
		require(play->place->addresses != NULL);
}

static void
end(struct players *players, struct play *play)
{
	int64_t lateness = play->completed - play->due;
	DnsStatus status;

	require(DnsAsyncResultIsCompleted(play->handle));
	status = take_result(play);
	check_status(play, status);
	require((int)status < STATUSES);
	players->statuses[status]++;
	players->ended++;
	players->late += lateness > LATE;
	if (lateness > players->latest)
		players->latest = lateness;
	DnsWaitHandleRelease(play->wait);
	play->wait = NULL;
	play->handle = NULL;
}

static void
disturb(struct players *players, struct play *play)
{
	unsigned int lot = roll(&players->dice, 2000);

	if (lot == 0) {
		DnsAsyncResultCancel(play->handle);
	} else if (lot == 1) {
		play->due = now() + 500;
		DnsAsyncResultSetDeadline(play->handle, 500);
	}
}

void
players_go_on(struct players *players)
{
	struct play *play;
	unsigned int calls;

	for (play = players->plays; play < players->plays + PLAYS; play++) {
		calls = atomic_load(&play->calls);
		require(calls <= 1);
		if (play->handle == NULL)
			continue;
		if (calls == 1)
			end(players, play);
		else
			disturb(players, play);
	}
}

bool
players_are_busy(const struct players *players)
{
	const struct play *play;

	for (play = players->plays; play < players->plays + PLAYS; play++)
		if (play->handle != NULL)
			return true;
	return false;
}
