/* SPDX-License-Identifier: MIT */
#include "wire.h"

#include <sched.h>
#include <string.h>

#include "inquiry.h"
#include "unit.h"

#define TIMEOUT 30000

static void
open_channel(void *data)
{
	struct wire *wire = data;

	wire->channel = channel_open(wire->loop, &wire->options);
	ck_assert_ptr_nonnull(wire->channel);
}

static void
close_channel(void *data)
{
	struct wire *wire = data;

	if (wire->channel != NULL)
		channel_close(wire->channel);
	wire->channel = NULL;
	if (wire->desk != NULL)
		inquiry_desk_close(wire->desk);
	wire->desk = NULL;
}

static void
open_desk(void *data)
{
	struct wire *wire = data;

	wire->desk = inquiry_desk_open(wire->loop, &wire->options, wire->cache, true);
	ck_assert_ptr_nonnull(wire->desk);
}

void
wire_open_desk(struct wire *wire, struct answer_cache *cache)
{
	wire->cache = cache;
	wire_run(wire, open_desk, wire);
}

void
wire_open_without_servers(struct wire *wire)
{
	wire->options.servers = &wire->servers;
	wire->options.counts = &wire->counts;
	wire->options.timeout = TIMEOUT;
	wire->options.tries = 1;
	wire->loop = loop_thread_start();
	wire_run(wire, open_channel, wire);
}

void
wire_open(struct wire *wire)
{
	wire->server = dns_server_start();
	ck_assert(server_list_parse(&wire->servers, dns_server_address(wire->server)));
	wire_open_without_servers(wire);
}

void
wire_close_channel(struct wire *wire)
{
	wire_run(wire, close_channel, wire);
}

void
wire_reopen(struct wire *wire, int timeout, int tries)
{
	wire_close_channel(wire);
	wire->options.timeout = timeout;
	wire->options.tries = tries;
	wire_run(wire, open_channel, wire);
}

void
wire_close(struct wire *wire)
{
	wire_close_channel(wire);
	loop_thread_stop(wire->loop);
	dns_server_stop(wire->server);
}

void
wire_run(struct wire *wire, void (*run)(void *data), void *data)
{
	loop_thread_run(wire->loop, run, data);
}

static void
do_nothing(void *data)
{
	(void)data;
}

void
wire_await(struct wire *wire, const atomic_ullong *count, unsigned long long value)
{
	while (atomic_load(count) != value)
		sched_yield();
	wire_run(wire, do_nothing, NULL);
}
