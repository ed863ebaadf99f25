/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "resolve_bell.h"

#include <errno.h>
#include <poll.h>
#include <unistd.h>

/* Milliseconds. */
#define PATIENCE 2

bool
bell_open(struct bell *bell)
{
	int ends[2];

	if (pipe(ends) != 0)
		return false;
	atomic_init(&bell->count, 0);
	atomic_init(&bell->target, 0);
	atomic_init(&bell->is_awaited, false);
	atomic_init(&bell->is_woken, false);
	bell->read_end = ends[0];
	bell->write_end = ends[1];
	return true;
}

void
bell_close(struct bell *bell)
{
	close(bell->read_end);
	close(bell->write_end);
}

/* Who is awaited is so once: there are never more bytes in the pipe than it takes. */
static void
end_waiting(struct bell *bell)
{
	int error = errno;
	ssize_t count;

	if (atomic_exchange(&bell->is_awaited, false)) {
		do {
			count = write(bell->write_end, "", 1);
		} while (count < 0 && errno == EINTR);
	}
	errno = error;
}

void
bell_ring(struct bell *bell)
{
	uint64_t count = atomic_fetch_add(&bell->count, 1) + 1;

	if (count >= atomic_load(&bell->target))
		end_waiting(bell);
}

void
bell_wake(struct bell *bell)
{
	atomic_store(&bell->is_woken, true);
	end_waiting(bell);
}

uint64_t
bell_count(struct bell *bell)
{
	return atomic_load(&bell->count);
}

/* False: the time is over. */
static bool
wait_for(struct bell *bell, uint64_t target, int descriptor, int timeout)
{
	struct pollfd ready[2] = {
		{.fd = bell->read_end, .events = POLLIN},
		{.fd = descriptor, .events = POLLIN},
	};
	int ready_count = 1;
	char bytes[16];
	ssize_t count = 0;

	/* Announced first, counted then: whoever rings in between sees one or the other. */
	atomic_store(&bell->target, target);
	atomic_store(&bell->is_awaited, true);
	if (atomic_load(&bell->count) < target && !atomic_load(&bell->is_woken)) {
		ready_count = poll(ready, 2, timeout);
		if (ready_count > 0 && ready[0].revents != 0)
			count = read(bell->read_end, bytes, sizeof(bytes));
	}
	(void)count;
	atomic_store(&bell->is_awaited, false);
	return ready_count != 0;
}

void
bell_wait(struct bell *bell, uint64_t seen, uint64_t wanted, int descriptor, int timeout)
{
	bool is_short = timeout >= 0 && timeout <= PATIENCE;

	/* Several are worth a little patience, and then the next that comes will do. */
	if (is_short || wanted <= 1 ||
	    (!wait_for(bell, seen + wanted, descriptor, PATIENCE) &&
	     bell_count(bell) == seen))
		wait_for(bell, seen + 1, descriptor, timeout);
	atomic_store(&bell->is_woken, false);
}
