/* SPDX-License-Identifier: MIT */
/* A callback and a state object: each request has an object of its own, made by main and
 * filled in by the callback alone, so that nothing is shared, and results come out in the
 * order in which the names went in.
 *
 *     callback_with_state [SERVER] <names */
#include <errno.h>
#include <semaphore.h>
#include <string.h>

#include "example.h"

struct host_request {
	struct host_request *next;
	char host_name[300];
	int begin_error; /* an errno, if it could not be begun */
	DnsStatus status;
	DnsHostEntry *entry;
};

static sem_t answered;

static void
process_dns_information(DnsAsyncResult *result)
{
	struct host_request *request = DnsAsyncResultGetState(result);

	request->status = EndGetHostByName(result, &request->entry);
	sem_post(&answered);
}

static struct host_request *
read_request(void)
{
	struct host_request *request = calloc(1, sizeof *request);

	if (request == NULL)
		abort();
	printf(" Enter the name of a host computer or <enter> to finish: ");
	fflush(stdout);
	if (fgets(request->host_name, sizeof request->host_name, stdin) != NULL)
		request->host_name[strcspn(request->host_name, "\n")] = '\0';
	if (request->host_name[0] != '\0')
		return request;
	free(request);
	return NULL;
}

static void
print_request(const struct host_request *request)
{
	char aliases[320], addresses[320];

	snprintf(aliases, sizeof aliases, "Aliases for %s", request->host_name);
	snprintf(addresses, sizeof addresses, "Addresses for %s", request->host_name);
	if (request->begin_error != 0)
		printf("Request for host %s could not be begun: %s.\n", request->host_name,
		       strerror(request->begin_error));
	else if (request->status != DNS_STATUS_OK)
		printf("Request for host %s returned the following error: %s.\n",
		       request->host_name, DnsStatusGetText(request->status));
	else
		example_print_entry(request->entry, aliases, addresses);
}

int
main(int argc, char *argv[])
{
	DnsResolver *resolver = example_resolver(argc > 1 ? argv[1] : NULL);
	struct host_request *first = NULL, **end = &first, *request;
	int begun = 0;

	sem_init(&answered, 0, 0);
	while ((request = read_request()) != NULL) {
		*end = request;
		end = &request->next;
		if (BeginGetHostByName(resolver, request->host_name, process_dns_information,
				       request) != NULL)
			begun++;
		else
			request->begin_error = errno;
	}
	putchar('\n');

	/* Each callback posts once, after it has filled in its object. */
	while (begun > 0)
		if (sem_wait(&answered) == 0)
			begun--;
	while ((request = first) != NULL) {
		first = request->next;
		print_request(request);
		DnsHostEntryRelease(request->entry);
		free(request);
	}
	DnsResolverClose(resolver);
	return 0;
}
