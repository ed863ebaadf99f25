/* SPDX-License-Identifier: MIT */
/* The order beside that of glibc's getaddrinfo, with several networks and policies. In
 * namespaces of its own, for other addresses, hosts and gai.conf. */
#include <config.h>

#include "unit.h"

#include <net/if.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#ifdef __linux__
#include <sched.h>
#include <sys/mount.h>
#endif

#include "address_config.h"
#include "address_probe.h"
#include "address_sorter.h"
#include "address_text.h"
#include "gai_conf.h"

#define NAMES 40
#define ADDRESSES_MAXIMUM 14

/* iproute2's batches; links t0 and t1 are there, without addresses. */
static const char *const networks[] = {
	/* both families */
	"address add 192.0.2.1/24 dev t0\n"
	"address add 2001:db8:1::2/64 dev t0 nodad\n"
	"address add 10.1.2.4/20 dev t1\n"
	"route add default via 192.0.2.254\n"
	"route add default via 2001:db8:1::1\n",
	/* IPv4, and IPv6 on the link only */
	"address add 10.1.2.4/8 dev t0\n"
	"address add fe80::2/64 dev t0 nodad\n"
	"route add default via 10.0.0.1\n"
	"route add default via fe80::1 dev t0\n",
	/* IPv6 of several kinds, and IPv4 on the link only */
	"address add 169.254.13.78/16 dev t0\n"
	"address add 2001:db8:1::2/64 dev t0 nodad\n"
	"address add fd00:1::2/64 dev t0 nodad\n"
	"address add 2001:db8:3f44::2/48 dev t1 nodad\n"
	"route add default dev t0\n"
	"route add default via 2001:db8:1::1\n",
	/* local addresses, and 6to4 to the world */
	"address add 192.168.1.2/24 dev t0\n"
	"address add fd00:1::2/64 dev t0 nodad\n"
	"address add 2002:c633:6401::2/16 dev t1 nodad\n"
	"route add default via 192.168.1.1\n"
	"route add default via 2002:c633:6401::1\n",
	/* no way out */
	("address add 192.0.2.65/26 dev t0\n"
	 "address add 2001:db8:1::2/64 dev t1 nodad\n"),
};

#define RFC_LABELS \
	"label ::1/128 0\nlabel ::/0 1\nlabel ::ffff:0:0/96 4\nlabel 2002::/16 2\n" \
	"label 2001::/32 5\nlabel fc00::/7 13\nlabel ::/96 3\nlabel fec0::/10 11\n" \
	"label 3ffe::/16 12\n"
#define RFC_PRECEDENCES \
	"precedence ::1/128 50\nprecedence ::/0 40\nprecedence ::ffff:0:0/96 35\n" \
	"precedence 2002::/16 30\nprecedence 2001::/32 5\nprecedence fc00::/7 3\n" \
	"precedence ::/96 1\nprecedence fec0::/10 1\nprecedence 3ffe::/16 1\n"

/* All say what the labels are, for those of glibc are not those of the RFC. No prefix is
 * without its length: glibc 2.36 reads uninitialised memory then. */
static const struct {
	const char *gai_conf;
	bool grouped;			/* one precedence for both families: no circles */
} policies[] = {
	{ RFC_LABELS RFC_PRECEDENCES, false },
	{ RFC_LABELS "precedence ::ffff:0:0/96  100\n", false },
	{ RFC_LABELS "precedence ::ffff:0:0/96 40\n", true },
	{ RFC_LABELS RFC_PRECEDENCES
	  "scopev4 10.0.0.0/8 5\nscopev4 ::ffff:192.168.0.0/112 5\n"
	  "scopev4 169.254.0.0/16 2\n# scopev4 198.51.100.0/24 2\n", false },
	{ "label 2001:db8:3::/48 7\nlabel ::ffff:192.0.2.0/120 7\nlabel ::1/128 7 7\n"
	  "label 2001:db8:1::/48 7\nlabel 2001:db8:1::/48 8\nlabel ::1/129 3\n"
	  "precedence 2001:db8:3::/47 20\nprecedence ::ffff:10.0.0.0/104 21 # 20\n"
	  " precedence\t::ffff:0:0/96 10\nprecedence ::ffff:192.0.2.64/122 60\n", false },
};

#define NETWORKS ((int)(sizeof networks / sizeof *networks))
#define POLICIES ((int)(sizeof policies / sizeof *policies))

