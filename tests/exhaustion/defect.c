/* SPDX-License-Identifier: MIT */
/* Where c-ares does not stand what is tried here (support/cares.h), a crash in its own code is
 * known, and told apart from all others. */
#define _GNU_SOURCE 1

#include "starve.h"

#include <dlfcn.h>
#include <execinfo.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#define FRAMES 16

/* NULL: that is not known. */
static const char *
find_file(void *code)
{
	Dl_info info;

	return dladdr(code, &info) != 0 ? info.dli_fname : NULL;
}

/* Above this handler, and what the C library has called or been called for. */
static bool
is_in_cares(void)
{
	void *frames[FRAMES];
	int i, count = backtrace(frames, FRAMES);
	const char *file;

	for (i = 0; i < count; i++) {
		file = find_file(frames[i]);
		if (file == NULL)
			return false;
		if (strstr(file, "/libcares.so") != NULL)
			return true;
		if (strstr(file, "/libc.so") == NULL && strstr(file, "/starve.so") == NULL)
			return false;
	}
	return false;
}

/* It comes again if it is none of c-ares'. */
static void
on_crash(int number)
{
	if (is_in_cares())
		_Exit(STARVE_DEFECT);
	signal(number, SIG_DFL);
}

void
defect_prepare(void)
{
	void *frame;

	backtrace(&frame, 1); /* allocates the first time */
	signal(SIGSEGV, on_crash);
	signal(SIGABRT, on_crash);
}
