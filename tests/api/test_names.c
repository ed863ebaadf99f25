/* SPDX-License-Identifier: MIT */
/* Which names reach a server: none that is special or cannot be a host's, and each other
 * one as it is. */
#include <config.h>

#include "operations.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Each test of names is done in the three ways that take one. */
#define WAYS BY_ADDRESS

#define IPV6_LOOPBACK_POINTER                                                            \
	"1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.ip6.arpa"

static char path[32];

/* No name of the system's own hosts file is in the way. */
static void
use_own_hosts(void)
{
	static const char text[] = "192.0.2.41 printer.local\n"
				   "192.0.2.42 \xc3\xa9.test xn--9ca.test\n";
	DnsResolverOptions *options = world_make_options();
	int descriptor;

	strcpy(path, "/tmp/asyncdns_names.XXXXXX");
	descriptor = mkstemp(path);
	ck_assert_int_ge(descriptor, 0);
	ck_assert_int_eq(write(descriptor, text, sizeof text - 1), sizeof text - 1);
	close(descriptor);
	ck_assert_int_eq(DnsResolverOptionsSetHostsPath(options, path), DNS_STATUS_OK);
	world_close_resolver();
	world.resolver = DnsResolverCreate(options);
	ck_assert_ptr_nonnull(world.resolver);
	DnsResolverOptionsRelease(options);
}

static void
remove_own_hosts(void)
{
	unlink(path);
}

static void
assert_nothing_was_asked(void)
{
	ck_assert_uint_eq(dns_server_count_questions(world.server, NULL, 0), 0);
}

#define EXPECT_ALL(operation, names, status)                                             \
	expect_all(operation, names, sizeof names / sizeof names[0], status)

static void
expect_all(int operation, const char *const *names, size_t count, DnsStatus status)
{
	size_t i;

	for (i = 0; i < count; i++)
		expect_status(operation, names[i], status);
	assert_nothing_was_asked();
}

/* Faults N01, N03, N07. */
START_TEST(what_cannot_be_a_host)
{
	static const char *const names[] = {
		".",	    "..",	 ".a",	      "a..b",	   "a..",
		"a b.test", "a\nb.test", "a\tb.test", "\x7f.test", "\x1b.test",
		"\\",	    "a\\",	 "\\000.a",   "\\256.a",   "a\"b.test",
		"*.test",   "a/b.test",	 "a@b.test",  "a:80",	   "[::1]",
		"[::1]:80", "::1 ",	 "1.2.3.4.",  "256.1.1.1", "1.2.3.4.5",
		"host.1",   "host.0x1f", "0x",	      "08",	   "fe80::1%no-such",
		"a.test.."};

	EXPECT_ALL(_i, names, DNS_STATUS_HOST_NOT_FOUND);
}
END_TEST

/* A name of that many octets below *.many.test, in labels of one octet. */
static void
make_name(char *name, size_t length)
{
	static const char zone[] = "many.test";
	size_t i, above = length - (sizeof zone - 1);

	for (i = 0; i < above; i++)
		name[i] = (above - i) % 2 != 0 ? '.' : 'a';
	if (name[0] == '.')
		name[0] = name[1] == 'a' ? 'b' : 'a';
	strcpy(name + above, zone);
}

static void
make_label(char *name, size_t length)
{
	memset(name, 'a', length);
	strcpy(name + length, ".many.test");
}

/* Fault N02. */
START_TEST(what_is_too_long_for_a_host)
{
	char name[256];

	make_label(name, 64);
	expect_status(_i, name, DNS_STATUS_HOST_NOT_FOUND);
	make_name(name, 254);
	ck_assert_uint_eq(strlen(name), 254);
	expect_status(_i, name, DNS_STATUS_HOST_NOT_FOUND);
	strcat(name, ".");
	expect_status(_i, name, DNS_STATUS_HOST_NOT_FOUND);
	assert_nothing_was_asked();
}
END_TEST

/* Fault N08. */
START_TEST(special_names_that_do_not_exist)
{
	static const char *const names[] = {
		"invalid", "a.invalid", "A.b.InValid.", "onion",	"a.onion",
		"alt",	   "a.alt",	"A.ALT.",	"a.onion.",	"local",
		"a.local", "a.b.local", "A.Local.",	"x.printer.local"};

	EXPECT_ALL(_i, names, DNS_STATUS_HOST_NOT_FOUND);
}
END_TEST

/* Fault N08. */
START_TEST(localhost)
{
	expect_entry(_i, "localhost", "localhost", "127.0.0.1 ::1");
	expect_entry(_i, "LocalHost.", "localhost", "127.0.0.1 ::1");
	expect_entry(_i, "x.localhost", "x.localhost", "127.0.0.1 ::1");
	expect_entry(_i, "x.Y.localhost.", "x.y.localhost", "127.0.0.1 ::1");
	assert_nothing_was_asked();
}
END_TEST

/* Fault N08. */
START_TEST(pointers_of_the_loopback)
{
	static const char *const names[] = {"1.0.0.127.in-addr.arpa",
					    "1.0.0.127.IN-ADDR.ARPA.",
					    IPV6_LOOPBACK_POINTER};

	EXPECT_ALL(_i, names, DNS_STATUS_NO_DATA);
}
END_TEST

START_TEST(local_names_in_the_hosts_file)
{
	expect_entry(_i, "printer.local", "printer.local", "192.0.2.41");
	expect_entry(_i, "Printer.LOCAL.", "printer.local", "192.0.2.41");
	assert_nothing_was_asked();
}
END_TEST

