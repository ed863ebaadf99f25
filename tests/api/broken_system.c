/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "broken_system.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/prctl.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include "../support/interpose.h"

enum {
	SOCKET,
	CONNECT,
	SETSOCKOPT,
	FCNTL,
	EPOLL_CREATE1,
	EPOLL_CTL,
	EVENTFD,
	PIPE,
	PTHREAD_CREATE,
	OPEN,
	FSTAT,
	READ,
	GETRANDOM,
	GETSOCKNAME,
	SENDMSG,
	SENDMMSG,
	RECVMMSG,
	RECVFROM
};

const struct broken_call broken_calls[] = {
	[SOCKET] = {"socket", EMFILE},
	[CONNECT] = {"connect", EADDRNOTAVAIL},
	[SETSOCKOPT] = {"setsockopt", ENOBUFS},
	[FCNTL] = {"fcntl", EMFILE},
	[EPOLL_CREATE1] = {"epoll_create1", ENFILE},
	[EPOLL_CTL] = {"epoll_ctl", ENOSPC},
	[EVENTFD] = {"eventfd", ENFILE},
	[PIPE] = {"pipe", ENFILE},
	[PTHREAD_CREATE] = {"pthread_create", EAGAIN},
	[OPEN] = {"open", ENFILE},
	[FSTAT] = {"fstat", EIO},
	[READ] = {"read", EIO},
	[GETRANDOM] = {"getrandom", ENOSYS},
	[GETSOCKNAME] = {"getsockname", ENOBUFS},
	[SENDMSG] = {"sendmsg", ENETUNREACH},
	[SENDMMSG] = {"sendmmsg", EPERM},
	[RECVMMSG] = {"recvmmsg", ENOMEM},
	[RECVFROM] = {"recvfrom", ENOMEM},
};
const unsigned int broken_calls_count = sizeof broken_calls / sizeof broken_calls[0];

static struct {
	atomic_bool is_armed;
	_Atomic(pthread_t) teller;
	atomic_uint call, nth;
	atomic_bool stays;
	atomic_uint count;
	atomic_llong monotonic, real;
} broken;

/* Loops' threads have a name. */
static bool
is_concerned(void)
{
	char name[16] = "";

	if (pthread_equal(pthread_self(), broken.teller))
		return true;
	prctl(PR_GET_NAME, name);
	return strcmp(name, "asyncdns") == 0;
}

static bool
fails(unsigned int call)
{
	unsigned int number;

	if (!atomic_load(&broken.is_armed) || call != broken.call || !is_concerned())
		return false;
	number = atomic_fetch_add(&broken.count, 1) + 1;
	if (broken.nth == 0 || number < broken.nth ||
	    (number > broken.nth && !broken.stays))
		return false;
	errno = broken_calls[call].error;
	return true;
}

void
broken_system_begin(unsigned int call, unsigned int nth, bool stays)
{
	broken.teller = pthread_self();
	broken.call = call;
	broken.nth = nth;
	broken.stays = stays;
	atomic_store(&broken.count, 0);
	atomic_store(&broken.is_armed, true);
}

unsigned int
broken_system_end(void)
{
	atomic_store(&broken.is_armed, false);
	return atomic_load(&broken.count);
}

void
broken_system_jump(long long monotonic, long long real)
{
	broken.teller = pthread_self();
	atomic_fetch_add(&broken.monotonic, monotonic);
	atomic_fetch_add(&broken.real, real);
}

/* ---- In the place of the C library's ---- */

int
socket(int family, int type, int protocol)
{
	REAL(socket);
	return fails(SOCKET) ? -1 : real(family, type, protocol);
}

int
connect(int descriptor, const struct sockaddr *address, socklen_t length)
{
	REAL(connect);
	return fails(CONNECT) ? -1 : real(descriptor, address, length);
}

int
setsockopt(int descriptor, int level, int name, const void *value, socklen_t length)
{
	REAL(setsockopt);
	return fails(SETSOCKOPT) ? -1 : real(descriptor, level, name, value, length);
}

int
fcntl(int descriptor, int command, ...)
{
	va_list arguments;
	void *argument;
	REAL(fcntl);

	va_start(arguments, command);
	argument = va_arg(arguments, void *);
	va_end(arguments);
	return fails(FCNTL) ? -1 : real(descriptor, command, argument);
}

int
epoll_create1(int flags)
{
	REAL(epoll_create1);
	return fails(EPOLL_CREATE1) ? -1 : real(flags);
}

