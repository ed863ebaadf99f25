# SPDX-License-Identifier: MIT
# The contract, through the public interface of the shared library and over a wire to the
# scripted server.
if HAVE_CHECK
check_LTLIBRARIES += %D%/libcontract.la
%C%_libcontract_la_SOURCES = %D%/contract.c %D%/contract.h
%C%_libcontract_la_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_libcontract_la_LIBADD = libasyncdns.la tests/support/libsupport.la \
	$(CHECK_LIBS) $(PTHREAD_LIBS)

api_tests =
api_tests += %D%/test_begin
api_tests += %D%/test_collect
api_tests += %D%/test_end
api_tests += %D%/test_invariants
api_tests += %D%/test_options
api_tests += %D%/test_synchronous

%C%_test_begin_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_test_begin_LDADD = %D%/libcontract.la
%C%_test_collect_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_test_collect_LDADD = %D%/libcontract.la
%C%_test_end_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_test_end_LDADD = %D%/libcontract.la
%C%_test_invariants_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_test_invariants_LDADD = %D%/libcontract.la
%C%_test_options_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_test_options_LDADD = %D%/libcontract.la
%C%_test_synchronous_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_test_synchronous_LDADD = %D%/libcontract.la

check_PROGRAMS += $(api_tests)
TESTS += $(api_tests)
endif
