/* SPDX-License-Identifier: MIT */
/* Blocking on the wait handle: wait until the operation is complete, then take the result,
 * which does not block any more. A wait handle is yours: release it, before or after End.
 *
 *     wait_handle HOST [SERVER] */
#include <errno.h>
#include <string.h>

#include "example.h"

int
main(int argc, char *argv[])
{
	DnsAsyncResult *result;
	DnsWaitHandle *handle;
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
	puts("Processing request for information...");

	/* A wait may be limited, and repeated: the operation goes on meanwhile. */
	handle = DnsAsyncResultCopyWaitHandle(result);
	while (DnsWaitHandleWaitOne(handle, 10000) == DNS_WAIT_TIMED_OUT)
		puts("Still waiting.");
	DnsWaitHandleRelease(handle);

	status = EndGetHostByName(result, &entry);
	if (status == DNS_STATUS_OK)
		example_print_entry(entry, "Aliases", "Addresses");
	else
		printf("Error occurred while processing the request: %s\n",
		       DnsStatusGetText(status));
	DnsHostEntryRelease(entry);
	DnsResolverClose(resolver);
	return status == DNS_STATUS_OK ? 0 : 1;
}
