/* SPDX-License-Identifier: MIT */
/* host_answer: what a response to an A or AAAA question says of a host, and one host entry
 * out of both. Pure: bytes in, facts out. */
#ifndef ASYNCDNS_HOST_ANSWER_H
#define ASYNCDNS_HOST_ANSWER_H

#include <asyncdns/status.h>

#include "host_entry_impl.h"
#include "message.h"
#include "special_name.h"

/* A chain of CNAMEs longer than that, or that bites its tail, or that leads to the root
 * (which is no host), is malformed. */
#define HOST_ANSWER_CHAIN_MAXIMUM 16
/* Addresses beyond that are left out, and those behind so many that were there before: each
 * is looked for among all others. */
#define HOST_ANSWER_ADDRESSES_MAXIMUM 512
#define HOST_ANSWER_REPEATS_MAXIMUM   64

/* What a host can be called, and a NUL. */
#define HOST_ANSWER_NAME_SIZE 256

struct host_answer {
	DnsStatus status;
	uint32_t time_to_live;
	/* The name asked for, and where each CNAME led to. */
	size_t name_count;
	char names[HOST_ANSWER_CHAIN_MAXIMUM + 1][MESSAGE_NAME_SIZE];
	enum special_use use;	/* of the last of them */
	size_t repeat_count;
	size_t address_count;
	union host_address *addresses;
};

/* Reads the response to a question of type RECORD_A or RECORD_AAAA, that many seconds after
 * it was received. Where a chain leads to a special name, it ends, and that has the addresses
 * which it has everywhere, whatever the server says: loopback's, or none. One of the hosts
 * file (.local) is not looked for there: it is not for servers to lead there. */
void host_answer_read(struct host_answer *answer, const uint8_t *data, size_t length,
		      const char *name, int type, uint32_t age);

/* Reads the response to a question of type RECORD_PTR, that many seconds after it was
 * received: the name it leads to, in normal form. A name that no host can have is
 * malformed. */
DnsStatus host_answer_read_pointer(const uint8_t *data, size_t length, const char *name,
				   uint32_t age, char target[HOST_ANSWER_NAME_SIZE],
				   uint32_t *time_to_live);

/* The entry of an address whose name has no addresses, for that reason: it has a name all
 * the same (.NET's rule). OK or NO_MEMORY. */
DnsStatus host_answer_name_only(const char *name, uint32_t time_to_live, DnsStatus reason,
				struct DnsHostEntry **entry);

/* An answer without a response, for a question that got none. */
void host_answer_fail(struct host_answer *answer, DnsStatus status);
void host_answer_clear(struct host_answer *answer);

/* Puts addresses into their order. */
typedef void host_answer_arrange(void *context, union host_address *addresses,
				 size_t count);

/* One entry out of the answers for both families, IPv4 first unless arranged (which may be
 * NULL); the addresses of one are
 * enough, whatever became of the other (some servers say NXDOMAIN for a type they do not
 * know); the entry is partial if the other's are not known. Without any: that the name does
 * not exist counts more than a failure, a failure more than "no data". */
DnsStatus host_answer_combine(const struct host_answer *ipv4,
			      const struct host_answer *ipv6, host_answer_arrange *arrange,
			      void *context, struct DnsHostEntry **entry);

#endif