/* None such as ::ffff:192.0.2.7, which is IPv6 and has the precedence of IPv4: the rules
 * would lead round in circles, and glibc would go where its sort happens to. */
static const char *const pool[] = {
	"192.0.2.1", "192.0.2.2", "192.0.2.3", "192.0.2.66", "192.0.2.129",
	"198.51.100.121", "203.0.113.5", "10.1.2.3", "10.1.2.5", "10.1.9.9", "10.200.0.1",
	"192.168.1.1", "192.168.1.3", "192.168.2.1", "169.254.13.77", "127.0.0.1",
	"127.0.0.2", "127.1.1.1", "255.255.255.255", "224.0.0.1",
	"::1", "fe80::1", "2001:db8:1::1", "2001:db8:1::2", "2001:db8:1:1::1",
	"2001:db8:3::1", "2001:db8:3ffe::1", "2001:db8:3f44::9", "2002:c633:6401::1",
	"2002:c633:6401::2", "2002:1::1", "2001:0:1::1", "fd00:1::1", "fd00:2::1",
	"fc00::1", "fec0::1", "3ffe::1", "ff0e::1", "ff02::1", "::192.0.2.7",
	"2a00::1",
};

#define POOL ((unsigned int)(sizeof pool / sizeof *pool))

static union host_address received[NAMES][ADDRESSES_MAXIMUM];
static size_t counts[NAMES];

static bool
write_file(const char *path, const char *text)
{
	FILE *file = fopen(path, "w");

	if (file == NULL)
		return false;
	fputs(text, file);
	return fclose(file) == 0;
}

static bool
feed_iproute2(const char *batch)
{
	FILE *ip = popen("ip -batch - >/dev/null 2>&1", "w");

	if (ip == NULL)
		return false;
	fputs(batch, ip);
	return pclose(ip) == 0;
}

#ifdef __linux__
/* Without addresses but those of loopback. */
static bool
make_network(void)
{
	return unshare(CLONE_NEWNET) == 0 &&
	       (feed_iproute2("link add t0 type dummy\nlink add t1 type dummy\n") ||
		feed_iproute2("link add t0 type bridge\nlink add t1 type bridge\n")) &&
	       feed_iproute2("link set lo up\nlink set t0 addrgenmode none\n"
			     "link set t1 addrgenmode none\n"
			     "link set t0 up\nlink set t1 up\n");
}

/* What a namespace needs that is not to be had here; NULL: it is made. */
static const char *
enter_namespace(void)
{
	char uid_map[64], gid_map[64];

	snprintf(uid_map, sizeof uid_map, "0 %u 1\n", (unsigned int)getuid());
	snprintf(gid_map, sizeof gid_map, "0 %u 1\n", (unsigned int)getgid());
	if (unshare(CLONE_NEWUSER | CLONE_NEWNS) != 0 ||
	    !write_file("/proc/self/setgroups", "deny") ||
	    !write_file("/proc/self/uid_map", uid_map) ||
	    !write_file("/proc/self/gid_map", gid_map))
		return "no user and mount namespaces";
	if (mount("none", "/", "none", MS_REC | MS_PRIVATE, NULL) != 0)
		return "no mounts in a namespace";
	if (!make_network())
		return "no iproute2, or neither dummy interfaces nor bridges";
	if (mount("none", "/etc", "tmpfs", 0, NULL) != 0 ||
	    !write_file("/etc/nsswitch.conf", "hosts: files\n") ||
	    !write_file("/etc/host.conf", "multi on\n"))
		return "no /etc of its own";
	/* Where there is a name service cache, it knows nothing of this. */
	if (access("/run/nscd", F_OK) == 0 &&
	    mount("none", "/run/nscd", "tmpfs", 0, NULL) != 0)
		return "no way around nscd";
	return NULL;
}
#else
static bool
make_network(void)
{
	return false;
}

static const char *
enter_namespace(void)
{
	return "no namespaces on this system";
}
#endif

static void
set_network(const char *batch)
{
	ck_assert(make_network());
	ck_assert_msg(feed_iproute2(batch), "%s", batch);
}

