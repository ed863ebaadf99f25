/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "hosts_file.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>

#include "file_watch.h"

struct hosts_file {
	struct file_watch watch; /* the loop's thread's own */

	pthread_mutex_t lock; /* guards what follows */
	struct hosts_table *table;
};

struct hosts_file *
hosts_file_open(const char *path)
{
	struct hosts_file *file = calloc(1, sizeof *file);

	if (file == NULL)
		return NULL;
	if (!file_watch_init(&file->watch, path, HOSTS_TABLE_TEXT_MAXIMUM)) {
		free(file);
		return NULL;
	}
	pthread_mutex_init(&file->lock, NULL);
	return file;
}

void
hosts_file_close(struct hosts_file *file)
{
	hosts_table_release(file->table);
	pthread_mutex_destroy(&file->lock);
	file_watch_clear(&file->watch);
	free(file);
}

struct hosts_table *
hosts_file_get(struct hosts_file *file)
{
	struct hosts_table *table;

	pthread_mutex_lock(&file->lock);
	table = file->table;
	if (table != NULL)
		hosts_table_retain(table);
	pthread_mutex_unlock(&file->lock);
	return table;
}

struct hosts_table *
hosts_file_get_fresh(struct hosts_file *file, int64_t now)
{
	return file_watch_is_due(&file->watch, now) ? NULL : hosts_file_get(file);
}

static void
set_table(struct hosts_file *file, struct hosts_table *table)
{
	struct hosts_table *before;

	pthread_mutex_lock(&file->lock);
	before = file->table;
	file->table = table;
	pthread_mutex_unlock(&file->lock);
	hosts_table_release(before);
}

static bool
take_text(void *context, const char *text, size_t length)
{
	struct hosts_table *table = hosts_table_parse(text, length);

	if (table == NULL)
		return false;
	set_table(context, table);
	return true;
}

void
hosts_file_refresh(struct hosts_file *file, int64_t now)
{
	file_watch_look(&file->watch, now, take_text, file);
}
