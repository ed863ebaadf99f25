/* SPDX-License-Identifier: MIT */
/* For functions that stand in the place of a library's: the one that would have been called.
 * To be included with _GNU_SOURCE. */
#ifndef TESTS_SUPPORT_INTERPOSE_H
#define TESTS_SUPPORT_INTERPOSE_H

#include <dlfcn.h>
#include <stdatomic.h>
#include <stddef.h>

/* Declares "real", a function of that type; found once, by that name. A copy is called: gcc
 * reads an atomic pointer to call it as if it were none. */
/* clang-format off */
#define REAL_CALLED(type, name)                                                          \
	static _Atomic(__typeof__(type)) found;                                          \
	__typeof__(type) real = found;                                                   \
	if (real == NULL)                                                                \
		found = real = (__typeof__(type))dlsym(RTLD_NEXT, name)
/* clang-format on */

#define REAL(name) REAL_CALLED(__typeof__(&name), #name)

#endif
