/* SPDX-License-Identifier: MIT */
/* A port of 127.0.0.1 where nobody answers, and that nobody else can get meanwhile. */
#ifndef TESTS_UNIT_CLOSED_PORT_H
#define TESTS_UNIT_CLOSED_PORT_H

#define CLOSED_PORT_TEXT 32

/* Writes "127.0.0.1:PORT"; a descriptor, to be closed. */
int closed_port_open(char address[CLOSED_PORT_TEXT]);

#endif
