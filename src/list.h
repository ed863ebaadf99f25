/* SPDX-License-Identifier: MIT */
/* list: a doubly linked ring threaded through the objects themselves, so that joining and
 * leaving never allocate and never fail. A link that is in no list points to itself, and
 * removing it does nothing. */
#ifndef ASYNCDNS_LIST_H
#define ASYNCDNS_LIST_H

#include <stdbool.h>
#include <stddef.h>

/* The object that a member lies in. */
#define container_of(pointer, type, member) \
	((type *)(void *)((char *)(pointer) - offsetof(type, member)))

struct list {
	struct list *next;
	struct list *previous;
};

static inline void
list_init(struct list *list)
{
	list->next = list;
	list->previous = list;
}

static inline bool
list_is_empty(const struct list *list)
{
	return list->next == list;
}

static inline void
list_append(struct list *list, struct list *link)
{
	link->next = list;
	link->previous = list->previous;
	list->previous->next = link;
	list->previous = link;
}

static inline void
list_remove(struct list *link)
{
	link->previous->next = link->next;
	link->next->previous = link->previous;
	list_init(link);
}

/* Takes the first link out; NULL if there is none. */
static inline struct list *
list_pop(struct list *list)
{
	struct list *first = list->next;

	if (first == list)
		return NULL;
	list_remove(first);
	return first;
}

/* Moves all of one list to the end of another. */
static inline void
list_move_all(struct list *to, struct list *from)
{
	if (list_is_empty(from))
		return;
	from->next->previous = to->previous;
	to->previous->next = from->next;
	from->previous->next = to;
	to->previous = from->previous;
	list_init(from);
}

#endif
