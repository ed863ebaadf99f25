# SPDX-License-Identifier: MIT
# resolve(1) as its users run it.
check_PROGRAMS += %D%/scripted_dnsd
%C%_scripted_dnsd_SOURCES = %D%/scripted_dnsd.c
%C%_scripted_dnsd_LDADD = tests/support/libsupport.la

dist_check_SCRIPTS += \
	%D%/input.sh \
	%D%/options.sh \
	%D%/order.sh \
	%D%/output.sh \
	%D%/status.sh \
	%D%/stream.sh
TESTS += \
	%D%/input.sh \
	%D%/options.sh \
	%D%/order.sh \
	%D%/output.sh \
	%D%/status.sh \
	%D%/stream.sh
EXTRA_DIST += %D%/lib.sh
