#!/bin/sh
# SPDX-License-Identifier: MIT
# Nothing holds back what is ready: neither an input that goes on nor a name without an
# answer, until the window ends.
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/lib.sh"
window=4096 jobs=256

start_server <<-END
	a.demo.test		300	A	192.0.2.1
	b.demo.test		300	A	192.0.2.2
	held.demo.test		300	A	192.0.2.3
	*.bulk.demo.test	300	A	198.51.100.7
	END
mkfifo "$scratch/input" "$scratch/output"

# start ARGUMENT...: resolve in the background; its output is descriptor 6
start()
{
	what="resolve $*"
	# shellcheck disable=SC2086
	$resolve -s "$server" -1 "$@" >"$scratch/output" <"$input" 2>"$err" 8>&- 9<&- &
	exec 6<"$scratch/output"
}

# next LINE: this is the next line of the output
next()
{
	read -r line <&6 || line="the end of the output"
	[ "$line" = "$1" ] || fail "$what: $line instead of $1"
}

# end STATUS: the output is at its end, and this the status
end()
{
	read -r line <&6 && fail "$what: $line at the end"
	exec 6<&-
	wait $!
	status=$?
	[ $status = "$1" ] || fail "$what: status $status, not $1"
}

# A result comes before the input ends, from standard input and from a named pipe, also
# when a line comes in two parts.
input=$scratch/input
for from in '' "-f $scratch/input"; do
	# shellcheck disable=SC2086
	start $from
	exec 7<>"$scratch/input"
	echo a.demo.test >&7
	next 192.0.2.1
	printf 'b.demo' >&7
	printf '.test\nnone.demo.test\n' >&7
	next 192.0.2.2
	exec 7>&-
	end 1
	expect_err 'resolve: none.demo.test: does not exist'
	input=/dev/null
done

# A named pipe without a writer holds nothing up.
start a.demo.test -f "$scratch/input"
next 192.0.2.1
echo b.demo.test 1<>"$scratch/input"
next 192.0.2.2
end 0

# hosts COUNT: so many names
hosts()
{
	awk -v count="$1" 'BEGIN {
		for (i = 1; i <= count; i++)
			print "host" i ".bulk.demo.test"
	}'
}

# rest COUNT: so many lines more, one for each of the names
rest()
{
	count=0
	while read -r line <&6; do
		[ "$line" = 198.51.100.7 ] || fail "$what: $line"
		count=$((count + 1))
	done
	[ $count = "$1" ] || fail "$what: $count results instead of $1"
}

# A name without an answer lets others be begun, but for those behind the window.
{ echo held.demo.test; hosts $((window + 10)); } >"$scratch/names"
tell hold held.demo.test
start --timeout=50s -f "$scratch/names"
tell wait "host$((window - 1)).bulk.demo.test" 1
tell count "host$window.bulk.demo.test"
[ "$reply" = 0 ] || fail "$what: more than $window names are read ahead"
tell release held.demo.test
next 192.0.2.3
rest $((window + 10))
end 0

# Only so many are under way.
hosts $((jobs + 10)) >"$scratch/names"
tell hold '*.bulk.demo.test'
tell count "host$jobs.bulk.demo.test"
before=$reply
tell count "host$((jobs + 1)).bulk.demo.test"
beyond=$reply
start --timeout=50s -f "$scratch/names"
tell wait "host$jobs.bulk.demo.test" $((before + 1))
tell count "host$((jobs + 1)).bulk.demo.test"
[ "$reply" = "$beyond" ] || fail "$what: more than $jobs lookups under way"
tell release '*.bulk.demo.test'
rest $((jobs + 10))
end 0

finish
