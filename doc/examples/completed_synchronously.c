/* SPDX-License-Identifier: MIT */
/* The idiom for CompletedSynchronously: exactly one side finishes each operation. The
 * callback leaves alone what completed inside Begin, and whoever called Begin finishes
 * that in a loop: so a chain of answers that are there at once takes no stack, however
 * long it is. Doing one half only means an operation that is never ended, or ended twice.
 *
 *     completed_synchronously SERVER HOST... */
#include <errno.h>
#include <semaphore.h>
#include <string.h>

#include "example.h"

struct work {
	DnsResolver *resolver;
	char **names; /* those that are left */
	sem_t all_done;
};

static void look_up_all(struct work *work);

static void
finish(DnsAsyncResult *result)
{
	struct work *work = DnsAsyncResultGetState(result);
	bool synchronous = DnsAsyncResultCompletedSynchronously(result);
	DnsHostEntry *entry;
	DnsStatus status;

	status = EndGetHostByName(result, &entry);
	printf("%s: %s, completed %s\n", *work->names++, DnsStatusGetText(status),
	       synchronous ? "synchronously" : "asynchronously");
	DnsHostEntryRelease(entry);
}

static void
on_host(DnsAsyncResult *result)
{
	struct work *work = DnsAsyncResultGetState(result);

	if (DnsAsyncResultCompletedSynchronously(result))
		return; /* whoever called Begin finishes it */
	finish(result);
	look_up_all(work);
}

/* Begins one after another, until one does not complete at once: its callback goes on. */
static void
look_up_all(struct work *work)
{
	DnsAsyncResult *result;

	while (*work->names != NULL) {
		result = BeginGetHostByName(work->resolver, *work->names, on_host, work);
		if (result == NULL) {
			printf("%s: %s\n", *work->names++, strerror(errno));
			continue;
		}
		if (!DnsAsyncResultCompletedSynchronously(result))
			return;
		finish(result);
	}
	sem_post(&work->all_done);
}

int
main(int argc, char *argv[])
{
	struct work work;

	if (argc < 3) {
		puts("You must specify a server and the names of hosts.");
		return 2;
	}
	work.resolver = example_resolver(argv[1]);
	work.names = argv + 2;
	sem_init(&work.all_done, 0, 0);
	look_up_all(&work);
	while (sem_wait(&work.all_done) != 0)
		continue;
	DnsResolverClose(work.resolver);
	return 0;
}
