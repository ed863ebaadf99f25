/* SPDX-License-Identifier: MIT */
/* Faults of processes: how they end, what they are not given, and what else they use.
 * Each in a child, with a resolver of its own that asks the parent's server. L, O and R
 * of doc/faults.md. */
#include <config.h>

#include "faults.h"

#include <dlfcn.h>
#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <net/if.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../support/child.h"

#define CANNOT 77 /* the exit status of a child that the system does not let try */

static DnsResolverOptions *options;
static DnsResolver *own;
static DnsAsyncResult *held;

static void
set_up(void)
{
	options = world_make_options();
}

static void
tear_down(void)
{
	DnsResolverOptionsRelease(options);
}

/* In a child: a resolver, and an operation of it that is pending. */
static void
begin_held(void)
{
	own = DnsResolverCreate(options);
	child_expect(own != NULL);
	held = BeginGetHostByName(own, HELD_NAME, NULL, NULL);
	child_expect(held != NULL);
}

static void
expect_lookups(void)
{
	DnsResolver *made = DnsResolverCreate(options);
	DnsHostEntry *entry = NULL;

	child_expect(made != NULL);
	child_expect(GetHostByName(made, "a.test", &entry) == DNS_STATUS_OK);
	child_expect(DnsHostEntryGetAddressCount(entry) == 2);
	DnsHostEntryRelease(entry);
	child_expect(GetHostByName(made, "x.many.test", NULL) == DNS_STATUS_OK);
	DnsResolverClose(made);
}

/* How a child ends: its exit status, or the signal, negative; -1000: it could not try. */
static int
run_child(void (*run)(void *argument), void *argument)
{
	pid_t child = child_start(run, argument);
	int status;

	ck_assert_int_gt(child, 0);
	while (waitpid(child, &status, 0) < 0)
		ck_assert_int_eq(errno, EINTR);
	if (WIFSIGNALED(status))
		return -WTERMSIG(status);
	return WEXITSTATUS(status) == CANNOT ? -1000 : WEXITSTATUS(status);
}

/* In a child that may take memory and start threads, though its parent had threads. */
static bool
may_try(void)
{
	return child_may_have_threads() && child_may_allocate();
}

static void
expect_child(void (*run)(void *argument), void *argument, int expected)
{
	int found;

	if (!may_try())
		return;
	found = run_child(run, argument);
	if (found == -1000)
		printf("# the system does not let it try\n");
	else
		ck_assert_int_eq(found, expected);
}

/* ---- How they end ---- */

static void
end_at_exit(void)
{
	DnsAsyncResultSetDeadline(held, 20);
	if (EndGetHostByName(held, NULL) != DNS_STATUS_TIMED_OUT)
		_exit(9);
	DnsResolverClose(own);
}

static void
exit_in_handler(int number)
{
	(void)number;
	exit(0);
}

static void
exit_somehow(void *way)
{
	begin_held();
	switch (*(const int *)way) {
	case 0:
		exit(0);
	case 1:
		_exit(0);
	case 2:
		child_expect(atexit(end_at_exit) == 0);
		exit(0);
	case 3:
		signal(SIGUSR1, exit_in_handler);
		raise(SIGUSR1);
		_exit(8);
	default:
		DnsResolverClose(own);
		exit(0);
	}
}

START_TEST(l13_exit_with_lookups_pending)
{
	int way;

	for (way = 0; way < 5; way++)
		expect_child(exit_somehow, &way, 0);
}
END_TEST

static void
wait_for_ever(void *unused)
{
	(void)unused;
	signal(SIGTERM, SIG_DFL); /* Check has a handler */
	begin_held();
	EndGetHostByName(held, NULL);
}

static pid_t
start_waiting(void (*run)(void *argument))
{
	pid_t child = child_start(run, NULL);

	ck_assert_int_gt(child, 0);
	world_await_question(HELD_NAME);
	return child;
}

START_TEST(l14_sigterm)
{
	int status;
	pid_t child;

	if (!may_try())
		return;
	child = start_waiting(wait_for_ever);
	ck_assert_int_eq(kill(child, SIGTERM), 0);
	ck_assert_int_eq(waitpid(child, &status, 0), child);
	ck_assert(WIFSIGNALED(status) && WTERMSIG(status) == SIGTERM);
}
END_TEST

static void
end_overdue(void *unused)
{
	(void)unused;
	begin_held();
	DnsAsyncResultSetDeadline(held, SHORT);
	child_expect(EndGetHostByName(held, NULL) == DNS_STATUS_TIMED_OUT);
	DnsResolverClose(own);
	expect_lookups();
}

/* Time passes while it is stopped, and is over when it goes on. */
START_TEST(o10_stopped_and_continued)
{
	int status;
	pid_t child;

	if (!may_try())
		return;
	child = start_waiting(end_overdue);
	ck_assert_int_eq(kill(child, SIGSTOP), 0);
	ck_assert_int_eq(waitpid(child, &status, WUNTRACED), child);
	ck_assert(WIFSTOPPED(status));
	usleep(3000 * SHORT);
	ck_assert_int_eq(kill(child, SIGCONT), 0);
	ck_assert(child_succeeds(child));
}
END_TEST

/* ---- What they are not given ---- */

static void
leave_everything(void *unused)
{
	(void)unused;
	if (chroot("/proc/self/fdinfo") < 0 && chroot("/var/empty") < 0)
		_exit(CANNOT);
	child_expect(chdir("/") == 0);
	child_expect(access("/dev/null", F_OK) < 0);
	expect_lookups();
}

