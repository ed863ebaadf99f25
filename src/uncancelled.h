/* SPDX-License-Identifier: MIT */
/* uncancelled: no function of the library is a cancellation point: a thread that is
 * cancelled (pthread_cancel(3)) in one goes on until it has returned, so that no lock stays
 * taken and nothing is half done. What blocks, or calls what the system may make a
 * cancellation point, stands between these two. */
#ifndef ASYNCDNS_UNCANCELLED_H
#define ASYNCDNS_UNCANCELLED_H

#include <pthread.h>

/* What uncancelled_end is to be given: they may be nested. */
static inline int
uncancelled_begin(void)
{
	int before = PTHREAD_CANCEL_ENABLE;

	pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &before);
	return before;
}

static inline void
uncancelled_end(int before)
{
	pthread_setcancelstate(before, NULL);
}

#endif
