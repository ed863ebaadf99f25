/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "watched_sockets.h"

#include <stdlib.h>

struct watched_socket {
	struct list link;
	int descriptor;
	struct loop_watch *watch;
};

void
watched_sockets_init(struct watched_sockets *watched)
{
	list_init(&watched->sockets);
}

static struct watched_socket *
find(struct watched_sockets *watched, int descriptor)
{
	struct watched_socket *found;
	struct list *link;

	for (link = watched->sockets.next; link != &watched->sockets; link = link->next) {
		found = container_of(link, struct watched_socket, link);
		if (found->descriptor == descriptor)
			return found;
	}
	return NULL;
}

static struct watched_socket *
add(struct watched_sockets *watched, int descriptor)
{
	struct watched_socket *added = malloc(sizeof *added);

	if (added == NULL)
		return NULL;
	added->descriptor = descriptor;
	added->watch = loop_watch_open(watched->loop, descriptor, watched->on_ready,
				       watched->data);
	if (added->watch == NULL) {
		free(added);
		return NULL;
	}
	list_append(&watched->sockets, &added->link);
	return added;
}

static void
remove_socket(struct watched_socket *removed)
{
	list_remove(&removed->link);
	loop_watch_close(removed->watch);
	free(removed);
}

void
watched_sockets_set(struct watched_sockets *watched, int descriptor, bool readable,
		    bool writable)
{
	struct watched_socket *found = find(watched, descriptor);

	if (!readable && !writable) {
		if (found != NULL)
			remove_socket(found);
		return;
	}
	if (found == NULL)
		found = add(watched, descriptor);
	if (found != NULL)
		loop_watch_set(found->watch, readable, writable);
}

void
watched_sockets_close(struct watched_sockets *watched)
{
	while (!list_is_empty(&watched->sockets))
		remove_socket(container_of(watched->sockets.next, struct watched_socket, link));
}
