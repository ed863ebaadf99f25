/* SPDX-License-Identifier: MIT */
/* A directory and all that is in it. To be included with _GNU_SOURCE. */
#ifndef TESTS_SUPPORT_TREE_H
#define TESTS_SUPPORT_TREE_H

#include <ftw.h>
#include <stdio.h>
#include <sys/stat.h>

static inline int
tree_remove_entry(const char *path, const struct stat *status, int type,
		  struct FTW *position)
{
	(void)status;
	(void)type;
	(void)position;
	remove(path);
	return 0;
}

/* As far as that can be done; symbolic links are not followed. */
static inline void
tree_remove(const char *path)
{
	nftw(path, tree_remove_entry, 8, FTW_DEPTH | FTW_PHYS);
}

#endif
