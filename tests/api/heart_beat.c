/* SPDX-License-Identifier: MIT */
#include "heart_beat.h"

#include <stdio.h>
#include <time.h>

#define LITERAL "192.0.2.1"

static long long
used_by_this_thread(void)
{
	struct timespec used;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &used);
	return used.tv_sec * 1000000000LL + used.tv_nsec;
}

static void
on_beat(DnsAsyncResult *handle)
{
	struct heart_beat *beat = DnsAsyncResultGetState(handle);
	long long now = used_by_this_thread();

	EndGetHostByName(handle, NULL);
	if (beat->last != 0 && now - beat->last > beat->longest)
		beat->longest = now - beat->last;
	beat->last = used_by_this_thread();
	if (atomic_load(&beat->stops) ||
	    BeginGetHostByName(beat->resolver, LITERAL, on_beat, beat) == NULL)
		sem_post(&beat->has_stopped);
}

void
heart_beat_start(struct heart_beat *beat, DnsResolver *resolver)
{
	beat->resolver = resolver;
	beat->last = beat->longest = 0;
	atomic_init(&beat->stops, false);
	sem_init(&beat->has_stopped, 0, 0);
	require(BeginGetHostByName(resolver, LITERAL, on_beat, beat) != NULL, "no beat");
}

long long
heart_beat_stop(struct heart_beat *beat, const char *name)
{
	atomic_store(&beat->stops, true);
	await(&beat->has_stopped);
	sem_destroy(&beat->has_stopped);
	printf("# %s: the longest turn %lld us\n", name, beat->longest / 1000);
	fflush(stdout);
	return beat->longest / 1000;
}

void
await_turns(DnsResolver *resolver, int count)
{
	for (; count > 0; count--)
		end_expecting(BeginGetHostByName(resolver, LITERAL, NULL, NULL),
			      DNS_STATUS_OK);
}
