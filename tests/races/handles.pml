/* SPDX-License-Identifier: MIT */
/* The protocol of handles, for Spin: who completes, ends and frees an operation, and who
 * waits for whom. A comment before each part names the functions that it follows. A step is
 * one access to what threads share, where a loop of compare-and-exchange counts as one, and
 * so does what a lock makes one. Orders of memory are not modelled: for those there is
 * ThreadSanitizer.
 *
 * What must hold:
 *   each operation that was begun is completed once, and its callback runs once;
 *   exactly one End takes the result;
 *   what is freed is not used, and all is freed in the end;
 *   a handle leads to its own operation or is refused;
 *   nobody waits for ever: in the end each process has come to its end.
 *
 * The environment says which scenario is played (SCENARIO), and which bug is seeded (BUG);
 * model.sh does all. */

/* ---- Sizes ---- */

#define OPERATIONS 2
#define RESOLVER   OPERATIONS		/* an object too, in a slot of its own */
#define OBJECTS	   (OPERATIONS + 1)
#define SLOTS	   2			/* that one included */
#define USERS	   4

/* Letters: each operation has one, and the resolver one that closes it. */
#define NO_LETTER 250
#define CLOSED	  251

/* A slot's word: generation | references | flags. */
#define LIVE	  1
#define RETIRED	  2
#define REFERENCE 4
#define REFERENCES(word) (((word) >> 2) & 15)
#define GENERATION(word) ((word) >> 6)

/* ---- Seeded bugs ---- */

#define BUG_CLAIM_IN_TWO_STEPS	  1	/* End: looks whether it is claimed, then claims */
#define BUG_PIN_WITHOUT_COMPARE	  2	/* pin: stores what it has counted */
#define BUG_SAME_GENERATION	  3	/* a freed slot keeps its generation */
#define BUG_NOT_RETIRED		  4	/* End leaves the token valid */
#define BUG_LETTER_BACK_TOO_LATE  5	/* heeds the requests, then takes the next letter */
#define BUG_LOOK_THEN_SLEEP	  6	/* the loop says that it sleeps when it has looked */
#define BUG_MAILBOX_LEFT_OPEN	  7	/* the last letters are taken, others still come */
#define BUG_PLACE_WITHOUT_LOOK	  8	/* a waiter does not look again under the lock */
#define BUG_PLACE_NOT_LEFT	  9	/* a waiter goes and keeps its place */
#define BUG_DESCRIPTOR_TOO_LATE	  10	/* made after the signal it is not raised */
#define BUG_SIGNAL_UNPROTECTED	  11	/* completion gives back its reference, then signals */
#define BUG_FIRST_COPY_UNCOUNTED  12	/* a wait handle's copies hold no reference */
#define BUG_RESOLVER_NOT_PINNED	  13	/* a request lets the resolver go, then posts */
#define BUG_BEGIN_HOLDS_TOO_FEW	  14	/* a letter under way has no reference */
#define BUG_CLOSING_NOT_LOOKED_AT 15	/* what arrives when the work is closed stays */
#define BUG_POSTED_TWICE	  16	/* a request posts a letter that is under way */
#define BUG_CALLBACK_UNPROTECTED  17	/* the reference goes before the callback */
#define BUG_COMPLETED_BY_TWO	  18	/* cancel completes what has been answered */
#define BUG_NOT_LET_GO		  19	/* a waiter goes though it is about to be let go */

#define BUG(number) (bug == number)

byte bug, scenario;

/* ---- What threads share ---- */

short word[SLOTS];
byte object[SLOTS];
chan free_slots = [SLOTS] of { byte };

/* Objects, operations first. */
bool is_allocated[OBJECTS];
byte token_slot[OBJECTS];
byte token_generation[OBJECTS];

bool is_completed[OPERATIONS];
bool is_claimed[OPERATIONS];
bool cancel_requested[OPERATIONS];
bool letter_is_out[OPERATIONS];
bool has_arrived[OPERATIONS];

/* Wait handles: the operations', and that of the closed resolver. */
bool is_locked[OBJECTS];
bool is_signaled[OBJECTS];
byte waiters[OBJECTS];			/* a bit for each user */
byte copies[OBJECTS];
bool has_descriptor[OBJECTS];
bool is_readable[OBJECTS];

