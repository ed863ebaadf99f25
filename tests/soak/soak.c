/* SPDX-License-Identifier: MIT */
/* soak SECONDS [SEED]: lookups without end, in all weathers. Thirty times on the way all
 * come to rest, and what is held is counted; six of these times no resolver is open. Every
 * lookup has to end, once and in time, with what it may end with; memory, descriptors and
 * threads have to be what they were. */
#include <string.h>
#include <sys/wait.h>
#include <signal.h>
#include <unistd.h>

#include "dice.h"
#include "holdings.h"
#include "players.h"
#include "town.h"
#include "weather.h"

#define RESTS	      30
#define STRICT_EVERY  5
#define TICK	      2	/* milliseconds */
#define BEGUN_A_TICK  3
#define GUESTS	      3
#define REST_PATIENCE 15000
#define LATEST	      2000
#define DRIFT	      (64 * 1024)	/* of what is in use, without a resolver */
#define HOME_DRIFT    (1024 * 1024)	/* with one, and as many transports as there may be */
#define RSS_DRIFT     4096		/* KiB */

/* The first of a kind, and the worst that came after. */
struct drift {
	bool is_open;
	struct holdings first;
	long in_use, resident;
	int descriptors, threads;
};

struct soak {
	struct weather weather;
	struct players players;
	DnsResolver *home;	/* for a fifth of the time */
	DnsResolver *guests[GUESTS];
	int64_t guests_leave[GUESTS];
	uint64_t dice;
	int64_t began, length;
	unsigned long resolvers;
	struct drift with_home, without;
};

/* ---- What is held ---- */

static long
longer(long a, long b)
{
	return a > b ? a : b;
}

static void
compare(struct drift *drift, const struct holdings *now_held)
{
	if (!drift->is_open) {
		drift->is_open = true;
		drift->first = *now_held;
		return;
	}
	drift->in_use = longer(drift->in_use,
			       (long)now_held->in_use - (long)drift->first.in_use);
	drift->resident = longer(drift->resident, now_held->resident - drift->first.resident);
	drift->descriptors = (int)longer(drift->descriptors,
					 now_held->descriptors - drift->first.descriptors);
	drift->threads = (int)longer(drift->threads, now_held->threads - drift->first.threads);
}

/* ---- Resolvers ---- */

static DnsResolver *
open_resolver(struct soak *soak, unsigned int flags, size_t cache_size)
{
	DnsResolverOptions *options = DnsResolverOptionsCreate();
	DnsResolver *resolver;

	require(options != NULL);
	weather_point_options(&soak->weather, options);
	DnsResolverOptionsSetFlags(options, flags);
	DnsResolverOptionsSetCacheSize(options, cache_size);
	DnsResolverOptionsSetTimeout(options, 100 + (int)roll(&soak->dice, 400));
	resolver = DnsResolverCreate(options);
	DnsResolverOptionsRelease(options);
	soak->resolvers += resolver != NULL;
	return resolver;
}

/* Without descriptors there is none, for the time being. */
static void
change_guests(struct soak *soak)
{
	static const unsigned int flags[] = {
		0, DNS_RESOLVER_NEVER_SYNCHRONOUS, DNS_RESOLVER_ADDRESS_CONFIG,
		DNS_RESOLVER_NO_STALE, DNS_RESOLVER_KEEP_CASE, DNS_RESOLVER_REFUSE_PRIVATE
	};
	int i;

	for (i = 0; i < GUESTS; i++) {
		if (soak->guests_leave[i] > now())
			continue;
		DnsResolverClose(soak->guests[i]);
		soak->guests[i] = open_resolver(soak, flags[roll(&soak->dice, 6)],
						roll(&soak->dice, 2) * 100);
		soak->guests_leave[i] = now() + 100 + roll(&soak->dice, 4000);
	}
}

static void
close_guests(struct soak *soak)
{
	int i;

	for (i = 0; i < GUESTS; i++) {
		if (soak->guests[i] != NULL)
			DnsResolverClose(soak->guests[i]);
		soak->guests[i] = NULL;
		soak->guests_leave[i] = 0;
	}
}

static void
open_home(struct soak *soak)
{
	soak->home = open_resolver(soak, DNS_RESOLVER_DISPATCH_CALLBACKS, 1000);
	require(soak->home != NULL);
}

/* ---- The run ---- */

static void
tick(struct soak *soak, bool begins)
{
	DnsResolver *resolver;
	unsigned int i, lot;

	for (i = 0; begins && i < BEGUN_A_TICK; i++) {
		lot = roll(&soak->dice, 2 * GUESTS);
		resolver = lot < GUESTS ? soak->guests[lot] : soak->home;
		if (resolver != NULL)
			players_begin(&soak->players, resolver);
	}
	DnsResolverDispatch(soak->home);
	players_go_on(&soak->players);
	pause_for(TICK);
}

