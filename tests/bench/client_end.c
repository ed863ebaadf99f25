/* SPDX-License-Identifier: MIT */
#include <pthread.h>
#include <stdlib.h>

#include "asyncdns_client.h"
#include "client.h"

struct share {
	pthread_t thread;
	struct run *run;
	DnsResolver *resolver;
	long first;		/* and every so many threads another */
	long outstanding;
	DnsAsyncResult **results; /* a ring */
};

static void *
look_up_share(void *arg)
{
	struct share *share = arg;
	struct run *run = share->run;
	long step = run->threads, size = share->outstanding;
	long begun = share->first, ended = share->first;

	while (ended < run->count) {
		if (begun < run->count && begun - ended < size * step) {
			share->results[begun / step % size] =
				asyncdns_begin(run, share->resolver, begun, NULL, NULL);
			begun += step;
		} else {
			asyncdns_end(run, ended, share->results[ended / step % size]);
			ended += step;
		}
	}
	return NULL;
}

void
client_end(struct run *run)
{
	size_t count = (size_t)run->threads, i;
	struct share *shares = calloc(count, sizeof *shares);
	long outstanding = run->outstanding / run->threads;
	DnsResolver *resolver = asyncdns_open(asyncdns_options(run));

	if (outstanding < 1)
		outstanding = 1;
	for (i = 0; i < count; i++) {
		shares[i].run = run;
		shares[i].first = (long)i;
		shares[i].outstanding = outstanding;
		shares[i].results = calloc((size_t)outstanding, sizeof(DnsAsyncResult *));
		shares[i].resolver = resolver;
	}
	run_start(run);
	for (i = 1; i < count; i++)
		if (pthread_create(&shares[i].thread, NULL, look_up_share, &shares[i]) != 0)
			run_fail("pthread_create");
	look_up_share(&shares[0]);
	for (i = 1; i < count; i++)
		pthread_join(shares[i].thread, NULL);
	run_stop(run);
	DnsResolverClose(resolver);
	for (i = 0; i < count; i++)
		free(shares[i].results);
	free(shares);
}
