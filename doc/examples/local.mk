# SPDX-License-Identifier: MIT
# The programs of the pattern's description, the CompletedSynchronously idiom, and callbacks
# in event loops. Built and run by make check, with the output that examples.sh expects; those
# for epoll and GLib only where these are there.
example_programs = \
	%D%/block_by_end \
	%D%/callback \
	%D%/callback_with_state \
	%D%/completed_synchronously \
	%D%/dispatch_libevent \
	%D%/polling \
	%D%/wait_handle
if HAVE_EPOLL
example_programs += %D%/dispatch_epoll
endif
if HAVE_GLIB
example_programs += %D%/dispatch_glib
endif
check_PROGRAMS += $(example_programs)
%C%_block_by_end_LDADD = libasyncdns.la
%C%_callback_LDADD = libasyncdns.la $(PTHREAD_LIBS)
%C%_callback_with_state_LDADD = libasyncdns.la $(PTHREAD_LIBS)
%C%_completed_synchronously_LDADD = libasyncdns.la $(PTHREAD_LIBS)
%C%_dispatch_epoll_LDADD = libasyncdns.la
%C%_dispatch_glib_CFLAGS = $(AM_CFLAGS) $(GLIB_CFLAGS)
%C%_dispatch_glib_LDADD = libasyncdns.la $(GLIB_LIBS)
%C%_dispatch_libevent_CFLAGS = $(AM_CFLAGS) $(LIBEVENT_CFLAGS)
%C%_dispatch_libevent_LDADD = libasyncdns.la $(LIBEVENT_LIBS)
%C%_polling_LDADD = libasyncdns.la
%C%_wait_handle_LDADD = libasyncdns.la

dist_check_SCRIPTS += %D%/examples.sh
TESTS += %D%/examples.sh
EXTRA_DIST += %D%/example.h