/* Users that wait. */
bool is_waiter[USERS];
byte missing[USERS];
bool is_let_go[USERS];

/* The loop. */
byte newest = NO_LETTER;
byte next_letter[OBJECTS];
bool is_asleep, is_raised, is_closing, is_stopped, has_loop_ended;

/* ---- What is only here to judge by ---- */

bool is_known[OPERATIONS];		/* Begin has returned */
bool is_begun[OPERATIONS];		/* with a token */
byte completions[OPERATIONS];
byte ended[OPERATIONS];
byte calls[OPERATIONS];
bool is_in_mailbox[OBJECTS];
bool is_over[OBJECTS];			/* the End with the result, or Close, has returned */
byte users_left;

/* ---- The scenario ---- */

bool has_answers;			/* or deadlines: the loop completes by itself */
bool has_callback;
bool callback_ends;

#define USE(k) assert(is_allocated[k])

/* ---- handle_table ---- */

#define WORD(k) word[token_slot[k]]
#define IS_CURRENT(seen, k) (((seen) & LIVE) && GENERATION(seen) == token_generation[k])
#define MAY_PIN(seen, k) (IS_CURRENT(seen, k) && !((seen) & RETIRED))

/* handle_table.c: handle_table_insert */
inline insert(k, slot, references)
{
	object[slot] = k;
	token_slot[k] = slot;
	token_generation[k] = GENERATION(word[slot]);
	word[slot] = (GENERATION(word[slot]) << 6) | (references * REFERENCE) | LIVE
}

/* handle_table.c: pin */
inline pin(k)
{
	if
	:: BUG(BUG_PIN_WITHOUT_COMPARE) ->
		seen = WORD(k);
		d_step {
			has_pinned = MAY_PIN(seen, k);
			WORD(k) = (has_pinned -> seen + REFERENCE : WORD(k))
		}
	:: d_step { !BUG(BUG_PIN_WITHOUT_COMPARE) ->
		has_pinned = MAY_PIN(WORD(k), k);
		WORD(k) = WORD(k) + (has_pinned -> REFERENCE : 0);
		assert(!has_pinned || (object[token_slot[k]] == k && !is_over[k])) }
	fi
}

/* handle_table.c: handle_table_retain */
inline retain(k)
{
	d_step {
		USE(k);
		WORD(k) = WORD(k) + REFERENCE
	}
}

/* handle_table.c: handle_table_unpin; with what is done for the last reference:
 * async_result.c: async_result_release; resolver.c: resolver_unpin, destroy */
inline release(k)
{
	d_step {
		USE(k);
		assert(IS_CURRENT(WORD(k), k) && REFERENCES(WORD(k)) > 0);
		WORD(k) = WORD(k) - REFERENCE;
		if
		:: REFERENCES(WORD(k)) == 0 ->
			assert(waiters[k] == 0 && !is_locked[k] && !is_in_mailbox[k]);
			WORD(k) = (GENERATION(WORD(k)) + !BUG(BUG_SAME_GENERATION)) << 6;
			is_allocated[k] = false;
			if
			:: k != RESOLVER ->
				free_slots!token_slot[k]
			:: else
			fi
		:: else
		fi
	}
}

/* handle_table.c: handle_table_retire */
inline retire(k)
{
	d_step {
		USE(k);
		WORD(k) = WORD(k) | (BUG(BUG_NOT_RETIRED) && k != RESOLVER -> 0 : RETIRED)
	}
}

/* ---- wait_handle ---- */

/* wait_handle.c: wait_handle_signal; waiter.c: waiter_count, waiter_let_go. A waiter must
 * still be there when it is counted, and when it is let go, with the lock given back. */
