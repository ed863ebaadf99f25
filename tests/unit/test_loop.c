/* SPDX-License-Identifier: MIT */
#include "unit.h"

#include <dirent.h>
#include <errno.h>
#include <event2/event.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "child.h"
#include "clock.h"
#include "loop.h"
#include "loop_thread.h"
#include "rooms.h"
#include "thread_role.h"

static struct loop *loop;

/* What happened on the loop, a character each; read when the loop has ended, or on it. */
static char happened[64];

static void
note(char what)
{
	size_t length = strlen(happened);

	ck_assert(loop == NULL || loop_is_current(loop));
	ck_assert_uint_lt(length + 1, sizeof happened);
	happened[length] = what;
	happened[length + 1] = '\0';
}

static struct tally done = TALLY_INITIALIZER;

static void
start(void)
{
	loop = loop_thread_start();
}

static void
do_stop(void *data)
{
	loop_stop(data);
}

/* Lets the loop go round until nothing is deferred any more, and stops it. */
static void
stop(void)
{
	loop_thread_run(loop, do_stop, loop);
	loop_join(loop);
	loop_free(loop);
	loop = NULL;
}

static void
run(void (*errand)(void *data))
{
	loop_thread_run(loop, errand, NULL);
}

static int reader;

static void
on_end(void *data)
{
	ck_assert_ptr_eq(data, &reader);
	note('E');
}

static bool
is_of_a_fault(int number)
{
	return number == SIGBUS || number == SIGFPE || number == SIGILL || number == SIGSEGV ||
	       number == SIGSYS || number == SIGTRAP;
}

static void
look_around(struct letter *letter, void *data)
{
	sigset_t blocked;
	int number;

	(void)letter;
	ck_assert_ptr_eq(data, &reader);
	ck_assert(thread_role_is_loop());
	ck_assert(!loop_is_current(NULL));
	pthread_sigmask(SIG_SETMASK, NULL, &blocked);
	for (number = 1; number <= SIGRTMAX; number++)
		if (number != SIGKILL && number != SIGSTOP &&
		    (number < 32 || number >= SIGRTMIN))
			ck_assert_msg(sigismember(&blocked, number) == !is_of_a_fault(number),
				      "signal %d", number);
	note('l');
	tally_add(&done);
}

START_TEST(a_loop_is_a_thread)
{
	struct letter letter = { .deliver = look_around };
	sigset_t before, after;

	pthread_sigmask(SIG_SETMASK, NULL, &before);
	loop = loop_start(&reader, on_end);
	ck_assert_ptr_nonnull(loop);
	pthread_sigmask(SIG_SETMASK, NULL, &after);
	ck_assert_int_eq(sigismember(&before, SIGTERM), sigismember(&after, SIGTERM));
	ck_assert_int_eq(sigismember(&after, SIGPIPE), 0);
	ck_assert(!loop_is_current(loop));
	ck_assert(!thread_role_is_loop());
	ck_assert(loop_post(loop, &letter));
	tally_await(&done, 1);
	loop_thread_run(loop, do_stop, loop);
	loop_join(loop);
	ck_assert_str_eq(happened, "lE");
	ck_assert(!loop_post(loop, &letter));
	loop_free(loop);
}
END_TEST

static void
do_leave(void *data)
{
	(void)data;
	loop_leave();
}

/* In the child the thread ends, and with it, the last one, the process; in the parent all
 * goes on. */
static void
fork_and_leave(void *data)
{
	pid_t *child = data;

	*child = child_start(do_leave, NULL);
	expect(*child > 0, "no child");
}

START_TEST(a_child_leaves_its_parents_loop)
{
	pid_t child;

	loop = loop_start(&reader, on_end);
	ck_assert_ptr_nonnull(loop);
	loop_thread_run(loop, fork_and_leave, &child);
	ck_assert(child_succeeds(child));
	ck_assert_str_eq(happened, "");
	loop_thread_run(loop, do_stop, loop);
	loop_join(loop);
	ck_assert_str_eq(happened, "E");
	loop_free(loop);
}
END_TEST

static struct letter late_letters[2];

static void
note_late(struct letter *letter, void *data)
{
	(void)data;
	note(letter == &late_letters[0] ? '1' : '2');
}

static void
stop_and_post(struct letter *letter, void *data)
{
	(void)letter;
	(void)data;
	note('s');
	loop_stop(loop);
	ck_assert(loop_post(loop, &late_letters[0]));
	ck_assert(loop_post(loop, &late_letters[1]));
}

START_TEST(stopped_it_still_delivers_what_has_come)
{
	struct letter letter = { .deliver = stop_and_post };

	late_letters[0].deliver = late_letters[1].deliver = note_late;
	loop = loop_start(&reader, on_end);
	ck_assert_ptr_nonnull(loop);
	ck_assert(loop_post(loop, &letter));
	loop_join(loop);
	ck_assert_str_eq(happened, "s12E");
	ck_assert(!loop_post(loop, &letter));
	loop_free(loop);
}
END_TEST

