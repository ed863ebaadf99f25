# SPDX-License-Identifier: MIT
# The programs of the pattern's description, and the CompletedSynchronously idiom. Built
# and run by make check, with the output that examples.sh expects.
example_programs = \
	%D%/block_by_end \
	%D%/callback \
	%D%/callback_with_state \
	%D%/completed_synchronously \
	%D%/polling \
	%D%/wait_handle
check_PROGRAMS += $(example_programs)
%C%_block_by_end_LDADD = libasyncdns.la
%C%_callback_LDADD = libasyncdns.la $(PTHREAD_LIBS)
%C%_callback_with_state_LDADD = libasyncdns.la $(PTHREAD_LIBS)
%C%_completed_synchronously_LDADD = libasyncdns.la $(PTHREAD_LIBS)
%C%_polling_LDADD = libasyncdns.la
%C%_wait_handle_LDADD = libasyncdns.la

dist_check_SCRIPTS += %D%/examples.sh
TESTS += %D%/examples.sh
EXTRA_DIST += %D%/example.h
