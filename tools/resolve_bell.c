/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "resolve_bell.h"

#include <errno.h>
#include <poll.h>
#include <unistd.h>

bool
bell_open(struct bell *bell)
{
	int ends[2];

	if (pipe(ends) != 0)
		return false;
	atomic_init(&bell->count, 0);
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
	atomic_fetch_add(&bell->count, 1);
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

void
bell_wait(struct bell *bell, uint64_t seen, int descriptor, int timeout)
{
	struct pollfd ready[2] = {
		{.fd = bell->read_end, .events = POLLIN},
		{.fd = descriptor, .events = POLLIN},
	};
	char bytes[16];
	ssize_t count = 0;

	/* Announced first, counted then: whoever rings in between sees one or the other. */
	atomic_store(&bell->is_awaited, true);
	if (atomic_load(&bell->count) == seen && !atomic_load(&bell->is_woken) &&
	    poll(ready, 2, timeout) > 0 && ready[0].revents != 0)
		count = read(bell->read_end, bytes, sizeof(bytes));
	(void)count;
	atomic_store(&bell->is_awaited, false);
	atomic_store(&bell->is_woken, false);
}