/* A hosts file of names with some addresses of the pool each, in any order. */
static void
write_hosts(struct dice *dice, bool grouped)
{
	FILE *hosts = fopen("/etc/hosts", "w");
	const char *shuffled[POOL], *other;
	unsigned int name, i, at;

	ck_assert_ptr_nonnull(hosts);
	memcpy(shuffled, pool, sizeof shuffled);
	for (name = 0; name < NAMES; name++) {
		for (i = 0; i < POOL && !grouped; i++) {
			at = dice_roll(dice, POOL);
			other = shuffled[i];
			shuffled[i] = shuffled[at];
			shuffled[at] = other;
		}
		counts[name] = 2 + dice_roll(dice, ADDRESSES_MAXIMUM - 1);
		/* Some steps on in the pool: the order there is by family. */
		at = 0;
		for (i = 0; i < counts[name]; i++) {
			at += grouped ? dice_roll(dice, POOL / ADDRESSES_MAXIMUM) : 0;
			address_from_text(&received[name][i], shuffled[at]);
			fprintf(hosts, "%s host%u.test\n", shuffled[at++], name);
		}
	}
	ck_assert_int_eq(fclose(hosts), 0);
}

static size_t
ask_getaddrinfo(unsigned int name, union host_address *addresses)
{
	struct addrinfo hints = { .ai_socktype = SOCK_STREAM }, *found, *next;
	char text[32];
	size_t count = 0;

	snprintf(text, sizeof text, "host%u.test", name);
	ck_assert_int_eq(getaddrinfo(text, NULL, &hints, &found), 0);
	for (next = found; next != NULL; next = next->ai_next) {
		ck_assert_uint_lt(count, ADDRESSES_MAXIMUM);
		memcpy(&addresses[count++], next->ai_addr, next->ai_addrlen);
	}
	freeaddrinfo(found);
	return count;
}

static void
compare_orders(unsigned int name, struct address_sorter *sorter)
{
	union host_address addresses[ADDRESSES_MAXIMUM], theirs[ADDRESSES_MAXIMUM];
	char before[1024], ours_text[1024], theirs_text[1024];
	size_t count = counts[name];

	addresses_to_text(before, sizeof before, received[name], count);
	memcpy(addresses, received[name], sizeof addresses);
	address_sorter_apply(sorter, ADDRESS_ORDER_RFC6724, addresses, count);
	addresses_to_text(ours_text, sizeof ours_text, addresses, count);
	ck_assert_uint_eq(ask_getaddrinfo(name, theirs), count);
	addresses_to_text(theirs_text, sizeof theirs_text, theirs, count);
	ck_assert_msg(strcmp(ours_text, theirs_text) == 0,
		      "received    %s\nordered     %s\ngetaddrinfo %s\n", before,
		      ours_text, theirs_text);
}

START_TEST(the_order_is_that_of_getaddrinfo)
{
	struct address_sorter *sorter = address_sorter_create(GAI_CONF_PATH);
	const char *gai_conf = policies[_i % POLICIES].gai_conf;
	struct dice dice;
	unsigned int name;

	dice_init(&dice);
	set_network(networks[_i / POLICIES]);
	ck_assert(write_file("/etc/gai.conf", gai_conf));
	write_hosts(&dice, policies[_i % POLICIES].grouped);
	ck_assert_ptr_nonnull(sorter);
	address_sorter_refresh(sorter, 0);
	for (name = 0; name < NAMES; name++)
		compare_orders(name, sorter);
	address_sorter_free(sorter);
}
END_TEST

static void
expect_source(struct address_prober *prober, const char *destination,
	      const char *expected, unsigned int expected_length)
{
	union host_address address, source;
	unsigned int prefix_length;
	char text[INET6_ADDRSTRLEN] = "";

	address_from_text(&address, destination);
	if (address_probe(prober, &address, &source, &prefix_length))
		addresses_to_text(text, sizeof text, &source, 1);
	ck_assert_msg(strcmp(text, expected) == 0 && prefix_length == expected_length,
		      "%s: %s/%u", destination, text, prefix_length);
}

/* One socket for all of a family keeps nothing of the destination before. */
START_TEST(the_probe_finds_the_source_and_its_prefix)
{
	struct address_prober prober;
	int round;

	set_network(networks[0]);
	address_prober_init(&prober);
	for (round = 0; round < 2; round++) {
		expect_source(&prober, "192.0.2.7", "192.0.2.1", 24);
		expect_source(&prober, "10.1.2.9", "10.1.2.4", 20);
		expect_source(&prober, "198.51.100.1", "192.0.2.1", 0);
		expect_source(&prober, "192.1.2.3", "192.0.2.1", 24);
		expect_source(&prober, "127.0.0.1", "127.0.0.1", 8);
		expect_source(&prober, "127.1.2.3", "127.0.0.1", 8);
		expect_source(&prober, "2001:db8:1::9", "2001:db8:1::2", 0);
		expect_source(&prober, "::1", "::1", 0);
		expect_source(&prober, "2001:db8:9::9", "2001:db8:1::2", 0);
		expect_source(&prober, "fe80::9", "", 0);
	}
	address_prober_close(&prober);
}
END_TEST

