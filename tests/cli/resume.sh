#!/bin/sh
# SPDX-License-Identifier: MIT
# --resume: what an output file lacks is looked up and written behind, wherever the run
# before has ended; and a file that is not of this input is left alone.
# RESOLVE_KILLS=100 sh tests/cli/resume.sh: ends so many runs at random moments.
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/lib.sh"
kills=${RESOLVE_KILLS:-4}

start_server <<-END
	www.demo.test		300	A	192.0.2.10
	www.demo.test		300	AAAA	2001:db8::10
	mail.demo.test		300	MX	10 mx1.demo.test
	mail.demo.test		300	MX	20 mx2.demo.test
	*.bulk.demo.test	300	A	198.51.100.7
	END
RESOLVE_SERVER=$server
export RESOLVE_SERVER
results=$scratch/results
names=$scratch/names

# Without what is never twice the same.
mask()
{
	sed 's/,"server":"[^"]*"//; s/,"tries":.*$//' "$@"
}

# same FULL: $results has the results of that run
same()
{
	if [ "${1%.jsonl}" = "$1" ]; then
		cmp -s "$1" "$results" && return
	else
		mask "$1" >"$scratch/masked"
		mask "$results" | cmp -s "$scratch/masked" - && return
	fi
	fail "$what: other results than $1"
	diff "$1" "$results"
}

printf '%s\n' www.demo.test 'mail.demo.test MX' none.demo.test 'a..b' \
	'q"\	A # a comment' 'mail.demo.test A,MX' >"$names"
run 1 -f "$names" -J -o "$scratch/full.jsonl"
run 1 -f "$names" -F tsv -o "$scratch/full.tsv"

# Cut within a line, and within an item of two lines.
line=$(head -n 2 "$scratch/full.jsonl" | wc -c)
head -c $((line - 5)) "$scratch/full.jsonl" >"$results"
run 1 -J -o "$results" --resume -f "$names"
same "$scratch/full.jsonl"
line=$(head -n 4 "$scratch/full.tsv" | wc -c)
for at in 20 "$line" $((line + 3)); do
	head -c "$at" "$scratch/full.tsv" >"$results"
	run 1 -F tsv -o "$results" --resume -f "$names"
	same "$scratch/full.tsv"
done

# Holes, with the input from a pipe; all there is, and no server for it.
sed '2d; 4d' "$scratch/full.jsonl" >"$results"
input=$names
run 1 -J -u -o "$results" --resume
sort -t : -k 2,2n "$results" >"$scratch/sorted"
mv "$scratch/sorted" "$results"
same "$scratch/full.jsonl"
run 1 -J -u -o "$results" --resume @127.0.0.1:1
same "$scratch/full.jsonl"

# refused TEXT FORMAT [ARGUMENT...]: the file is left alone, and this is said of it
refused()
{
	text=$1
	shift
	cp "$results" "$scratch/before"
	run 4 -o "$results" --resume "$@"
	expect_out
	expect_err "resolve: $results: $text"
	cmp -s "$scratch/before" "$results" || fail "$what: the file was changed"
}

others="has results of other items than the input's; nothing was written to it"
input=/dev/null
head -n 3 "$scratch/full.jsonl" >"$results"
refused "$others" -J
sed '1s/$/ A/' "$names" >"$scratch/others"
refused "$others" -J -f "$scratch/others"
refused "line 1 is no result in the format tsv" -F tsv -f "$names"
run 4 -J --resume -o /dev/null -f "$names"
expect_err "resolve: /dev/null: not a regular file, which --resume needs"

hint="Try 'resolve --help' for more information."
needs="resolve: --resume needs --output, and --json or --format=tsv"
for arguments in -J "-o $results"; do
	# shellcheck disable=SC2086
	run 2 --resume $arguments -f "$names"
	expect_err "$needs" "$hint"
done
run 2 --retry-failed -J -o "$results" -f "$names"
expect_err "resolve: --retry-failed needs --resume" "$hint"
run 2 --resume -J -o "$results" --only=found -f "$names"
expect_err "resolve: --resume needs the results of all items: no --only" "$hint"

# What failed for the time being is tried again when that is asked for, and only then; the
# exit status is that of all.
printf '%s\n' a.bulk.demo.test sick.bulk.demo.test b.bulk.demo.test >"$names"
tell servfail sick.bulk.demo.test
rm -f "$results"
run 3 -4 -F tsv -o "$results" --resume --retry-failed -f "$names"
tell heal sick.bulk.demo.test
run 3 -4 -F tsv -o "$results" --resume -f "$names"
[ "$(grep -c sick "$results")" = 1 ] || fail "$what: tried again"
run 0 -4 -F tsv -o "$results" --resume --retry-failed -f "$names"
run 0 -4 -F tsv -o "$results" --resume --retry-failed -f "$names"
[ "$(grep -c sick "$results")" = 2 ] || fail "$what: not tried again, or twice"
grep sick "$results" | tail -n 1 | grep -q found || fail "$what: not found at last"

# Two runs do not write to one file. A run that is ended, or whose time is up, leaves what was
# cancelled, and results behind that, to the next.
printf '%s\n' a.bulk.demo.test held.bulk.demo.test b.bulk.demo.test >"$names"
run 0 -4 -J -o "$scratch/full.jsonl" -f "$names"
tell hold held.bulk.demo.test
rm -f "$results"
$resolve -4 -J -o "$results" --resume -f "$names" 8>&- 9<&- &
tell wait held.bulk.demo.test 2
run 4 -4 -J -o "$results" --resume -f "$names"
expect_err "resolve: $results: another run is writing to it"
kill -s TERM $!
wait $! 2>/dev/null
tell release held.bulk.demo.test
run 0 -4 -J -o "$results" --resume -f "$names"
same "$scratch/full.jsonl"
tell hold held.bulk.demo.test
run 3 -4 -J -o "$results" -f "$names" --max-time=200ms
grep -q cancelled "$results" || fail "$what: nothing was cancelled"
tell release held.bulk.demo.test
run 0 -4 -J -o "$results" --resume -f "$names"
same "$scratch/full.jsonl"

# Ended at random moments, without a warning and with one.
awk -v count=$((kills * 1500)) 'BEGIN {
	for (i = 0; i < count; i++)
		print "host" i (i % 7 == 0 ? ".none" : ".bulk") ".demo.test"
}' >"$names"
run 1 -4 -J -f "$names" -o "$scratch/full.jsonl"
run 1 -4 -F tsv -f "$names" -o "$scratch/full.tsv"
moment()
{
	awk -v seed="$1" 'BEGIN { srand(seed); printf "%.3f", 0.02 + rand() * 0.2 }'
}

for options in "-F tsv" "-J -u"; do
	rm -f "$results"
	count=0
	what="resolve $options, killed"
	while [ $count -lt $((kills / 2)) ]; do
		count=$((count + 1))
		# shellcheck disable=SC2086
		$resolve -4 $options --rate=15000 -o "$results" --resume -f "$names" 8>&- 9<&- &
		sleep "$(moment $(($$ + count)))"
		[ $((count % 2)) = 1 ] && signal=KILL || signal=TERM
		kill -s $signal $! 2>/dev/null
		wait $! 2>/dev/null
	done
	# shellcheck disable=SC2086
	run 1 -4 $options -o "$results" --resume -f "$names"
	if [ "$options" = "-J -u" ]; then
		sort -t : -k 2,2n "$results" >"$scratch/sorted"
		mv "$scratch/sorted" "$results"
		same "$scratch/full.jsonl"
	else
		same "$scratch/full.tsv"
	fi
done

finish
