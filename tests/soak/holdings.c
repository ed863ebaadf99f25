/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE 1

#include "holdings.h"

#include <dirent.h>
#include <malloc.h>
#include <unistd.h>

#include "dice.h"

/* Without "." and "..". */
static int
count_entries(const char *path)
{
	DIR *directory = opendir(path);
	int count = -2;

	require(directory != NULL);
	while (readdir(directory) != NULL)
		count++;
	closedir(directory);
	return count;
}

/* In use is what malloc has given away; sanitizers have their own. */
struct holdings
holdings_look(void)
{
	struct holdings holdings = { .in_use = 0 };
	FILE *file;

#ifdef __GLIBC__
	struct mallinfo2 heap;

	malloc_trim(0);
	heap = mallinfo2();
	holdings.in_use = heap.uordblks + heap.hblkhd;
#endif
	holdings.descriptors = count_entries("/proc/self/fd") - 1;
	holdings.threads = count_entries("/proc/self/task");
	file = fopen("/proc/self/statm", "r");
	require(file != NULL && fscanf(file, "%*d %ld", &holdings.resident) == 1);
	fclose(file);
	holdings.resident *= sysconf(_SC_PAGESIZE) / 1024;
	return holdings;
}
