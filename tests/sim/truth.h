/* SPDX-License-Identifier: MIT */
/* truth: what the simulated servers know, and which ends of a lookup are in keeping with
 * it. */
#ifndef TESTS_SIM_TRUTH_H
#define TESTS_SIM_TRUTH_H

#include <stdbool.h>
#include <stddef.h>

#include <asyncdns.h>

#include "dns_zone.h"

enum truth_kind {
	TRUTH_BOTH,
	TRUTH_FOUR,	/* no AAAA record */
	TRUTH_SIX,	/* no A record */
	TRUTH_ALIAS,	/* of the one with both that has the same number */
	TRUTH_CUT,	/* both, but over TCP only */
	TRUTH_MANY,	/* more A records than a datagram holds */
	TRUTH_EMPTY,	/* neither */
	TRUTH_NONE,	/* there is no such name */
	TRUTH_FAILING,	/* SERVFAIL */
	TRUTH_REFUSED,
	TRUTH_KINDS
};

#define TRUTH_NUMBERS 50
#define TRUTH_DOMAIN  "sim"
/* A domain without names. */
#define TRUTH_VOID    "void.sim"

const struct dns_zone *truth_open(void);
void truth_close(void);

struct truth {
	enum truth_kind kind;
	unsigned int number;
	int family; /* that is asked for; AF_UNSPEC: both */
};

#define TRUTH_NAME_SIZE 64
/* Relative names are without the domain. */
void truth_put_name(char name[TRUTH_NAME_SIZE], const struct truth *truth, bool is_relative);

/* What is wrong with that end of a lookup; NULL: nothing. With trouble, servers may have
 * failed to say what they know; but nothing else than that is ever true. */
const char *truth_judge(const struct truth *truth, bool has_trouble, DnsStatus status,
			const DnsHostEntry *entry);

#endif
