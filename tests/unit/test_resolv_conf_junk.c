/* SPDX-License-Identifier: MIT */
/* resolv.conf as no administrator would write it: always the same mutations of good ones,
 * and great amounts. ASan sees reading beyond the text, which is never one octet longer
 * than it has to be. */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "resolv_conf.h"
#include "rooms.h"

#define MUTATIONS    100000
#define TEXT_MAXIMUM 256

static const char *const seeds[] = {
	"nameserver 192.0.2.1\nnameserver ::1\nsearch a.test b.test\noptions ndots:2\n",
	"# comment\ndomain a.test\noptions timeout:3 attempts:2 rotate edns0 use-vc\r\n",
	"nameserver [fe80::1%1]:53\nnameserver 0x7f.1\nsortlist 192.0.2.0/24\n",
	"search . a.test .b.test c.test.\noptions no-tld-query no-aaaa trust-ad\n;end",
	"nameserver 1.2.3.4:65535\n\n\noptions\nsearch\nnameserver\n",
};

static const char *const pieces[] = {
	"\n",	       "\r\n",	      " ",	 "\t",	     ".",
	":",	       "%",	      "[",	 "]",	     "#",
	"nameserver ", "search ",     "domain ", "options ", "ndots:",
	"timeout:",    "99999999999", "-1",	 "fe80::",   "a.test",
};

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* Parses on memory of just that size. */
static void
parse(struct resolv_conf *conf, const char *text, size_t length)
{
	char *copy = malloc(length > 0 ? length : 1);

	expect(copy != NULL, "memory");
	memcpy(copy, text, length);
	memset(conf, 0xa5, sizeof *conf);
	expect(resolv_conf_parse(conf, copy, length), "parsed");
	free(copy);
}

/* What holds whatever the text is. */
static void
check(const struct resolv_conf *conf)
{
	size_t i;

	expect(conf->servers.count <= SERVER_LIST_MAXIMUM, "8 servers");
	for (i = 0; i < conf->servers.count; i++)
		expect(conf->servers.servers[i].port >= 1 &&
			       conf->servers.servers[i].port <= 65535,
		       "a port");
	expect(conf->timeout >= 0 && conf->timeout <= 30, "30 seconds");
	expect(conf->attempts >= 0 && conf->attempts <= 5, "5 attempts");
	expect(conf->ndots >= 0 && conf->ndots <= 15, "15 dots");
	expect(conf->search->ndots == conf->ndots, "the same dots");
	expect(conf->search->count <= SEARCH_LIST_MAXIMUM, "32 suffixes");
	for (i = 0; i < conf->search->count; i++)
		expect(conf->search->suffixes[i][0] == '\0' ||
			       host_name_is_possible(conf->search->suffixes[i]),
		       "a suffix");
}

/* Cuts, doubles, overwrites or inserts something. */
static size_t
mutate(struct dice *dice, char *text, size_t length)
{
	size_t at = dice_roll(dice, (unsigned int)length + 1);
	const char *piece = pieces[dice_roll(dice, COUNT(pieces))];
	size_t size = strlen(piece);

	switch (dice_roll(dice, 4)) {
	case 0:
		return at;
	case 1:
		if (at < length)
			text[at] = (char)dice_roll(dice, 256);
		return length;
	case 2:
		if (at + size > TEXT_MAXIMUM)
			return length;
		memcpy(text + at, piece, size);
		return at + size > length ? at + size : length;
	default:
		if (length + size > TEXT_MAXIMUM)
			return length;
		memmove(text + at + size, text + at, length - at);
		memcpy(text + at, piece, size);
		return length + size;
	}
}

