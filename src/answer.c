/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "answer.h"

#include <stdlib.h>
#include <string.h>

struct answer *
answer_create(DnsStatus status, const uint8_t *octets, size_t length)
{
	struct answer *answer = malloc(sizeof *answer + length);

	if (answer == NULL)
		return NULL;
	memset(answer, 0, sizeof *answer);
	atomic_init(&answer->references, 1);
	answer->status = status;
	answer->length = length;
	if (length > 0)
		memcpy(answer->octets, octets, length);
	return answer;
}

struct answer *
answer_retain(struct answer *answer)
{
	atomic_fetch_add_explicit(&answer->references, 1, memory_order_relaxed);
	return answer;
}

void
answer_release(struct answer *answer)
{
	if (answer != NULL &&
	    atomic_fetch_sub_explicit(&answer->references, 1, memory_order_acq_rel) == 1)
		free(answer);
}
