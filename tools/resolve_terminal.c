/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "resolve_terminal.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include "resolve_values.h"

/* Longer ones are cut too. */
#define WIDTH_LIMIT 250
#define DEFAULT_COLUMNS 80
#define COLUMNS_LIMIT 10000

size_t
terminal_get_columns(int descriptor)
{
	const char *text = getenv("COLUMNS");
	unsigned int columns = text != NULL ? number_read(text, COLUMNS_LIMIT) : 0;
	struct winsize size;

	if (columns > 0)
		return columns;
	if (ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
		return size.ws_col;
	return DEFAULT_COLUMNS;
}

/* Whoever does not get to see it loses nothing. */
static void
put(const struct terminal_line *line, const char *bytes, size_t length)
{
	ssize_t count = write(line->descriptor, bytes, length);

	(void)count;
}

void
terminal_line_draw(struct terminal_line *line, const char *text, size_t length)
{
	/* A text as wide as the terminal might be followed by a line break. */
	size_t limit = terminal_get_columns(line->descriptor) - 1;
	char bytes[1 + WIDTH_LIMIT];
	size_t width;

	if (limit > WIDTH_LIMIT)
		limit = WIDTH_LIMIT;
	if (length > limit)
		length = limit;
	/* What was drawn before is covered. */
	width = line->width > length && line->width <= limit ? line->width : length;
	memset(bytes, ' ', sizeof(bytes));
	bytes[0] = '\r';
	memcpy(bytes + 1, text, length);
	put(line, bytes, 1 + width);
	line->width = length;
}

void
terminal_line_erase(struct terminal_line *line)
{
	char bytes[WIDTH_LIMIT + 2];

	if (line->width == 0)
		return;
	memset(bytes, ' ', sizeof(bytes));
	bytes[0] = bytes[line->width + 1] = '\r';
	put(line, bytes, line->width + 2);
	line->width = 0;
}
