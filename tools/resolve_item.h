/* SPDX-License-Identifier: MIT */
/* An item: one thing to be looked up, as the user gave it. */
#ifndef TOOLS_RESOLVE_ITEM_H
#define TOOLS_RESOLVE_ITEM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <netinet/in.h>
#include <sys/socket.h>

/* The longest name, with its final dot. What is longer can be no name; the beginning is
 * kept for the message. */
#define ITEM_NAME_LIMIT 255

enum item_fault {
	ITEM_SOUND,
	ITEM_IMPOSSIBLE,	/* empty, with an empty label, or with a NUL */
	ITEM_TOO_LONG,
	ITEM_LABEL_TOO_LONG,
	ITEM_SEVERAL_WORDS,	/* more than a name and types */
	ITEM_BAD_TYPE,
	ITEM_NO_ADDRESS		/* -x, and it is none */
};

/* What to ask for. */
#define TYPE_LIMIT 16
#define TYPE_ADDRESSES 0	/* "addr": A and AAAA, as a program would see them */

struct type_list {
	uint8_t count;
	uint16_t types[TYPE_LIMIT];
};

enum type_fault {
	TYPES_SOUND,
	TYPES_UNKNOWN,		/* one is none, or none that can be asked for */
	TYPES_TOO_MANY
};

/* "MX,addr,TYPE65"; none stands in the list twice. */
enum type_fault type_list_read(struct type_list *, const char *text);
/* "addr", "MX", "TYPE65280" into 16 bytes or more. */
void type_format(int type, char *text, size_t size);

struct item {
	uint64_t index;		/* from 0, in the order of the input */
	enum item_fault fault;
	bool is_operand;
	bool is_address;	/* an address, whose name is asked for */
	struct type_list types;	/* of an address PTR only */
	size_t length;
	char name[ITEM_NAME_LIMIT + 1];
};

/* What a name that is whole is: an address, a name, or impossible. */
void item_judge(struct item *);
/* What an address stands for. A scope is dropped: names do not depend on it. */
socklen_t item_get_address(const struct item *, struct sockaddr_storage *);
/* The name whose PTR record an address has. */
#define REVERSE_NAME_SIZE 80
void item_make_reverse_name(const struct item *, char name[REVERSE_NAME_SIZE]);

#endif
