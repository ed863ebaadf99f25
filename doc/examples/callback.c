/* SPDX-License-Identifier: MIT */
/* A callback: names are read and looked up as fast as they come; a callback on the
 * resolver's thread takes each result. Here the state is only the name, so that results
 * have to be gathered in a list that both threads use, under a lock. The next example
 * does without.
 *
 *     callback [SERVER] <names */
#include <errno.h>
#include <pthread.h>
#include <string.h>

#include "example.h"

struct answer {
	struct answer *next;
	char *host_name;
	DnsStatus status;
	DnsHostEntry *entry;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int requests; /* begun and not yet answered */
static struct answer *answers;

static void
process_dns_information(DnsAsyncResult *result)
{
	struct answer *answer = malloc(sizeof *answer);

	if (answer == NULL)
		abort();
	answer->host_name = DnsAsyncResultGetState(result);
	answer->status = EndGetHostByName(result, &answer->entry);
	pthread_mutex_lock(&lock);
	answer->next = answers;
	answers = answer;
	requests--;
	pthread_cond_signal(&changed);
	pthread_mutex_unlock(&lock);
}

static void
begin(DnsResolver *resolver, const char *host_name)
{
	char *copy = strdup(host_name);

	/* Counted before Begin: the callback may run before Begin returns. */
	pthread_mutex_lock(&lock);
	requests++;
	pthread_mutex_unlock(&lock);
	if (BeginGetHostByName(resolver, copy, process_dns_information, copy) != NULL)
		return;
	printf("Request for %s could not be begun: %s\n", copy, strerror(errno));
	free(copy);
	pthread_mutex_lock(&lock);
	requests--;
	pthread_mutex_unlock(&lock);
}

static void
read_names(DnsResolver *resolver)
{
	char name[300];

	for (;;) {
		printf(" Enter the name of a host computer or <enter> to finish: ");
		fflush(stdout);
		if (fgets(name, sizeof name, stdin) == NULL)
			break;
		name[strcspn(name, "\n")] = '\0';
		if (name[0] == '\0')
			break;
		begin(resolver, name);
	}
	putchar('\n');
}

static void
print_answers(void)
{
	char aliases[320], addresses[320];
	struct answer *answer;

	while ((answer = answers) != NULL) {
		answers = answer->next;
		snprintf(aliases, sizeof aliases, "Aliases for %s", answer->host_name);
		snprintf(addresses, sizeof addresses, "Addresses for %s", answer->host_name);
		if (answer->status == DNS_STATUS_OK)
			example_print_entry(answer->entry, aliases, addresses);
		else
			printf("Request for %s returned message: %s\n", answer->host_name,
			       DnsStatusGetText(answer->status));
		DnsHostEntryRelease(answer->entry);
		free(answer->host_name);
		free(answer);
	}
}

int
main(int argc, char *argv[])
{
	DnsResolver *resolver = example_resolver(argc > 1 ? argv[1] : NULL);

	read_names(resolver);
	pthread_mutex_lock(&lock);
	while (requests > 0) {
		printf("%d requests remaining.\n", requests);
		pthread_cond_wait(&changed, &lock);
	}
	pthread_mutex_unlock(&lock);
	print_answers();
	DnsResolverClose(resolver);
	return 0;
}
