/* SPDX-License-Identifier: MIT */
/* The rooms of the tool that have tests of their own, each in test_ROOM.c, all in one
 * program: CK_RUN_SUITE=ROOM in its environment runs those of one. */
#ifndef TESTS_CLI_ROOMS_H
#define TESTS_CLI_ROOMS_H

#include <check.h>

/* clang-format off */
#define ROOMS(ROOM) \
	ROOM(brake) \
	ROOM(pace) \
	ROOM(progress) \
	ROOM(resume) \
	ROOM(shard)
/* clang-format on */

#define ROOM_DECLARE(name) void name##_tests(TCase *tests);
ROOMS(ROOM_DECLARE)
#undef ROOM_DECLARE

#endif
