# SPDX-License-Identifier: MIT
# The readers of what others wrote, against any octets. make check replays the corpus and
# changes of it. make fuzz, or make fuzz FUZZ_SECONDS=600, runs libFuzzer on each target; what
# it needs and finds lies in fuzzing/. FUZZ_FLAGS are for libFuzzer. For sheer number, without
# sanitizers, in a build directory of its own:
#   make fuzz FUZZ_CFLAGS='-O3 -g1 -fsanitize=fuzzer -fno-sanitize-coverage=trace-cmp' \
#           FUZZ_FLAGS='-max_len=256 -entropic=0'
# A finding is then what the target itself requires.
fuzz_cppflags = $(AM_CPPFLAGS) -I$(top_srcdir)/src -I$(top_srcdir)/tools -Itools
fuzz_replays = \
	%D%/replay_cares \
	%D%/replay_gai_conf \
	%D%/replay_hosts \
	%D%/replay_items \
	%D%/replay_message \
	%D%/replay_names \
	%D%/replay_options \
	%D%/replay_resolv_conf \
	%D%/replay_resume
check_PROGRAMS += $(fuzz_replays)
TESTS += $(fuzz_replays)
EXTRA_DIST += %D%/run.sh $(wildcard $(srcdir)/%D%/corpus/*/*)

%C%_replay_cares_SOURCES = %D%/fuzz.h %D%/witness.h %D%/compare.h %D%/fuzz_cares.c \
	%D%/replay.c
%C%_replay_cares_CPPFLAGS = $(fuzz_cppflags) $(CARES_CFLAGS) -DTARGET='"cares"'
%C%_replay_cares_LDADD = src/libcore.la $(CARES_LIBS)
%C%_replay_gai_conf_SOURCES = %D%/fuzz.h %D%/fuzz_gai_conf.c %D%/replay.c
%C%_replay_gai_conf_CPPFLAGS = $(fuzz_cppflags) -DTARGET='"gai_conf"'
%C%_replay_gai_conf_LDADD = src/libcore.la
%C%_replay_hosts_SOURCES = %D%/fuzz.h %D%/fuzz_hosts.c %D%/replay.c
%C%_replay_hosts_CPPFLAGS = $(fuzz_cppflags) -DTARGET='"hosts"'
%C%_replay_hosts_LDADD = src/libcore.la
%C%_replay_items_SOURCES = %D%/fuzz.h %D%/fuzz_items.c %D%/replay.c
%C%_replay_items_CPPFLAGS = $(fuzz_cppflags) -DTARGET='"items"'
%C%_replay_items_LDADD = %D%/libtools.la src/libcore.la
%C%_replay_message_SOURCES = %D%/fuzz.h %D%/fuzz_message.c %D%/replay.c
%C%_replay_message_CPPFLAGS = $(fuzz_cppflags) -DTARGET='"message"'
%C%_replay_message_LDADD = src/libcore.la
%C%_replay_names_SOURCES = %D%/fuzz.h %D%/fuzz_names.c %D%/replay.c
%C%_replay_names_CPPFLAGS = $(fuzz_cppflags) -DTARGET='"names"'
%C%_replay_names_LDADD = src/libcore.la
%C%_replay_options_SOURCES = %D%/fuzz.h %D%/fuzz_options.c %D%/replay.c
%C%_replay_options_CPPFLAGS = $(fuzz_cppflags) -DTARGET='"options"'
%C%_replay_options_LDADD = %D%/libtools.la src/libcore.la
%C%_replay_resolv_conf_SOURCES = %D%/fuzz.h %D%/fuzz_resolv_conf.c %D%/replay.c
%C%_replay_resolv_conf_CPPFLAGS = $(fuzz_cppflags) -DTARGET='"resolv_conf"'
%C%_replay_resolv_conf_LDADD = src/libcore.la
%C%_replay_resume_SOURCES = %D%/fuzz.h %D%/fuzz_resume.c %D%/replay.c
%C%_replay_resume_CPPFLAGS = $(fuzz_cppflags) -DTARGET='"resume"'
%C%_replay_resume_LDADD = %D%/libtools.la src/libcore.la

# What the tool reads its command line, its items and its own output with.
check_LTLIBRARIES += %D%/libtools.la
%C%_libtools_la_SOURCES = \
	tools/resolve_buffer.c tools/resolve_format.c tools/resolve_hash.c \
	tools/resolve_index_set.c tools/resolve_item.c tools/resolve_json.c \
	tools/resolve_json_record.c tools/resolve_json_text.c tools/resolve_line.c \
	tools/resolve_options.c tools/resolve_record.c tools/resolve_result.c \
	tools/resolve_resume.c tools/resolve_setters.c tools/resolve_shard.c \
	tools/resolve_table.c tools/resolve_text.c tools/resolve_values.c
nodist_%C%_libtools_la_SOURCES = tools/resolve_options.def
$(%C%_libtools_la_OBJECTS): tools/resolve_options.def
%C%_libtools_la_CPPFLAGS = $(fuzz_cppflags)

# Objects of another compiler, by GNU make's rules; in an archive, so that a target has only
# those that it calls, and libFuzzer fewer counters to look through after each input.
FUZZ_SECONDS = 60
FUZZ_FLAGS =
fuzzing = %D%/fuzzing
fuzz_targets = $(patsubst %D%/replay_%,$(fuzzing)/fuzz_%,$(fuzz_replays))
fuzz_objects = $(patsubst %.c,$(fuzzing)/%.o,$(filter %.c,$(src_libcore_la_SOURCES) \
	$(%C%_libtools_la_SOURCES)))
fuzz_compile = $(FUZZ_CC) $(FUZZ_CFLAGS) $(DEFS) $(DEFAULT_INCLUDES) $(fuzz_cppflags) \
	$(CPPFLAGS) $(PTHREAD_CFLAGS) $(CARES_CFLAGS) $(LIBEVENT_CFLAGS) $(LIBIDN2_CFLAGS)

$(fuzz_objects): $(fuzzing)/%.o: $(top_srcdir)/%.c $(wildcard $(top_srcdir)/src/*.h) \
		tools/resolve_options.def
	$(AM_V_CC)$(MKDIR_P) $(@D) && $(fuzz_compile) -c -o $@ $<

$(fuzzing)/libcore.a: $(fuzz_objects)
	$(AM_V_AR)rm -f $@ && $(AR) cr $@ $(fuzz_objects) && $(RANLIB) $@

$(fuzz_targets): $(fuzzing)/fuzz_%: %D%/fuzz_%.c $(wildcard $(srcdir)/%D%/*.h) \
		$(fuzzing)/libcore.a
	$(AM_V_CCLD)$(fuzz_compile) -o $@ $< $(fuzzing)/libcore.a $(CARES_LIBS) \
		$(LIBEVENT_LIBS) $(LIBIDN2_LIBS) $(PTHREAD_LIBS)

if HAVE_FUZZER
fuzz: $(fuzz_targets)
	FUZZ_FLAGS='$(FUZZ_FLAGS)' $(SHELL) $(srcdir)/%D%/run.sh $(srcdir)/%D%/corpus \
		$(FUZZ_SECONDS) $(fuzz_targets)
else
fuzz:
	@echo "make fuzz needs a compiler with -fsanitize=fuzzer (clang), and configure" \
		"found none: ./configure FUZZ_CC=..." >&2; exit 1
endif
.PHONY: fuzz fuzz-clean

fuzz-clean:
	rm -rf $(fuzzing)
