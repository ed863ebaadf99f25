/* SPDX-License-Identifier: MIT */
/* resolv.conf: the servers in it are asked, and others as soon as it names others. What
 * is under way then goes on as it began. */
#include "contract.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define PATH_SIZE 128

/* A directory of the test's own, and the second server. */
static char directory[] = "/tmp/asyncdns_conf.XXXXXX";
static char path[PATH_SIZE];
static struct dns_server *second;

static void
make_path(char made[PATH_SIZE], const char *name)
{
	snprintf(made, PATH_SIZE, "%s/%s", directory, name);
}

/* The file of that name, with a line that names the server; NULL: with none. */
static void
write_conf(const char *name, const struct dns_server *server)
{
	char written[PATH_SIZE];
	FILE *file;

	make_path(written, name);
	file = fopen(written, "w");
	ck_assert_ptr_nonnull(file);
	ck_assert_int_ge(fputs("# nothing\n", file), 0);
	if (server != NULL)
		ck_assert_int_ge(
			fprintf(file, "nameserver %s\n", dns_server_address(server)), 0);
	ck_assert_int_eq(fclose(file), 0);
}

static void
rename_conf(const char *from, const char *to)
{
	char old[PATH_SIZE], new[PATH_SIZE];

	make_path(old, from);
	make_path(new, to);
	ck_assert_int_eq(rename(old, new), 0);
}

static void
open_directory(void)
{
	memcpy(directory + sizeof directory - 7, "XXXXXX", 6);
	ck_assert_ptr_nonnull(mkdtemp(directory));
	make_path(path, "resolv.conf");
	second = dns_server_start();
	dns_server_add_address(second, "a.test", "203.0.113.1", 300);
	world_close_resolver();
}

static void
close_directory(void)
{
	static const char *const names[] = {"resolv.conf", "first", "second", "link"};
	char removed[PATH_SIZE];
	size_t i;

	world_close_resolver();
	dns_server_stop(second);
	for (i = 0; i < sizeof names / sizeof names[0]; i++) {
		make_path(removed, names[i]);
		unlink(removed);
	}
	ck_assert_int_eq(rmdir(directory), 0);
}

/* One that reads the path; servers NULL: and asks those that are there. */
static DnsResolver *
make_resolver(const char *servers, size_t cache)
{
	DnsResolverOptions *options = world_make_options();
	DnsResolver *made;

	ck_assert_int_eq(DnsResolverOptionsSetServers(options, servers), DNS_STATUS_OK);
	ck_assert_int_eq(DnsResolverOptionsSetSearchList(options, NULL), DNS_STATUS_OK);
	ck_assert_int_eq(DnsResolverOptionsSetResolvConfPath(options, path),
			 DNS_STATUS_OK);
	ck_assert_int_eq(DnsResolverOptionsSetCacheSize(options, cache), DNS_STATUS_OK);
	made = DnsResolverCreate(options);
	ck_assert_ptr_nonnull(made);
	DnsResolverOptionsRelease(options);
	return made;
}

static void
use_conf(size_t cache)
{
	world.resolver = make_resolver(NULL, cache);
}

/* Whether this lookup of a.test, in which the cache has no part, was for the second. */
static bool
asks_the_second(void)
{
	DnsLookupOptions *options = DnsLookupOptionsCreate();
	DnsHostEntry *entry;
	DnsAsyncResult *begun;
	bool is_second;

	ck_assert_int_eq(DnsLookupOptionsSetFlags(options, DNS_LOOKUP_NO_CACHE),
			 DNS_STATUS_OK);
	begun = BeginGetHostByNameWithOptions(world.resolver, "a.test", options, NULL,
					      NULL);
	DnsLookupOptionsRelease(options);
	ck_assert_int_eq(EndGetHostByName(begun, &entry), DNS_STATUS_OK);
	is_second = has_addresses(entry, "203.0.113.1");
	ck_assert(is_second || has_addresses(entry, "192.0.2.1 2001:db8::1"));
	DnsHostEntryRelease(entry);
	return is_second;
}

/* A look is taken every second; bounded by the test's time. */
static void
await_the_second(void)
{
	while (!asks_the_second())
		usleep(10000);
	ck_assert(asks_the_second());
}

