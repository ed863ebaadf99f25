/* SPDX-License-Identifier: MIT */
/* The machine that .NET's tests take for granted, made up: it knows its own name from a
 * hosts file, and the scripted server, with the zone of tests/api/contract.h and the
 * addresses' names of tests/api/operations.h, stands for the world outside. "Throws" in
 * the name of a test is here what Begin refuses, or a status of End. */
#ifndef TESTS_DOTNET_MACHINE_H
#define TESTS_DOTNET_MACHINE_H

#include "../api/operations.h"

/* As gethostname(2) has it, and the address that the hosts file gives it. */
extern char own_name[256];
#define OWN_ADDRESS "192.0.2.250"

/* A test case of such machines. */
TCase *machine_case(Suite *suite, const char *name);

/* The resolver of this world reads this hosts file, and nothing else; it may not exist. */
void machine_use_hosts(const char *path);
/* A hosts file with that content, removed when the test ends; for one at a time. */
const char *machine_write_hosts(const void *text, size_t length);

/* What one operation makes of a host, which must be found: by X, and by Begin and End. */
DnsHostEntry *get(int operation, const char *host);
DnsHostEntry *begin_and_end(int operation, const char *host);

/* GetHostEntry of one family, by Begin and End: X has no options. It must be found. */
DnsHostEntry *get_entry_of_family(const char *host, int family);

/* Begun with a callback that must not run, and done by X: refused, with this errno. */
void expect_refused(int operation, const char *host, int error);

/* A name of that many octets, its final dot included, that no zone has. */
const char *make_long_name(size_t length, bool has_final_dot);

/* The same name, and the same addresses in the same order; both are released. */
void assert_same(DnsHostEntry *a, DnsHostEntry *b);
/* At least one address, and each of the loopback; released. */
void assert_loopback(DnsHostEntry *entry);
/* At least one address, and each of this family; released. */
void assert_of_family(DnsHostEntry *entry, int family);
/* A name, which may be asked for in other letters, and at least one address; released. */
void assert_named(DnsHostEntry *entry, const char *part_of_name);

#endif
