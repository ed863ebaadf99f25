# SPDX-License-Identifier: MIT
# What .NET's own tests say of Begin and End and of Dns, test by test: which of them are
# here is in originals.txt, why some differ in doc/dotnet.md.
EXTRA_DIST += %D%/originals.txt
if HAVE_CHECK
check_LTLIBRARIES += %D%/libmachine.la
%C%_libmachine_la_SOURCES = %D%/machine.c %D%/machine.h
%C%_libmachine_la_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_libmachine_la_LIBADD = tests/api/libcontract.la

dotnet_tests = \
	%D%/test_apm \
	%D%/test_dns_records \
	%D%/test_dns_resolver \
	%D%/test_end \
	%D%/test_get_host_addresses \
	%D%/test_get_host_by_address \
	%D%/test_get_host_by_name \
	%D%/test_get_host_entry \
	%D%/test_hosts_file \
	%D%/test_initialization \
	%D%/test_mono \
	%D%/test_pal \
	%D%/test_rfc6761 \
	%D%/test_wait_handle

%C%_test_apm_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_test_apm_LDADD = %D%/libmachine.la
%C%_test_dns_records_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_test_dns_records_LDADD = %D%/libmachine.la
%C%_test_dns_resolver_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_test_dns_resolver_LDADD = %D%/libmachine.la
%C%_test_end_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_test_end_LDADD = %D%/libmachine.la
%C%_test_get_host_addresses_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_test_get_host_addresses_LDADD = %D%/libmachine.la
%C%_test_get_host_by_address_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_test_get_host_by_address_LDADD = %D%/libmachine.la
%C%_test_get_host_by_name_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_test_get_host_by_name_LDADD = %D%/libmachine.la
%C%_test_get_host_entry_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_test_get_host_entry_LDADD = %D%/libmachine.la
%C%_test_hosts_file_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_test_hosts_file_LDADD = %D%/libmachine.la
%C%_test_initialization_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_test_initialization_LDADD = %D%/libmachine.la
%C%_test_mono_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_test_mono_LDADD = %D%/libmachine.la
%C%_test_pal_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_test_pal_LDADD = %D%/libmachine.la
%C%_test_rfc6761_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_test_rfc6761_LDADD = %D%/libmachine.la
%C%_test_wait_handle_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_test_wait_handle_LDADD = %D%/libmachine.la

check_PROGRAMS += $(dotnet_tests)
TESTS += $(dotnet_tests)
endif
