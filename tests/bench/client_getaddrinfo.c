/* SPDX-License-Identifier: MIT */
/* Asks the servers of /etc/resolv.conf: run.sh puts one of its own in its place. */
#include <netdb.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "client.h"

static struct run *run;
static atomic_long next;

static void
look_up(long number)
{
	struct addrinfo hints = { .ai_socktype = SOCK_STREAM, .ai_family = run->family };
	struct addrinfo *found = NULL, *at;
	const void *ipv4 = NULL, *ipv6 = NULL;

	run_begin(run, number);
	if (getaddrinfo(run->names[number], NULL, &hints, &found) != 0)
		found = NULL;
	for (at = found; at != NULL; at = at->ai_next) {
		if (at->ai_family == AF_INET)
			ipv4 = &((struct sockaddr_in *)(void *)at->ai_addr)->sin_addr;
		else
			ipv6 = &((struct sockaddr_in6 *)(void *)at->ai_addr)->sin6_addr;
	}
	run_end(run, number, run_is_answer(run, number, ipv4, ipv6));
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
