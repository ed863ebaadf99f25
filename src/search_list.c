/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "search_list.h"

#include <stdlib.h>
#include <string.h>

static bool
has_suffix(const struct search_list *list, const char *suffix)
{
	size_t i;

	for (i = 0; i < list->count; i++)
		if (strcmp(list->suffixes[i], suffix) == 0)
			return true;
	return false;
}

static void
add_suffix(struct search_list *list, const char *text)
{
	char suffix[HOST_NAME_MAXIMUM + 1];
	size_t length;

	if (text[0] == '.' && text[1] != '.') /* glibc passes over one */
		text++;
	length = strlen(text);
	if (length > HOST_NAME_MAXIMUM) /* nothing fits before it, final dot or not */
		return;
	host_name_normalise(suffix, text, length);
	if ((*suffix == '\0' || host_name_is_possible(suffix)) &&
	    !has_suffix(list, suffix))
		strcpy(list->suffixes[list->count++], suffix);
}

static int
bring_into(int number, int minimum, int maximum)
{
	if (number < minimum)
		return minimum;
	return number > maximum ? maximum : number;
}

struct search_list *
search_list_create(const char *const *suffixes, size_t count, int ndots)
{
	size_t room = count < SEARCH_LIST_MAXIMUM ? count : SEARCH_LIST_MAXIMUM, i;
	struct search_list *list =
		calloc(1, sizeof *list + room * sizeof *list->suffixes);

	if (list == NULL)
		return NULL;
	atomic_init(&list->references, 1);
	list->ndots = bring_into(ndots, 0, SEARCH_LIST_NDOTS_MAXIMUM);
	list->may_ask_top_level = true;
	for (i = 0; i < count && list->count < room; i++)
		add_suffix(list, suffixes[i]);
	return list;
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
	static const char home[] = ".home.arpa";
	size_t length = strlen(name);

	return host_name_is_same(name, home + 1) ||
	       (length >= strlen(home) &&
		host_name_is_same(name + length - strlen(home), home));
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
