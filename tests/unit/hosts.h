/* SPDX-License-Identifier: MIT */
/* What a hosts table is expected to say. An entry is written "name alias… = address…". */
#ifndef TESTS_UNIT_HOSTS_H
#define TESTS_UNIT_HOSTS_H

#include "hosts_table.h"

/* The table of the test. */
extern struct hosts_table *hosts;

void hosts_parse(const char *text);
/* From memory of exact size: ASan sees reading beyond it. */
void hosts_parse_octets(const char *text, size_t length);
void hosts_tear_down(void);

void hosts_expect(const char *name, const char *expected);
void hosts_expect_of(const char *name, int family, const char *expected);
void hosts_expect_none(const char *name);
void hosts_expect_no_name(const char *name, int family, int error);
void hosts_expect_reverse(const char *digits, const char *expected);
void hosts_expect_no_reverse(const char *digits);

union host_address hosts_read_address(const char *text);
/* Writes the entry, and releases it. */
void hosts_format_entry(DnsHostEntry *entry, char text[1024]);

#endif
