/* SPDX-License-Identifier: MIT */
/* Data of records of all types that the library knows, and of some that it does not. */
#ifndef TESTS_UNIT_RECORD_SAMPLES_H
#define TESTS_UNIT_RECORD_SAMPLES_H

#include <asyncdns/record_set.h>
#include <asyncdns/status.h>

#include <stdbool.h>
#include <stddef.h>

struct record_sample {
	unsigned int type;
	const char *text;	/* in presentation form */
	const char *data;
	size_t length;
	/* Cut off anywhere before good_from they are malformed, but for these (0: none). */
	size_t good_from;
	size_t good_at[3];
};

void record_sample_each(void (*check)(const struct record_sample *sample));
bool record_sample_is_good_at(const struct record_sample *sample, size_t length);

/* Reads the response to a question for a.test of that type with one record, which has
 * these data. */
DnsStatus record_sample_read(struct DnsRecordSet **set, unsigned int type,
			     const void *data, size_t length);

#endif
