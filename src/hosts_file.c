/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "hosts_file.h"

#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "hash.h"
#include "text_file.h"

#define LOOK_INTERVAL 1000 /* milliseconds */

struct hosts_file {
	/* The loop's thread's own: */
	char *path;
	_Atomic int64_t next_look; /* others may read it */
	struct text_file_identity identity;
	bool is_settled;
	struct hash_seed seed;
	uint64_t content; /* the hash of the text that the table was made from */

	pthread_mutex_t lock; /* guards what follows */
	struct hosts_table *table;
};

struct hosts_file *
hosts_file_open(const char *path)
{
	struct hosts_file *file = calloc(1, sizeof *file);

	if (file == NULL)
		return NULL;
	file->path = strdup(path);
	if (file->path == NULL) {
		free(file);
		return NULL;
	}
	atomic_init(&file->next_look, INT64_MIN);
	hash_seed_init(&file->seed);
	pthread_mutex_init(&file->lock, NULL);
	return file;
}

void
hosts_file_close(struct hosts_file *file)
{
	hosts_table_release(file->table);
	pthread_mutex_destroy(&file->lock);
	free(file->path);
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
	return now < atomic_load(&file->next_look) ? hosts_file_get(file) : NULL;
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

/* The same text again keeps its table. False: no memory. */
static bool
take_text(struct hosts_file *file, const char *text, size_t length)
{
	uint64_t content = hash_octets(&file->seed, text, length);
	struct hosts_table *table;

	/* Nobody else writes the pointer, so that reading it needs no lock. */
	if (file->table != NULL && content == file->content)
		return true;
	table = hosts_table_parse(text, length);
	if (table == NULL)
		return false;
	file->content = content;
	set_table(file, table);
	return true;
}

static bool
is_lack_of_means(int error)
{
	return error == ENOMEM || error == EMFILE || error == ENFILE;
}

/* False: to be tried again at the next look. */
static bool
read_file(struct hosts_file *file)
{
	struct text_file content;
	bool is_taken;

	if (text_file_read(&content, file->path, HOSTS_TABLE_TEXT_MAXIMUM) < 0) {
		if (!is_lack_of_means(errno))
			take_text(file, "", 0);
		return false;
	}
	file->identity = content.identity;
	is_taken = take_text(file, content.text, content.length);
	free(content.text);
	return is_taken;
}

static void
look(struct hosts_file *file)
{
	struct text_file_identity before = file->identity, identity;

	if (file->is_settled && text_file_identify(file->path, &identity) == 0 &&
	    text_file_is_same(&identity, &before))
		return;
	/* What is written twice within a tick of the file system's clock can look the
	 * same both times; so it is read until two looks have seen the same. */
	file->is_settled = read_file(file) && text_file_is_same(&file->identity, &before);
}

void
hosts_file_refresh(struct hosts_file *file, int64_t now)
{
	if (now < atomic_load(&file->next_look))
		return;
	look(file);
	/* At the end: until then nobody takes the old table for a fresh one. */
	atomic_store(&file->next_look, now + LOOK_INTERVAL);
}