START_TEST(the_probe_finds_no_source_without_a_route)
{
	struct address_prober prober;

	set_network(networks[4]);
	address_prober_init(&prober);
	expect_source(&prober, "198.51.100.1", "", 0);
	expect_source(&prober, "2001:db8:9::9", "", 0);
	expect_source(&prober, "192.0.2.127", "", 0);
	expect_source(&prober, "192.0.2.126", "192.0.2.65", 26);
	address_prober_close(&prober);
}
END_TEST

/* A link-local destination is reached on the link that its scope id names. */
START_TEST(the_probe_keeps_scope_ids)
{
	union host_address address, source;
	struct address_prober prober;
	unsigned int prefix_length;

	set_network(networks[1]);
	address_prober_init(&prober);
	address_from_text(&address, "fe80::9");
	address.ipv6.sin6_scope_id = if_nametoindex("t0");
	ck_assert(address_probe(&prober, &address, &source, &prefix_length));
	ck_assert_uint_eq(source.ipv6.sin6_scope_id, if_nametoindex("t0"));
	address.ipv6.sin6_scope_id = if_nametoindex("t1");
	ck_assert(!address_probe(&prober, &address, &source, &prefix_length));
	address_prober_close(&prober);
}
END_TEST

/* On top of the loopback addresses, which do not count. */
static const struct {
	const char *batch;
	int only;
} families[] = {
	{ "", AF_UNSPEC },
	{ "address add 192.0.2.1/24 dev t0\n", AF_INET },
	{ "address add 127.0.0.2/8 dev t0\naddress add 2001:db8::1/64 dev t0 nodad\n",
	  AF_INET6 },
	{ "address add fe80::2/64 dev t0 nodad\n", AF_INET6 },
	{ "address add 10.0.0.1/8 dev lo\naddress add fd00::1/64 dev t1 nodad\n",
	  AF_UNSPEC },
};

START_TEST(only_families_with_addresses_are_asked_for)
{
	struct address_config config;

	address_config_init(&config);
	ck_assert_int_eq(address_config_restrict(&config, AF_UNSPEC), AF_UNSPEC);
	set_network(families[_i].batch);
	address_config_refresh(&config, 0);
	ck_assert_int_eq(address_config_restrict(&config, AF_UNSPEC), families[_i].only);
	ck_assert_int_eq(address_config_restrict(&config, AF_INET), AF_INET);
	ck_assert_int_eq(address_config_restrict(&config, AF_INET6), AF_INET6);
}
END_TEST

START_TEST(the_families_are_looked_at_once_a_second)
{
	struct address_config config;

	set_network(families[1].batch);
	address_config_init(&config);
	address_config_refresh(&config, 5);
	ck_assert(feed_iproute2("address add 2001:db8::1/64 dev t0 nodad\n"));
	address_config_refresh(&config, 1004);
	ck_assert_int_eq(address_config_restrict(&config, AF_UNSPEC), AF_INET);
	address_config_refresh(&config, 1005);
	ck_assert_int_eq(address_config_restrict(&config, AF_UNSPEC), AF_UNSPEC);
}
END_TEST

static void
add_tests(TCase *tests)
{
#ifdef __GLIBC__
	tcase_add_loop_test(tests, the_order_is_that_of_getaddrinfo, 0,
			    NETWORKS * POLICIES);
#endif
	tcase_add_test(tests, the_probe_finds_the_source_and_its_prefix);
	tcase_add_test(tests, the_probe_finds_no_source_without_a_route);
	tcase_add_test(tests, the_probe_keeps_scope_ids);
	tcase_add_loop_test(tests, only_families_with_addresses_are_asked_for, 0,
			    (int)(sizeof families / sizeof *families));
	tcase_add_test(tests, the_families_are_looked_at_once_a_second);
}

int
main(void)
{
	static const struct unit_room room = { "address_system", add_tests };
	const char *missing = enter_namespace();

	if (missing != NULL) {
		printf("1..0 # SKIP %s\n", missing);
		return 0;
	}
	/* glibc reads gai.conf once a process. */
	setenv("CK_FORK", "yes", 1);
	return unit_main(&room, 1);
}
