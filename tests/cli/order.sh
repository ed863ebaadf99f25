#!/bin/sh
# SPDX-License-Identifier: MIT
# 10,000 names from a pipe: each has its result, in the order of the input.
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/lib.sh"
count=10000

start_server <<-END
	*.bulk.demo.test	300	A	198.51.100.7
	END

# Every third does not exist.
awk -v count=$count 'BEGIN {
	for (i = 0; i < count; i++)
		print "host" i (i % 3 == 0 ? ".none" : ".bulk") ".demo.test"
}' >"$scratch/names"
awk '/none/ { print "resolve: " $0 ": does not exist"; next }
	{ print $0 "\t300\tA\t198.51.100.7" }' "$scratch/names" >"$scratch/all"
grep '^resolve: ' "$scratch/all" >"$scratch/messages"
grep -v '^resolve: ' "$scratch/all" >"$scratch/results"

what="resolve with $count names"
# shellcheck disable=SC2002,SC2086
cat "$scratch/names" | $resolve -s "$server" >"$out" 2>"$err"
[ $? = 1 ] || fail "$what: the status is not 1"
cmp "$scratch/results" "$out" || fail "$what: other results"
cmp "$scratch/messages" "$err" || fail "$what: other messages"

# Results and messages together, into one file and into one pipe.
# shellcheck disable=SC2086
$resolve -s "$server" -f "$scratch/names" >"$out" 2>&1
cmp "$scratch/all" "$out" || fail "$what: another order in a file"
# shellcheck disable=SC2086
$resolve -s "$server" -f "$scratch/names" 2>&1 | cat >"$out"
cmp "$scratch/all" "$out" || fail "$what: another order in a pipe"

# As they are done: the same results.
# shellcheck disable=SC2086
$resolve -u -s "$server" -f "$scratch/names" >"$out" 2>"$err"
[ $? = 1 ] || fail "$what, -u: the status is not 1"
sort "$scratch/results" >"$scratch/sorted"
sort "$out" | cmp "$scratch/sorted" - || fail "$what, -u: other results"
sort "$scratch/messages" >"$scratch/sorted"
sort "$err" | cmp "$scratch/sorted" - || fail "$what, -u: other messages"

finish