START_TEST(its_server_is_asked)
{
	write_conf("resolv.conf", second);
	use_conf(0);
	end_with_addresses(begin("a.test", NULL, NULL), "203.0.113.1");
	ck_assert_uint_eq(dns_server_count_questions(second, NULL, 0), 2);
	ck_assert_uint_eq(dns_server_count_questions(world.server, NULL, 0), 0);
}
END_TEST

START_TEST(its_search_list_is_used)
{
	FILE *file;

	write_conf("resolv.conf", world.server);
	file = fopen(path, "a");
	ck_assert_int_ge(fputs("search one.test many.test\noptions ndots:3\n", file), 0);
	ck_assert_int_eq(fclose(file), 0);
	use_conf(0);
	end_with_addresses(begin("x.y", NULL, NULL), "198.51.100.7");
	ck_assert_uint_eq(dns_server_count_questions(world.server, "x.y.one.test", 0), 2);
	ck_assert_uint_eq(dns_server_count_questions(world.server, NULL, 0), 4);
}
END_TEST

/* Whoever begins then asks the new server; but not what is under way, nor a resolver
 * with servers of its own. All in one test, for the second that it takes. Fault C08. */
START_TEST(another_file_in_its_place)
{
	DnsResolver *explicit;
	DnsAsyncResult *held;

	write_conf("resolv.conf", world.server);
	explicit = make_resolver(dns_server_address(world.server), 0);
	ck_assert_int_eq(GetHostByName(explicit, "b.test", NULL), DNS_STATUS_OK);
	use_conf(100);
	ck_assert(!asks_the_second());
	held = begin(HELD_NAME, NULL, NULL);
	world_await_question(HELD_NAME);
	write_conf("second", second);
	rename_conf("second", "resolv.conf");
	await_the_second();
	/* What the first said is forgotten. */
	end_with_addresses(begin("a.test", NULL, NULL), "203.0.113.1");
	ck_assert(!DnsAsyncResultIsCompleted(held));
	world_release();
	end_with_addresses(held, "198.51.100.8");
	ck_assert_uint_eq(dns_server_count_questions(second, HELD_NAME, 0), 0);
	ck_assert(asks_the_second());
	/* It looks later than the other, which has noticed. */
	ck_assert_int_eq(GetHostByName(explicit, "b.test", NULL), DNS_STATUS_OK);
	DnsResolverClose(explicit);
	ck_assert_uint_eq(dns_server_count_questions(second, "b.test", 0), 0);
}
END_TEST

static void
link_to(const char *target)
{
	char made[PATH_SIZE];

	make_path(made, "link");
	ck_assert_int_eq(symlink(target, made), 0);
	rename_conf("link", "resolv.conf");
}

/* Fault C08. */
START_TEST(a_link_to_another_file)
{
	write_conf("first", world.server);
	write_conf("second", second);
	link_to("first");
	use_conf(0);
	ck_assert(!asks_the_second());
	link_to("second");
	await_the_second();
}
END_TEST

/* At once: the resolver's limits are beyond the time of the test. Faults R14, C01. */
START_TEST(without_a_server)
{
	DnsStatus status;

	if (_i == 1)
		write_conf("resolv.conf", NULL);
	use_conf(100);
	end_expecting(begin("a.test", NULL, NULL), DNS_STATUS_NO_SERVERS);
	ck_assert_int_eq(GetHostEntry(world.resolver, "192.0.2.1", NULL),
			 DNS_STATUS_NO_SERVERS);
	end_with_addresses(begin("127.0.0.1", NULL, NULL), "127.0.0.1");
	end_with_addresses(begin("localhost", NULL, NULL), "127.0.0.1 ::1");
	/* That is nothing to remember. */
	write_conf("resolv.conf", second);
	while ((status = GetHostByName(world.resolver, "a.test", NULL)) ==
	       DNS_STATUS_NO_SERVERS)
		usleep(10000);
	ck_assert_int_eq(status, DNS_STATUS_OK);
	ck_assert(asks_the_second());
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("resolv_conf");
	TCase *conf = contract_case(suite, "resolv.conf");

	tcase_add_checked_fixture(conf, open_directory, close_directory);
	tcase_add_test(conf, its_server_is_asked);
	tcase_add_test(conf, its_search_list_is_used);
	tcase_add_test(conf, another_file_in_its_place);
	tcase_add_test(conf, a_link_to_another_file);
	tcase_add_loop_test(conf, without_a_server, 0, 2);
	return contract_run(suite);
}