inline signal(k)
{
	d_step { !is_locked[k] ->
		USE(k);
		is_locked[k] = true;
		is_signaled[k] = true
	}
	do
	:: d_step { waiters[k] != 0 ->
		sleeper = (waiters[k] & 1 -> 0 : (waiters[k] & 2 -> 1 : 2));
		waiters[k] = waiters[k] & ~(1 << sleeper);
		assert(is_waiter[sleeper]);
		owed = owed | ((missing[sleeper] == 1) << sleeper);
		missing[sleeper] = missing[sleeper] - (missing[sleeper] > 0) }
	:: d_step { waiters[k] == 0 ->
		USE(k);
		is_readable[k] = has_descriptor[k];
		is_locked[k] = false };
		break
	od;
	do
	:: d_step { owed != 0 ->
		sleeper = (owed & 1 -> 0 : (owed & 2 -> 1 : 2));
		owed = owed & ~(1 << sleeper);
		assert(is_waiter[sleeper]);
		is_let_go[sleeper] = true }
	:: owed == 0 ->
		break
	od
}

/* wait_handle.c: wait_handle_await, wait_in_places, take_place, leave_place; waiter.c:
 * waiter_sleep. The time may come at any time, if it is one that does. */
inline await(k, has_limit)
{
	if
	:: d_step { is_signaled[k] ->
		USE(k) }
	:: d_step { !is_signaled[k] ->
		USE(k) };
		d_step { !is_locked[k] ->
			USE(k);
			is_waiter[me] = true;
			missing[me] = !is_signaled[k] || BUG(BUG_PLACE_WITHOUT_LOOK);
			is_let_go[me] = missing[me] == 0;
			waiters[k] = waiters[k] | (missing[me] << me) };
		if
		:: is_let_go[me]
		:: d_step { has_limit && !is_let_go[me] ->
			is_first = missing[me] == 0 && !BUG(BUG_NOT_LET_GO);
			missing[me] = 0 };
			if
			:: is_first ->
				is_let_go[me]
			:: !is_first
			fi
		fi;
		if
		:: d_step { BUG(BUG_PLACE_NOT_LEFT) ->
			is_waiter[me] = false }
		:: d_step { !BUG(BUG_PLACE_NOT_LEFT) && !is_locked[k] ->
			USE(k);
			waiters[k] = waiters[k] & ~(1 << me);
			is_waiter[me] = false }
		fi
	fi
}

/* wait_handle.c: DnsWaitHandleGetDescriptor; then its user polls. */
inline poll(k)
{
	d_step { !is_locked[k] ->
		USE(k);
		if
		:: is_signaled[k] && !has_descriptor[k] && !BUG(BUG_DESCRIPTOR_TOO_LATE) ->
			is_readable[k] = true
		:: else
		fi;
		has_descriptor[k] = true };
	is_readable[k]
}

/* async_result.c: DnsAsyncResultCopyWaitHandle; wait_handle.c: wait_handle_copy */
inline copy_wait_handle(k)
{
	pin(k);
	if
	:: has_pinned ->
		d_step {
			USE(k);
			is_first = copies[k] == 0 && !BUG(BUG_FIRST_COPY_UNCOUNTED);
			copies[k] = copies[k] + 1
		}
		if
		:: is_first
		:: else ->
			release(k)
		fi
	:: else
	fi
}

/* wait_handle.c: DnsWaitHandleRelease; async_result.c: on_wait_handle_unused */
inline release_copy(k)
{
	d_step {
		USE(k);
		copies[k] = copies[k] - 1;
		is_first = copies[k] == 0 && !BUG(BUG_FIRST_COPY_UNCOUNTED)
	}
	if
	:: is_first ->
		release(k)
	:: else
	fi
}

/* ---- mailbox ---- */

/* mailbox.c: mailbox_post; loop.c: loop_post */
inline post(letter)
{
	d_step {
		USE(RESOLVER);
		is_posted = newest != CLOSED;
		was_empty = newest == NO_LETTER;
		if
		:: is_posted ->
			assert(!is_in_mailbox[letter]);
			next_letter[letter] = newest;
			newest = letter;
			is_in_mailbox[letter] = true
		:: else
		fi
	}
	if
	:: was_empty ->
		d_step {
			USE(RESOLVER);
			is_awaited = is_asleep
		}
		if
		:: is_awaited ->
			d_step {
				USE(RESOLVER);
				is_raised = true
			}
		:: else
		fi
	:: else
	fi
}

/* ---- async_result ---- */

