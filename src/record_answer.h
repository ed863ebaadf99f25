/* SPDX-License-Identifier: MIT */
/* record_answer: a record set out of the response to a question for one type. Pure: bytes
 * in, facts out. */
#ifndef ASYNCDNS_RECORD_ANSWER_H
#define ASYNCDNS_RECORD_ANSWER_H

#include <asyncdns/record_set.h>
#include <asyncdns/status.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A chain of CNAMEs longer than that, or that bites its tail, is malformed. */
#define RECORD_ANSWER_CHAIN_MAXIMUM 16

/* Reads the response to the question for a name in normal form and a type (of class IN),
 * received age seconds ago. What is malformed, in whichever section, known types included,
 * makes all of it malformed: NO_RECOVERY; so do truncation and another question.
 *
 * A chain of aliases ends before a special name: what the server says of that is left out.
 *
 * OK: there are records of the type, in the set. NO_DATA, HOST_NOT_FOUND: there are none;
 * only if whole there is a set, to look at the other sections. Any other status: no set.
 * Whole: the set has all sections, else only the answer section. */
DnsStatus record_answer_read(struct DnsRecordSet **set, const uint8_t *octets,
			     size_t length, const char *name, int type, uint32_t age,
			     bool whole);

#endif
