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
#elif defined __SANITIZE_THREAD__
#define IS_UNDER_TSAN
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

/* A thread of the library's blocks all signals, and a child that it forks does too. */
void
child_begin(void)
{
	sigset_t none;

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
