/* SPDX-License-Identifier: MIT */
#include "rooms.h"

#include "unit.h"

#define ROOM_ENTRY(name) { #name, name##_tests },

int
main(void)
{
	static const struct unit_room rooms[] = { ROOMS(ROOM_ENTRY) };

	return unit_main(rooms, sizeof rooms / sizeof *rooms);
}
