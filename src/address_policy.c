/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "address_policy.h"

#include <arpa/inet.h>
#include <limits.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#define IPV6_BITS 128
/* What comes before an IPv4 address that stands as ::ffff:a.b.c.d. */
#define MAPPED_BITS 96
#define MAPPED_PREFIX "::ffff:"

/* RFC 6724, sections 2.1 and 3.2. */
static const char defaults[] =
	"precedence ::1/128       50\n"
	"precedence ::/0          40\n"
	"precedence ::ffff:0:0/96 35\n"
	"precedence 2002::/16     30\n"
	"precedence 2001::/32      5\n"
	"precedence fc00::/7       3\n"
	"precedence ::/96          1\n"
	"precedence fec0::/10      1\n"
	"precedence 3ffe::/16      1\n"
	"label ::1/128        0\n"
	"label ::/0           1\n"
	"label ::ffff:0:0/96  4\n"
	"label 2002::/16      2\n"
	"label 2001::/32      5\n"
	"label fc00::/7      13\n"
	"label ::/96          3\n"
	"label fec0::/10     11\n"
	"label 3ffe::/16     12\n"
	"scopev4 169.254.0.0/16  2\n"
	"scopev4 127.0.0.0/8     2\n"
	"scopev4 0.0.0.0/0      14\n";

/* What glibc adds for the addresses that the lines do not speak of. */
#define OTHER_PRECEDENCE 40
#define OTHER_LABEL 1
#define OTHER_SCOPE 14

/* A piece of the text. */
struct span {
	const char *start;
	size_t length;
};

/* Where lines may go, by keyword; NULL: a table that is closed. */
struct reader {
	struct policy_table *labels;
	struct policy_table *precedences;
	struct policy_table *scopes;
};

static bool
is_blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

/* Takes the next word off a line; empty at its end. */
static struct span
next_word(struct span *line)
{
	struct span word;

	while (line->length > 0 && is_blank(*line->start)) {
		line->start++;
		line->length--;
	}
	word.start = line->start;
	while (line->length > 0 && !is_blank(*line->start)) {
		line->start++;
		line->length--;
	}
	word.length = (size_t)(line->start - word.start);
	return word;
}

static bool
is_word(struct span word, const char *expected)
{
	return word.length == strlen(expected) &&
	       memcmp(word.start, expected, word.length) == 0;
}

/* Digits only; false for anything else, or what is no int. */
static bool
read_number(struct span word, int *number)
{
	size_t i;
	int digit;

	*number = 0;
	for (i = 0; i < word.length; i++) {
		if (word.start[i] < '0' || word.start[i] > '9')
			return false;
		digit = word.start[i] - '0';
		if (*number > (INT_MAX - digit) / 10)
			return false;
		*number = *number * 10 + digit;
	}
	return word.length > 0;
}

/* Reads an IPv6 address, or, where it may be one, an IPv4 address as ::ffff:a.b.c.d;
 * *before is the length of what has been put before it. */
static bool
read_address(struct span word, bool ipv4_too, struct in6_addr *address,
	     unsigned int *before)
{
	char text[sizeof MAPPED_PREFIX + INET6_ADDRSTRLEN] = MAPPED_PREFIX;
	char *written = text + strlen(MAPPED_PREFIX);

	if (word.length >= INET6_ADDRSTRLEN)
		return false;
	memcpy(written, word.start, word.length);
	written[word.length] = '\0';
	*before = 0;
	if (!ipv4_too || strchr(written, ':') != NULL)
		return inet_pton(AF_INET6, written, address) == 1;
	*before = MAPPED_BITS;
	return inet_pton(AF_INET6, text, address) == 1;
}

/* "2002::/16", "192.0.2.0/24", or an address, which is a whole prefix. */
static bool
read_prefix(struct span word, bool ipv4_too, struct policy_entry *entry)
{
	const char *slash = memchr(word.start, '/', word.length);
	struct span address = word, number = { NULL, 0 };
	unsigned int before;
	int bits;

	if (slash != NULL) {
		address.length = (size_t)(slash - word.start);
		number.start = slash + 1;
		number.length = word.length - address.length - 1;
	}
	if (!read_address(address, ipv4_too, &entry->prefix, &before))
		return false;
	entry->bits = IPV6_BITS;
	if (slash == NULL)
		return true;
	if (!read_number(number, &bits) || (unsigned int)bits > IPV6_BITS - before)
		return false;
	entry->bits = before + (unsigned int)bits;
	return true;
}