/* async_result.c: async_result_end, take; with a reference, which it gives back. */
inline end(k)
{
	if
	:: BUG(BUG_CLAIM_IN_TWO_STEPS) ->
		is_first = !is_claimed[k];
		is_claimed[k] = true
	:: d_step { !BUG(BUG_CLAIM_IN_TWO_STEPS) ->
		USE(k);
		is_first = !is_claimed[k];
		is_claimed[k] = true }
	fi;
	if
	:: is_first ->
		if
		:: is_completed[k]
		:: !is_completed[k] ->
			await(k, false)
		fi;
		d_step {
			USE(k);
			assert(is_completed[k]);
			ended[k] = ended[k] + 1;
			assert(ended[k] == 1)
		}
		retire(k);
		pin(RESOLVER);
		if
		:: has_pinned ->
			release(RESOLVER)
		:: else
		fi;
		release(k)
	:: else
	fi;
	release(k)
}

/* async_result.c: DnsAsyncResultIsCompleted */
inline look(k)
{
	pin(k);
	if
	:: has_pinned ->
		release(k)
	:: !has_pinned ->
		assert(is_completed[k])
	fi
}

/* async_result.c: DnsAsyncResultCancel, request; operation.c: on_request */
inline cancel(k)
{
	pin(k);
	if
	:: has_pinned ->
		d_step {
			USE(k);
			cancel_requested[k] = true;
			is_posted = false
		}
		if
		:: is_completed[k]
		:: !is_completed[k] ->
			d_step {
				USE(k);
				is_first = !letter_is_out[k] || BUG(BUG_POSTED_TWICE);
				letter_is_out[k] = true
			}
			if
			:: is_first ->
				pin(RESOLVER);
				if
				:: has_pinned ->
					atomic {
						if
						:: BUG(BUG_RESOLVER_NOT_PINNED) ->
							release(RESOLVER)
						:: else
						fi
					}
					post(k);
					atomic {
						if
						:: BUG(BUG_RESOLVER_NOT_PINNED)
						:: else ->
							release(RESOLVER)
						fi
					}
				:: else
				fi
			:: else
			fi
		fi;
		if
		:: is_posted
		:: else ->
			release(k)
		fi
	:: else
	fi
}

/* ---- operation and resolver, on the callers' threads ---- */

/* invocation.c: invocation_begin, prepare; operation.c: operation_begin, create_operation,
 * discard_operation. Without a free slot there is no memory. */
inline begin(k)
{
	is_posted = false;
	pin(RESOLVER);
	if
	:: has_pinned ->
		if
		:: is_closing || empty(free_slots)
		:: d_step { !is_closing && nempty(free_slots) ->
			free_slots?slot;
			is_allocated[k] = true;
			letter_is_out[k] = true;
			insert(k, slot, (BUG(BUG_BEGIN_HOLDS_TOO_FEW) -> 2 : 3)) };
			post(k);
			if
			:: is_posted
			:: else ->
				release(k);
				release(k);
				release(k)
			fi
		fi;
		release(RESOLVER)
	:: else
	fi;
	d_step {
		is_begun[k] = is_posted;
		is_known[k] = true
	}
}

/* resolver.c: DnsResolverClose, begin_closing, close_fully, finish_closing */
inline close()
{
	pin(RESOLVER);
	if
	:: has_pinned ->
		d_step {
			USE(RESOLVER);
			is_first = !is_closing;
			is_closing = true
		}
		if
		:: is_first ->
			post(RESOLVER);
			has_loop_ended;
			retire(RESOLVER);
			signal(RESOLVER);
			release(RESOLVER)
		:: else ->
			await(RESOLVER, false)
		fi;
		release(RESOLVER);
		is_over[RESOLVER] = true
	:: else
	fi
}

/* ---- operation and resolver, on the loop ---- */

#define IS_PENDING(k) (has_arrived[k] && !is_completed[k])

/* async_result.c: async_result_complete, run_callback. In its own callback a handle is
 * valid, whoever has ended it. The operation's reference is the last thing to go. */
