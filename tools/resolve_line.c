/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "resolve_line.h"

#include <string.h>

void
line_clear(struct line *line)
{
	line->fault = ITEM_SOUND;
	line->words = 0;
	line->is_in_word = false;
	line->is_in_comment = false;
	line->name_length = 0;
	line->types_length = 0;
}

static void
line_fail(struct line *line, enum item_fault fault)
{
	if (line->fault == ITEM_SOUND)
		line->fault = fault;
}

static void
name_take(struct line *line, char byte)
{
	if (byte == '\0')
		line_fail(line, ITEM_IMPOSSIBLE);
	if (line->name_length < ITEM_NAME_LIMIT)
		line->name[line->name_length++] = byte;
	else
		line_fail(line, ITEM_TOO_LONG);
}

static void
types_take(struct line *line, char byte)
{
	if (byte != '\0' && line->types_length < LINE_TYPES_LIMIT)
		line->types[line->types_length++] = byte;
	else
		line_fail(line, ITEM_BAD_TYPE);
}

void
line_take(struct line *line, char byte)
{
	if (line->is_in_comment)
		return;
	switch (byte) {
	case '#':
		line->is_in_comment = true;
		return;
	case ' ':
	case '\t':
	case '\r':
	case '\n':
		line->is_in_word = false;
		return;
	}
	if (!line->is_in_word) {
		line->is_in_word = true;
		line->words++;
	}
	if (line->words == 1)
		name_take(line, byte);
	else if (line->words == 2)
		types_take(line, byte);
	else
		line_fail(line, ITEM_SEVERAL_WORDS);
}

bool
line_end(struct line *line, const struct type_list *types, struct item *item)
{
	bool has_item = line->words > 0;

	if (has_item) {
		item->types = *types;
		line->types[line->types_length] = '\0';
		if (line->words == 2 &&
		    type_list_read(&item->types, line->types) != TYPES_SOUND) {
			line_fail(line, ITEM_BAD_TYPE);
			item->types = *types;
		}
		item->fault = line->fault;
		item->length = line->name_length;
		memcpy(item->name, line->name, item->length);
		item->name[item->length] = '\0';
		item_judge(item);
	}
	line_clear(line);
	return has_item;
}
