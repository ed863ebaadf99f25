/* SPDX-License-Identifier: MIT */
/* What the tool reads of items: lines, of which the first byte says how they end, as
 * items; and the texts that stand for types, times and numbers. An item written as a
 * result is read back as that item's. */
#include <stdbool.h>
#include <string.h>

#include "fuzz.h"
#include "host_name.h"
#include "resolve_buffer.h"
#include "resolve_json_text.h"
#include "resolve_line.h"
#include "resolve_record.h"
#include "resolve_values.h"

/* A list of types, written, is read as the same. */
static void
check_types(const struct type_list *types)
{
	char text[TYPE_LIMIT * 16] = "", *at = text;
	struct type_list again;
	uint8_t i;

	require(types->count >= 1 && types->count <= TYPE_LIMIT);
	for (i = 0; i < types->count; i++) {
		if (i > 0)
			*at++ = ',';
		type_format(types->types[i], at, 16);
		at += strlen(at);
	}
	require(type_list_read(&again, text) == TYPES_SOUND);
	require(again.count == types->count);
	require(memcmp(again.types, types->types,
		       types->count * sizeof types->types[0]) == 0);
}

static void
check_address(const struct item *item)
{
	struct sockaddr_storage address;
	char name[REVERSE_NAME_SIZE];

	require(item->types.count == 1);
	require(item_get_address(item, &address) > 0);
	item_make_reverse_name(item, name);
	require(host_name_is_possible(name));
}

/* The head of a result in that format, up to its status; and what is read of it. */
static void
check_record(const struct item *item, const struct format *format, const char *before,
	     const char *after)
{
	const struct record_form *form = record_form_find(format);
	struct record_head head;
	struct buffer line, key;

	require(form != NULL);
	buffer_init(&line, 64);
	buffer_init(&key, 64);
	buffer_put_text(&line, before);
	buffer_put_number(&line, item->index);
	if (format == &format_tsv)
		buffer_put_byte(&line, '\t');
	form->put_key(&key, item);
	buffer_put(&line, key.bytes, key.length);
	buffer_put_text(&line, after);
	require(memchr(line.bytes, '\n', line.length) == NULL);
	require(memchr(line.bytes, '\0', line.length) == NULL);
	require(line.length <= RECORD_HEAD_SIZE);
	require(form->read(line.bytes, line.length, &head));
	require(head.index == item->index && head.status == RESULT_FOUND);
	require(head.key_length == key.length);
	require(memcmp(head.key, key.bytes, key.length) == 0);
	buffer_free(&line);
	buffer_free(&key);
}

static void
check_item(const struct item *item)
{
	require(item->length <= ITEM_NAME_LIMIT && item->name[item->length] == '\0');
	require(item->fault != ITEM_SOUND || strlen(item->name) == item->length);
	require(item->fault == ITEM_SOUND || !item->is_address);
	check_types(&item->types);
	if (item->is_address)
		check_address(item);
	check_record(item, &format_jsonl, "{\"index\":", ",\"status\":\"found\",");
	check_record(item, &format_tsv, "", "\tfound\t60\t");
}

static void
check_lines(const char *text, size_t size, char end)
{
	struct item item = { .index = 0 };
	struct type_list types;
	struct line line;
	size_t i;

	require(type_list_read(&types, "addr") == TYPES_SOUND);
	line_clear(&line);
	for (i = 0; i < size; i++) {
		if (text[i] != end) {
			line_take(&line, text[i]);
			continue;
		}
		if (line_end(&line, &types, &item))
			check_item(&item);
		item.index = item.index * 5 + 1;
		if (item.index >= (uint64_t)1 << 30)
			item.index = 0;
	}
	if (line_end(&line, &types, &item))
		check_item(&item);
	require(!line_end(&line, &types, &item));
}

/* The arguments of options. */
static void
check_values(const char *text)
{
	struct type_list types;
	char digits[16];
	unsigned int number = number_read(text, 1000000);
	int time = time_read(text);

	require(time >= 0 && number <= 1000000);
	if (type_list_read(&types, text) == TYPES_SOUND)
		check_types(&types);
	if (number > 0) {
		snprintf(digits, sizeof digits, "%u", number);
		require(strcmp(digits, text + strspn(text, "0")) == 0);
	}
	if (time > 0) {
		snprintf(digits, sizeof digits, "%dms", time);
		require(time_read(digits) == time);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = malloc(size + 1);

	require(text != NULL);
	memcpy(text, data, size);
	text[size] = '\0';
	check_values(text);
	if (size > 0)
		check_lines(text + 1, size - 1, data[0] % 2 == 0 ? '\n' : '\0');
	free(text);
	return 0;
}
