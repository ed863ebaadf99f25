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
	%D%/pace.sh \
	%D%/resume.sh \
	%D%/status.sh \
	%D%/stream.sh
TESTS += \
	%D%/input.sh \
	%D%/options.sh \
	%D%/order.sh \
	%D%/output.sh \
	%D%/pace.sh \
	%D%/resume.sh \
	%D%/status.sh \
	%D%/stream.sh
EXTRA_DIST += %D%/lib.sh

# The rooms of the tool that keep no state outside, one Check program for several.
if HAVE_CHECK
tool_cppflags = $(unit_cppflags) -I$(top_srcdir)/tests/unit -I$(top_srcdir)/tools
%C%_test_pace_SOURCES = %D%/test_pace.c tools/resolve_pace.c
%C%_test_pace_CPPFLAGS = $(tool_cppflags)
%C%_test_pace_LDADD = tests/unit/libunit.la
check_PROGRAMS += %D%/test_pace
TESTS += %D%/test_pace
endif HAVE_CHECK
