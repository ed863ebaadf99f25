/* SPDX-License-Identifier: MIT */
/* address_policy: which addresses are alike and which come first. The policy table of
 * RFC 6724, section 2.1, or what gai.conf(5) says instead. */
#ifndef ASYNCDNS_ADDRESS_POLICY_H
#define ASYNCDNS_ADDRESS_POLICY_H

#include <stddef.h>
#include <netinet/in.h>

/* Lines of each kind; further ones are passed over. */
#define ADDRESS_POLICY_MAXIMUM 64

struct policy_table {
	size_t count;
	struct policy_entry {
		struct in6_addr prefix;
		unsigned int bits;
		int value;
	} entries[ADDRESS_POLICY_MAXIMUM];	/* the longest prefix first */
};

/* About 5 kB. In all three tables an IPv4 address stands as ::ffff:a.b.c.d, and in each
 * there is an entry for every address. */
struct address_policy {
	struct policy_table labels;
	struct policy_table precedences;
	struct policy_table scopes;	/* of IPv4 addresses */
};

void address_policy_default(struct address_policy *policy);

/* Reads gai.conf's text as glibc does: one line of a kind that means something replaces
 * all defaults of its kind; where a prefix is there twice, the first counts. Lines that
 * mean nothing are passed over, among them those without a number, which glibc takes for
 * 0, and "reload": whoever reads the file decides when. The defaults are those of RFC 6724, which are not those of glibc 2.36: there, unique
 * local addresses (fc00::/7), 6to4 and Teredo come before IPv4. */
void address_policy_parse(struct address_policy *policy, const char *text, size_t length);

int address_policy_label(const struct address_policy *policy,
			 const struct in6_addr *address);
int address_policy_precedence(const struct address_policy *policy,
			      const struct in6_addr *address);
int address_policy_ipv4_scope(const struct address_policy *policy,
			      const struct in6_addr *address);

#endif