START_TEST(mutations)
{
	struct dice dice = { .state = 20261126 };
	struct resolv_conf conf;
	char text[TEXT_MAXIMUM];
	const char *seed;
	size_t length;
	unsigned int i, changes;
	unsigned long servers = 0, suffixes = 0;

	for (i = 0; i < MUTATIONS; i++) {
		seed = seeds[i % COUNT(seeds)];
		length = strlen(seed);
		memcpy(text, seed, length);
		for (changes = dice_roll(&dice, 8); changes > 0; changes--)
			length = mutate(&dice, text, length);
		parse(&conf, text, length);
		check(&conf);
		servers += conf.servers.count;
		suffixes += conf.search->count;
		resolv_conf_clear(&conf);
	}
	/* That they are not all alike: most of them have some. */
	ck_assert_uint_gt(servers, MUTATIONS / 4);
	ck_assert_uint_gt(suffixes, MUTATIONS / 4);
}
END_TEST

/* Fault C04. */
START_TEST(random_octets)
{
	struct dice dice = { .state = 1 };
	struct resolv_conf conf;
	char *text = malloc(100000);
	size_t i;

	ck_assert_ptr_nonnull(text);
	for (i = 0; i < 100000; i++)
		text[i] = (char)dice_roll(&dice, 256);
	parse(&conf, text, 100000);
	check(&conf);
	resolv_conf_clear(&conf);
	memset(text, '\0', 100000);
	parse(&conf, text, 100000);
	ck_assert_uint_eq(conf.servers.count, 0);
	resolv_conf_clear(&conf);
	free(text);
}
END_TEST

/* Good lines are found in the midst of anything. Fault C03. */
START_TEST(a_good_line_after_each_kind_of_junk)
{
	struct resolv_conf conf;
	char text[64];
	int octet, length;

	for (octet = 0; octet < 256; octet++) {
		length = snprintf(text, sizeof text, "?x?\nnameserver 192.0.2.1\n?");
		text[0] = text[2] = text[length - 1] = (char)octet;
		parse(&conf, text, (size_t)length);
		ck_assert_uint_eq(conf.servers.count, 1);
		resolv_conf_clear(&conf);
	}
}
END_TEST

/* Fault C05. */
START_TEST(twenty_thousand_servers)
{
	struct resolv_conf conf;
	char *text = malloc(20000 * 32), *end = text, list[SERVER_LIST_TEXT_SIZE];
	int i;

	ck_assert_ptr_nonnull(text);
	for (i = 0; i < 20000; i++)
		end += sprintf(end, "nameserver 10.0.%d.%d\n", i / 250, i % 250);
	end += sprintf(end, "options timeout:7\n");
	parse(&conf, text, (size_t)(end - text));
	server_list_format(&conf.servers, list);
	ck_assert_str_eq(list,
			 "10.0.0.0:53,10.0.0.1:53,10.0.0.2:53,10.0.0.3:53,10.0.0.4:53,"
			 "10.0.0.5:53,10.0.0.6:53,10.0.0.7:53");
	ck_assert_int_eq(conf.timeout, 7);
	resolv_conf_clear(&conf);
	free(text);
}
END_TEST

/* Fault C03. */
START_TEST(one_line_of_megabytes)
{
	static const char beginning[] = "nameserver 192.0.2.1\nsearch a.test ";
	size_t size = 5 << 20;
	struct resolv_conf conf;
	char *text = malloc(size);

	ck_assert_ptr_nonnull(text);
	memset(text, 'x', size);
	memcpy(text, beginning, strlen(beginning));
	parse(&conf, text, size);
	ck_assert_uint_eq(conf.servers.count, 1);
	ck_assert_uint_eq(conf.search->count, 1);
	resolv_conf_clear(&conf);
	free(text);
}
END_TEST

void
resolv_conf_junk_tests(TCase *tests)
{
	tcase_add_test(tests, mutations);
	tcase_add_test(tests, random_octets);
	tcase_add_test(tests, a_good_line_after_each_kind_of_junk);
	tcase_add_test(tests, twenty_thousand_servers);
	tcase_add_test(tests, one_line_of_megabytes);
}
