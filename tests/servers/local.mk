# SPDX-License-Identifier: MIT
# The same lookups by the library from real servers, where they are installed.
if HAVE_CHECK
server_tests = %D%/test_nsd %D%/test_knot %D%/test_unbound %D%/test_dnsmasq
check_PROGRAMS += $(server_tests)
TESTS += $(server_tests)

check_LTLIBRARIES += %D%/libservers.la
%C%_libservers_la_SOURCES = \
	%D%/expectations.c %D%/expectations.h \
	%D%/lookup_cases.c %D%/lookup_cases.h \
	%D%/loopback.c %D%/loopback.h \
	%D%/real_server.c %D%/real_server.h \
	%D%/server_kinds.c \
	%D%/zone.c %D%/zone.h
%C%_libservers_la_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)

%C%_test_nsd_LDADD = %D%/libservers.la libasyncdns.la $(CHECK_LIBS)
%C%_test_knot_LDADD = %D%/libservers.la libasyncdns.la $(CHECK_LIBS)
%C%_test_unbound_LDADD = %D%/libservers.la libasyncdns.la $(CHECK_LIBS)
%C%_test_dnsmasq_LDADD = %D%/libservers.la libasyncdns.la $(CHECK_LIBS)
endif
