/* SPDX-License-Identifier: MIT */
#ifndef TOOLS_RESOLVE_INTAKE_H
#define TOOLS_RESOLVE_INTAKE_H

struct run;

/* Begins as many lookups as there are items, and room, now. */
void intake_begin_lookups(struct run *);

#endif
