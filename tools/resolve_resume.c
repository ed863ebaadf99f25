/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "resolve_resume.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "resolve.h"
#include "resolve_hash.h"

#define BLOCK_SIZE ((size_t)256 * 1024)
/* Records of one item, one for each time it was tried again. Files that have more were
 * not made by runs. */
#define LEVEL_LIMIT 100000

/* A record: lines that follow each other and are of one item, with one status. */
struct group {
	struct record_head head;	/* without the key */
	uint64_t hash;
	off_t begin;
};

struct scan {
	struct resume *resume;
	char end;		/* of lines */
	uint64_t line;		/* the number of the last, from 1 */
	off_t line_begin;
	struct group group;	/* the last record; it may go on */
	bool has_group;
	size_t head_length;	/* of a line that began in an earlier block */
	char last_byte;
	bool is_over;		/* from a cancelled item on nothing counts */
	bool has_other_end;	/* that line, which may be lines that end in it */
	char head[RECORD_HEAD_SIZE];
};

static uint64_t
hash_item(uint64_t index, const char *key, size_t key_length)
{
	return hash_finish(hash_bytes(key, key_length) + hash_finish(index + 1));
}

static struct index_set *
level_add(struct resume *resume)
{
	struct index_set *levels;

	if (resume->level_count == LEVEL_LIMIT) {
		errno = EFBIG;
		return NULL;
	}
	levels = realloc(resume->levels, (resume->level_count + 1) * sizeof(*levels));
	if (levels == NULL)
		return NULL;
	resume->levels = levels;
	levels += resume->level_count++;
	*levels = (struct index_set){.pages = NULL};
	return levels;
}

/* Counts one record more of that index. */
static bool
count_record(struct resume *resume, uint64_t index)
{
	size_t level = 0;

	while (level < resume->level_count &&
	       index_set_has(&resume->levels[level], index))
		level++;
	if (level == resume->level_count && level_add(resume) == NULL)
		return false;
	return index_set_add(&resume->levels[level], index);
}

/* The last record is whole. */
static bool
group_end(struct scan *scan)
{
	struct resume *resume = scan->resume;
	const struct record_head *head = &scan->group.head;
	int status;

	if (!scan->has_group)
		return true;
	scan->has_group = false;
	resume->sum += scan->group.hash;
	if (head->index >= resume->limit)
		resume->limit = head->index + 1;
	status = result_exit_status(head->status);
	if (status == EXIT_NOT_FOUND)
		resume->has_negative = true;
	if (!(status == EXIT_NO_ANSWER
		      ? index_set_add(&resume->temporary, head->index)
		      : index_set_remove(&resume->temporary, head->index)))
		return false;
	return count_record(resume, head->index);
}

static bool
group_goes_on(const struct scan *scan, const struct record_head *head, uint64_t hash)
{
	const struct group *group = &scan->group;

	return scan->has_group && group->head.may_go_on && head->may_go_on &&
	       group->head.index == head->index && group->head.status == head->status &&
	       group->hash == hash;
}

static bool
is_title(const struct record_form *form, const char *line, size_t length)
{
	return form->has_title && length == strlen(form->opening) &&
	       memcmp(line, form->opening, length) == 0;
}

/* A line without its end, of which no more than a head need be there. */
static enum resume_outcome
line_read(struct scan *scan, const char *line, size_t length, char last_byte)
{
	const struct record_form *form = scan->resume->form;
	struct record_head head;
	uint64_t hash;

	if (++scan->line == 1 && form->has_title)
		return is_title(form, line, length) ? RESUME_READ : RESUME_NOT_OURS;
	if (!form->read(line, length, &head) ||
	    (form->last_byte != '\0' && last_byte != form->last_byte))
		return RESUME_NOT_OURS;
	if (head.status == RESULT_CANCELLED) {
		scan->is_over = true;
		scan->resume->end = scan->line_begin;
		return group_end(scan) ? RESUME_READ : RESUME_FAILED;
	}
	hash = hash_item(head.index, head.key, head.key_length);
	if (group_goes_on(scan, &head, hash))
		return RESUME_READ;
	if (!group_end(scan))
		return RESUME_FAILED;
	scan->group = (struct group){
		.head = head,
		.hash = hash,
		.begin = scan->line_begin,
	};
	scan->has_group = true;
	return RESUME_READ;
}

