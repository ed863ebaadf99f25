/* SPDX-License-Identifier: MIT */
/* Each tells of its end by a signal that is queued, which says whose it is. */
#define _GNU_SOURCE
#include <signal.h>
#include <stdlib.h>

#include "addrinfo_client.h"
#include "client.h"

/* One of the lookups outstanding; another takes its place. */
struct seat {
	long number;
	struct gaicb request;
};

static struct run *run;
static struct addrinfo hints;
static long next, done;

static void
begin_next(struct seat *seat)
{
	struct gaicb *list[] = { &seat->request };
	struct sigevent event = { .sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGRTMIN,
				  .sigev_value.sival_ptr = seat };

	if (next == run->count)
		return;
	seat->number = next++;
	seat->request = (struct gaicb){ .ar_name = run->names[seat->number],
					.ar_request = &hints };
	run_begin(run, seat->number);
	if (getaddrinfo_a(GAI_NOWAIT, list, 1, &event) != 0)
		run_fail("getaddrinfo_a");
}

static void
end(struct seat *seat)
{
	struct addrinfo *found = NULL;

	if (gai_error(&seat->request) == 0)
		found = seat->request.ar_result;
	run_end(run, seat->number, addrinfo_is_good(run, seat->number, found));
	if (found != NULL)
		freeaddrinfo(found);
	done++;
}

void
client_getaddrinfo_a(struct run *the_run)
{
	struct seat *seats = calloc((size_t)the_run->outstanding, sizeof *seats);
	siginfo_t info;
	sigset_t set;
	long i;

	run = the_run;
	hints = addrinfo_hints(run);
	sigemptyset(&set);
	sigaddset(&set, SIGRTMIN);
	/* In the threads of getaddrinfo_a, too. */
	pthread_sigmask(SIG_BLOCK, &set, NULL);
	run_start(run);
	for (i = 0; i < run->outstanding; i++)
		begin_next(&seats[i]);
	while (done < run->count) {
		if (sigwaitinfo(&set, &info) < 0)
			continue;
		end(info.si_value.sival_ptr);
		begin_next(info.si_value.sival_ptr);
	}
	run_stop(run);
	free(seats);
}
