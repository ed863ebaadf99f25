# SPDX-License-Identifier: MIT
# What .NET's own tests say of Begin and End and of Dns, test by test: which of them are
# here is in originals.txt, why some differ in doc/dotnet.md.
EXTRA_DIST += %D%/originals.txt
if HAVE_CHECK
%C%_originals_SOURCES = \
	%D%/machine.c %D%/machine.h \
	%D%/originals.c \
	%D%/suites.h \
	%D%/test_apm.c \
	%D%/test_dns_records.c \
	%D%/test_dns_resolver.c \
	%D%/test_end.c \
	%D%/test_get_host_addresses.c \
	%D%/test_get_host_by_address.c \
	%D%/test_get_host_by_name.c \
	%D%/test_get_host_entry.c \
	%D%/test_hosts_file.c \
	%D%/test_initialization.c \
	%D%/test_mono.c \
	%D%/test_pal.c \
	%D%/test_rfc6761.c \
	%D%/test_wait_handle.c
%C%_originals_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_originals_LDADD = tests/api/libcontract.la
check_PROGRAMS += %D%/originals
TESTS += %D%/originals
endif