static void
free_at_end(void *data)
{
	(void)data;
	loop_detach();
	loop_free(loop);
	tally_add(&done);
}

/* 0 where that cannot be said. */
static unsigned int
count_threads(void)
{
	DIR *threads = opendir("/proc/self/task");
	struct dirent *entry;
	unsigned int count = 0;

	if (threads == NULL)
		return 0;
	while ((entry = readdir(threads)) != NULL)
		count += entry->d_name[0] != '.';
	closedir(threads);
	return count;
}

START_TEST(nobody_need_join_it)
{
	struct letter letter = { .deliver = stop_and_post };
	unsigned int before = count_threads(), looks;

	late_letters[0].deliver = late_letters[1].deliver = note_late;
	loop = loop_start(&reader, free_at_end);
	ck_assert_ptr_nonnull(loop);
	ck_assert(loop_post(loop, &letter));
	tally_await(&done, 1);
	/* It may still be on its way out, which valgrind calls a leak; nothing depends on it,
	 * and a sanitizer may have started a thread of its own. */
	for (looks = 0; looks < 1000 && count_threads() > before; looks++)
		sched_yield();
}
END_TEST

#define POSTERS 4
#define POSTED 2000

static struct numbered_letter {
	struct letter letter;
	unsigned int poster;
	unsigned int number;
} posted[POSTERS][POSTED];
static unsigned int next_number[POSTERS], delivered;

static void
count_letter(struct letter *letter, void *data)
{
	struct numbered_letter *numbered =
		container_of(letter, struct numbered_letter, letter);

	(void)data;
	expect(numbered->number == next_number[numbered->poster], "out of order");
	next_number[numbered->poster]++;
	delivered++;
	tally_add(&done);
}

static void
post_many(unsigned int poster)
{
	struct numbered_letter *numbered;
	unsigned int i;

	for (i = 0; i < POSTED; i++) {
		numbered = &posted[poster][i];
		numbered->letter.deliver = count_letter;
		numbered->poster = poster;
		numbered->number = i;
		expect(loop_post(loop, &numbered->letter), "not posted");
	}
}

START_TEST(each_letter_is_delivered_once)
{
	start();
	unit_run_threads(POSTERS, post_many);
	tally_await(&done, POSTERS * POSTED);
	stop();
	ck_assert_uint_eq(delivered, POSTERS * POSTED);
}
END_TEST

static void
post_again(struct letter *letter, void *data)
{
	(void)data;
	delivered++;
	if (delivered < 1000)
		ck_assert(loop_post(loop, letter));
	tally_add(&done);
}

START_TEST(delivered_a_letter_may_be_posted_again)
{
	struct letter letter = { .deliver = post_again };

	start();
	ck_assert(loop_post(loop, &letter));
	tally_await(&done, 1000);
	stop();
	ck_assert_uint_eq(delivered, 1000);
}
END_TEST

static struct letter batch[3];

static void
note_and_post_again(struct letter *letter, void *data)
{
	(void)data;
	note((char)('0' + (letter - batch)));
	if (letter == &batch[0] && strlen(happened) == 1)
		ck_assert(loop_post(loop, letter));
	tally_add(&done);
}

static void
post_batch(void *data)
{
	int i;

	(void)data;
	for (i = 0; i < 3; i++) {
		batch[i].deliver = note_and_post_again;
		ck_assert(loop_post(loop, &batch[i]));
	}
}

START_TEST(posted_again_it_does_not_take_others_along)
{
	start();
	run(post_batch);
	tally_await(&done, 4);
	stop();
	ck_assert_str_eq(happened, "0120");
}
END_TEST

static struct timer timers[4];
static struct loop_task tasks[4];
static struct letter letters[1];

static void
note_timer(struct timer *timer)
{
	ck_assert(!timer_is_set(timer));
	ck_assert_int_ge(clock_now(), timer->due);
	note((char)('0' + (timer - timers)));
	tally_add(&done);
}

static void
note_task(struct loop_task *task)
{
	note((char)('a' + (task - tasks)));
	tally_add(&done);
}

static void
note_letter(struct letter *letter, void *data)
{
	(void)letter;
	(void)data;
	note('l');
	tally_add(&done);
}

static void
init_all(void)
{
	int i;

	for (i = 0; i < 4; i++) {
		timer_init(&timers[i], note_timer);
		loop_task_init(&tasks[i], note_task);
	}
	letters[0].deliver = note_letter;
}

