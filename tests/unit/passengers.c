/* SPDX-License-Identifier: MIT */
#include "passengers.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "answer.h"

/* Ten minutes: longer than any test may take. */
#define NEVER 600000

struct passenger passengers[PASSENGERS];
struct dns_server *server;
struct loop *loop;
struct tally over = TALLY_INITIALIZER, over_answered = TALLY_INITIALIZER,
	     landed = TALLY_INITIALIZER;

static struct transport *transport;
static struct transport_options options;
static struct server_list servers;
static unsigned int flights_sent;

/* Whether transport_send is on the stack: nothing may be said from within. */
static bool is_sending;
/* on_over has been called, and on_landed since then has not. */
static bool is_just_over;

static void
on_over(void *context, bool was_answered)
{
	ck_assert(loop_is_current(loop));
	ck_assert_ptr_eq(context, &options);
	ck_assert(!is_sending);
	is_just_over = true;
	if (was_answered)
		tally_add(&over_answered);
	tally_add(&over);
}

static void
on_landed(void *owner, struct flight *flight, DnsStatus status, struct answer *answer,
	  unsigned int repeats)
{
	struct passenger *passenger = owner;

	ck_assert(loop_is_current(loop));
	ck_assert(!is_sending);
	ck_assert(is_just_over);
	is_just_over = false;
	ck_assert(!passenger->is_abandoned);
	ck_assert_ptr_eq(flight, passenger->flight);
	ck_assert_int_eq(status == DNS_STATUS_OK, answer != NULL && answer->length > 0);
	passenger->flight = NULL;
	passenger->landings++;
	passenger->status = status;
	answer_release(passenger->answer);
	passenger->answer = answer;
	passenger->repeats = repeats;
	if (passenger->then != NULL)
		passenger->then(passenger);
	tally_add(&landed);
}

/* The name is gone when it has been sent. */
void
send_off(struct passenger *passenger)
{
	char name[300];

	snprintf(name, sizeof name, "h%d.test", (int)(passenger - passengers));
	if (passenger->name != NULL)
		snprintf(name, sizeof name, "%s", passenger->name);
	if (passenger->type == 0)
		passenger->type = 1;
	is_sending = true;
	passenger->status = transport_send(transport, name, passenger->type, passenger,
					   &passenger->flight);
	is_sending = false;
	memset(name, 'x', sizeof name);
	if (passenger->status == DNS_STATUS_OK)
		flights_sent++;
	else
		passenger->flight = NULL;
}

void
abandon_flight(struct passenger *passenger)
{
	passenger->is_abandoned = true;
	transport_abandon(passenger->flight);
	passenger->flight = NULL;
}

struct range {
	int first;
	int end;
};

static void
send_range(void *data)
{
	const struct range *range = data;
	int i;

	for (i = range->first; i < range->end; i++)
		send_off(&passengers[i]);
}

static void
abandon_range(void *data)
{
	const struct range *range = data;
	int i;

	for (i = range->first; i < range->end; i++)
		abandon_flight(&passengers[i]);
}

void
send_from_to(int first, int end)
{
	struct range range = { first, end };

	loop_thread_run(loop, send_range, &range);
}

void
abandon_flights_from_to(int first, int end)
{
	struct range range = { first, end };

	loop_thread_run(loop, abandon_range, &range);
}

struct transport_options *
passengers_options(void)
{
	return &options;
}

void
run_on_loop(void (*run)(void *data))
{
	loop_thread_run(loop, run, NULL);
}

void
expect_landed(int first, int end, DnsStatus status)
{
	int i;

	for (i = first; i < end; i++) {
		ck_assert_uint_eq(passengers[i].landings, 1);
		ck_assert_int_eq(passengers[i].status, status);
		ck_assert(passengers[i].repeats == 0);
	}
}

static void
open_transport(void *unused)
{
	(void)unused;
	transport = transport_open(loop, &options);
	ck_assert_ptr_nonnull(transport);
}

void
close_transport(void *unused)
{
	(void)unused;
	if (transport != NULL)
		transport_close(transport);
	transport = NULL;
}

void
passengers_reopen(const char *address, int timeout, int tries)
{
	run_on_loop(close_transport);
	if (address == NULL)
		address = dns_server_address(server);
	ck_assert(server_list_parse(&servers, address));
	options.server = &servers.servers[0];
	options.timeout = timeout != 0 ? timeout : NEVER;
	options.tries = tries;
	options.on_landed = on_landed;
	options.on_over = on_over;
	options.context = &options;
	run_on_loop(open_transport);
}

void
passengers_set_up(void)
{
	server = dns_server_start();
	dns_server_add_address(server, "*.test", "192.0.2.1", 300);
	loop = loop_thread_start();
	passengers_reopen(NULL, 0, 1);
}

/* Each flight is over exactly once. */
void
passengers_tear_down(void)
{
	int i;

	run_on_loop(close_transport);
	loop_thread_stop(loop);
	dns_server_stop(server);
	for (i = 0; i < PASSENGERS; i++)
		answer_release(passengers[i].answer);
	ck_assert_uint_eq(tally_get(&over), flights_sent);
}
