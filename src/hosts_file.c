/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "hosts_file.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>

#include "file_watch.h"

struct hosts_file {
	struct file_watch watch; /* the loop's thread's own */
	struct readers *readers;
	_Atomic(struct hosts_table *) table; /* NULL: none yet */
};

struct hosts_file *
hosts_file_open(const char *path, struct readers *readers)
{
	struct hosts_file *file = calloc(1, sizeof *file);

	if (file == NULL)
		return NULL;
	if (!file_watch_init(&file->watch, path, HOSTS_TABLE_TEXT_MAXIMUM)) {
		free(file);
		return NULL;
	}
	file->readers = readers;
	atomic_init(&file->table, NULL);
	return file;
}

void
hosts_file_close(struct hosts_file *file)
{
	hosts_table_free(atomic_load(&file->table));
	file_watch_clear(&file->watch);
	free(file);
}

const struct hosts_table *
hosts_file_get(struct hosts_file *file)
{
	return atomic_load(&file->table);
}

const struct hosts_table *
hosts_file_get_fresh(struct hosts_file *file, int64_t now)
{
	return file_watch_is_due(&file->watch, now) ? NULL : hosts_file_get(file);
}

static bool
take_text(void *context, const char *text, size_t length)
{
	struct hosts_table *table = hosts_table_parse(text, length), *before;
	struct hosts_file *file = context;

	if (table == NULL)
		return false;
	before = atomic_exchange(&file->table, table);
	if (before != NULL)
		hosts_table_retire(before, file->readers);
	return true;
}

void
hosts_file_refresh(struct hosts_file *file, int64_t now)
{
	readers_collect(file->readers);
	file_watch_look(&file->watch, now, take_text, file);
}
