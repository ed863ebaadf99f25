/* SPDX-License-Identifier: MIT */
/* Who asks, and for what. */
#define _GNU_SOURCE 1

#include "starve.h"

#include <errno.h>
#include <fcntl.h>
#include <link.h>
#include <pthread.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <unistd.h>

#include "../support/cares.h"
#include "../support/interpose.h"

#define RANGES 16

enum { MEMORY, SOCKET, CONNECT, EPOLL, EVENTFD, THREAD, RANDOM, OPEN };

static const struct {
	const char *name;
	int error;
} kinds[] = {
	[MEMORY] = { "memory", ENOMEM },       [SOCKET] = { "socket", EMFILE },
	[CONNECT] = { "connect", EADDRNOTAVAIL }, [EPOLL] = { "epoll", ENOSPC },
	[EVENTFD] = { "eventfd", ENFILE },     [THREAD] = { "thread", EAGAIN },
	[RANDOM] = { "random", ENOSYS },       [OPEN] = { "open", ENFILE },
};

struct starve starve;

/* ---- Who asks ---- */

/* Where the code of the libraries is. */
static struct {
	uintptr_t begin, end;
} ranges[RANGES];
static size_t range_count;

static int
note_library(struct dl_phdr_info *info, size_t size, void *unused)
{
	static const char *const names[] = { "libasyncdns", "libcares", "libevent", "libidn2" };
	const ElfW(Phdr) * header;
	size_t i;
	int k;

	(void)size;
	(void)unused;
	for (i = 0; i < sizeof names / sizeof *names; i++) {
		if (strstr(info->dlpi_name, names[i]) == NULL)
			continue;
		for (k = 0; k < info->dlpi_phnum && range_count < RANGES; k++) {
			header = &info->dlpi_phdr[k];
			if (header->p_type != PT_LOAD || (header->p_flags & PF_X) == 0)
				continue;
			ranges[range_count].begin = info->dlpi_addr + header->p_vaddr;
			ranges[range_count].end = ranges[range_count].begin + header->p_memsz;
			range_count++;
		}
	}
	return 0;
}

static bool
is_library(const void *caller)
{
	uintptr_t at = (uintptr_t)caller;
	size_t i;

	for (i = 0; i < range_count; i++)
		if (at >= ranges[i].begin && at < ranges[i].end)
			return true;
	return false;
}

static bool
fails(unsigned int kind, const void *caller)
{
	unsigned long number;

	if (!atomic_load(&starve.is_counting) || kind != starve.of || !is_library(caller))
		return false;
	number = atomic_fetch_add(&starve.count, 1) + 1;
	if (starve.at == 0 || number < starve.at || (number > starve.at && !starve.stays))
		return false;
	atomic_store(&starve.was_short, true);
	errno = kinds[kind].error;
	return true;
}

const char *
starve_name(void)
{
	return kinds[starve.of].name;
}

void
starve_say(const char *format, ...)
{
	char line[160] = "starve: ";
	size_t length = strlen(line);
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(line + length, sizeof line - length, format, arguments);
	va_end(arguments);
	length = strlen(line);
	line[length++] = '\n';
	if (write(STDERR_FILENO, line, length) < 0)
		_Exit(98);
}

__attribute__((constructor)) static void
begin(void)
{
	const char *of = getenv("STARVE_OF");

	if (of == NULL)
		return;
	while (strcmp(kinds[starve.of].name, of) != 0)
		if (++starve.of == sizeof kinds / sizeof *kinds)
			abort();
	starve.is_early = getenv("STARVE_EARLY") != NULL;
	dl_iterate_phdr(note_library, NULL);
	repeat_prepare();
	if (starve.of == MEMORY && !cares_stands_short_memory())
		defect_prepare();
	starve.is_on = true;
}

/* ---- In the place of the C library's ---- */

#define FAILS(kind) fails(kind, __builtin_return_address(0))

void *
malloc(size_t size)
{
	REAL(malloc);
	return FAILS(MEMORY) ? NULL : real(size);
}

void *
calloc(size_t count, size_t size)
{
	REAL(calloc);
	return FAILS(MEMORY) ? NULL : real(count, size);
}

void *
realloc(void *before, size_t size)
{
	REAL(realloc);
	return FAILS(MEMORY) ? NULL : real(before, size);
}

void *
aligned_alloc(size_t alignment, size_t size)
{
	REAL(aligned_alloc);
	return FAILS(MEMORY) ? NULL : real(alignment, size);
}

char *
strdup(const char *text)
{
	REAL(strdup);
	return FAILS(MEMORY) ? NULL : real(text);
}

int
socket(int family, int type, int protocol)
{
	REAL(socket);
	return FAILS(SOCKET) ? -1 : real(family, type, protocol);
}

int
connect(int descriptor, const struct sockaddr *address, socklen_t length)
{
	REAL(connect);
	return FAILS(CONNECT) ? -1 : real(descriptor, address, length);
}

int
epoll_create1(int flags)
{
	REAL(epoll_create1);
	return FAILS(EPOLL) ? -1 : real(flags);
}

int
epoll_ctl(int set, int operation, int descriptor, struct epoll_event *event)
{
	REAL(epoll_ctl);
	if (operation != EPOLL_CTL_DEL && FAILS(EPOLL))
		return -1;
	return real(set, operation, descriptor, event);
}

int
eventfd(unsigned int value, int flags)
{
	REAL(eventfd);
	return FAILS(EVENTFD) ? -1 : real(value, flags);
}

int
pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*run)(void *),
	       void *argument)
{
	REAL(pthread_create);
	return FAILS(THREAD) ? EAGAIN : real(thread, attributes, run, argument);
}

ssize_t
getrandom(void *octets, size_t size, unsigned int flags)
{
	REAL(getrandom);
	return FAILS(RANDOM) ? -1 : real(octets, size, flags);
}

/* Names for files of any size are others in the header, but not in the libraries. */
/* clang-format off */
#define OPENS(function, name)                                                            \
	int function(const char *path, int flags, ...) __asm__(name);                    \
                                                                                         \
	int                                                                              \
	function(const char *path, int flags, ...)                                       \
	{                                                                                \
		va_list arguments;                                                       \
		mode_t mode;                                                             \
		REAL_CALLED(&open, name);                                                \
                                                                                         \
		va_start(arguments, flags);                                              \
		mode = (flags & O_CREAT) != 0 ? va_arg(arguments, mode_t) : 0;           \
		va_end(arguments);                                                       \
		return FAILS(OPEN) ? -1 : real(path, flags, mode);                       \
	}
/* clang-format on */

OPENS(open_small, "open")
OPENS(open_large, "open64")

FILE *open_stream(const char *path, const char *mode) __asm__("fopen");

FILE *
open_stream(const char *path, const char *mode)
{
	REAL_CALLED(&fopen, "fopen");
	return FAILS(OPEN) ? NULL : real(path, mode);
}