inline complete(k)
{
	d_step {
		USE(k);
		completions[k] = completions[k] + 1;
		assert(completions[k] == 1);
		is_completed[k] = true;
		holds = !BUG(BUG_SIGNAL_UNPROTECTED)
	}
	if
	:: !holds ->
		release(k)
	:: holds
	fi;
	signal(k);
	atomic {
		if
		:: has_callback && BUG(BUG_CALLBACK_UNPROTECTED) ->
			release(k);
			holds = false
		:: else
		fi
	}
	if
	:: d_step { has_callback ->
		USE(k);
		calls[k] = calls[k] + 1;
		assert(is_signaled[k]) };
		if
		:: atomic { callback_ends ->
			retain(k) };
			end(k)
		:: !callback_ends
		fi
	:: !has_callback
	fi;
	if
	:: holds ->
		release(k)
	:: !holds
	fi
}

/* operation.c: on_letter, arrive, heed; resolver.c: on_close. Up to the point where an
 * operation is to be completed. */
inline open_letter()
{
	d_step {
		taken = oldest;
		oldest = next_letter[taken];
		USE(taken);
		is_in_mailbox[taken] = false;
		current = (taken == RESOLVER -> 0 : taken);
		is_due = taken == RESOLVER
	}
	if
	:: taken == RESOLVER
	:: taken != RESOLVER ->
		if
		:: BUG(BUG_LETTER_BACK_TOO_LATE)
		:: d_step { !BUG(BUG_LETTER_BACK_TOO_LATE) ->
			letter_is_out[taken] = false }
		fi;
		if
		:: d_step { !has_arrived[taken] ->
			has_arrived[taken] = true;
			is_due = is_closing && !BUG(BUG_CLOSING_NOT_LOOKED_AT) }
		:: has_arrived[taken]
		fi;
		d_step {
			USE(taken);
			is_due = is_due || (cancel_requested[taken] &&
					    (!is_completed[taken] || BUG(BUG_COMPLETED_BY_TWO)))
		}
	fi
}

/* And from there on. */
inline put_letter_away()
{
	if
	:: d_step { taken == RESOLVER && current + 1 < OPERATIONS ->
		current++ }		/* all that is pending */
	:: d_step { taken == RESOLVER && current + 1 == OPERATIONS ->
		is_stopped = true;
		is_due = false;
		taken = NO_LETTER }
	:: taken < RESOLVER ->
		atomic {
			if
			:: BUG(BUG_LETTER_BACK_TOO_LATE) ->
				letter_is_out[taken] = false
			:: else
			fi;
			release(taken)
		}
		d_step {
			is_due = false;
			taken = NO_LETTER
		}
	:: d_step { taken == NO_LETTER ->
		is_due = false }
	fi
}

/* mailbox.c: mailbox_take_all, mailbox_close, reverse. Nobody else looks at what was
 * taken. */
inline take_letters(left_behind)
{
	d_step {
		taken = newest;
		newest = left_behind;
		do
		:: taken != NO_LETTER ->
			upcoming = next_letter[taken];
			next_letter[taken] = oldest;
			oldest = taken;
			taken = upcoming
		:: else ->
			break
		od;
		upcoming = 0
	}
}

/* loop.c: wait_for_events. Something may be answered, or a deadline pass. */
inline wait_for_events()
{
	if
	:: d_step { BUG(BUG_LOOK_THEN_SLEEP) ->
		is_found_empty = newest == NO_LETTER };
		is_asleep = true
	:: d_step { !BUG(BUG_LOOK_THEN_SLEEP) ->
		is_asleep = true };
		is_found_empty = newest == NO_LETTER
	fi;
	if
	:: !is_found_empty
	:: d_step { is_found_empty && is_raised ->
		is_raised = false }
	:: d_step { is_found_empty && has_answers && IS_PENDING(0) ->
		current = 0;
		is_due = true }
	:: d_step { is_found_empty && has_answers && IS_PENDING(1) ->
		current = 1;
		is_due = true }
	fi;
	is_asleep = false
}

