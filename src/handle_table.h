/* SPDX-License-Identifier: MIT */
/* handle_table: tokens that stand for objects. A token is a slot's index and a
 * generation, dressed as a pointer; it is checked at every use and never dereferenced, so
 * a stale, forged or foreign one is noticed, not followed.
 *
 * The table also counts the references to the object. Slots are never given back to the
 * system, so that looking at one is always safe; a freed slot gets another generation and
 * goes to the end of the queue of free ones, so that it is long until a token comes back.
 *
 * One atomic word a slot decides everything; only taking and freeing a slot lock (leaf).
 *
 * In a child process the table goes on. What the parent put there is inherited: it is not
 * pinned by mistake, and its last reference is never given back, so that nobody frees it. */
#ifndef ASYNCDNS_HANDLE_TABLE_H
#define ASYNCDNS_HANDLE_TABLE_H

#include <stdbool.h>

enum handle_kind {
	HANDLE_RESOLVER = 1,
	HANDLE_ASYNC_RESULT
};

/* A token for the object, with so many references to it. NULL: no memory, or 2^24
 * objects. */
void *handle_table_insert(enum handle_kind kind, void *object, unsigned int references);

/* The object with one more reference, or NULL if the token is not valid, not of that
 * kind, retired, or inherited. */
void *handle_table_pin(enum handle_kind kind, const void *token);

/* The same, but only if it is inherited. */
void *handle_table_pin_inherited(enum handle_kind kind, const void *token);

/* One more reference, for a caller who has one: that of a retired token too. */
void handle_table_retain(const void *token);

/* Gives one reference back. True: it was the last, the token is gone, and the caller
 * frees the object, which is not inherited. */
bool handle_table_unpin(const void *token);

/* From now on the token can't be pinned. True for exactly one caller, who inherits the
 * reference that the token itself stood for. The caller must hold a reference. */
bool handle_table_retire(const void *token);

#endif
