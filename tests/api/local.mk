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

%C%_test_begin_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_test_begin_LDADD = %D%/libcontract.la

check_PROGRAMS += $(api_tests)
TESTS += $(api_tests)
endif
