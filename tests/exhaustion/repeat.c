/* SPDX-License-Identifier: MIT */
/* Check forks a process for each test. Here that process forks one in turn for each piece that
 * the test asks for, which goes without it; what these write for Check, it reads as if one
 * test had written it. */
#define _GNU_SOURCE 1

#include "starve.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../support/interpose.h"

typedef pid_t fork_function(void);

static struct {
	fork_function *fork;
	unsigned int runs, bad, defects;
	/* What the environment asks for. */
	unsigned long dense, share, shares, at;
	unsigned int test;
	bool stays;
} repeat;

static unsigned long
number_in(const char *variable, unsigned long otherwise)
{
	const char *value = getenv(variable);

	return value != NULL ? strtoul(value, NULL, 10) : otherwise;
}

void
repeat_prepare(void)
{
	repeat.dense = number_in("STARVE_DENSE", 0);
	repeat.share = number_in("STARVE_SHARE", 0);
	repeat.shares = number_in("STARVE_SHARES", 1);
	repeat.at = number_in("STARVE_AT", 0);
	repeat.test = (unsigned int)number_in("STARVE_TEST", 0);
	repeat.stays = getenv("STARVE_STAYS") != NULL;
	starve.tally = mmap(NULL, sizeof *starve.tally, PROT_READ | PROT_WRITE,
			    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (starve.tally == MAP_FAILED)
		abort();
}

/* ---- One run ---- */

/* A test that nothing is short for has to pass. Others may fail, give up, or crash in a c-ares
 * that is known to. */
static bool
is_good(int ended, unsigned long at)
{
	if (!WIFEXITED(ended))
		return false;
	switch (WEXITSTATUS(ended)) {
	case 0:
		return true;
	case 1:
	case STARVE_GAVE_UP:
	case STARVE_DEFECT:
		return at > 0;
	default:
		return false;
	}
}

static void
judge(int ended, unsigned long at, bool stays)
{
	unsigned long faults = starve.tally->faults;

	repeat.runs++;
	starve.tally->faults = 0;
	if (is_good(ended, at) && faults == 0) {
		repeat.defects += WEXITSTATUS(ended) == STARVE_DEFECT;
		return;
	}
	repeat.bad++;
	starve_say("bad: test %u, %s %lu%s: %s %d", starve.test, starve_name(), at,
		   stays ? " and all after it" : "", WIFSIGNALED(ended) ? "signal" : "exit",
		   WIFSIGNALED(ended) ? WTERMSIG(ended) : WEXITSTATUS(ended));
}

/* Whether this is the process that is to run the test. What a run leaves behind in its group
 * Check would kill. */
static bool
run(unsigned long at, bool stays)
{
	pid_t process = repeat.fork();
	int ended = 0;

	if (process < 0)
		abort();
	if (process == 0) {
		starve.at = at;
		starve.stays = stays;
		starve.is_test = true;
		return true;
	}
	while (waitpid(process, &ended, 0) < 0)
		continue;
	kill(-process, SIGKILL);
	judge(ended, at, stays);
	return false;
}

/* ---- All of them ---- */

static unsigned long
next(unsigned long at)
{
	return repeat.dense == 0 || at < repeat.dense ? at + 1 : at + at / 2 + 1;
}

static void
tell_and_exit(void)
{
	starve_say("test %u, %s: %lu pieces, %u runs, %lu short, %u bad, %u in c-ares",
		   starve.test, starve_name(), starve.tally->pieces, repeat.runs,
		   starve.tally->shortages, repeat.bad, repeat.defects);
	_Exit(0);
}

/* Comes back in the processes that are to run the test: in this one if nothing is to be short. */
static void
repeat_test(void)
{
	unsigned long at;

	if (repeat.test > 0 && repeat.test != starve.test) {
		starve.is_on = false;
		return;
	}
	memset(starve.tally, 0, sizeof *starve.tally);
	if (repeat.at > 0) {
		if (run(repeat.at, repeat.stays))
			return;
		tell_and_exit();
	}
	if (run(0, false))
		return;
	for (at = 1; at <= starve.tally->pieces; at = next(at))
		if (at % repeat.shares == repeat.share && (run(at, false) || run(at, true)))
			return;
	tell_and_exit();
}

pid_t
fork(void)
{
	pid_t process;
	REAL(fork);

	if (!starve.is_on)
		return real();
	if (!starve.is_test)
		starve.test++;
	process = real();
	if (process != 0)
		return process;
	if (starve.is_test) {
		/* What a test forks is none. */
		starve.is_on = false;
		starve.is_test = false;
		atomic_store(&starve.is_counting, false);
	} else {
		repeat.fork = real;
		repeat_test();
	}
	return 0;
}