/* loop.c: run, turn, deliver; resolver.c: on_loop_end */
proctype loop()
{
	byte taken = NO_LETTER, oldest = NO_LETTER, upcoming, current, sleeper, owed;
	bool is_due;			/* the current operation is to be completed */
	bool has_pinned, is_first, is_found_empty, holds;
	short seen;
	byte me = 3;

	do
	:: oldest != NO_LETTER || is_due ->
		if
		:: !is_due ->
			open_letter()
		:: is_due
		fi;
		if
		:: is_due && (taken != RESOLVER || IS_PENDING(current)) ->
			complete(current)
		:: else
		fi;
		put_letter_away()
	:: oldest == NO_LETTER && !is_due && !is_stopped ->
		take_letters(NO_LETTER);
		if
		:: oldest == NO_LETTER ->
			wait_for_events()
		:: oldest != NO_LETTER
		fi
	:: oldest == NO_LETTER && !is_due && is_stopped && newest != CLOSED ->
		take_letters((BUG(BUG_MAILBOX_LEFT_OPEN) -> NO_LETTER : CLOSED));
		if
		:: oldest == NO_LETTER ->
			break
		:: oldest != NO_LETTER
		fi
	:: oldest == NO_LETTER && !is_due && is_stopped && newest == CLOSED ->
		break
	od;
	retain(RESOLVER);
	release(RESOLVER);
	has_loop_ended = true
}

/* ---- Users ---- */

/* An action: a verb and an operation. */
#define NOTHING	   0
#define BEGIN	   1
#define END	   2
#define CANCEL	   3
#define LOOK	   4
#define WAIT	   5		/* copies the wait handle, waits for a time, releases the copy */
#define POLL	   6		/* the same with a descriptor */
#define CLOSE	   7
#define CLOSE_LAST 8		/* when all other users are done */
#define DO(verb, k) ((verb) * 4 + (k))

inline act(verb, k)
{
	if
	:: verb == BEGIN ->
		begin(k)
	:: verb == CLOSE ->
		close()
	:: verb == CLOSE_LAST ->
		users_left == 1;
		close()
	:: verb != BEGIN && verb != CLOSE && verb != CLOSE_LAST ->
		d_step { is_known[k] ->
			is_posted = is_begun[k] };
		if
		:: !is_posted
		:: is_posted && verb == END ->
			pin(k);
			if
			:: has_pinned ->
				end(k);
				is_over[k] = is_over[k] || is_first
			:: else
			fi
		:: is_posted && verb == CANCEL ->
			cancel(k)
		:: is_posted && verb == LOOK ->
			look(k)
		:: is_posted && (verb == WAIT || verb == POLL) ->
			copy_wait_handle(k);
			if
			:: has_pinned && verb == WAIT ->
				await(k, true);
				release_copy(k)
			:: has_pinned && verb == POLL ->
				poll(k);
				release_copy(k)
			:: else
			fi
		fi
	fi
}

proctype user(byte me; byte first; byte second; byte third; byte fourth)
{
	byte slot, sleeper, owed;
	bool has_pinned, is_first, is_posted, was_empty, is_awaited;
	short seen;

	do
	:: first != NOTHING ->
		act((first / 4), (first % 4));
		atomic {
			first = second;
			second = third;
			third = fourth;
			fourth = NOTHING
		}
	:: else ->
		break
	od;
	users_left--
}

#define START(number, first, second, third, fourth) \
	users_left++; \
	run user(number, first, second, third, fourth)

inline prepare()
{
	atomic {
		c_code {
			now.bug = getenv("BUG") ? atoi(getenv("BUG")) : 0;
			now.scenario = getenv("SCENARIO") ? atoi(getenv("SCENARIO")) : 0;
		};
		free_slots!0;
		is_allocated[RESOLVER] = true;
		insert(RESOLVER, (SLOTS - 1), 1);
		has_answers = true
	}
}

/* Read once, by init. */
c_decl {
	\#include <stdlib.h>
}

/* All is over. */
inline judge()
{
	k = 0;
	do
	:: k < OPERATIONS ->
		assert(!is_allocated[k]);
		assert(completions[k] == is_begun[k]);
		assert(ended[k] == is_begun[k]);
		assert(calls[k] == (is_begun[k] && has_callback));
		k++
	:: else ->
		break
	od;
	assert(!is_allocated[RESOLVER])
}

/* Of any number; 0 is all those of two users at once. */
#define SCENARIO(number) (scenario == number || (scenario == 0 && number < 20))