/* Asks once, and the server has got that name and no other. */
static void
expect_sent(const char *given, const char *sent)
{
	unsigned int asked = dns_server_count_questions(world.server, NULL, 0);
	DnsHostEntry *entry;

	ck_assert_int_eq(EndGetHostByName(begin(given, NULL, NULL), &entry),
			 DNS_STATUS_OK);
	ck_assert_str_eq(DnsHostEntryGetName(entry), sent);
	DnsHostEntryRelease(entry);
	ck_assert_uint_eq(dns_server_count_questions(world.server, NULL, 0), asked + 2);
	ck_assert_uint_eq(dns_server_count_questions(world.server, sent, TYPE_A), 1);
	ck_assert_uint_eq(dns_server_count_questions(world.server, sent, TYPE_AAAA), 1);
}

/* Fault N05. */
START_TEST(odd_names_are_sent_as_they_are)
{
	static const char *const names[] = {
		"_sip._tcp.many.test", "_.many.test",
		"-a-.many.test",       "-.many.test",
		"1.2.3.4.many.test",   "0x1.many.test",
		"xn--many.many.test",  "xn--bad--.many.test",
		"xn--.many.test",      "xn--mnchen-3ya.many.test",
		"localhost.many.test", "invalid.many.test",
		"local.many.test",     "onion.many.test",
		"alt.many.test",       "home.arpa.many.test"};
	size_t i;

	for (i = 0; i < sizeof names / sizeof names[0]; i++)
		expect_sent(names[i], names[i]);
	expect_sent("Final.DOT.Many.Test.", "final.dot.many.test");
}
END_TEST

/* Fault N02. */
START_TEST(long_names_are_sent_as_they_are)
{
	char name[256], with_dot[257];

	make_label(name, 63);
	expect_sent(name, name);
	make_name(name, 253);
	ck_assert_uint_eq(strlen(name), 253);
	expect_sent(name, name);
	make_name(name, 252);
	snprintf(with_dot, sizeof with_dot, "%s.", name);
	expect_sent(with_dot, name);
}
END_TEST

/* Fault N08. */
START_TEST(what_only_looks_special_is_asked_for)
{
	static const char *const names[] = {
		"notlocalhost.test.", "localhost.test.", "testinvalid.test.",
		"x.home.arpa.",	      "x.test.",	 "x.example.",
		"2.0.0.127.in-addr.arpa."};
	size_t i;

	for (i = 0; i < sizeof names / sizeof names[0]; i++) {
		end_expecting(begin(names[i], NULL, NULL), DNS_STATUS_HOST_NOT_FOUND);
		ck_assert_uint_eq(
			dns_server_count_questions(world.server, names[i], TYPE_A), 1);
	}
}
END_TEST

static const char *const not_utf_8[] = {"\xff.test", "\xe9.test", "\xc0\xae.test",
					"\xed\xa0\x80.test", "\x80"};

#ifdef HAVE_LIBIDN2

/* Fault N04. */
START_TEST(names_in_utf_8)
{
	static const char *const names[] = {
		"\xe2\x80\xae.test", "\xc3\xa9..test", "a b.\xc3\xa9.test",
		"\xc3\xa9.invalid",  "\xc3\xa9.local", "\xc2\xad",
		/* 127.0.0.1 in fullwidth digits */
		"\xef\xbc\x91\xef\xbc\x92\xef\xbc\x97.0.0.\xef\xbc\x91"};

	EXPECT_ALL(_i, not_utf_8, DNS_STATUS_HOST_NOT_FOUND);
	EXPECT_ALL(_i, names, DNS_STATUS_HOST_NOT_FOUND);
	/* The hosts file knows names in ASCII only. */
	expect_entry(_i, "\xc3\xa9.test", "xn--9ca.test", "192.0.2.42");
	assert_nothing_was_asked();
	expect_sent("M\xc3\xbcnchen.many.test", "xn--mnchen-3ya.many.test");
}
END_TEST

#else

/* Fault N04. */
START_TEST(names_in_utf_8)
{
	static const char *const names[] = {"\xc3\xa9.test", "M\xc3\xbcnchen.many.test",
					    "\xc3\xa9.localhost"};

	EXPECT_ALL(_i, names, DNS_STATUS_NO_IDN);
	EXPECT_ALL(_i, not_utf_8, DNS_STATUS_NO_IDN);
}
END_TEST

#endif

START_TEST(special_names_complete_inside_begin)
{
	static const char *const names[] = {"a.alt", "1.0.0.127.in-addr.arpa",
					    "\xff.test"};
	DnsAsyncResult *begun;
	size_t i;

	for (i = 0; i < sizeof names / sizeof names[0]; i++) {
		begun = begin(names[i], NULL, NULL);
		ck_assert(DnsAsyncResultIsCompleted(begun));
		ck_assert(DnsAsyncResultCompletedSynchronously(begun));
		EndGetHostByName(begun, NULL);
	}
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("names");
	TCase *names = contract_case(suite, "names");

	tcase_add_checked_fixture(names, use_own_hosts, remove_own_hosts);
	tcase_add_loop_test(names, what_cannot_be_a_host, 0, WAYS);
	tcase_add_loop_test(names, what_is_too_long_for_a_host, 0, WAYS);
	tcase_add_loop_test(names, special_names_that_do_not_exist, 0, WAYS);
	tcase_add_loop_test(names, localhost, 0, WAYS);
	tcase_add_loop_test(names, pointers_of_the_loopback, 0, WAYS);
	tcase_add_loop_test(names, local_names_in_the_hosts_file, 0, WAYS);
	tcase_add_loop_test(names, names_in_utf_8, 0, WAYS);
	tcase_add_test(names, odd_names_are_sent_as_they_are);
	tcase_add_test(names, long_names_are_sent_as_they_are);
	tcase_add_test(names, what_only_looks_special_is_asked_for);
	tcase_add_test(names, special_names_complete_inside_begin);
	return contract_run(suite);
}