static void
one_of_each(void *data)
{
	(void)data;
	loop_defer(loop, &tasks[0]);
	loop_timer_set(loop, &timers[0], clock_now());
	ck_assert(loop_post(loop, &letters[0]));
}

START_TEST(a_turn_is_letters_then_tasks_then_timers)
{
	start();
	init_all();
	run(one_of_each);
	tally_await(&done, 3);
	stop();
	ck_assert_str_eq(happened, "al0");
}
END_TEST

static void
set_timers(void *data)
{
	int64_t now = clock_now();

	(void)data;
	loop_timer_set(loop, &timers[0], now - 10);
	loop_timer_set(loop, &timers[1], 0);
	loop_timer_set(loop, &timers[2], now);
	loop_timer_set(loop, &timers[3], now - 5);
	loop_timer_clear(loop, &timers[0]);
	loop_timer_set(loop, &timers[0], now - 6);
	loop_timer_clear(loop, &timers[3]);
	loop_timer_clear(loop, &timers[3]);
}

START_TEST(timers_fire_in_the_order_they_are_due)
{
	start();
	init_all();
	run(set_timers);
	tally_await(&done, 3);
	stop();
	ck_assert_str_eq(happened, "102");
}
END_TEST

/* An hour is never waited for; a millisecond is, though the hour was there first. */
static void
set_far(void *data)
{
	(void)data;
	loop_timer_set(loop, &timers[0], clock_after(3600000));
}

static void
set_near(void *data)
{
	(void)data;
	loop_timer_set(loop, &timers[1], clock_after(20));
}

static void
set_nearer(void *data)
{
	(void)data;
	loop_timer_set(loop, &timers[2], clock_after(1));
	loop_timer_set(loop, &timers[3], clock_after(30));
}

START_TEST(the_nearest_timer_ends_the_wait)
{
	start();
	init_all();
	run(set_far);
	run(set_near);
	run(set_nearer);
	tally_await(&done, 3);
	stop();
	ck_assert_uint_eq(strlen(happened), 3);
	ck_assert_ptr_null(strchr(happened, '0'));
	ck_assert_int_eq(happened[2], '3');
}
END_TEST

static void *
get_none(size_t size)
{
	(void)size;
	return NULL;
}

static void *
get_none_again(void *before, size_t size)
{
	(void)before;
	(void)size;
	return NULL;
}

static void
set_without_memory(void *data)
{
	event_set_mem_functions(get_none, get_none_again, free);
	set_near(data);
}

START_TEST(a_timer_needs_no_memory)
{
	start();
	init_all();
	run(set_without_memory);
	tally_await(&done, 1);
	stop();
	ck_assert_str_eq(happened, "1");
}
END_TEST

static void
fire_again(struct timer *timer)
{
	if (++delivered < 20)
		loop_timer_set(loop, timer, clock_after(delivered % 2));
	tally_add(&done);
}

static void
set_repeating(void *data)
{
	(void)data;
	timer_init(&timers[0], fire_again);
	loop_timer_set(loop, &timers[0], clock_now());
}

START_TEST(a_timer_may_be_set_again_when_it_fires)
{
	start();
	run(set_repeating);
	tally_await(&done, 20);
	stop();
	ck_assert_uint_eq(delivered, 20);
}
END_TEST

static void
defer_and_clear(void *data)
{
	(void)data;
	loop_defer(loop, &tasks[0]);
	loop_defer(loop, &tasks[1]);
	loop_defer(loop, &tasks[2]);
	loop_defer(loop, &tasks[0]);
	loop_task_clear(&tasks[1]);
	loop_task_clear(&tasks[3]);
}

START_TEST(a_task_runs_once_and_a_cleared_one_never)
{
	start();
	init_all();
	run(defer_and_clear);
	tally_await(&done, 2);
	stop();
	ck_assert_str_eq(happened, "ac");
}
END_TEST

static void
clear_next_and_defer_first(struct loop_task *task)
{
	note_task(task);
	loop_task_clear(&tasks[2]);
	loop_defer(loop, &tasks[0]);
	loop_timer_set(loop, &timers[0], 0);
}

/* Deferred by a task: the end of the turn, with its timers, comes between. */
static void
defer_tasks(void *data)
{
	(void)data;
	tasks[1].run = clear_next_and_defer_first;
	loop_defer(loop, &tasks[0]);
	loop_defer(loop, &tasks[1]);
	loop_defer(loop, &tasks[2]);
	loop_defer(loop, &tasks[3]);
}

START_TEST(what_a_task_defers_runs_in_the_next_turn)
{
	start();
	init_all();
	run(defer_tasks);
	tally_await(&done, 5);
	stop();
	ck_assert_str_eq(happened, "abd0a");
}
END_TEST

static void
defer_again(struct loop_task *task)
{
	if (++delivered < 1000)
		loop_defer(loop, task);
	tally_add(&done);
}

