/* SPDX-License-Identifier: MIT */
/* A lookup begins in the callback of another, but c-ares is asked after that has returned:
 * 1.34.8 forgets a query that was made in a callback and got the id of the one that ended
 * there, one in 65,536. */
#include <config.h>

#include "ares_loop.h"

#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "client.h"
#include "silence.h"

#ifdef ARES_CONST_CALLBACK
typedef const unsigned char ares_octets;
#else
typedef unsigned char ares_octets;
#endif

struct lookup {
	int missing;	/* answers */
	bool has_ipv4, has_ipv6;
	struct in_addr ipv4;
	struct in6_addr ipv6;
};

static struct run *run;
static ares_channel channel;
static struct lookup *lookups;
/* How many have begun, been handed to c-ares, and are over. */
static long begun, asked, done;

static void
begin_next(void)
{
	if (begun < run->count)
		run_begin(run, begun++);
}

static void
finish(long number, bool is_good)
{
	run_end(run, number, is_good);
	done++;
	begin_next();
}

static void
finish_part(struct lookup *lookup)
{
	long number = lookup - lookups;

	if (--lookup->missing == 0)
		finish(number, run_is_answer(run, number,
					     lookup->has_ipv4 ? &lookup->ipv4 : NULL,
					     lookup->has_ipv6 ? &lookup->ipv6 : NULL));
}

static void
on_ipv4(void *arg, int status, int timeouts, ares_octets *data, int length)
{
	struct lookup *lookup = arg;
	struct hostent *host = NULL;

	(void)timeouts;
	if (status == ARES_SUCCESS &&
	    ares_parse_a_reply(data, length, &host, NULL, NULL) == ARES_SUCCESS) {
		memcpy(&lookup->ipv4, host->h_addr_list[0], sizeof lookup->ipv4);
		lookup->has_ipv4 = true;
		ares_free_hostent(host);
	}
	finish_part(lookup);
}

static void
on_ipv6(void *arg, int status, int timeouts, ares_octets *data, int length)
{
	struct lookup *lookup = arg;
	struct hostent *host = NULL;

	(void)timeouts;
	if (status == ARES_SUCCESS &&
	    ares_parse_aaaa_reply(data, length, &host, NULL, NULL) == ARES_SUCCESS) {
		memcpy(&lookup->ipv6, host->h_addr_list[0], sizeof lookup->ipv6);
		lookup->has_ipv6 = true;
		ares_free_hostent(host);
	}
	finish_part(lookup);
}

static void
query(long number)
{
	struct lookup *lookup = &lookups[number];

	lookup->missing = run->family == AF_INET ? 1 : 2;
	ares_query(channel, run->names[number], 1, 1, on_ipv4, lookup);
	if (run->family != AF_INET)
		ares_query(channel, run->names[number], 1, 28, on_ipv6, lookup);
}

static void
on_host(void *arg, int status, int timeouts, struct hostent *host)
{
	long number = (struct lookup *)arg - lookups;

	(void)timeouts;
	finish(number, status == ARES_SUCCESS &&
			       run_is_answer(run, number, host->h_addr_list[0], NULL));
}

static void
get_host_by_name(long number)
{
	ares_gethostbyname(channel, run->names[number], AF_INET, on_host, &lookups[number]);
}

static void
open_run(struct run *the_run, int flags)
{
	run = the_run;
	lookups = calloc((size_t)run->count, sizeof *lookups);
	if (lookups == NULL)
		run_fail("calloc");
	memset(lookups, 0, (size_t)run->count * sizeof *lookups);
	channel = ares_loop_open(run, flags);
}

static void
look_up_all(void (*ask)(long number))
{
	long i;

	run_start(run);
	for (i = 0; i < run->outstanding; i++)
		begin_next();
	for (;;) {
		while (asked < begun)
			ask(asked++);
		if (done == run->count)
			break;
		ares_loop_turn();
	}
	run_stop(run);
	ares_loop_close();
	free(lookups);
}

void
client_ares(struct run *the_run)
{
	open_run(the_run, ARES_FLAG_STAYOPEN);
	look_up_all(query);
}

/* As most programs use it. */
void
client_ares_gethostbyname(struct run *the_run)
{
	open_run(the_run, 0);
	look_up_all(get_host_by_name);
}

void
client_ares_memory(struct run *the_run)
{
	size_t before;
	long i;

	the_run->server = silence_open();
	open_run(the_run, ARES_FLAG_STAYOPEN);
	query(0);
	before = silence_heap();
	for (i = 1; i < run->count; i++)
		query(i);
	run_say("bytes", (double)(silence_heap() - before) / (double)(run->count - 1));
	_exit(fflush(stdout));
}
