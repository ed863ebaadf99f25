/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <uv.h>

#include "addrinfo_client.h"
#include "client.h"

/* One of the lookups outstanding; another takes its place. */
struct seat {
	long number;
	uv_getaddrinfo_t request;
};

static struct run *run;
static struct addrinfo hints;
static long next;

static void on_addresses(uv_getaddrinfo_t *request, int status, struct addrinfo *found);

static void
begin_next(struct seat *seat)
{
	if (next == run->count)
		return;
	seat->number = next++;
	seat->request.data = seat;
	run_begin(run, seat->number);
	if (uv_getaddrinfo(uv_default_loop(), &seat->request, on_addresses,
			   run->names[seat->number], NULL, &hints) != 0)
		run_fail("uv_getaddrinfo");
}

static void
on_addresses(uv_getaddrinfo_t *request, int status, struct addrinfo *found)
{
	struct seat *seat = request->data;

	run_end(run, seat->number,
		addrinfo_is_good(run, seat->number, status == 0 ? found : NULL));
	uv_freeaddrinfo(found);
	begin_next(seat);
}

void
client_libuv(struct run *the_run)
{
	struct seat *seats = calloc((size_t)the_run->outstanding, sizeof *seats);
	long i;

	run = the_run;
	hints = addrinfo_hints(run);
	run_start(run);
	for (i = 0; i < run->outstanding; i++)
		begin_next(&seats[i]);
	uv_run(uv_default_loop(), UV_RUN_DEFAULT);
	run_stop(run);
	uv_loop_close(uv_default_loop());
	free(seats);
}
