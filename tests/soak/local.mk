# SPDX-License-Identifier: MIT
# Lookups for hours, in all weathers; not part of check. make soak, or make soak HOURS=24.
check_PROGRAMS += %D%/soak
%C%_soak_SOURCES = \
	%D%/dice.h \
	%D%/holdings.c %D%/holdings.h \
	%D%/players.c %D%/players.h \
	%D%/soak.c \
	%D%/town.c %D%/town.h \
	%D%/weather.c %D%/weather.h
%C%_soak_LDADD = libasyncdns.la tests/support/libsupport.la $(PTHREAD_LIBS)

# Resolvers that are made and closed again and again, and closed with many lookups pending.
# make check does few; make lives as many as it should, or make lives LIVES=1000000.
check_PROGRAMS += %D%/lives
TESTS += %D%/lives
%C%_lives_SOURCES = %D%/dice.h %D%/holdings.c %D%/holdings.h %D%/lives.c
%C%_lives_LDADD = libasyncdns.la $(PTHREAD_LIBS)

LIVES = 100000
lives: %D%/lives$(EXEEXT)
	%D%/lives $(LIVES) 100000
.PHONY: lives

HOURS = 1
soak: %D%/soak$(EXEEXT)
	%D%/soak `echo $(HOURS) | $(AWK) '{ print 3600 * $$1 }'`
.PHONY: soak
