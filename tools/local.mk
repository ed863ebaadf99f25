# SPDX-License-Identifier: MIT
bin_PROGRAMS += %D%/resolve
%C%_resolve_SOURCES = \
	%D%/resolve.c %D%/resolve.h \
	%D%/resolve_attempts.c %D%/resolve_attempts.h \
	%D%/resolve_bell.c %D%/resolve_bell.h \
	%D%/resolve_brake.c %D%/resolve_brake.h \
	%D%/resolve_buffer.c %D%/resolve_buffer.h \
	%D%/resolve_effort.c %D%/resolve_effort.h \
	%D%/resolve_flow.c %D%/resolve_flow.h \
	%D%/resolve_format.c %D%/resolve_format.h \
	%D%/resolve_hash.c %D%/resolve_hash.h \
	%D%/resolve_help.c %D%/resolve_help.h \
	%D%/resolve_index_set.c %D%/resolve_index_set.h \
	%D%/resolve_input.c %D%/resolve_input.h \
	%D%/resolve_intake.c %D%/resolve_intake.h \
	%D%/resolve_item.c %D%/resolve_item.h \
	%D%/resolve_json.c \
	%D%/resolve_json_record.c %D%/resolve_json_record.h \
	%D%/resolve_json_text.c %D%/resolve_json_text.h \
	%D%/resolve_line.c %D%/resolve_line.h \
	%D%/resolve_lookup.c %D%/resolve_lookup.h \
	%D%/resolve_message.c %D%/resolve_message.h \
	%D%/resolve_options.c %D%/resolve_options.h \
	%D%/resolve_output.c %D%/resolve_output.h \
	%D%/resolve_output_file.c %D%/resolve_output_file.h \
	%D%/resolve_pace.c %D%/resolve_pace.h \
	%D%/resolve_progress.c %D%/resolve_progress.h \
	%D%/resolve_record.c %D%/resolve_record.h \
	%D%/resolve_result.c %D%/resolve_result.h \
	%D%/resolve_resume.c %D%/resolve_resume.h \
	%D%/resolve_rounds.c %D%/resolve_rounds.h \
	%D%/resolve_run.c %D%/resolve_run.h %D%/resolve_run_state.h \
	%D%/resolve_setters.c %D%/resolve_setters.h \
	%D%/resolve_setup.c %D%/resolve_setup.h \
	%D%/resolve_shard.c %D%/resolve_shard.h \
	%D%/resolve_signals.c %D%/resolve_signals.h \
	%D%/resolve_spool.c %D%/resolve_spool.h \
	%D%/resolve_stats.c %D%/resolve_stats.h \
	%D%/resolve_stream.c %D%/resolve_stream.h \
	%D%/resolve_supply.c %D%/resolve_supply.h \
	%D%/resolve_table.c %D%/resolve_table.h \
	%D%/resolve_terminal.c %D%/resolve_terminal.h \
	%D%/resolve_text.c \
	%D%/resolve_total.c %D%/resolve_total.h \
	%D%/resolve_trace.c %D%/resolve_trace.h \
	%D%/resolve_trouble.c %D%/resolve_trouble.h \
	%D%/resolve_values.c %D%/resolve_values.h \
	%D%/resolve_watch.c %D%/resolve_watch.h \
	%D%/resolve_window.c %D%/resolve_window.h
nodist_%C%_resolve_SOURCES = %D%/resolve_options.def
%C%_resolve_CPPFLAGS = $(AM_CPPFLAGS) -I%D%
%C%_resolve_LDFLAGS = $(SANITIZER_CFLAGS)
%C%_resolve_LDADD = libasyncdns.la $(PTHREAD_LIBS)

# The options are in one list, of which all that has to know them is made.
options_list = %D%/resolve_options.list
options_awk = %D%/resolve_options.awk
make_options = $(AM_V_GEN)$(MKDIR_P) %D% && $(AWK) -v program="`echo resolve | sed '$(transform)'`"

%D%/resolve_options.def: $(options_list) $(options_awk)
	$(make_options) -v part=table -f $(top_srcdir)/$(options_awk) \
		$(top_srcdir)/$(options_list) >$@.tmp && mv -f $@.tmp $@
%D%/resolve.1: $(options_list) $(options_awk) %D%/resolve.1.in
	$(make_options) -v part=page -f $(top_srcdir)/$(options_awk) \
		$(top_srcdir)/$(options_list) $(top_srcdir)/%D%/resolve.1.in \
		>$@.tmp && mv -f $@.tmp $@
%D%/resolve.bash: $(options_list) $(options_awk)
	$(make_options) -v part=completion -f $(top_srcdir)/$(options_awk) \
		$(top_srcdir)/$(options_list) >$@.tmp && mv -f $@.tmp $@

%D%/resolve-resolve_help.$(OBJEXT) %D%/resolve-resolve_options.$(OBJEXT) \
	%D%/resolve-resolve_setters.$(OBJEXT) \
	%D%/resolve-resolve_table.$(OBJEXT): %D%/resolve_options.def
BUILT_SOURCES += %D%/resolve_options.def
CLEANFILES += %D%/resolve_options.def %D%/resolve.1 %D%/resolve.bash
man_MANS += %D%/resolve.1
noinst_DATA += %D%/resolve.bash
EXTRA_DIST += $(options_list) $(options_awk) %D%/resolve.1.in

# A completion is found by the name of its command.
install-data-local: %D%/resolve.bash
	test x'$(bashcompletiondir)' = xno || { \
		$(MKDIR_P) '$(DESTDIR)$(bashcompletiondir)' && \
		$(INSTALL_DATA) %D%/resolve.bash \
			"$(DESTDIR)$(bashcompletiondir)/`echo resolve | sed '$(transform)'`"; }
uninstall-local:
	test x'$(bashcompletiondir)' = xno || \
		rm -f "$(DESTDIR)$(bashcompletiondir)/`echo resolve | sed '$(transform)'`"

EXTRA_DIST += %D%/check %D%/demo %D%/setup.sh
