/* SPDX-License-Identifier: MIT */
#include "child.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* More than any child takes, under valgrind too, and less than a test may. */
#define SECONDS 40

#if defined __has_feature
#if __has_feature(thread_sanitizer)
#define IS_UNDER_TSAN
#endif
#if __has_feature(address_sanitizer)
#define IS_UNDER_ASAN
#endif
#elif defined __SANITIZE_THREAD__
#define IS_UNDER_TSAN
#elif defined __SANITIZE_ADDRESS__
#define IS_UNDER_ASAN
#endif

bool
child_may_have_threads(void)
{
#ifdef IS_UNDER_TSAN
	return false;
#else
	return true;
#endif
}

bool
child_may_allocate(void)
{
#ifdef IS_UNDER_ASAN
	return false;
#else
	return true;
#endif
}

#ifdef IS_UNDER_ASAN
static bool is_child;

/* LeakSanitizer asks it when the process ends. A child has no more than the thread that
 * forked: what only the stacks of the others pointed to would count as lost. */
int __lsan_is_turned_off(void);
int
__lsan_is_turned_off(void)
{
	return is_child;
}
#endif

/* A thread of the library's blocks all signals, and a child that it forks does too. */
void
child_begin(void)
{
	sigset_t none;

#ifdef IS_UNDER_ASAN
	is_child = true;
#endif
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	alarm(SECONDS);
}

pid_t
child_start(void (*run)(void *argument), void *argument)
{
	pid_t child;

	fflush(NULL);
	child = fork();
	if (child == 0) {
		child_begin();
		run(argument);
		_exit(0);
	}
	return child;
}

bool
child_succeeds(pid_t child)
{
	int status;

	while (waitpid(child, &status, 0) < 0)
		if (errno != EINTR)
			return false;
	if (WIFSIGNALED(status))
		fprintf(stderr, "# a child was killed: %s\n", strsignal(WTERMSIG(status)));
	return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

bool
child_run(void (*run)(void *argument), void *argument)
{
	pid_t child = child_start(run, argument);

	return child > 0 && child_succeeds(child);
}

void
child_check(bool holds, const char *file, int line, const char *what)
{
	if (holds)
		return;
	fprintf(stderr, "# in a child: %s:%d: %s\n", file, line, what);
	_exit(1);
}
