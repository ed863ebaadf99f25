# SPDX-License-Identifier: MIT
# resolve(1) as its users run it.
check_PROGRAMS += %D%/peak %D%/scripted_dnsd
%C%_peak_SOURCES = %D%/peak.c
%C%_scripted_dnsd_SOURCES = %D%/scripted_dnsd.c
%C%_scripted_dnsd_LDADD = tests/support/libsupport.la
check_PROGRAMS += %D%/terminal
%C%_terminal_SOURCES = %D%/terminal.c

dist_check_SCRIPTS += \
	%D%/bulk.sh \
	%D%/hostile.sh \
	%D%/input.sh \
	%D%/invariant.sh \
	%D%/options.sh \
	%D%/order.sh \
	%D%/output.sh \
	%D%/pace.sh \
	%D%/parallel.sh \
	%D%/progress.sh \
	%D%/resume.sh \
	%D%/signals.sh \
	%D%/status.sh \
	%D%/stream.sh
TESTS += \
	%D%/bulk.sh \
	%D%/hostile.sh \
	%D%/input.sh \
	%D%/invariant.sh \
	%D%/options.sh \
	%D%/order.sh \
	%D%/output.sh \
	%D%/pace.sh \
	%D%/parallel.sh \
	%D%/progress.sh \
	%D%/resume.sh \
	%D%/signals.sh \
	%D%/status.sh \
	%D%/stream.sh
EXTRA_DIST += %D%/lib.sh

# The rooms of the tool that keep no state outside, all in one Check program.
if HAVE_CHECK
%C%_rooms_SOURCES = \
	%D%/items.c %D%/items.h \
	%D%/rooms.c %D%/rooms.h \
	%D%/test_brake.c %D%/test_pace.c %D%/test_progress.c %D%/test_resume.c \
	%D%/test_shard.c \
	tools/resolve_brake.c tools/resolve_buffer.c tools/resolve_format.c \
	tools/resolve_hash.c tools/resolve_index_set.c tools/resolve_item.c \
	tools/resolve_json.c tools/resolve_json_record.c tools/resolve_json_text.c \
	tools/resolve_pace.c tools/resolve_progress.c tools/resolve_record.c \
	tools/resolve_result.c tools/resolve_resume.c tools/resolve_shard.c \
	tools/resolve_spool.c tools/resolve_stats.c tools/resolve_text.c \
	tools/resolve_total.c
%C%_rooms_CPPFLAGS = $(unit_cppflags) -I$(top_srcdir)/tests/unit -I$(top_srcdir)/tools
%C%_rooms_LDADD = tests/unit/libunit.la
check_PROGRAMS += %D%/rooms
TESTS += %D%/rooms
endif HAVE_CHECK
