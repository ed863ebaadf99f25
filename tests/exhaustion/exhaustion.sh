#!/bin/sh
# SPDX-License-Identifier: MIT
# exhaustion.sh PROGRAM...: the test programs again and again, with another piece of what they
# ask for that cannot be had each time (starve.h): that one only, and all from that one on.
# All pieces up to EXHAUSTION (default 30) that any of their tests asks for, and further ones
# at growing distances, each half as far again as the one before; EXHAUSTION=all: every one.
# EXHAUSTION_OF: what to do without, memory if it is not set. EXHAUSTION_JOBS: so many
# programs at a time. Tests may fail; none may crash, not end, or lose an operation, and with
# sanitizers none may make them say something. What is said of those that did is in
# exhaustion.log.
starve=${top_builddir:-.}/tests/exhaustion/.libs/starve.so
[ -e "$starve" ] || { echo "no $starve"; exit 77; }

ASYNCDNS_TEST_ROUNDS=1 ASYNCDNS_TEST_PATIENCE=300 CK_FORK=yes
ASAN_OPTIONS=verify_asan_link_order=0:allocator_may_return_null=1
export ASYNCDNS_TEST_ROUNDS ASYNCDNS_TEST_PATIENCE CK_FORK ASAN_OPTIONS

# What is said of a run that is bad.
complaints()
{
	grep 'Received signal\|timeout expired\|Early exit' "$scratch/out" |
		grep -v 'return value 77$'
	grep '^starve:\|ERROR: \|SUMMARY: \|runtime error' "$scratch/err"
	[ "$ended" -gt 1 ] && echo "exit $ended"
}

# run NUMBER [VARIABLE=VALUE...]
run()
{
	number=$1
	shift
	: >"$STARVE_TALLY"
	timeout 900 env LD_PRELOAD="$starve" STARVE_OF="$kind" STARVE_AT="$number" "$@" \
		"$program" >"$scratch/out" 2>"$scratch/err" </dev/null
	ended=$?
	complaints >"$scratch/bad"
	echo "run $(wc -l <"$STARVE_TALLY")" >>"$results"
	[ -s "$scratch/bad" ] || return
	echo "not ok - $program, $kind $number $*" | tee -a "$results"
	{
		echo "== $program, $kind $number $*"
		cat "$scratch/bad" "$scratch/err"
	} >>exhaustion.log
}

next()
{
	if [ "$all" = all ] || [ "$1" -lt "$all" ]; then
		echo $(($1 + 1))
	else
		echo $(($1 + $1 / 2 + 1))
	fi
}

# starve [VARIABLE=VALUE]
starve()
{
	: >"$STARVE_COUNTS"
	run 0 "$@"
	most=$(cut -d ' ' -f 2 "$STARVE_COUNTS" | sort -n | tail -1)
	at=1
	while [ "$at" -le "${most:-0}" ]; do
		run $at "$@"
		run $at STARVE_STAYS=yes "$@"
		at=$(next $at)
	done
	echo "# $program, $kind $*: ${most:-0} pieces at most"
}

# What a job does: one program, one kind.
starve_program()
{
	all=${EXHAUSTION:-30}
	scratch=$(mktemp -d) || exit 99
	trap 'rm -rf "$scratch"' EXIT
	STARVE_COUNTS=$scratch/counts STARVE_TALLY=$scratch/tally
	export STARVE_COUNTS STARVE_TALLY
	case $kind,$program in
	memory,*/test_begin)
		starve
		starve STARVE_EARLY=yes ;;
	memory,*)
		starve ;;
	*)
		starve STARVE_EARLY=yes ;;
	esac
}

if [ "$1" = --job ]; then
	results=$2 kind=$3 program=$4
	starve_program
	exit
fi

: >exhaustion.log
results=$(mktemp) || exit 99
trap 'rm -f "$results"' EXIT
for kind in ${EXHAUSTION_OF:-memory}; do
	for program; do
		printf '%s\n' "$kind" "$program"
	done
done | xargs -n 2 -P "${EXHAUSTION_JOBS:-1}" sh "$0" --job "$results"
awk '/^run/ { runs++; tests += $2 }
	/^not ok/ { bad++ }
	END {
		print "# " runs " runs, " tests " tests that went short, " bad + 0 " bad runs"
		print (bad ? "not ok" : "ok") " - it runs out"
		exit bad > 0
	}' "$results"