init
{
	byte k;

	prepare();
	atomic {
		run loop();
		if
		/* Two Ends and the answer. */
		:: SCENARIO(1) ->
			START(0, DO(BEGIN, 0), DO(END, 0), DO(CLOSE_LAST, 0), 0);
			START(1, DO(END, 0), 0, 0, 0)
		/* A callback that ends, then an End and a Cancel beside it. */
		:: SCENARIO(2) ->
			has_callback = true;
			callback_ends = true;
			START(0, DO(BEGIN, 0), DO(CLOSE_LAST, 0), 0, 0);
			START(1, DO(END, 0), DO(CANCEL, 0), 0, 0)
		/* Requests that come late: the slot has a new owner. */
		:: SCENARIO(3) ->
			START(0, DO(BEGIN, 0), DO(END, 0), DO(BEGIN, 1), DO(END, 1));
			START(1, DO(CANCEL, 0), DO(CLOSE_LAST, 0), 0, 0)
		:: SCENARIO(4) ->
			START(0, DO(BEGIN, 0), DO(END, 0), DO(BEGIN, 1), DO(END, 1));
			START(1, DO(END, 0), DO(CLOSE_LAST, 0), 0, 0)
		:: SCENARIO(5) ->
			START(0, DO(BEGIN, 0), DO(END, 0), DO(BEGIN, 1), DO(END, 1));
			START(1, DO(LOOK, 0), DO(CLOSE_LAST, 0), 0, 0)
		/* Nobody answers: only Cancel can complete it, and must get through. */
		:: SCENARIO(6) ->
			has_answers = false;
			has_callback = true;
			START(0, DO(BEGIN, 0), DO(END, 0), DO(CLOSE_LAST, 0), 0);
			START(1, DO(CANCEL, 0), 0, 0, 0)
		/* Wait handles and descriptors, whose operation is ended meanwhile. */
		:: SCENARIO(7) ->
			START(0, DO(BEGIN, 0), DO(END, 0), DO(CLOSE_LAST, 0), 0);
			START(1, DO(WAIT, 0), 0, 0, 0)
		:: SCENARIO(8) ->
			START(0, DO(BEGIN, 0), DO(END, 0), DO(CLOSE_LAST, 0), 0);
			START(1, DO(POLL, 0), 0, 0, 0)
		/* Begin, End and Cancel against Close, where nobody answers. */
		:: SCENARIO(9) ->
			has_answers = false;
			START(0, DO(BEGIN, 0), DO(CANCEL, 0), DO(END, 0), 0);
			START(1, DO(CLOSE, 0), 0, 0, 0)
		/* Two that close. */
		:: SCENARIO(10) ->
			START(0, DO(BEGIN, 0), DO(CLOSE, 0), DO(END, 0), 0);
			START(1, DO(CLOSE, 0), 0, 0, 0)
		/* Three users: two Ends, a Cancel and the answer. */
		:: SCENARIO(20) ->
			START(0, DO(BEGIN, 0), DO(END, 0), DO(CLOSE_LAST, 0), 0);
			START(1, DO(END, 0), 0, 0, 0);
			START(2, DO(CANCEL, 0), 0, 0, 0)
		:: SCENARIO(21) ->
			START(0, DO(BEGIN, 0), DO(END, 0), DO(BEGIN, 1), DO(END, 1));
			START(1, DO(CANCEL, 0), DO(END, 0), 0, 0);
			START(2, DO(LOOK, 0), DO(CLOSE_LAST, 0), 0, 0)
		:: SCENARIO(22) ->
			START(0, DO(BEGIN, 0), DO(END, 0), DO(CLOSE_LAST, 0), 0);
			START(1, DO(WAIT, 0), 0, 0, 0);
			START(2, DO(POLL, 0), 0, 0, 0)
		:: SCENARIO(23) ->
			has_answers = false;
			START(0, DO(BEGIN, 0), DO(END, 0), 0, 0);
			START(1, DO(CANCEL, 0), 0, 0, 0);
			START(2, DO(CLOSE, 0), 0, 0, 0)
		fi
	}
	_nr_pr == 1;
	judge()
}