static void
defer_repeating(void *data)
{
	(void)data;
	loop_task_init(&tasks[0], defer_again);
	loop_defer(loop, &tasks[0]);
}

/* Nothing else would wake it. */
START_TEST(it_does_not_wait_while_something_is_deferred)
{
	start();
	run(defer_repeating);
	tally_await(&done, 1000);
	stop();
}
END_TEST

static int ends[2];
static struct loop_watch *watch;
static bool told_readable, told_writable;
static unsigned int times_told;

static void
on_ready(void *data, int descriptor, bool readable, bool writable)
{
	char octet;

	ck_assert_ptr_eq(data, &reader);
	ck_assert_int_eq(descriptor, ends[0]);
	told_readable = readable;
	told_writable = writable;
	times_told++;
	/* Told once more while it is still readable; then it is read. */
	if (readable && times_told == 2)
		ck_assert_int_eq(recv(ends[0], &octet, 1, 0), 1);
	if (writable)
		ck_assert(loop_watch_set(watch, true, false));
	if (times_told == 2 || writable)
		tally_add(&done);
}

static void
open_watch(void *data)
{
	watch = loop_watch_open(loop, ends[0], on_ready, data);
	ck_assert_ptr_nonnull(watch);
	ck_assert(loop_watch_set(watch, true, false));
	ck_assert(loop_watch_set(watch, true, false));
}

static void
watch_writing(void *data)
{
	(void)data;
	times_told = 0;
	told_readable = told_writable = false;
	ck_assert(loop_watch_set(watch, true, true));
}

static void
watch_nothing(void *data)
{
	(void)data;
	times_told = 0;
	ck_assert(loop_watch_set(watch, false, false));
	ck_assert_int_eq(send(ends[1], "x", 1, 0), 1);
}

static void
close_watch(void *data)
{
	(void)data;
	ck_assert_uint_eq(times_told, 0);
	loop_watch_close(watch);
	close(ends[0]);
	close(ends[1]);
}

static void
do_nothing(void *data)
{
	(void)data;
}

START_TEST(a_descriptor_is_watched)
{
	ck_assert_int_eq(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
	start();
	loop_thread_run(loop, open_watch, &reader);
	ck_assert_int_eq(send(ends[1], "x", 1, 0), 1);
	tally_await(&done, 1);
	ck_assert(told_readable && !told_writable);
	run(watch_writing);
	tally_await(&done, 2);
	ck_assert(!told_readable && told_writable);
	run(watch_nothing);
	run(do_nothing);
	run(do_nothing);
	run(close_watch);
	stop();
}
END_TEST

/* Fault O01. */
START_TEST(without_descriptors_there_is_no_loop)
{
	struct rlimit limit, none;
	int left = dup(0);

	ck_assert_int_ge(left, 0);
	close(left);
	ck_assert_int_eq(getrlimit(RLIMIT_NOFILE, &limit), 0);
	none = limit;
	none.rlim_cur = (rlim_t)left + (rlim_t)_i;
	ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &none), 0);
	errno = 0;
	loop = loop_start(&reader, on_end);
	ck_assert(loop != NULL || errno == EMFILE);
	ck_assert(loop == NULL || _i > 1);
	ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &limit), 0);
	if (loop != NULL)
		stop();
	else
		ck_assert_int_eq(dup(0), left);
}
END_TEST

void
loop_tests(TCase *tests)
{
	tcase_add_test(tests, a_loop_is_a_thread);
	tcase_add_test(tests, a_child_leaves_its_parents_loop);
	tcase_add_test(tests, stopped_it_still_delivers_what_has_come);
	tcase_add_test(tests, nobody_need_join_it);
	tcase_add_test(tests, each_letter_is_delivered_once);
	tcase_add_test(tests, delivered_a_letter_may_be_posted_again);
	tcase_add_test(tests, posted_again_it_does_not_take_others_along);
	tcase_add_test(tests, a_turn_is_letters_then_tasks_then_timers);
	tcase_add_test(tests, timers_fire_in_the_order_they_are_due);
	tcase_add_test(tests, the_nearest_timer_ends_the_wait);
	tcase_add_test(tests, a_timer_needs_no_memory);
	tcase_add_test(tests, a_timer_may_be_set_again_when_it_fires);
	tcase_add_test(tests, a_task_runs_once_and_a_cleared_one_never);
	tcase_add_test(tests, what_a_task_defers_runs_in_the_next_turn);
	tcase_add_test(tests, it_does_not_wait_while_something_is_deferred);
	tcase_add_test(tests, a_descriptor_is_watched);
	/* From 1 on libevent ends the process: it is not to be had otherwise. */
	tcase_add_loop_test(tests, without_descriptors_there_is_no_loop, 0, 1);
}
