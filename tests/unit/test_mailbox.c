/* SPDX-License-Identifier: MIT */
#include "unit.h"

#include <stdatomic.h>
#include <stddef.h>
#include <sched.h>

#include "list.h"
#include "mailbox.h"
#include "rooms.h"

struct note {
	struct letter letter;
	unsigned int writer;
	unsigned int number;
};

static struct mailbox mailbox;

static unsigned int
number_of(struct letter *letter)
{
	return container_of(letter, struct note, letter)->number;
}

START_TEST(letters_come_in_the_order_they_were_posted)
{
	struct note notes[5];
	struct letter *letter;
	unsigned int i;

	mailbox_init(&mailbox);
	for (i = 0; i < 5; i++) {
		notes[i].number = i;
		ck_assert_int_eq(mailbox_post(&mailbox, &notes[i].letter),
				 i == 0 ? MAILBOX_WAS_EMPTY : MAILBOX_HAD_LETTERS);
	}
	letter = mailbox_take_all(&mailbox);
	for (i = 0; i < 5; i++) {
		ck_assert_ptr_nonnull(letter);
		ck_assert_uint_eq(number_of(letter), i);
		letter = letter->next;
	}
	ck_assert_ptr_null(letter);
}
END_TEST

START_TEST(taken_it_is_empty)
{
	struct note note = { .number = 1 };

	mailbox_init(&mailbox);
	ck_assert_ptr_null(mailbox_take_all(&mailbox));
	ck_assert_int_eq(mailbox_post(&mailbox, &note.letter), MAILBOX_WAS_EMPTY);
	ck_assert_ptr_eq(mailbox_take_all(&mailbox), &note.letter);
	ck_assert_ptr_null(mailbox_take_all(&mailbox));
	/* The same letter again. */
	ck_assert_int_eq(mailbox_post(&mailbox, &note.letter), MAILBOX_WAS_EMPTY);
	ck_assert_ptr_eq(mailbox_take_all(&mailbox), &note.letter);
	ck_assert_ptr_null(note.letter.next);
}
END_TEST

START_TEST(closing_takes_what_is_there_and_refuses_the_rest)
{
	struct note notes[3];
	struct letter *letter;

	notes[0].number = 0;
	notes[1].number = 1;
	mailbox_init(&mailbox);
	mailbox_post(&mailbox, &notes[0].letter);
	mailbox_post(&mailbox, &notes[1].letter);
	letter = mailbox_close(&mailbox);
	ck_assert_ptr_eq(letter, &notes[0].letter);
	ck_assert_ptr_eq(letter->next, &notes[1].letter);
	ck_assert_ptr_null(notes[1].letter.next);
	ck_assert_int_eq(mailbox_post(&mailbox, &notes[2].letter), MAILBOX_CLOSED);
	ck_assert_int_eq(mailbox_post(&mailbox, &notes[2].letter), MAILBOX_CLOSED);
}
END_TEST

START_TEST(an_empty_one_can_be_closed)
{
	struct note note;

	mailbox_init(&mailbox);
	ck_assert_ptr_null(mailbox_close(&mailbox));
	ck_assert_int_eq(mailbox_post(&mailbox, &note.letter), MAILBOX_CLOSED);
}
END_TEST

#define WRITERS 4
#define NOTES 5000

static struct note written[WRITERS][NOTES];
static atomic_uint wakings, refusals;

static void
write_notes(unsigned int writer)
{
	struct note *note;
	unsigned int i;

	for (i = 0; i < NOTES; i++) {
		note = &written[writer][i];
		note->writer = writer;
		note->number = i;
		switch (mailbox_post(&mailbox, &note->letter)) {
		case MAILBOX_WAS_EMPTY:
			atomic_fetch_add(&wakings, 1);
			break;
		case MAILBOX_CLOSED:
			atomic_fetch_add(&refusals, 1);
			break;
		case MAILBOX_HAD_LETTERS:
			break;
		}
	}
}

/* Counts the letters, and sees that those of each writer are in order. */
static unsigned int
read_letters(struct letter *letter, unsigned int next[WRITERS])
{
	const struct note *note;
	unsigned int count = 0;

	for (; letter != NULL; letter = letter->next) {
		note = container_of(letter, struct note, letter);
		expect(note->number == next[note->writer], "out of order");
		next[note->writer]++;
		count++;
	}
	return count;
}

/* The fifth thread reads; after so many letters it closes the mailbox. */
static unsigned int close_after, got, takings;

static void
write_or_read(unsigned int number)
{
	unsigned int next[WRITERS] = { 0 };
	struct letter *letters;

	if (number < WRITERS) {
		write_notes(number);
		return;
	}
	while (got < close_after) {
		letters = mailbox_take_all(&mailbox);
		takings += letters != NULL;
		got += read_letters(letters, next);
		if (letters == NULL)
			sched_yield();
	}
	letters = mailbox_close(&mailbox);
	takings += letters != NULL;
	got += read_letters(letters, next);
}

static void
write_and_read(unsigned int until)
{
	mailbox_init(&mailbox);
	close_after = until;
	unit_run_threads(WRITERS + 1, write_or_read);
	/* Each batch was announced by exactly one waking. */
	ck_assert_uint_eq(atomic_load(&wakings), takings);
	ck_assert_uint_eq(got + atomic_load(&refusals), WRITERS * NOTES);
}

START_TEST(no_letter_of_four_writers_is_lost)
{
	write_and_read(WRITERS * NOTES);
	ck_assert_uint_eq(got, WRITERS * NOTES);
}
END_TEST

START_TEST(closed_while_four_write_each_letter_is_taken_or_refused)
{
	write_and_read(WRITERS * NOTES / 2);
}
END_TEST

void
mailbox_tests(TCase *tests)
{
	tcase_add_test(tests, letters_come_in_the_order_they_were_posted);
	tcase_add_test(tests, taken_it_is_empty);
	tcase_add_test(tests, closing_takes_what_is_there_and_refuses_the_rest);
	tcase_add_test(tests, an_empty_one_can_be_closed);
	tcase_add_test(tests, no_letter_of_four_writers_is_lost);
	tcase_add_test(tests, closed_while_four_write_each_letter_is_taken_or_refused);
}
