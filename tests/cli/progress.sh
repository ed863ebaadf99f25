#!/bin/sh
# SPDX-License-Identifier: MIT
# What is said of a run: on a terminal, elsewhere, and in the end.
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/lib.sh"
terminal=$top_builddir/tests/cli/terminal
unset COLUMNS
NO_COLOR=1

start_server <<-END
	a.demo.test		300	A	192.0.2.1
	held.demo.test		300	A	192.0.2.3
	END
RESOLVE_SERVER=$server
export RESOLVE_SERVER NO_COLOR
printf 'a.demo.test\n# a comment\n\nnone.demo.test\nheld.demo.test\nb.none.demo.test' \
	>"$scratch/names"
tell hold held.demo.test

# on_terminal WHICH ARGUMENT...: with -e standard error only is a terminal; what appears
# there is in $seen, without the characters that cover others, and each drawing on a line.
seen=$scratch/seen
on_terminal()
{
	what="resolve $*"
	which=$1
	shift
	note_questions held.demo.test
	# shellcheck disable=SC2086
	"$terminal" $which $resolve --timeout=50s -4 "$@" <"$input" >"$out" 3>"$scratch/raw" \
		8>&- 9<&- &
	await_question held.demo.test
}

# The line is there: let the lookup go on, and the run end with that status.
end()
{
	tell release held.demo.test
	wait_end "$1"
}

wait_end()
{
	# The shell may have a word to say on it.
	wait $! 2>/dev/null
	status=$?
	[ $status = 77 ] && skip "no terminal"
	[ $status = "$1" ] || fail "$what: status $status, not $1"
	tell hold held.demo.test
	tr '\r' '\n' <"$scratch/raw" | sed 's/ *$//' >"$seen"
}

# Until it has been drawn; at most 20 s.
wait_for()
{
	tries=0
	until grep -q "$1" "$scratch/raw" || [ $tries = 200 ]; do
		sleep 0.1
		tries=$((tries + 1))
	done
}

line='resolve: 3 of 4 (75%)  [0-9]*/s  1 under way  1 no  0 failed'

# The results are elsewhere: a line that comes, goes for the messages, and is gone.
input=/dev/null
on_terminal -e -f "$scratch/names"
wait_for 'of 4'
end 1
grep -q "^$line" "$seen" || fail "$what: no line: $(cat "$seen")"
grep -v '^resolve: [0-9]' "$seen" | grep . >"$scratch/rest"
expect "$scratch/rest" 'resolve: none.demo.test: does not exist' \
	'resolve: b.none.demo.test: does not exist'
# After the last drawing it was covered by as many blanks.
tr '\r' '\n' <"$scratch/raw" | awk '
	/^resolve: [0-9]/ { drawn = length($0) }
	/^ +$/ && length($0) >= drawn { drawn = 0 }
	/^resolve: [a-z]/ && drawn { exit 1 }
	END { if (drawn) exit 1 }' || fail "$what: it was not erased: $(cat -v "$scratch/raw")"

# Cut to the width.
on_terminal '-e -w 30' -f "$scratch/names"
wait_for 'of 4'
end 1
awk '/^resolve: [0-9]/ && length($0) > 29 { exit 1 }' "$seen" || fail "$what: too wide"
grep -q '^resolve: 3 of 4 (75%)' "$seen" || fail "$what: no line"

# From a pipe there is no total.
mkfifo "$scratch/pipe"
cat "$scratch/names" >"$scratch/pipe" &
input=$scratch/pipe
on_terminal -e --progress
wait_for 'under way'
end 1
grep -q '^resolve: 3  [0-9]*/s  1 under way' "$seen" || fail "$what: $(cat "$seen")"
input=/dev/null

# The results go to the terminal too, or it is not wanted.
on_terminal -e --progress=never -f "$scratch/names"
sleep 0.7
end 1
grep -q 'under way' "$seen" && fail "$what: a line"
what='resolve on a terminal'
# shellcheck disable=SC2086
"$terminal" $resolve -4 a.demo.test >"$out"
expect_out 'a.demo.test    300  A     192.0.2.1'

# No terminal: nothing, or lines that are asked for; a signal asks too.
run 0 -4 --progress=auto a.demo.test
expect_err
run 0 -4 --progress a.demo.test
grep -Eqx 'resolve: 1 of 1 \(100%\)  [0-9,]+/s  0 under way  0 no  0 failed.*' "$err" ||
	fail "$what: $(cat "$err")"
run 0 -4 --progress=json a.demo.test
grep -Eqx '\{"done":1,"total":1,"per_second":[0-9]+,"under_way":0,"no":0,"failed":0,.*\}' \
	"$err" || fail "$what: $(cat "$err")"
what='resolve and SIGUSR1'
note_questions held.demo.test
# shellcheck disable=SC2086
"$terminal" -n $resolve --timeout=50s -41 -j 1 a.demo.test held.demo.test >"$out" \
	2>"$scratch/raw" 8>&- 9<&- &
await_question held.demo.test
kill -s USR1 $!
wait_for 'under way'
end 0
grep -Eqx 'resolve: 1 of 2 \(50%\)  .*/s  1 under way  0 no  0 failed.*' "$scratch/raw" ||
	fail "$what: $(cat "$scratch/raw")"
[ "$(wc -l <"$scratch/raw")" = 1 ] || fail "$what: more than a line"

# In the end.
run 1 -41 --stats a.demo.test none.demo.test
expect_out 192.0.2.1
grep -Eqx 'resolve: 2 items in [0-9.]+ m?s, [0-9,]+/s: 1 found, 1 do not exist' "$err" ||
	fail "$what: $(cat "$err")"
grep -Eqx 'resolve: 2 queries; an item took [0-9.]+ m?s on average, [0-9.]+ m?s at most' \
	"$err" || fail "$what: $(cat "$err")"
run 1 -4J --stats=json a.demo.test none.demo.test
grep -Eqx '\{"items":2,"found":1,"no-name":1,.*\}' "$err" || fail "$what: $(cat "$err")"
what='resolve --stats and SIGTERM'
note_questions held.demo.test
# shellcheck disable=SC2086
"$terminal" -n $resolve --timeout=50s -41 -j 1 --stats a.demo.test held.demo.test >"$out" \
	2>"$scratch/raw" 8>&- 9<&- &
await_question held.demo.test
kill -s TERM $!
wait_end 143
grep -q 'resolve: 1 item in .*: 1 found$' "$scratch/raw" ||
	fail "$what: $(cat "$scratch/raw")"

finish
