/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "resolve_record.h"

#include <string.h>

#include "resolve_index_set.h"
#include "resolve_json_text.h"

/* What has been read of a line. */
struct reader {
	const char *at, *end;
};

static bool
take_text(struct reader *reader, const char *text)
{
	size_t length = strlen(text);

	if ((size_t)(reader->end - reader->at) < length ||
	    memcmp(reader->at, text, length) != 0)
		return false;
	reader->at += length;
	return true;
}

/* An index, as it is written: without leading zeroes. */
static bool
take_index(struct reader *reader, uint64_t *retIndex)
{
	const char *first = reader->at;
	uint64_t index = 0;

	for (; reader->at < reader->end && *reader->at >= '0' && *reader->at <= '9';
	     reader->at++) {
		index = index * 10 + (uint64_t)(*reader->at - '0');
		if (index >= INDEX_LIMIT)
			return false;
	}
	*retIndex = index;
	return reader->at - first == 1 || (reader->at > first && *first != '0');
}

/* Up to the byte, and over it; an escape is no end. */
static bool
take_until(struct reader *reader, char byte)
{
	for (; reader->at < reader->end; reader->at++) {
		if (*reader->at == byte) {
			reader->at++;
			return true;
		}
		if (*reader->at == '\\' && ++reader->at == reader->end)
			return false;
	}
	return false;
}

static bool
take_status(struct reader *reader, char end, enum result_status *retStatus)
{
	const char *text = reader->at;

	return take_until(reader, end) &&
	       result_status_read(text, (size_t)(reader->at - text) - 1, retStatus);
}

/* {"index":0,"name":"www.example.org","type":"addr","status":"found", */
static bool
jsonl_read(const char *line, size_t length, struct record_head *head)
{
	struct reader reader = {line, line + length};

	head->may_go_on = false;
	if (!take_text(&reader, "{\"index\":") || !take_index(&reader, &head->index))
		return false;
	head->key = reader.at;
	if (!take_text(&reader, ",\"name\":\"") || !take_until(&reader, '"') ||
	    !take_text(&reader, ",\"type\":\"") || !take_until(&reader, '"'))
		return false;
	head->key_length = (size_t)(reader.at - head->key);
	return take_text(&reader, ",\"status\":\"") &&
	       take_status(&reader, '"', &head->status) && take_text(&reader, ",");
}

/* index, name, status, ttl: which is empty if the line is all there is. */
static bool
tsv_read(const char *line, size_t length, struct record_head *head)
{
	struct reader reader = {line, line + length};

	if (!take_index(&reader, &head->index) || !take_text(&reader, "\t"))
		return false;
	head->key = reader.at;
	if (!take_until(&reader, '\t'))
		return false;
	head->key_length = (size_t)(reader.at - head->key) - 1;
	if (!take_status(&reader, '\t', &head->status))
		return false;
	head->may_go_on = !take_text(&reader, "\t");
	return true;
}

static void
tsv_put_key(struct buffer *buffer, const struct item *item)
{
	buffer_put_escaped(buffer, item->name, item->length);
}

const struct record_form *
record_form_find(const struct format *format)
{
	static const struct record_form forms[] = {
		{
			.format = &format_jsonl,
			.opening = "{\"index\":",
			.last_byte = '}',
			.read = jsonl_read,
			.put_key = json_put_item,
		}, {
			.format = &format_tsv,
			.opening = TSV_TITLE,
			.has_title = true,
			.read = tsv_read,
			.put_key = tsv_put_key,
		},
	};
	size_t i;

	for (i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
		if (forms[i].format == format)
			return &forms[i];
	}
	return NULL;
}
