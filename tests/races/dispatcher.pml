/* SPDX-License-Identifier: MIT */
/* Callbacks that wait for threads of the application, for Spin: the loop adds some and
 * ends, two threads poll the descriptor and dispatch, and a third closes the resolver, or,
 * if that was done on the loop, nobody waits. A comment before each part names the functions
 * that it follows. What happens under the dispatcher's lock is one step.
 *
 * What must hold:
 *   each callback is run once;
 *   the descriptor is readable exactly while some are due;
 *   Close returns when all have run, and the dispatcher is idle once, in the end;
 *   the resolver is freed once, and not used after that;
 *   nobody waits for ever.
 *
 * The environment says which scenario is played (SCENARIO), and which bug is seeded (BUG);
 * model.sh does all. */

#define CALLBACKS 2

#define BUG_LOWERED_OUTSIDE_LOCK 1	/* the descriptor, by who took the last */
#define BUG_RUNNING_NOT_COUNTED	 2	/* what runs does not keep it from being idle */
#define BUG_IDLE_WITHOUT_LOCK	 3	/* whether all is over is looked at afterwards */
#define BUG_NOBODY_TOLD		 4	/* who closes is not woken when the last has run */
#define BUG_LOOP_HOLDS_NOTHING	 5	/* the loop's thread, while it ends */
#define BUG_RAISED_EARLY	 6	/* the descriptor, before the callback is added */

#define BUG(number) (bug == number)

byte bug, scenario;

chan due = [CALLBACKS] of { byte };
byte running;
bool is_complete, is_readable, is_sleeping, is_closed_on_loop, has_loop_ended;

/* The handle of the resolver. */
byte references = 1;
bool is_retired;

byte calls[CALLBACKS];
byte idle_calls, users_left;
bool is_closed;

#define USE() assert(references > 0)
#define IS_IDLE (is_complete && (len(due) == 0) && running == 0)

/* handle_table.c: handle_table_pin, handle_table_unpin, handle_table_retire */
inline pin()
{
	d_step {
		has_pinned = !is_retired;
		references = references + has_pinned
	}
}

inline unpin()
{
	d_step {
		USE();
		references--
	}
}

inline retire()
{
	d_step {
		USE();
		assert(!is_retired);
		is_retired = true
	}
}

/* dispatcher.c: dispatcher_add */
inline add(callback)
{
	if
	:: d_step { BUG(BUG_RAISED_EARLY) ->
		USE();
		is_readable = true };
		due!callback;
		is_sleeping = false
	:: d_step { !BUG(BUG_RAISED_EARLY) ->
		USE();
		due!callback;
		is_readable = true;
		is_sleeping = false }
	fi
}

/* dispatcher.c: unlock_changed; resolver.c: on_dispatcher_idle, finish_closing. Before it,
 * in one step with it, something has changed. */
#define CHANGED() is_over = IS_IDLE; is_sleeping = is_sleeping && BUG(BUG_NOBODY_TOLD)

inline unlock_changed()
{
	if
	:: BUG(BUG_IDLE_WITHOUT_LOCK) ->
		is_over = IS_IDLE
	:: else
	fi;
	if
	:: is_over ->
		d_step {
			USE();
			idle_calls++;
			assert(idle_calls == 1 && IS_IDLE)
		}
		if
		:: is_closed_on_loop ->
			retire();
			unpin()
		:: !is_closed_on_loop
		fi
	:: else
	fi
}

/* dispatcher.c: dispatcher_run_one, take */
inline run_one()
{
	if
	:: d_step { (len(due) > 0) ->
		USE();
		due?callback;
		is_readable = (len(due) > 0) || (is_readable && BUG(BUG_LOWERED_OUTSIDE_LOCK));
		running = running + !BUG(BUG_RUNNING_NOT_COUNTED);
		has_taken_last = (len(due) == 0) };
		if
		:: d_step { has_taken_last && BUG(BUG_LOWERED_OUTSIDE_LOCK) ->
			is_readable = false }
		:: !(has_taken_last && BUG(BUG_LOWERED_OUTSIDE_LOCK))
		fi;
		d_step {
			calls[callback] = calls[callback] + 1;
			assert(!is_closed)
		}
		d_step {
			USE();
			running = running - !BUG(BUG_RUNNING_NOT_COUNTED);
			CHANGED()
		}
		unlock_changed()
	:: d_step { (len(due) == 0) ->
		USE() }
	fi
}

/* loop.c: run; resolver.c: on_loop_end; dispatcher.c: dispatcher_complete */
proctype loop()
{
	bool is_over;

	add(0);
	add(1);
	d_step {
		USE();
		references = references + !BUG(BUG_LOOP_HOLDS_NOTHING)
	}
	d_step {
		USE();
		is_complete = true;
		CHANGED()
	}
	unlock_changed();
	d_step {
		USE();
		references = references - !BUG(BUG_LOOP_HOLDS_NOTHING);
		has_loop_ended = true
	}
}

/* resolver.c: DnsResolverDispatch; dispatcher.c: dispatcher_count_due. Until the resolver is
 * gone. */
proctype application()
{
	byte callback, left;
	bool has_pinned, is_over, has_taken_last;

	do
	:: is_readable || is_retired ->
		pin();
		if
		:: has_pinned ->
			d_step {
				USE();
				left = len(due)
			}
			do
			:: left > 0 ->
				run_one();
				left--
			:: else ->
				break
			od;
			unpin()
		:: else ->
			break
		fi
	od;
	users_left--
}

/* resolver.c: DnsResolverClose, close_fully; dispatcher.c: dispatcher_drain, await_due */
proctype closer()
{
	byte callback;
	bool has_pinned, is_over, has_taken_last, is_due;

	pin();
	assert(has_pinned);
	has_loop_ended;
	do
	:: d_step { (len(due) > 0) ->
		USE() };
		run_one()
	:: d_step { IS_IDLE ->
		USE() };
		break
	:: d_step { (len(due) == 0) && !IS_IDLE ->
		USE();
		is_sleeping = true };
		!is_sleeping
	od;
	retire();
	unpin();
	unpin();
	is_closed = true;
	users_left--
}

/* The descriptor changes under the lock. */
proctype watcher()
{
	do
	:: atomic { is_readable != (len(due) > 0) ->
		assert(false) }
	:: users_left == 0 && has_loop_ended ->
		break
	od
}

c_decl {
	\#include <stdlib.h>
}

init
{
	atomic {
		c_code {
			now.bug = getenv("BUG") ? atoi(getenv("BUG")) : 0;
			now.scenario = getenv("SCENARIO") ? atoi(getenv("SCENARIO")) : 0;
		};
		users_left = 2;
		run loop();
		run watcher();
		run application();
		run application();
		if
		:: scenario != 2 ->
			users_left++;
			run closer()
		:: scenario != 1 ->
			is_closed_on_loop = true
		fi
	}
	_nr_pr == 1;
	assert(calls[0] == 1 && calls[1] == 1 && idle_calls == 1);
	assert(references == 0 && is_retired)
}