/* Behind those that are as long, so that of two the first counts. The last place is kept
 * for the entry for every address. */
static void
add_entry(struct policy_table *table, const struct policy_entry *entry)
{
	size_t kept = entry->bits > 0 ? 1 : 0, at = table->count;

	if (table->count + kept >= ADDRESS_POLICY_MAXIMUM)
		return;
	for (; at > 0 && table->entries[at - 1].bits < entry->bits; at--)
		table->entries[at] = table->entries[at - 1];
	table->entries[at] = *entry;
	table->count++;
}

/* The table that a keyword's lines go into; NULL: none. */
static struct policy_table *
table_of(const struct reader *reader, struct span keyword)
{
	if (is_word(keyword, "label"))
		return reader->labels;
	if (is_word(keyword, "precedence"))
		return reader->precedences;
	if (is_word(keyword, "scopev4"))
		return reader->scopes;
	return NULL;
}

static void
parse_line(const struct reader *reader, struct span line)
{
	struct span keyword = next_word(&line), value = next_word(&line);
	struct policy_table *table = table_of(reader, keyword);
	bool is_scope = is_word(keyword, "scopev4");
	struct policy_entry entry;

	if (table == NULL || !read_prefix(value, is_scope, &entry) ||
	    !read_number(next_word(&line), &entry.value))
		return;
	/* Scopes are those of IPv4 addresses. */
	if (is_scope &&
	    (!IN6_IS_ADDR_V4MAPPED(&entry.prefix) || entry.bits < MAPPED_BITS))
		return;
	add_entry(table, &entry);
}

static void
parse_lines(const struct reader *reader, const char *text, size_t length)
{
	const char *end = text + length, *newline, *comment;
	struct span line;

	for (; text < end; text = newline + 1) {
		newline = memchr(text, '\n', (size_t)(end - text));
		if (newline == NULL)
			newline = end;
		line.start = text;
		line.length = (size_t)(newline - text);
		comment = memchr(text, '#', line.length);
		if (comment != NULL)
			line.length = (size_t)(comment - text);
		/* A NUL is no text. */
		if (memchr(text, '\0', line.length) == NULL)
			parse_line(reader, line);
	}
}

static void
complete(struct policy_table *table, int value)
{
	struct policy_entry every = { .bits = 0, .value = value };

	if (table->entries[table->count - 1].bits > 0)
		add_entry(table, &every);
}

void
address_policy_parse(struct address_policy *policy, const char *text, size_t length)
{
	struct reader reader = { &policy->labels, &policy->precedences, &policy->scopes };

	memset(policy, 0, sizeof *policy);
	parse_lines(&reader, text, length);
	/* Tables that have something are closed to the defaults. */
	if (policy->labels.count > 0)
		reader.labels = NULL;
	if (policy->precedences.count > 0)
		reader.precedences = NULL;
	if (policy->scopes.count > 0)
		reader.scopes = NULL;
	parse_lines(&reader, defaults, sizeof defaults - 1);
	complete(&policy->labels, OTHER_LABEL);
	complete(&policy->precedences, OTHER_PRECEDENCE);
	complete(&policy->scopes, OTHER_SCOPE);
}

void
address_policy_default(struct address_policy *policy)
{
	address_policy_parse(policy, "", 0);
}

static bool
is_within(const struct in6_addr *address, const struct policy_entry *entry)
{
	const uint8_t *a = address->s6_addr, *b = entry->prefix.s6_addr;
	unsigned int octets = entry->bits / 8, rest = entry->bits % 8;

	return memcmp(a, b, octets) == 0 &&
	       (rest == 0 || (a[octets] ^ b[octets]) >> (8 - rest) == 0);
}

static int
look_up(const struct policy_table *table, const struct in6_addr *address)
{
	const struct policy_entry *entry = table->entries;

	while (!is_within(address, entry))
		entry++;
	return entry->value;
}

int
address_policy_label(const struct address_policy *policy, const struct in6_addr *address)
{
	return look_up(&policy->labels, address);
}

int
address_policy_precedence(const struct address_policy *policy,
			  const struct in6_addr *address)
{
	return look_up(&policy->precedences, address);
}

int
address_policy_ipv4_scope(const struct address_policy *policy,
			  const struct in6_addr *address)
{
	return look_up(&policy->scopes, address);
}
