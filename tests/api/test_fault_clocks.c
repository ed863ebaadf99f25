/* SPDX-License-Identifier: MIT */
/* Faults of clocks, and of threads that get no time: O of doc/faults.md. */
#include "faults.h"

#include <poll.h>
#include <stdio.h>
#include <sys/socket.h>
#include <time.h>

#include "broken_system.h"
#include "heart_beat.h"

#define HOUR	3600000LL	   /* milliseconds */
#define DAYS	(240 * HOUR)	   /* ten */
#define YEARS	(9000 * 24 * HOUR) /* until after 2038 */
#define PENDING 100

/* Deadlines, timeouts, what is kept and waits: none of them knows what day it is.
 * Fault L19. */
START_TEST(o11_the_wall_clock_jumps)
{
	static const long long jumps[] = {DAYS, -2 * DAYS, YEARS, -YEARS};
	DnsResolverOptions *options = world_make_options();
	DnsResolver *caching;
	DnsAsyncResult *handle;
	DnsWaitHandle *copy;
	long long begun;
	size_t i;

	ck_assert_int_eq(DnsResolverOptionsSetCacheSize(options, 10), DNS_STATUS_OK);
	caching = DnsResolverCreate(options);
	ck_assert_ptr_nonnull(caching);
	end_expecting(BeginGetHostByName(caching, "a.test", NULL, NULL), DNS_STATUS_OK);
	for (i = 0; i < sizeof jumps / sizeof jumps[0]; i++) {
		handle = BeginGetHostByName(caching, HELD_NAME, NULL, NULL);
		copy = copy_wait_handle(handle);
		begun = monotonic_now();
		DnsAsyncResultSetDeadline(handle, SHORT);
		broken_system_jump(0, jumps[i]);
		ck_assert_int_eq(DnsWaitHandleWaitOne(copy, SHORT / 2),
				 DNS_WAIT_TIMED_OUT);
		end_expecting(handle, DNS_STATUS_TIMED_OUT);
		ck_assert_int_ge(monotonic_now() - begun, SHORT);
		DnsWaitHandleRelease(copy);
		end_expecting(BeginGetHostByName(caching, "a.test", NULL, NULL),
			      DNS_STATUS_OK);
	}
	ck_assert_uint_eq(dns_server_count_questions(world.server, "a.test", 0), 2);
	DnsResolverClose(caching);
	DnsResolverOptionsRelease(options);
}
END_TEST

/* What is overdue ends once, in one turn; what is begun then is like any other. */
START_TEST(o12_an_hour_later)
{
	DnsAsyncResult *handles[PENDING];
	struct heart_beat beat;
	struct witness witness;
	char name[32];
	int i;

	witness_init(&witness);
	use_servers(dns_server_address(world.server), NEVER, 1, NEVER);
	for (i = 0; i < PENDING; i++) {
		snprintf(name, sizeof name, "n%d.slow.test", i);
		handles[i] = begin(name, on_completion, &witness);
	}
	ck_assert(dns_server_wait_for_questions(world.server, HELD_NAMES, 0, PENDING));
	heart_beat_start(&beat, world.resolver);
	broken_system_jump(HOUR, 0);
	for (i = 0; i < PENDING; i++)
		end_expecting(handles[i], DNS_STATUS_TIMED_OUT);
	ck_assert_int_lt(heart_beat_stop(&beat, "o12"), LONGEST_TURN);
	end_with_addresses(begin("b.test", NULL, NULL), "192.0.2.2");
	world_release();
	end_with_addresses(begin("n0.slow.test", NULL, NULL), "198.51.100.8");
	world_close_resolver();
	broken_system_jump(-HOUR, 0);
	ck_assert_uint_eq(atomic_load(&witness.calls), PENDING);
	witness_destroy(&witness);
	use_servers(NULL, NEVER, 1, NEVER);
}
END_TEST

/* Waits until the library's socket of that port, which is one of this process, has
 * something to be read. */
static void
await_in_socket(in_port_t port)
{
	struct pollfd polled = {.events = POLLIN};
	struct sockaddr_in own;
	socklen_t length;

	for (polled.fd = 0; polled.fd < 1000; polled.fd++) {
		length = sizeof own;
		if (getsockname(polled.fd, (struct sockaddr *)&own, &length) == 0 &&
		    own.sin_family == AF_INET && own.sin_port == port) {
			ck_assert_int_eq(poll(&polled, 1, NEVER), 1);
			return;
		}
	}
	ck_abort_msg("no such socket");
}

/* What is in the socket by then has come in time, however late it is read. */
START_TEST(o13_the_loop_gets_no_time)
{
	struct puppet_question question;
	static struct puppet_reply reply;
	struct witness witness;
	DnsAsyncResult *handle, *blocking;

	witness_init(&witness);
	witness.stays = true;
	handle = ask("a.test");
	puppet_take(&puppet, &question);
	blocking =
		BeginGetHostByName(world.resolver, "192.0.2.9", on_completion, &witness);
	await(&witness.entered);
	puppet_reply_with(&reply, &question, "192.0.2.1");
	puppet_answer(&puppet, &question, &reply);
	await_in_socket(question.from.sin_port);
	broken_system_jump(HOUR, 0);
	sem_post(&witness.leave);
	end_with_addresses(handle, "192.0.2.1");
	end_expecting(blocking, DNS_STATUS_OK);
	world_close_resolver();
	broken_system_jump(-HOUR, 0);
	witness_destroy(&witness);
	use_servers(NULL, NEVER, 1, NEVER);
}
END_TEST

void
add_clock_faults(Suite *suite)
{
	TCase *tests = faults_case(suite, "clocks");

	tcase_add_test(tests, o11_the_wall_clock_jumps);
	tcase_add_test(tests, o12_an_hour_later);
	tcase_add_test(tests, o13_the_loop_gets_no_time);
}
