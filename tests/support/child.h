/* SPDX-License-Identifier: MIT */
/* Child processes that test something. Check knows nothing of them: in a child there must
 * be no ck_assert, and what has failed is said on stderr and by its exit status. */
#ifndef TESTS_SUPPORT_CHILD_H
#define TESTS_SUPPORT_CHILD_H

#include <stdbool.h>
#include <sys/types.h>

/* Forks; the child runs this and ends without a word, or is killed when it hangs. -1: it
 * could not be forked. */
pid_t child_start(void (*run)(void *argument), void *argument);
/* Waits for it; false: it failed, and has said so or was killed. */
bool child_succeeds(pid_t child);
/* Both. */
bool child_run(void (*run)(void *argument), void *argument);

/* For the child that another way of forking has made: from here on it is killed when it
 * hangs. */
void child_begin(void);

/* Whether a child may start threads: under TSan it may not. */
bool child_may_have_threads(void);
/* Whether a child may use memory though its parent had other threads that did: not under
 * ASan, whose allocator one of them may have locked at the fork, for ever in the child. */
bool child_may_allocate(void);

/* In the child: ends it, unless it holds. */
#define child_expect(holds) child_check((holds), __FILE__, __LINE__, #holds)
void child_check(bool holds, const char *file, int line, const char *what);

#endif
