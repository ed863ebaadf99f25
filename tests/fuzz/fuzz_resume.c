/* SPDX-License-Identifier: MIT */
/* An output file that --resume is to go on with; the first byte says in which format it
 * is, and how lines end. What is kept of it is read as the same again, and every item is
 * done or not. */
#include <stdbool.h>
#include <string.h>
#include <unistd.h>

#include "fuzz.h"
#include "resolve.h"
#include "resolve_resume.h"

#define INDEXES_CHECKED 64
/* Of an index that is larger, every level takes megabytes. */
#define INDEX_DIGITS 8

static int file = -1; /* without a name */

static void
write_file(const char *text, size_t size)
{
	FILE *stream;

	if (file < 0) {
		stream = tmpfile();
		require(stream != NULL);
		file = fileno(stream);
	}
	require(ftruncate(file, 0) == 0);
	require(pwrite(file, text, size, 0) == (ssize_t)size);
}

static uint64_t
count_records(const struct resume *resume)
{
	uint64_t records = 0;
	size_t i;

	for (i = 0; i < resume->level_count; i++) {
		require(resume->levels[i].count > 0);
		require(i == 0 || resume->levels[i].count <= resume->levels[i - 1].count);
		records += resume->levels[i].count;
	}
	return records;
}

/* Those of the first indexes, for which no item fits: only whether they are done counts.
 */
static void
check_items(struct resume *resume)
{
	struct item item = { .index = 0 };
	bool is_done, is_temporary;

	for (; item.index < INDEXES_CHECKED; item.index++) {
		is_done = resume->level_count > 0 &&
			  index_set_has(&resume->levels[0], item.index);
		is_temporary = index_set_has(&resume->temporary, item.index);
		require(!is_done || item.index < resume->limit);
		require(is_done || !is_temporary);
		resume->is_retrying = item.index % 2 == 0;
		require(resume_has(resume, &item) ==
			(is_done && !(resume->is_retrying && is_temporary)));
	}
}

static void
require_same(const struct resume *a, const struct resume *b)
{
	require(a->limit == b->limit && a->sum == b->sum);
	require(a->temporary.count == b->temporary.count);
	require(count_records(a) == count_records(b));
	require(resume_exit_status(a) == resume_exit_status(b));
}

/* What is kept of it, and nothing else, is read again: but for a record that was whole
 * only since a cancelled one followed it. */
static void
check_again(const struct resume *resume, char end)
{
	struct resume again;
	uint64_t line;

	require(ftruncate(file, resume->end) == 0);
	require(resume_read(&again, file, resume->form, end, &line) == RESUME_READ);
	if (again.end == resume->end)
		require_same(&again, resume);
	else
		require(again.end < resume->end && resume->form->format == &format_tsv &&
			count_records(&again) + 1 == count_records(resume));
	resume_clear(&again);
}

static bool
has_large_number(const char *text, size_t size)
{
	size_t digits = 0, i;

	for (i = 0; i < size && digits <= INDEX_DIGITS; i++)
		digits = text[i] >= '0' && text[i] <= '9' ? digits + 1 : 0;
	return digits > INDEX_DIGITS;
}

static void
check_file(const char *text, size_t size, const struct format *format, char end)
{
	struct resume resume;
	enum resume_outcome outcome;
	uint64_t line;

	write_file(text, size);
	outcome = resume_read(&resume, file, record_form_find(format), end, &line);
	require(outcome == RESUME_READ || outcome == RESUME_NOT_OURS);
	require(line <= size);
	if (outcome == RESUME_READ) {
		require(resume.end >= 0 && (size_t)resume.end <= size);
		require(resume.end == 0 || text[resume.end - 1] == end);
		require(count_records(&resume) <= line);
		check_again(&resume, end);
		check_items(&resume);
	} else {
		require(line >= 1);
	}
	resume_clear(&resume);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *text = (const char *)data + 1;

	if (size == 0 || has_large_number(text, size - 1))
		return 0;
	check_file(text, size - 1, data[0] % 2 == 0 ? &format_jsonl : &format_tsv,
		   data[0] / 2 % 2 == 0 ? '\n' : '\0');
	return 0;
}
