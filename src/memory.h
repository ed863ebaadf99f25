/* SPDX-License-Identifier: MIT */
/* memory: all zero, as from calloc, but out of the cache that malloc has for each thread: that
 * of glibc 2.36 is passed by when calloc is asked, at five times the price. */
#ifndef ASYNCDNS_MEMORY_H
#define ASYNCDNS_MEMORY_H

#include <stdlib.h>
#include <string.h>

/* NULL: no memory. To be freed by free. */
static inline void *
memory_zeroed(size_t size)
{
	void *memory = malloc(size);

#ifdef __GNUC__
	__asm__("" : "+r"(memory)); /* else the compiler makes it a calloc */
#endif
	return memory != NULL ? memset(memory, 0, size) : NULL;
}

#endif
