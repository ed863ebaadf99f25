/* SPDX-License-Identifier: MIT */
/* A scripted DNS server on loopback for what no real server will do: it answers from a
 * table, over UDP and TCP on one port, in a thread of its own, and misbehaves where a
 * rule says so. Gates instead of sleeping: a test holds a name, waits until the
 * question has arrived, and lets the answer go.
 *
 * Every function may be called from any thread; what it sets is in effect when it
 * returns. What cannot be set up (no socket, no memory, a malformed name or address)
 * ends the program with a message and status 99: this is for tests and demonstrations.
 *
 * Answers carry the question as it was asked, its case included. Over UDP they are at
 * most 512 bytes, or as long as the question's OPT record allows; a longer one comes
 * without records and with TC set. What is no question is left alone or answered with
 * FORMERR, NOTIMP or REFUSED, and not counted. */
#ifndef TESTS_SUPPORT_DNS_SERVER_H
#define TESTS_SUPPORT_DNS_SERVER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct dns_server;

enum dns_rcode {
	RCODE_NOERROR = 0,
	RCODE_FORMERR = 1,
	RCODE_SERVFAIL = 2,
	RCODE_NXDOMAIN = 3,
	RCODE_NOTIMP = 4,
	RCODE_REFUSED = 5
};

/* How the answers to one name are spoilt; or-ed together. */
enum dns_misbehaviour {
	ANSWER_DROPPED = 1 << 0,	/* never answered, over UDP and TCP */
	ANSWER_TRUNCATED = 1 << 1,	/* UDP: TC set and no records; TCP: whole */
	ANSWER_WRONG_ID = 1 << 2,
	ANSWER_WRONG_QUESTION = 1 << 3,	/* another name in the question section */
	ANSWER_MALFORMED = 1 << 4,	/* in a record: a name that points to itself */
	ANSWER_DOUBLED = 1 << 5,	/* sent twice */
	ANSWER_TCP_RESET = 1 << 6,	/* UDP: TC; TCP: closed with RST, unanswered */
	ANSWER_EMPTY_DATAGRAM = 1 << 7,	/* an empty datagram first, then the answer */
	ANSWER_LOWER_CASE = 1 << 8,	/* the name in the question section */
	ANSWER_THEN_GOOD = 1 << 9	/* UDP: the same once more, and not spoilt */
};

/* On 127.0.0.1 and a free port, the same for UDP and TCP. Not before Check forks: the
 * thread would stay behind in the parent. */
struct dns_server *dns_server_start(void);
/* The same on that port of that IPv4 address of 127/8; port 0 is a free one. */
struct dns_server *dns_server_start_at(const char *address, uint16_t port);
/* The same, and deaf (dns_server_set_deaf): for a zone that is there before any question. */
struct dns_server *dns_server_start_deaf_at(const char *address, uint16_t port);
/* Questions that wait are never answered. NULL: nothing to do. */
void dns_server_stop(struct dns_server *);
uint16_t dns_server_port(const struct dns_server *);
/* "ADDRESS:PORT", as DnsResolverOptionsSetServers takes it; owned by the server. */
const char *dns_server_address(const struct dns_server *);

/* The zone. Names are absolute, without or with the final dot, in any case; "*.x.test"
 * answers for all below x.test, however deep, that has no record of its own. A name
 * without any record gets NXDOMAIN, one without records of the type asked an empty
 * answer; both with the SOA of the zone: of the last two labels, its TTL and its
 * minimum 300 s. CNAMEs are followed inside the table, the chain is in the answer, 16
 * of them at most. What the zone has of the addresses of the hosts in NS, MX and SRV
 * answers is in the additional section, if there is room. */
void dns_server_add_address(struct dns_server *, const char *name, const char *address,
			    uint32_t ttl);
void dns_server_add_cname(struct dns_server *, const char *name, const char *target,
			  uint32_t ttl);
/* The name exists and has no record. */
void dns_server_add_name(struct dns_server *, const char *name);
/* Reads a zone file, one record a line, "NAME TTL A|AAAA|CNAME|MX|TXT|PTR|NS|SRV DATA",
 * or "NAME TTL TYPEn HEX" for data as they are; '#' starts a comment. The number of records, or -1 with a message on stderr. */
int dns_server_load_zone(struct dns_server *, const char *path);

/* Rules for a name, of any type; type 0 means every type (1 is A, 28 is AAAA). They
 * replace what the same function set for that name and type before; rules of different
 * functions add up. Of two rules for a question the one for its type counts, not the
 * one for every type; a rule for "*.x.test" counts below x.test where a name has none
 * of its own. Aliases on the way do not matter: the rules are those of the name asked.
 *
 * An rcode comes without records, NXDOMAIN with the SOA; RCODE_NOERROR takes the rule
 * back. FORMERR comes without OPT, as from a server that does not know EDNS. */
void dns_server_set_rcode(struct dns_server *, const char *name, int type,
			  enum dns_rcode);
void dns_server_set_delay(struct dns_server *, const char *name, int type,
			  int milliseconds);
void dns_server_misbehave(struct dns_server *, const char *name, int type, unsigned int);
/* Only the first count questions are dropped. */
void dns_server_drop_first(struct dns_server *, const char *name, int type, int count);
/* Every answer waits that long, unless its name has a delay of its own. */
void dns_server_set_delay_of_all(struct dns_server *, int milliseconds);
/* So many questions a second are answered, and a tenth of that at once; the others are
 * dropped. 0: no limit. */
void dns_server_limit(struct dns_server *, int questions_a_second);
/* So many of a hundred questions by datagram are lost, by lot. */
void dns_server_lose(struct dns_server *, unsigned int percent);
/* The server reads nothing any more, the system keeps what comes (false: it goes on). */
void dns_server_set_deaf(struct dns_server *, bool deaf);

/* Gates. While a name is held, its questions are kept; release answers those kept, in
 * the order they came, and all later ones at once. Those kept are answered by the zone
 * and the rules of that moment, without a delay, and have been sent when release
 * returns. A gate at "*.x.test" holds all below x.test, and is released by that name
 * only. */
void dns_server_hold(struct dns_server *, const char *name);
void dns_server_release(struct dns_server *, const char *name);
/* Answers count of the questions kept for this name, the oldest first, and holds on. If
 * fewer are kept, later ones are not answered in their place. */
void dns_server_release_some(struct dns_server *, const char *name, int count);

/* Counts of questions that have come, retries and dropped ones included; name NULL:
 * all; type 0: every. A wildcard of the zone counts all below it. A question that has
 * been counted has also passed its gate or is kept there. */
unsigned int dns_server_count_questions(struct dns_server *, const char *name, int type);
unsigned int dns_server_count_tcp_questions(struct dns_server *, const char *name);
/* Waits until at least count questions have come, at most 30 s, or as many milliseconds as
 * ASYNCDNS_TEST_PATIENCE in the environment says; says whether they have. */
bool dns_server_wait_for_questions(struct dns_server *, const char *name, int type,
				   unsigned int count);
/* How many different source ports and different ids the UDP questions had so far. */
unsigned int dns_server_count_source_ports(struct dns_server *);
unsigned int dns_server_count_ids(struct dns_server *);

#endif
