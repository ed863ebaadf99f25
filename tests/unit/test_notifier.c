/* SPDX-License-Identifier: MIT */
#include "unit.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdbool.h>
#include <sys/resource.h>
#include <unistd.h>

#include "notifier.h"
#include "rooms.h"

static bool
is_readable(const struct notifier *notifier)
{
	struct pollfd watched = { .fd = notifier->descriptor, .events = POLLIN };

	return poll(&watched, 1, 0) == 1 && (watched.revents & POLLIN) != 0;
}

START_TEST(raised_it_is_readable_until_lowered)
{
	struct notifier notifier = NOTIFIER_CLOSED;
	int i;

	ck_assert_int_eq(notifier_open(&notifier), 0);
	ck_assert_int_ge(notifier.descriptor, 0);
	for (i = 0; i < 3; i++) {
		ck_assert(!is_readable(&notifier));
		notifier_raise(&notifier);
		ck_assert(is_readable(&notifier));
		ck_assert(is_readable(&notifier));
		notifier_lower(&notifier);
	}
	ck_assert(!is_readable(&notifier));
	notifier_close(&notifier);
}
END_TEST

/* Neither end may ever block: a pipe would be full after 8,192. */
START_TEST(raising_it_often_is_like_once)
{
	struct notifier notifier;
	int i;

	ck_assert_int_eq(notifier_open(&notifier), 0);
	for (i = 0; i < 20000; i++)
		notifier_raise(&notifier);
	ck_assert(is_readable(&notifier));
	notifier_lower(&notifier);
	ck_assert(!is_readable(&notifier));
	notifier_lower(&notifier);
	ck_assert(!is_readable(&notifier));
	notifier_close(&notifier);
}
END_TEST

START_TEST(its_descriptors_are_closed_and_not_inherited)
{
	struct notifier notifier;
	int descriptor, write_end;

	ck_assert_int_eq(notifier_open(&notifier), 0);
	descriptor = notifier.descriptor;
	write_end = notifier.write_end;
	ck_assert_int_eq(fcntl(descriptor, F_GETFD), FD_CLOEXEC);
	ck_assert_int_eq(fcntl(write_end, F_GETFD), FD_CLOEXEC);
	ck_assert_int_ne(fcntl(descriptor, F_GETFL) & O_NONBLOCK, 0);
	ck_assert_int_ne(fcntl(write_end, F_GETFL) & O_NONBLOCK, 0);
	notifier_close(&notifier);
	ck_assert_int_eq(notifier.descriptor, -1);
	ck_assert_int_eq(fcntl(descriptor, F_GETFD), -1);
	ck_assert_int_eq(fcntl(write_end, F_GETFD), -1);
	notifier_close(&notifier);
}
END_TEST

static struct notifier shared;

static void
raise_often(unsigned int number)
{
	int i;

	(void)number;
	for (i = 0; i < 1000; i++)
		notifier_raise(&shared);
}

START_TEST(any_thread_can_raise_it)
{
	ck_assert_int_eq(notifier_open(&shared), 0);
	unit_run_threads(4, raise_often);
	ck_assert(is_readable(&shared));
	notifier_lower(&shared);
	ck_assert(!is_readable(&shared));
	notifier_close(&shared);
}
END_TEST

START_TEST(without_descriptors_it_says_so)
{
	struct notifier notifier;
	struct rlimit limit, none;

	ck_assert_int_eq(getrlimit(RLIMIT_NOFILE, &limit), 0);
	none = limit;
	none.rlim_cur = 0;
	ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &none), 0);
	errno = 0;
	ck_assert_int_eq(notifier_open(&notifier), -1);
	ck_assert_int_eq(errno, EMFILE);
	ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &limit), 0);
	ck_assert_int_eq(notifier.descriptor, -1);
	notifier_close(&notifier);
}
END_TEST

void
notifier_tests(TCase *tests)
{
	tcase_add_test(tests, raised_it_is_readable_until_lowered);
	tcase_add_test(tests, raising_it_often_is_like_once);
	tcase_add_test(tests, its_descriptors_are_closed_and_not_inherited);
	tcase_add_test(tests, any_thread_can_raise_it);
	tcase_add_test(tests, without_descriptors_it_says_so);
}
