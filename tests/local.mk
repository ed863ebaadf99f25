# SPDX-License-Identifier: MIT
# Check programs have no extension and speak TAP; shell tests end in .sh. (A Check program
# with an extension would be run by check-valgrind without valgrind.)
TEST_EXTENSIONS = .sh
LOG_DRIVER = env AM_TAP_AWK='$(AWK)' $(SHELL) $(top_srcdir)/build-aux/tap-driver.sh
AM_TESTS_ENVIRONMENT = \
	top_srcdir='$(abs_top_srcdir)'; export top_srcdir; \
	top_builddir='$(abs_top_builddir)'; export top_builddir; \
	CC='$(CC)'; export CC; \
	SPIN='$(SPIN)'; export SPIN; \
	CARES_CFLAGS='$(CARES_CFLAGS)'; export CARES_CFLAGS; \
	SANITIZER_CFLAGS='$(SANITIZER_CFLAGS)'; export SANITIZER_CFLAGS;

include %D%/support/local.mk
include %D%/unit/local.mk
include %D%/api/local.mk
include %D%/dotnet/local.mk
include %D%/servers/local.mk
include %D%/fuzz/local.mk
include %D%/sim/local.mk
include %D%/races/local.mk
include %D%/spoofing/local.mk
include %D%/soak/local.mk
include %D%/exhaustion/local.mk
include %D%/house/local.mk
include %D%/cli/local.mk
include %D%/bench/local.mk

# What takes minutes, and is not part of check: all rounds of what is done very often, a
# hundred runs that are killed, ten million items, bugs that are seeded.
check-long: all
	ASYNCDNS_TEST_ROUNDS=100 $(MAKE) $(AM_MAKEFLAGS) check TESTS='$(api_tests)'
	$(AM_TESTS_ENVIRONMENT) RESOLVE_LIMIT=3600 RESOLVE_KILLS=100 \
		$(SHELL) $(srcdir)/%D%/cli/resume.sh
	$(AM_TESTS_ENVIRONMENT) RESOLVE_LIMIT=3600 INVARIANT_COUNT=10000000 \
		$(SHELL) $(srcdir)/%D%/cli/invariant.sh
	$(MAKE) $(AM_MAKEFLAGS) seeded-bugs
.PHONY: check-long
