/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "notifier.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <unistd.h>
#ifdef HAVE_EVENTFD
#include <sys/eventfd.h>
#endif

#include "schedule_point.h"
#include "uncancelled.h"

#ifdef HAVE_EVENTFD
int
notifier_open(struct notifier *notifier)
{
	notifier->descriptor = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	notifier->write_end = notifier->descriptor;
	return notifier->descriptor < 0 ? -1 : 0;
}
#else
static int
open_pipe(int ends[2])
{
#ifdef HAVE_PIPE2
	return pipe2(ends, O_CLOEXEC | O_NONBLOCK);
#else
	int i;

	if (pipe(ends) < 0)
		return -1;
	for (i = 0; i < 2; i++) {
		fcntl(ends[i], F_SETFD, FD_CLOEXEC);
		fcntl(ends[i], F_SETFL, O_NONBLOCK);
	}
	return 0;
#endif
}

int
notifier_open(struct notifier *notifier)
{
	int ends[2];

	notifier->descriptor = notifier->write_end = -1;
	if (open_pipe(ends) < 0)
		return -1;
	notifier->descriptor = ends[0];
	notifier->write_end = ends[1];
	return 0;
}
#endif

void
notifier_close(struct notifier *notifier)
{
	int cancelled = uncancelled_begin();

	if (notifier->write_end != notifier->descriptor)
		close(notifier->write_end);
	if (notifier->descriptor >= 0)
		close(notifier->descriptor);
	notifier->descriptor = notifier->write_end = -1;
	uncancelled_end(cancelled);
}

void
notifier_raise(struct notifier *notifier)
{
	const uint64_t one = 1;
	int cancelled = uncancelled_begin();
	ssize_t written;

	SCHEDULE_POINT();
	/* EAGAIN means that it is full, hence readable. */
	do
		written = write(notifier->write_end, &one, sizeof one);
	while (written < 0 && errno == EINTR);
	uncancelled_end(cancelled);
}

void
notifier_lower(struct notifier *notifier)
{
	uint64_t drained[64];
	int cancelled = uncancelled_begin();
	ssize_t got;

	SCHEDULE_POINT();
	do
		got = read(notifier->descriptor, drained, sizeof drained);
	while (got == (ssize_t)sizeof drained || (got < 0 && errno == EINTR));
	uncancelled_end(cancelled);
}