int
epoll_ctl(int set, int operation, int descriptor, struct epoll_event *event)
{
	REAL(epoll_ctl);
	if (operation != EPOLL_CTL_DEL && fails(EPOLL_CTL))
		return -1;
	return real(set, operation, descriptor, event);
}

int
eventfd(unsigned int value, int flags)
{
	REAL(eventfd);
	return fails(EVENTFD) ? -1 : real(value, flags);
}

/* libevent tries all three. */
int
pipe(int ends[2])
{
	REAL(pipe);
	return fails(PIPE) ? -1 : real(ends);
}

int
pipe2(int ends[2], int flags)
{
	REAL(pipe2);
	return fails(PIPE) ? -1 : real(ends, flags);
}

int
socketpair(int family, int type, int protocol, int ends[2])
{
	REAL(socketpair);
	return fails(PIPE) ? -1 : real(family, type, protocol, ends);
}

int
pthread_create(pthread_t *thread, const pthread_attr_t *attributes,
	       void *(*run)(void *argument), void *argument)
{
	REAL(pthread_create);
	return fails(PTHREAD_CREATE) ? EAGAIN : real(thread, attributes, run, argument);
}

int
open(const char *path, int flags, ...)
{
	va_list arguments;
	mode_t mode;
	REAL(open);

	va_start(arguments, flags);
	mode = va_arg(arguments, mode_t);
	va_end(arguments);
	return fails(OPEN) ? -1 : real(path, flags, mode);
}

int
fstat(int descriptor, struct stat *status)
{
	REAL(fstat);
	return fails(FSTAT) ? -1 : real(descriptor, status);
}

ssize_t
read(int descriptor, void *buffer, size_t size)
{
	REAL(read);
	return fails(READ) ? -1 : real(descriptor, buffer, size);
}

ssize_t
getrandom(void *buffer, size_t size, unsigned int flags)
{
	REAL(getrandom);
	return fails(GETRANDOM) ? -1 : real(buffer, size, flags);
}

int
getsockname(int descriptor, struct sockaddr *address, socklen_t *length)
{
	REAL(getsockname);
	return fails(GETSOCKNAME) ? -1 : real(descriptor, address, length);
}

ssize_t
sendmsg(int descriptor, const struct msghdr *message, int flags)
{
	REAL(sendmsg);
	return fails(SENDMSG) ? -1 : real(descriptor, message, flags);
}

int
sendmmsg(int descriptor, struct mmsghdr *messages, unsigned int count, int flags)
{
	REAL(sendmmsg);
	return fails(SENDMMSG) ? -1 : real(descriptor, messages, count, flags);
}

int
recvmmsg(int descriptor, struct mmsghdr *messages, unsigned int count, int flags,
	 struct timespec *timeout)
{
	REAL(recvmmsg);
	return fails(RECVMMSG) ? -1 : real(descriptor, messages, count, flags, timeout);
}

ssize_t
recvfrom(int descriptor, void *buffer, size_t size, int flags, struct sockaddr *from,
	 socklen_t *length)
{
	REAL(recvfrom);
	return fails(RECVFROM) ? -1 : real(descriptor, buffer, size, flags, from, length);
}

/* ---- Clocks ---- */

static long long
ahead(const atomic_llong *clock)
{
	long long milliseconds = atomic_load(clock);

	return milliseconds != 0 && is_concerned() ? milliseconds : 0;
}

int
clock_gettime(clockid_t clock, struct timespec *now)
{
	long long milliseconds;
	int error;
	REAL(clock_gettime);

	error = real(clock, now);
	if (clock != CLOCK_MONOTONIC && clock != CLOCK_REALTIME)
		return error;
	milliseconds = now->tv_nsec / 1000000 +
		       ahead(clock == CLOCK_REALTIME ? &broken.real : &broken.monotonic);
	now->tv_nsec %= 1000000;
	now->tv_sec += milliseconds / 1000;
	milliseconds %= 1000;
	if (milliseconds < 0) {
		milliseconds += 1000;
		now->tv_sec--;
	}
	now->tv_nsec += milliseconds * 1000000;
	return error;
}

int
gettimeofday(struct timeval *restrict now, void *restrict zone)
{
	int error;
	REAL(gettimeofday);

	error = real(now, zone);
	now->tv_sec += ahead(&broken.real) / 1000;
	return error;
}

time_t
time(time_t *result)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	if (result != NULL)
		*result = now.tv_sec;
	return now.tv_sec;
}
