/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "memory.h"

#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#if defined __GLIBC__ && !defined __SANITIZE_ADDRESS__ && !defined __SANITIZE_THREAD__
#define IS_WATCHED 1
#endif

static struct {
	bool is_open, stays_so, was_short;
	uint64_t count, fails_at;
	int64_t held;
	volatile unsigned int exempt; /* malloc is thought not to look at it */
} memory;

static bool spares_cares;

void
memory_watch(uint64_t fails_at, bool stays_so)
{
	memset(&memory, 0, sizeof memory);
	memory.fails_at = fails_at;
	memory.stays_so = stays_so;
	memory.is_open = true;
}

int64_t
memory_leave(void)
{
	memory.is_open = false;
	return memory.held;
}

uint64_t
memory_count(void)
{
	return memory.count;
}

bool
memory_was_short(void)
{
	return memory.was_short;
}

void
memory_spare_cares(void)
{
	spares_cares = true;
}

static void *
or_abort(void *got)
{
	memory.exempt--;
	if (got == NULL)
		abort();
	return got;
}

void *
memory_of_world(size_t size)
{
	memory.exempt++;
	return or_abort(calloc(1, size));
}

void *
memory_of_world_again(void *before, size_t size)
{
	memory.exempt++;
	return or_abort(realloc(before, size));
}

void
memory_of_world_free(void *of_world)
{
	memory.exempt++;
	free(of_world);
	memory.exempt--;
}

bool
memory_can_be_watched(void)
{
#ifdef IS_WATCHED
	return true;
#else
	return false;
#endif
}

#ifdef IS_WATCHED

/* glibc's own names for its own functions. */
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_memalign(size_t alignment, size_t size);
void *__libc_realloc(void *before, size_t size);
void __libc_free(void *given);

static bool
is_counted(void)
{
	return memory.is_open && memory.exempt == 0;
}

static bool
is_in_cares(void *code)
{
	Dl_info info;

	return dladdr(code, &info) != 0 && info.dli_fname != NULL &&
	       strstr(info.dli_fname, "libcares") != NULL;
}

/* For the code that called malloc or the like. */
static bool
is_to_be_had(void *caller)
{
	if (!is_counted() || (spares_cares && is_in_cares(caller)))
		return true;
	memory.count++;
	if (memory.fails_at == 0 || memory.count < memory.fails_at ||
	    (memory.count > memory.fails_at && !memory.stays_so))
		return true;
	memory.was_short = true;
	errno = ENOMEM;
	return false;
}

static void *
take(void *got)
{
	memory.held += got != NULL && is_counted();
	return got;
}

void *
malloc(size_t size)
{
	return is_to_be_had(__builtin_return_address(0)) ? take(__libc_malloc(size)) : NULL;
}

void *
calloc(size_t count, size_t size)
{
	return is_to_be_had(__builtin_return_address(0)) ? take(__libc_calloc(count, size)) : NULL;
}

void *
aligned_alloc(size_t alignment, size_t size)
{
	return is_to_be_had(__builtin_return_address(0)) ? take(__libc_memalign(alignment, size)) : NULL;
}

void *
realloc(void *before, size_t size)
{
	if (!is_to_be_had(__builtin_return_address(0)))
		return NULL;
	return before == NULL ? take(__libc_malloc(size)) : __libc_realloc(before, size);
}

void
free(void *given)
{
	memory.held -= given != NULL && is_counted();
	__libc_free(given);
}

#endif