START_TEST(o17_no_files_at_all)
{
	unsigned int before = dns_server_count_ids(world.server);

	expect_child(leave_everything, NULL, 0);
	expect_child(leave_everything, NULL, 0);
	/* Eight questions, of which two may have one id by chance. */
	if (before != dns_server_count_ids(world.server))
		ck_assert_uint_ge(dns_server_count_ids(world.server), before + 6);
}
END_TEST

#define ALLOW  BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)
#define REFUSE BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | ENOSYS)
#define CALL   BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr))

static void
forbid_call(void *number)
{
	struct sock_filter filter[] = {
		CALL,
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, *(const unsigned int *)number, 0, 1),
		REFUSE, ALLOW};
	struct sock_fprog program = {.len = 4, .filter = filter};
	DnsResolver *made;

	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0 ||
	    prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) < 0)
		_exit(CANNOT);
	errno = 0;
	made = DnsResolverCreate(options);
	child_expect(made != NULL || errno != 0);
	if (made == NULL)
		return;
	child_expect(GetHostByName(made, "192.0.2.1", NULL) == DNS_STATUS_OK);
	child_expect(GetHostByName(made, "missing.test", NULL) != DNS_STATUS_TIMED_OUT);
	DnsResolverClose(made);
}

/* getrandom, eventfd2, and what makes several datagrams one call. */
START_TEST(o16_forbidden_calls)
{
	static unsigned int calls[] = {SYS_getrandom, SYS_eventfd2, SYS_sendmmsg,
				       SYS_recvmmsg, SYS_epoll_create1};
	size_t i;

	for (i = 0; i < sizeof calls / sizeof calls[0]; i++)
		expect_child(forbid_call, &calls[i], 0);
}
END_TEST

static void
set_loopback(bool is_up)
{
	struct ifreq request = {.ifr_name = "lo"};
	int descriptor = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);

	request.ifr_flags = is_up ? IFF_UP | IFF_RUNNING | IFF_LOOPBACK : IFF_LOOPBACK;
	if (ioctl(descriptor, SIOCSIFFLAGS, &request) < 0)
		_exit(CANNOT);
	close(descriptor);
}

/* The same resolver all the time. */
static void
lose_the_network(void *unused)
{
	struct dns_server *server;
	DnsStatus status;

	(void)unused;
	if (unshare(CLONE_NEWNET) < 0)
		_exit(CANNOT);
	set_loopback(true);
	server = dns_server_start();
	dns_server_add_address(server, "*.test", "192.0.2.1", 300);
	child_expect(DnsResolverOptionsSetServers(options, dns_server_address(server)) ==
		     DNS_STATUS_OK);
	child_expect(DnsResolverOptionsSetTimeout(options, SHORT) == DNS_STATUS_OK);
	child_expect(DnsResolverOptionsSetTries(options, 2) == DNS_STATUS_OK);
	own = DnsResolverCreate(options);
	child_expect(own != NULL);
	child_expect(GetHostByName(own, "a.test", NULL) == DNS_STATUS_OK);
	set_loopback(false);
	status = GetHostByName(own, "b.test", NULL);
	child_expect(status == DNS_STATUS_TRY_AGAIN);
	set_loopback(true);
	child_expect(GetHostByName(own, "b.test", NULL) == DNS_STATUS_OK);
	DnsResolverClose(own);
	dns_server_stop(server);
}

START_TEST(r16_the_network_goes_and_comes_back)
{
	expect_child(lose_the_network, NULL, 0);
}
END_TEST

/* ---- What else they use ---- */

static void *
find(const char *name)
{
	void *found = dlsym(RTLD_DEFAULT, name);

	if (found == NULL)
		_exit(CANNOT);
	return found;
}

static atomic_uint taken;

static void *
take(size_t size)
{
	atomic_fetch_add(&taken, 1);
	return malloc(size);
}

static void *
take_again(void *memory, size_t size)
{
	return realloc(memory, size);
}

/* The program was there first, with memory of its own, and goes before the library. */
static void
use_cares(void *unused)
{
	int (*init)(int, void *(*)(size_t), void (*)(void *), void *(*)(void *, size_t));
	void (*cleanup)(void);

	(void)unused;
	*(void **)&init = find("ares_library_init_mem");
	*(void **)&cleanup = find("ares_library_cleanup");
	child_expect(init(1, take, free, take_again) == 0);
	expect_lookups();
	child_expect(atomic_load(&taken) > 0);
	cleanup();
	expect_lookups();
}

START_TEST(l15_a_program_that_uses_c_ares)
{
	DnsAsyncResult *own_held;
	DnsResolver *other;

	expect_child(use_cares, NULL, 0);
	/* Two resolvers that are in a different hurry. */
	ck_assert_int_eq(DnsResolverOptionsSetDeadline(options, SHORT), DNS_STATUS_OK);
	other = DnsResolverCreate(options);
	own_held = begin(HELD_NAME, NULL, NULL);
	ck_assert_int_eq(GetHostByName(other, HELD_NAME, NULL), DNS_STATUS_TIMED_OUT);
	ck_assert(!DnsAsyncResultIsCompleted(own_held));
	DnsResolverClose(other);
	world_release();
	end_with_addresses(own_held, "198.51.100.8");
}
END_TEST

void
add_process_faults(Suite *suite)
{
	TCase *tests = contract_case(suite, "processes");

	tcase_add_checked_fixture(tests, set_up, tear_down);
	tcase_add_test(tests, l13_exit_with_lookups_pending);
	tcase_add_test(tests, l14_sigterm);
	tcase_add_test(tests, o10_stopped_and_continued);
	tcase_add_test(tests, o16_forbidden_calls);
	tcase_add_test(tests, o17_no_files_at_all);
	tcase_add_test(tests, r16_the_network_goes_and_comes_back);
	tcase_add_test(tests, l15_a_program_that_uses_c_ares);
}