static void
rest(struct soak *soak, bool is_strict)
{
	int64_t limit = now() + REST_PATIENCE;
	struct holdings holdings;
	DnsStatistics statistics;

	close_guests(soak);
	weather_clear_up(&soak->weather);
	while (players_are_busy(&soak->players) && now() < limit)
		tick(soak, false);
	require(!players_are_busy(&soak->players));
	DnsResolverFlushCache(soak->home);
	DnsResolverGetStatistics(soak->home, &statistics);
	require(statistics.begun == statistics.completed && statistics.waiting == 0);
	require(statistics.begun == statistics.ended);
	if (is_strict)
		DnsResolverClose(soak->home);
	pause_for(200);
	holdings = holdings_look();
	compare(is_strict ? &soak->without : &soak->with_home, &holdings);
	printf("# %7.0f s: %lu lookups, %zu octets in use, %ld KiB resident, %d descriptors, "
	       "%d threads%s\n",
	       (double)(now() - soak->began) / 1000, soak->players.ended, holdings.in_use,
	       holdings.resident, holdings.descriptors, holdings.threads,
	       is_strict ? ", no resolver" : "");
	fflush(stdout);
	if (is_strict)
		open_home(soak);
}

static void
run(struct soak *soak)
{
	int64_t until;
	int i;

	for (i = 1; i <= RESTS; i++) {
		until = soak->began + soak->length * i / RESTS;
		while (now() < until) {
			change_guests(soak);
			weather_go_on(&soak->weather);
			tick(soak, true);
		}
		rest(soak, i % STRICT_EVERY == 0);
	}
}

static unsigned int tests, failures;

static void
tell(bool holds, const char *what)
{
	printf("%s %u - %s\n", holds ? "ok" : "not ok", ++tests, what);
	failures += !holds;
}

static void
report(struct soak *soak)
{
	const struct drift *home = &soak->with_home, *none = &soak->without;
	struct players *players = &soak->players;
	int i;

	for (i = 0; i < STATUSES; i++)
		if (players->statuses[i] > 0)
			printf("# %9lu %s\n", players->statuses[i],
			       DnsStatusGetText((DnsStatus)i));
	printf("# %lu lookups, %lu resolvers, %lu changes of files, %lu times without "
	       "descriptors\n",
	       players->ended, soak->resolvers, soak->weather.changes, soak->weather.droughts);
	printf("# the latest was %ld ms late, %lu were later than 50 ms\n",
	       (long)players->latest, players->late);
	printf("# more than at first, without a resolver: %ld octets in use, %ld KiB resident, "
	       "%d descriptors, %d threads\n",
	       none->in_use, none->resident, none->descriptors, none->threads);
	printf("# with one: %ld octets in use, %ld KiB resident, %d descriptors, %d threads\n",
	       home->in_use, home->resident, home->descriptors, home->threads);
	tell(players->begun == players->ended, "each lookup has ended, once");
	tell(players->latest < LATEST, "none much later than its deadline");
	tell(none->in_use < DRIFT && home->in_use < HOME_DRIFT, "no memory is lost");
	tell(none->resident < RSS_DRIFT, "none is wasted");
	tell(none->descriptors == 0 && none->threads == 0, "no descriptor, no thread is left");
	printf("1..%u\n", tests);
}

int
main(int argc, char **argv)
{
	static struct soak soak;
	char directory[] = "/tmp/asyncdns_soak.XXXXXX";
	double seconds = argc > 1 ? strtod(argv[1], NULL) : 10;
	pid_t town;

	soak.dice = argc > 2 ? strtoull(argv[2], NULL, 10) : (uint64_t)time(NULL);
	printf("# seed %llu\n", (unsigned long long)soak.dice);
	require(mkdtemp(directory) != NULL);
	town = town_found(directory, soak.dice + 1);
	soak.length = (int64_t)(seconds * 1000);
	soak.began = now();
	weather_begin(&soak.weather, directory, soak.dice + 2,
		      soak.length / RESTS < 60000 ? soak.length / RESTS : 60000);
	players_open(&soak.players, soak.dice + 3);
	open_home(&soak);
	run(&soak);
	DnsResolverClose(soak.home);
	report(&soak);
	players_close(&soak.players);
	weather_end(&soak.weather);
	kill(town, SIGKILL);
	waitpid(town, NULL, 0);
	return failures > 0;
}
