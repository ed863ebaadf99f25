/* SPDX-License-Identifier: MIT */
/* Faults of the system's calls: O of doc/faults.md. One small life of a resolver, again
 * and again, in each of which another call fails: that one only, and from that one on. */
#include "faults.h"

#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "broken_system.h"
#include "rounds.h"

#define BRIEF 20 /* milliseconds: what is lost is soon given up */

static char conf[32], hosts[32];

static void
write_file(char *path, const char *text)
{
	int made;

	strcpy(path, "/tmp/asyncdns_calls.XXXXXX");
	made = mkstemp(path);
	ck_assert_int_ge(made, 0);
	ck_assert_int_eq(write(made, text, strlen(text)), strlen(text));
	close(made);
}

static void
make_files(void)
{
	char text[64];

	snprintf(text, sizeof text, "nameserver %s\nsearch one.test\n",
		 dns_server_address(world.server));
	write_file(conf, text);
	write_file(hosts, "192.0.2.41 hosted.test\n");
}

static void
remove_files(void)
{
	unlink(conf);
	unlink(hosts);
}

static DnsResolverOptions *
make_options(int timeout)
{
	DnsResolverOptions *options = DnsResolverOptionsCreate();

	require(options != NULL, "no options");
	require(DnsResolverOptionsSetResolvConfPath(options, conf) == DNS_STATUS_OK &&
			DnsResolverOptionsSetHostsPath(options, hosts) == DNS_STATUS_OK &&
			DnsResolverOptionsSetTimeout(options, timeout) == DNS_STATUS_OK &&
			DnsResolverOptionsSetTries(options, 1) == DNS_STATUS_OK &&
			DnsResolverOptionsSetDeadline(options, 3 * timeout) ==
				DNS_STATUS_OK &&
			DnsResolverOptionsSetFlags(
				options, DNS_RESOLVER_NEVER_SYNCHRONOUS) == DNS_STATUS_OK,
		"options");
	return options;
}

/* What a lookup may say when not all is well; never that a host is not there. */
static bool
is_excuse(DnsStatus status)
{
	return status == DNS_STATUS_TRY_AGAIN || status == DNS_STATUS_TIMED_OUT ||
	       status == DNS_STATUS_NO_MEMORY || status == DNS_STATUS_NO_SERVERS ||
	       status == DNS_STATUS_NO_RECOVERY;
}

/* Looks up a name that the server has, or the hosts file. Without that file the name is
 * nobody's. */
static void
look_up(DnsResolver *resolver, const char *name, const char *addresses, bool is_well)
{
	struct witness witness;
	DnsAsyncResult *handle;
	DnsHostEntry *entry;
	DnsWaitHandle *copy;
	DnsStatus status;

	witness_init(&witness);
	handle = BeginGetHostByName(resolver, name, on_completion, &witness);
	if (handle == NULL) {
		require(!is_well && errno != 0, "Begin failed");
		witness_destroy(&witness);
		return;
	}
	copy = DnsAsyncResultCopyWaitHandle(handle);
	if (copy != NULL)
		DnsWaitHandleGetDescriptor(copy);
	status = EndGetHostByName(handle, &entry);
	await(&witness.entered);
	require(atomic_load(&witness.calls) == 1, "not one callback");
	if (status == DNS_STATUS_OK)
		require(has_addresses(entry, addresses) ||
				(!is_well && DnsHostEntryIsPartial(entry)),
			"other addresses");
	else if (is_well || !(is_excuse(status) || strcmp(name, "hosted.test") == 0))
		ck_abort_msg("%s: %s", name, DnsStatusGetText(status));
	DnsHostEntryRelease(entry);
	DnsWaitHandleRelease(copy);
	witness_destroy(&witness);
}

static void
live(const DnsResolverOptions *options, bool is_well)
{
	DnsResolver *resolver = DnsResolverCreate(options);

	if (resolver == NULL) {
		require(!is_well && errno != 0, "no resolver");
		return;
	}
	look_up(resolver, "hosted.test", "192.0.2.41", is_well);
	look_up(resolver, "a.test", "192.0.2.1 2001:db8::1", is_well);
	look_up(resolver, "x.many.test", "198.51.100.7", is_well); /* over TCP */
	DnsResolverClose(resolver);
}

/* The server closes its end of a connection a moment later. */
static bool
are_descriptors(int wanted)
{
	int patience = 2000;

	while (count_descriptors() != wanted && patience-- > 0)
		usleep(1000);
	return count_descriptors() == wanted;
}

/* The life in which that call fails, and what it leaves. */
static unsigned int
live_with_broken(const DnsResolverOptions *options, unsigned int call, unsigned int nth,
		 bool stays, int descriptors)
{
	unsigned int count;

	broken_system_begin(call, nth, stays);
	live(options, nth == 0);
	count = broken_system_end();
	if (!are_descriptors(descriptors))
		ck_abort_msg("%s %u: %d descriptors are left", broken_calls[call].name,
			     nth, count_descriptors() - descriptors);
	return count;
}

static void
log_nothing(int severity, const char *text)
{
	(void)severity;
	(void)text;
}

/* libevent says on stderr which call has failed. */
static void
quieten_libevent(void)
{
	void (*set)(void (*)(int, const char *));

	*(void **)&set = dlsym(RTLD_DEFAULT, "event_set_log_callback");
	if (set != NULL)
		set(log_nothing);
}

/* Faults O01, O02, O04, O16, O19. */
START_TEST(o08_each_call_fails)
{
	unsigned int call = (unsigned int)_i, count, nth;
	DnsResolverOptions *well, *brief;
	int descriptors = count_descriptors(), threads;

	quieten_libevent();
	make_files();
	well = make_options(NEVER / 4);
	brief = make_options(BRIEF);
	dns_server_misbehave(world.server, "x.many.test", 0, ANSWER_TRUNCATED);
	live(well, true);
	threads = count_threads();
	ck_assert(are_descriptors(descriptors));
	count = live_with_broken(well, call, 0, false, descriptors);
	for (nth = 1; nth <= count; nth++) {
		live_with_broken(brief, call, nth, false, descriptors);
		/* What was there when the library has looked, libevent counts on. */
		if (nth == 1 || strcmp(broken_calls[call].name, "pipe") != 0)
			live_with_broken(brief, call, nth, true, descriptors);
	}
	live(well, true);
	await_count(count_threads, threads);
	printf("# o08: %s: %u calls\n", broken_calls[call].name, count);
	fflush(stdout);
	DnsResolverOptionsRelease(well);
	DnsResolverOptionsRelease(brief);
	remove_files();
}
END_TEST

void
add_call_faults(Suite *suite)
{
	TCase *tests = contract_case(suite, "calls");

	tcase_add_loop_test(tests, o08_each_call_fails, 0, (int)broken_calls_count);
}
