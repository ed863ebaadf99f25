/* SPDX-License-Identifier: MIT */
/* Polling: look from time to time whether the operation is complete, and show that the
 * program is alive.
 *
 *     polling HOST [SERVER] */
#include <errno.h>
#include <string.h>
#include <time.h>

#include "example.h"

static void
show_progress(void)
{
	const struct timespec pause = { 0, 50 * 1000 * 1000 };

	putchar('.');
	fflush(stdout);
	nanosleep(&pause, NULL);
}

int
main(int argc, char *argv[])
{
	DnsAsyncResult *result;
	DnsResolver *resolver;
	DnsHostEntry *entry;
	DnsStatus status;

	if (argc < 2 || argv[1][0] == '\0') {
		puts("You must specify the name of a host computer.");
		return 2;
	}
	resolver = example_resolver(argv[2]);

	result = BeginGetHostByName(resolver, argv[1], NULL, NULL);
	if (result == NULL) {
		printf("The request could not be begun: %s\n", strerror(errno));
		return 1;
	}
	puts("Processing your request for information...");
	while (!DnsAsyncResultIsCompleted(result))
		show_progress();
	putchar('\n');

	status = EndGetHostByName(result, &entry);
	if (status == DNS_STATUS_OK)
		example_print_entry(entry, "Aliases", "Addresses");
	else
		printf("An error occurred while processing the request: %s\n",
		       DnsStatusGetText(status));
	DnsHostEntryRelease(entry);
	DnsResolverClose(resolver);
	return status == DNS_STATUS_OK ? 0 : 1;
}
