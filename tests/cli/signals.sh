#!/bin/sh
# SPDX-License-Identifier: MIT
# Signals end a run, but not what is done; and who does not read what is written ends it.
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/lib.sh"
terminal=$top_builddir/tests/cli/terminal

start_server <<-END
	a.demo.test		300	A	192.0.2.1
	b.demo.test		300	A	192.0.2.2
	held.demo.test		300	A	192.0.2.3
	*.bulk.demo.test	300	A	198.51.100.7
	END
RESOLVE_SERVER=$server
export RESOLVE_SERVER
tell hold held.demo.test

# start ARGUMENT...: the tool in the background, its signals as they are by default; goes on
# when the held name has been asked for, and what comes before it was answered.
start()
{
	what="resolve $*"
	note_questions held.demo.test
	# shellcheck disable=SC2086
	"$terminal" $options -n $resolve --timeout=50s "$@" >"$out" 2>"$err" 8>&- 9<&- &
	await_question held.demo.test
}

# end STATUS: it ends like that
end()
{
	# The shell may have a word to say on it.
	wait $! 2>/dev/null
	status=$?
	[ $status = "$1" ] || fail "$what: status $status, not $1"
}

# What is done is written, in order; what is not has no result, and no message.
options=
printf 'a.demo.test\nheld.demo.test\nnone.demo.test\nb.demo.test\n' >"$scratch/names"
for signal in HUP INT TERM; do
	for order in '' -u; do
		# shellcheck disable=SC2086
		start -4 $order -F tsv -j 1 a.demo.test held.demo.test b.demo.test
		kill -s $signal $!
		case $signal in
		HUP) end 129 ;;
		INT) end 130 ;;
		TERM) end 143 ;;
		esac
		[ "$(cut -f 1-3 "$out" | tr '\t' ' ')" = 'index name status
0 a.demo.test found' ] || fail "$what: $(cat "$out")"
		expect_err
	done
done
start -14 -f "$scratch/names"
# Asked for is not answered yet.
until [ -s "$out" ]; do sleep 0.01; done
kill -s TERM $!
end 143
[ "$(head -n 1 "$out")" = 192.0.2.1 ] || fail "$what: $(cat "$out")"

# One that was ignored from the beginning stays so.
what="resolve without SIGINT"
note_questions held.demo.test
# shellcheck disable=SC2086
(trap '' INT && exec $resolve --timeout=50s -14 held.demo.test) >"$out" 2>"$err" 8>&- 9<&- &
await_question held.demo.test
kill -s INT $!
kill -s TERM $!
end 143

# Nobody reads: it ends all the same.
awk 'BEGIN { for (i = 0; i < 2000; i++) print "a-name-of-fifty-bytes-or-so-" i ".bulk.demo.test" }' \
	>"$scratch/names"
mkfifo "$scratch/pipe"
exec 7<>"$scratch/pipe"
what="resolve, with a reader who does not read"
# shellcheck disable=SC2086
"$terminal" -n $resolve -J -4 -f "$scratch/names" >"$scratch/pipe" 2>"$err" 8>&- 9<&- 7>&- &
tell wait a-name-of-fifty-bytes-or-so-199.bulk.demo.test 1
kill -s TERM $!
end 143
exec 7>&-

# Nobody reads any more.
for options in '' -i; do
	what="resolve $options | head -n 1"
	note_questions held.demo.test
	# shellcheck disable=SC2086
	"$terminal" $options -n $resolve --timeout=50s -14 -j 1 a.demo.test held.demo.test \
		>"$scratch/pipe" 2>"$err" 8>&- 9<&- &
	head -n 1 "$scratch/pipe" >"$out"
	expect_out 192.0.2.1
	await_question held.demo.test
	tell release held.demo.test
	if [ "$options" = -i ]; then
		end 4
		expect_err 'resolve: write error: Broken pipe'
	else
		end 141
		expect_err
	fi
	tell hold held.demo.test
done

finish
