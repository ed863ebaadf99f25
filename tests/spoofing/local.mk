# SPDX-License-Identifier: MIT
# How hard answers are to forge, measured. make check asks and forges little; make spoofing,
# or make spoofing QUESTIONS=1000000 FORGERIES=10000000, as much as one likes.
check_PROGRAMS += %D%/spoofing
TESTS += %D%/spoofing
%C%_spoofing_SOURCES = \
	%D%/game.c %D%/game.h \
	%D%/lots.c %D%/lots.h \
	%D%/spoofing.c
%C%_spoofing_LDADD = libasyncdns.la $(PTHREAD_LIBS) -lm

QUESTIONS = 1000000
FORGERIES = 10000000
spoofing: %D%/spoofing$(EXEEXT)
	%D%/spoofing $(QUESTIONS) $(FORGERIES)
.PHONY: spoofing
