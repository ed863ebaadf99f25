/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "search_list.h"

#include <stdlib.h>
#include <string.h>

static bool
is_one_of(char c, const char *separators)
{
	return c != '\0' && strchr(separators, c) != NULL;
}

static bool
has_suffix(const struct search_list *list, const char *suffix)
{
	size_t i;

	for (i = 0; i < list->count; i++)
		if (strcmp(list->suffixes[i], suffix) == 0)
			return true;
	return false;
}

/* The normal form of a suffix, if it is one. */
static bool
read_suffix(char suffix[HOST_NAME_MAXIMUM + 1], const char *text, size_t length)
{
	if (length > 1 && text[0] == '.' && text[1] != '.') { /* glibc passes over one */
		text++;
		length--;
	}
	/* Before a longer one nothing fits; nor does NUL. */
	if (length > HOST_NAME_MAXIMUM || memchr(text, '\0', length) != NULL)
		return false;
	host_name_normalise(suffix, text, length);
	return *suffix == '\0' || host_name_is_possible(suffix);
}

bool
search_list_is_suffix(const char *text, size_t length)
{
	char suffix[HOST_NAME_MAXIMUM + 1];

	return read_suffix(suffix, text, length);
}

static void
add_suffix(struct search_list *list, const char *text, size_t length)
{
	char suffix[HOST_NAME_MAXIMUM + 1];

	if (list->count < SEARCH_LIST_MAXIMUM && read_suffix(suffix, text, length) &&
	    !has_suffix(list, suffix)) {
		list->suffixes[list->count++] =
			strcpy(list->text + list->text_used, suffix);
		list->text_used += strlen(suffix) + 1;
	}
}

/* With room for suffixes that take so many octets, each with its end; the normal form of
 * one is never longer. */
static struct search_list *
create_empty(int ndots, size_t text_size)
{
	const size_t most = SEARCH_LIST_MAXIMUM * (HOST_NAME_MAXIMUM + 1);
	struct search_list *list;

	list = calloc(1, sizeof *list + (text_size < most ? text_size : most));
	if (list == NULL)
		return NULL;
	atomic_init(&list->references, 1);
	list->may_ask_top_level = true;
	list->ndots = ndots < 0				  ? 0
		      : ndots > SEARCH_LIST_NDOTS_MAXIMUM ? SEARCH_LIST_NDOTS_MAXIMUM
							  : ndots;
	return list;
}

struct search_list *
search_list_create(const char *const *suffixes, size_t count, int ndots)
{
	struct search_list *list;
	size_t text_size = 0, i;

	for (i = 0; i < count; i++)
		text_size += strlen(suffixes[i]) + 1;
	list = create_empty(ndots, text_size);
	if (list == NULL)
		return NULL;
	for (i = 0; i < count; i++)
		add_suffix(list, suffixes[i], strlen(suffixes[i]));
	return list;
}

struct search_list *
search_list_parse(const char *text, size_t length, const char *separators, int ndots)
{
	struct search_list *list = create_empty(ndots, length + 1);
	const char *end = text + length, *word;

	if (list == NULL)
		return NULL;
	for (;;) {
		while (text < end && is_one_of(*text, separators))
			text++;
		if (text == end)
			return list;
		for (word = text; text < end && !is_one_of(*text, separators); text++)
			continue;
		add_suffix(list, word, (size_t)(text - word));
	}
}

struct search_list *
search_list_copy(const struct search_list *list, int ndots)
{
	struct search_list *copy = search_list_create(list->suffixes, list->count, ndots);

	if (copy != NULL)
		copy->may_ask_top_level = list->may_ask_top_level;
	return copy;
}

struct search_list *
search_list_retain(struct search_list *list)
{
	atomic_fetch_add_explicit(&list->references, 1, memory_order_relaxed);
	return list;
}

void
search_list_release(struct search_list *list)
{
	if (list != NULL &&
	    atomic_fetch_sub_explicit(&list->references, 1, memory_order_acq_rel) == 1)
		free(list);
}

static int
count_dots(const char *name)
{
	int dots = 0;

	while ((name = strchr(name, '.')) != NULL) {
		name++;
		dots++;
	}
	return dots;
}

static bool
is_at_home(const char *name)
{
	return host_name_is_within(name, "home.arpa");
}

static bool
fits(const char *name, const char *suffix)
{
	return strlen(name) + 1 + strlen(suffix) <= HOST_NAME_MAXIMUM;
}

static bool
put(char *candidate, const char *name, const char *suffix)
{
	strcpy(candidate, name);
	if (*suffix != '\0') {
		strcat(candidate, ".");
		strcat(candidate, suffix);
	}
	return true;
}

/* Counts the step down; is it the one that is asked for? */
static bool
is_reached(unsigned int *step)
{
	return (*step)-- == 0;
}

/* May the name be asked as it is after all others? */
static bool
may_end_with(const struct search_list *list, const char *name)
{
	return list->may_ask_top_level || count_dots(name) > 0;
}

bool
search_list_step(const struct search_list *list, const char *name, bool is_absolute,
		 unsigned int step, char candidate[SEARCH_LIST_NAME_SIZE])
{
	const int ndots = list != NULL ? list->ndots : SEARCH_LIST_NDOTS_DEFAULT;
	const size_t count = list != NULL ? list->count : 0;
	bool was_asked_as_is, was_asked;
	const char *suffix;
	size_t i;

	if (strlen(name) > HOST_NAME_MAXIMUM)
		return false;
	if (is_absolute || is_at_home(name))
		return step == 0 && put(candidate, name, "");
	was_asked_as_is = was_asked = count_dots(name) >= ndots;
	if (was_asked && is_reached(&step))
		return put(candidate, name, "");
	for (i = 0; i < count; i++) {
		suffix = list->suffixes[i];
		if (*suffix == '\0' ? was_asked_as_is : !fits(name, suffix))
			continue;
		if (is_reached(&step))
			return put(candidate, name, suffix);
		was_asked = true;
		was_asked_as_is = was_asked_as_is || *suffix == '\0';
	}
	if (was_asked_as_is || (was_asked && !may_end_with(list, name)))
		return false;
	return is_reached(&step) && put(candidate, name, "");
}
