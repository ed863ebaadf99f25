/* SPDX-License-Identifier: MIT */
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "addrinfo_client.h"
#include "client.h"

static struct run *run;
static atomic_long next;

static void
look_up(long number)
{
	struct addrinfo hints = addrinfo_hints(run), *found = NULL;

	run_begin(run, number);
	if (getaddrinfo(run->names[number], NULL, &hints, &found) != 0)
		found = NULL;
	run_end(run, number, addrinfo_is_good(run, number, found));
	if (found != NULL)
		freeaddrinfo(found);
}

static void *
work(void *arg)
{
	long number;

	(void)arg;
	while ((number = atomic_fetch_add(&next, 1)) < run->count)
		look_up(number);
	return NULL;
}

void
client_getaddrinfo(struct run *the_run)
{
	pthread_t *threads = calloc((size_t)the_run->outstanding, sizeof *threads);
	long i;

	run = the_run;
	run_start(run);
	for (i = 0; i < run->outstanding; i++)
		if (pthread_create(&threads[i], NULL, work, NULL) != 0)
			run_fail("pthread_create");
	for (i = 0; i < run->outstanding; i++)
		pthread_join(threads[i], NULL);
	run_stop(run);
	free(threads);
}
