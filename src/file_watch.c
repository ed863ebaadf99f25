/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "file_watch.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

bool
file_watch_init(struct file_watch *watch, const char *path, size_t maximum)
{
	memset(watch, 0, sizeof *watch);
	atomic_init(&watch->next_look, INT64_MIN);
	hash_seed_init(&watch->seed);
	watch->maximum = maximum;
	watch->path = strdup(path);
	return watch->path != NULL;
}

void
file_watch_clear(struct file_watch *watch)
{
	free(watch->path);
}

bool
file_watch_is_due(struct file_watch *watch, int64_t now)
{
	return now >= atomic_load(&watch->next_look);
}

static bool
offer(struct file_watch *watch, const char *text, size_t length, file_watch_take *take,
      void *context)
{
	uint64_t content = hash_octets(&watch->seed, text, length);

	bool is_known = watch->has_content && content == watch->content;

	watch->is_refused = !is_known && !take(context, text, length);
	if (watch->is_refused)
		return false;
	watch->content = content;
	watch->has_content = true;
	return true;
}

static bool
is_lack_of_means(int error)
{
	return error == ENOMEM || error == EMFILE || error == ENFILE;
}

/* False: to be tried again at the next look. */
static bool
read_file(struct file_watch *watch, file_watch_take *take, void *context)
{
	struct text_file file;
	bool is_taken;

	if (text_file_read(&file, watch->path, watch->maximum) < 0) {
		if (!is_lack_of_means(errno))
			offer(watch, "", 0, take, context);
		return false;
	}
	watch->identity = file.identity;
	is_taken = offer(watch, file.text, file.length, take, context);
	free(file.text);
	return is_taken;
}

void
file_watch_look(struct file_watch *watch, int64_t now, file_watch_take *take,
		void *context)
{
	struct text_file_identity before = watch->identity, identity;

	if (!file_watch_is_due(watch, now))
		return;
	/* What is written twice within a tick of the file system's clock can look the
	 * same both times; so it is read until two looks have seen the same. */
	if (!watch->is_settled || text_file_identify(watch->path, &identity) < 0 ||
	    !text_file_is_same(&identity, &before))
		watch->is_settled = read_file(watch, take, context) &&
				    text_file_is_same(&watch->identity, &before);
	atomic_store(&watch->next_look, now + FILE_WATCH_INTERVAL);
}
