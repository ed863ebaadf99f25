/* SPDX-License-Identifier: MIT */
/* What a test has in /tmp, and would take away itself if it passed. */
#define _GNU_SOURCE 1

#include "starve.h"

#include <stdlib.h>
#include <string.h>

#include "../support/interpose.h"
#include "../support/tree.h"

#define PATHS  64
#define LENGTH 64

static char paths[PATHS][LENGTH];
static atomic_uint path_count;

static void
note(const char *path)
{
	unsigned int number = atomic_fetch_add(&path_count, 1);

	if (number < PATHS && strlen(path) < LENGTH)
		strcpy(paths[number], path);
}

/* clang-format off */
#define MAKES_FILES(function, name)                                                      \
	int function(char *template) __asm__(name);                                      \
                                                                                         \
	int                                                                              \
	function(char *template)                                                         \
	{                                                                                \
		int made;                                                                \
		REAL_CALLED(&mkstemp, name);                                             \
                                                                                         \
		made = real(template);                                                   \
		if (made >= 0)                                                           \
			note(template);                                                  \
		return made;                                                             \
	}
/* clang-format on */

MAKES_FILES(make_small, "mkstemp")
MAKES_FILES(make_large, "mkstemp64")

char *
mkdtemp(char *template)
{
	char *made;
	REAL(mkdtemp);

	made = real(template);
	if (made != NULL)
		note(template);
	return made;
}

void
litter_remove(void)
{
	unsigned int i, count = atomic_load(&path_count);

	for (i = 0; i < count && i < PATHS; i++)
		if (paths[i][0] != '\0')
			tree_remove(paths[i]);
}
