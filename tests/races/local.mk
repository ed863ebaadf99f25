# SPDX-License-Identifier: MIT
# The order of threads: models of the protocols, all of whose orders are tried; and bugs, to
# be seeded in a copy of the source, that the tests must find there.
dist_check_SCRIPTS += %D%/model.sh %D%/patches.sh
TESTS += %D%/model.sh %D%/patches.sh
EXTRA_DIST += \
	%D%/dispatcher.pml \
	%D%/handles.pml \
	%D%/seeded_bugs.sh \
	$(wildcard $(srcdir)/%D%/bugs/*.patch)

# All of them, or make seeded-bugs BUGS="claim-in-two-steps same-generation".
BUGS =
seeding = %D%/seeding
seeded_cflags = $(CPPFLAGS) $(PTHREAD_CFLAGS) $(CARES_CFLAGS) $(LIBEVENT_CFLAGS) \
	$(LIBIDN2_CFLAGS) $(CHECK_CFLAGS)
seeded_libs = $(CARES_LIBS) $(LIBEVENT_LIBS) $(LIBIDN2_LIBS) $(CHECK_LIBS) $(PTHREAD_LIBS)
seeded-bugs: include/asyncdns/version.h
	rm -rf $(seeding)
	$(AM_TESTS_ENVIRONMENT) \
	PROGRAM_CFLAGS='$(seeded_cflags)'; export PROGRAM_CFLAGS; \
	PROGRAM_LIBS='$(seeded_libs)'; export PROGRAM_LIBS; \
	$(SHELL) $(srcdir)/%D%/seeded_bugs.sh $(seeding) $(BUGS)
.PHONY: seeded-bugs seeding-clean

seeding-clean:
	rm -rf $(seeding)
