/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "resolve_signals.h"

#include <signal.h>
#include <stdatomic.h>
#include <stddef.h>
#include <unistd.h>

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))
#define PATIENCE 1	/* seconds */

static const int stops[] = {SIGHUP, SIGINT, SIGTERM};
static const int inquiries[] = {
	SIGUSR1,
#ifdef SIGINFO
	SIGINFO,
#endif
};

static _Atomic(struct bell *) bell;
static atomic_int stop;
static atomic_bool is_inquired;

static void
wake(void)
{
	struct bell *awaited = atomic_load(&bell);

	if (awaited != NULL)
		bell_wake(awaited);
}

/* The stop signal has its default action again. */
static void
on_alarm(int number)
{
	(void)number;
	raise(atomic_load(&stop));
}

static void
on_stop(int number)
{
	size_t i;

	atomic_store(&stop, number);
	for (i = 0; i < COUNT_OF(stops); i++)
		signal(stops[i], SIG_DFL);
	signal(SIGALRM, on_alarm);
	alarm(PATIENCE);
	wake();
}

static void
on_inquiry(int number)
{
	(void)number;
	atomic_store(&is_inquired, true);
	wake();
}

/* No system call is restarted: one that waits to write must not hold up the end. */
static void
heed(int number, void (*handler)(int))
{
	struct sigaction action = {.sa_handler = handler}, old;

	if (sigaction(number, NULL, &old) == 0 && old.sa_handler == SIG_IGN)
		return;
	sigfillset(&action.sa_mask);
	sigaction(number, &action, NULL);
}

void
signals_heed(struct bell *to_wake)
{
	size_t i;

	atomic_store(&bell, to_wake);
	for (i = 0; i < COUNT_OF(stops); i++)
		heed(stops[i], on_stop);
	for (i = 0; i < COUNT_OF(inquiries); i++)
		heed(inquiries[i], on_inquiry);
}

void
signals_leave_bell(void)
{
	atomic_store(&bell, NULL);
}

int
signals_get_stop(void)
{
	return atomic_load_explicit(&stop, memory_order_relaxed);
}

bool
signals_take_inquiry(void)
{
	return atomic_load_explicit(&is_inquired, memory_order_relaxed) &&
	       atomic_exchange(&is_inquired, false);
}

void
signals_obey(void)
{
	int number = atomic_load(&stop);

	if (number == 0)
		return;
	signal(number, SIG_DFL);
	raise(number);
}
