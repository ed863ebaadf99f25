/* SPDX-License-Identifier: MIT */
/* The formats of lines: text, short, tsv and hosts. */
#include <config.h>

#include "resolve_format.h"

#include <string.h>

#define TYPE_TEXT_SIZE 16
#define TTL_WIDTH 5
#define TYPE_WIDTH 4

static const char *
type_text(int type)
{
	static char text[TYPE_TEXT_SIZE];

	switch (type) {
	case DNS_RECORD_TYPE_A:
		return "A";
	case DNS_RECORD_TYPE_AAAA:
		return "AAAA";
	default:
		type_format(type, text, sizeof(text));
		return text;
	}
}

static size_t
count_digits(uint32_t number)
{
	size_t count = 1;

	while ((number /= 10) > 0)
		count++;
	return count;
}

static void
put_columns(struct buffer *buffer, struct layout *layout, size_t width,
	    const struct result_record *record)
{
	const char *type = type_text(record->type);
	size_t digits = count_digits(record->ttl);

	if (width < layout->name_width)
		buffer_put_blanks(buffer, layout->name_width - width);
	else if (width <= NAME_WIDTH_LIMIT)
		layout->name_width = width;
	buffer_put_blanks(buffer, 2 + (digits < TTL_WIDTH ? TTL_WIDTH - digits : 0));
	buffer_put_number(buffer, record->ttl);
	buffer_put_blanks(buffer, 2);
	buffer_put_text(buffer, type);
	buffer_put_blanks(buffer, 2 + (strlen(type) < TYPE_WIDTH ? TYPE_WIDTH - strlen(type)
								 : 0));
}

static void
put_ttl_and_type(struct buffer *buffer, const struct result_record *record)
{
	buffer_put_byte(buffer, '\t');
	buffer_put_number(buffer, record->ttl);
	buffer_put_byte(buffer, '\t');
	buffer_put_text(buffer, type_text(record->type));
	buffer_put_byte(buffer, '\t');
}

static void
text_write(struct buffer *buffer, struct layout *layout, const struct item *item,
	   const struct result *result)
{
	struct result_cursor cursor = {0, 0};
	struct result_record record;
	size_t width;

	while (result_next_asked(result, &cursor, &record)) {
		width = buffer_put_escaped(buffer, item->name, item->length);
		if (layout->is_aligned)
			put_columns(buffer, layout, width, &record);
		else
			put_ttl_and_type(buffer, &record);
		buffer_put_color(buffer, layout->is_colored ? "1" : NULL);
		format_data(buffer, &record);
		buffer_put_color(buffer, layout->is_colored ? "0" : NULL);
		buffer_put_byte(buffer, layout->end);
	}
}

static void
short_write(struct buffer *buffer, struct layout *layout, const struct item *item,
	    const struct result *result)
{
	struct result_cursor cursor = {0, 0};
	struct result_record record;

	(void)item;
	while (result_next_asked(result, &cursor, &record)) {
		format_data(buffer, &record);
		buffer_put_byte(buffer, layout->end);
	}
}

static void
tsv_begin(struct buffer *buffer, struct layout *layout)
{
	buffer_put_text(buffer, TSV_TITLE);
	buffer_put_byte(buffer, layout->end);
}

static void
tsv_put_item(struct buffer *buffer, const struct item *item, const struct result *result)
{
	buffer_put_number(buffer, item->index);
	buffer_put_byte(buffer, '\t');
	buffer_put_escaped(buffer, item->name, item->length);
	buffer_put_byte(buffer, '\t');
	buffer_put_text(buffer, result_status_text(result->status));
}

static void
tsv_write(struct buffer *buffer, struct layout *layout, const struct item *item,
	  const struct result *result)
{
	struct result_cursor cursor = {0, 0};
	struct result_record record;
	bool is_empty = true;

	while (result_next_asked(result, &cursor, &record)) {
		tsv_put_item(buffer, item, result);
		put_ttl_and_type(buffer, &record);
		format_data(buffer, &record);
		buffer_put_byte(buffer, layout->end);
		is_empty = false;
	}
	if (!is_empty)
		return;
	tsv_put_item(buffer, item, result);
	buffer_put_text(buffer, "\t\t");
	format_types(buffer, item);
	buffer_put_byte(buffer, '\t');
	buffer_put_byte(buffer, layout->end);
}

/* May it stand in a hosts file? Its readers take no escapes. */
static bool
is_host(const char *name, size_t length)
{
	return length > 0 && strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
					  "0123456789-_.") >= length;
}

/* All the names of an address in one line; nothing if there is none that may be there. */
static void
hosts_write_names(struct buffer *buffer, struct layout *layout, const struct item *item,
		  const struct result *result)
{
	struct result_cursor cursor = {0, 0};
	struct result_record record;
	bool is_empty = true;
	const char *name;

	while (result_next_asked(result, &cursor, &record)) {
		name = record.host != NULL ? record.host : DnsRecordGetHost(record.record);
		if (name == NULL || !is_host(name, strlen(name)))
			continue;
		if (is_empty)
			buffer_put(buffer, item->name, item->length);
		buffer_put_byte(buffer, is_empty ? '\t' : ' ');
		buffer_put_text(buffer, name);
		is_empty = false;
	}
	if (!is_empty)
		buffer_put_byte(buffer, layout->end);
}

static void
hosts_write(struct buffer *buffer, struct layout *layout, const struct item *item,
	    const struct result *result)
{
	struct result_cursor cursor = {0, 0};
	struct result_record record;
	size_t length = item->length;

	if (item->is_address) {
		hosts_write_names(buffer, layout, item, result);
		return;
	}
	if (length > 1 && item->name[length - 1] == '.')
		length--;
	while (result_next_asked(result, &cursor, &record)) {
		if (record.address == NULL || !is_host(item->name, length))
			continue;
		format_address(buffer, record.address);
		buffer_put_byte(buffer, '\t');
		buffer_put(buffer, item->name, length);
		buffer_put_byte(buffer, layout->end);
	}
}

const struct format format_text = {.name = "text", .write = text_write};
const struct format format_short = {.name = "short", .write = short_write};
const struct format format_tsv = {
	.name = "tsv",
	.has_failures = true,
	.begin = tsv_begin,
	.write = tsv_write,
};
const struct format format_hosts = {.name = "hosts", .write = hosts_write};