/* Bytes of a line that is not whole. */
static void
head_take(struct scan *scan, const char *bytes, size_t length)
{
	size_t room = sizeof(scan->head) - scan->head_length;

	if (length == 0)
		return;
	if (memchr(bytes, scan->end == '\0' ? '\n' : '\0', length) != NULL)
		scan->has_other_end = true;
	scan->last_byte = bytes[length - 1];
	memcpy(scan->head + scan->head_length, bytes, length < room ? length : room);
	scan->head_length += length < room ? length : room;
}

static enum resume_outcome
block_read(struct scan *scan, const char *block, size_t length, off_t offset)
{
	enum resume_outcome outcome = RESUME_READ;
	const char *at = block, *end = block + length, *line_end;

	while (outcome == RESUME_READ && !scan->is_over &&
	       (line_end = memchr(at, scan->end, (size_t)(end - at))) != NULL) {
		if (scan->head_length == 0) {
			outcome = line_read(scan, at, (size_t)(line_end - at),
					    line_end > at ? line_end[-1] : '\0');
		} else {
			head_take(scan, at, (size_t)(line_end - at));
			outcome = line_read(scan, scan->head, scan->head_length,
					    scan->last_byte);
			scan->head_length = 0;
		}
		at = line_end + 1;
		scan->line_begin = offset + (at - block);
	}
	if (outcome == RESUME_READ && !scan->is_over)
		head_take(scan, at, (size_t)(end - at));
	return outcome;
}

/* What the file ends in is cut off if it is part of a record: the bytes behind the last
 * line, and lines that may not be all of their item. A file without any line must at
 * least begin as ours do. */
static enum resume_outcome
scan_end(struct scan *scan)
{
	struct resume *resume = scan->resume;
	size_t length = strlen(resume->form->opening);

	if (scan->head_length < length)
		length = scan->head_length;
	if (scan->line == 0 &&
	    (scan->has_other_end ||
	     memcmp(scan->head, resume->form->opening, length) != 0)) {
		scan->line = 1;
		return RESUME_NOT_OURS;
	}
	resume->end = scan->line_begin;
	if (scan->has_group && scan->group.head.may_go_on) {
		resume->end = scan->group.begin;
		return RESUME_READ;
	}
	return group_end(scan) ? RESUME_READ : RESUME_FAILED;
}

static enum resume_outcome
file_read(struct scan *scan, int descriptor, char *block)
{
	enum resume_outcome outcome = RESUME_READ;
	off_t offset = 0;
	ssize_t count;

	while (outcome == RESUME_READ && !scan->is_over) {
		count = pread(descriptor, block, BLOCK_SIZE, offset);
		if (count == 0)
			return scan_end(scan);
		if (count < 0) {
			outcome = errno == EINTR ? RESUME_READ : RESUME_FAILED;
			continue;
		}
		outcome = block_read(scan, block, (size_t)count, offset);
		offset += count;
	}
	return outcome;
}

enum resume_outcome
resume_read(struct resume *resume, int descriptor, const struct record_form *form,
	    char end, uint64_t *line)
{
	char *block = malloc(BLOCK_SIZE);
	struct scan scan = {.resume = resume, .end = end};
	enum resume_outcome outcome = RESUME_FAILED;

	*resume = (struct resume){.form = form};
	if (block != NULL) {
		buffer_init(&resume->key, RECORD_HEAD_SIZE);
		outcome = file_read(&scan, descriptor, block);
	}
	free(block);
	*line = scan.line;
	return outcome;
}

void
resume_clear(struct resume *resume)
{
	size_t i;

	for (i = 0; i < resume->level_count; i++)
		index_set_clear(&resume->levels[i]);
	free(resume->levels);
	index_set_clear(&resume->temporary);
	buffer_free(&resume->key);
	*resume = (struct resume){.levels = NULL};
}

bool
resume_has(struct resume *resume, const struct item *item)
{
	size_t level;
	uint64_t hash;

	if (resume->level_count == 0 || !index_set_has(&resume->levels[0], item->index))
		return false;
	resume->key.length = 0;
	resume->form->put_key(&resume->key, item);
	hash = hash_item(item->index, resume->key.bytes, resume->key.length);
	for (level = 0; level < resume->level_count &&
			index_set_has(&resume->levels[level], item->index);
	     level++)
		resume->sum -= hash;
	return !resume->is_retrying || !index_set_has(&resume->temporary, item->index);
}

bool
resume_is_of_input(const struct resume *resume)
{
	return resume->sum == 0;
}

int
resume_exit_status(const struct resume *resume)
{
	if (resume->temporary.count > 0 && !resume->is_retrying)
		return EXIT_NO_ANSWER;
	return resume->has_negative ? EXIT_NOT_FOUND : EXIT_FOUND;
}
