#!/bin/sh
# SPDX-License-Identifier: MIT
# How many lookups are under way, how many queries go out, and how long it all takes.
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/lib.sh"
tab=$(printf '\t')

start_server <<-END
	*.bulk.demo.test	300	A	198.51.100.7
	found.demo.test		300	A	192.0.2.1
	held.demo.test		300	A	192.0.2.2
	END
RESOLVE_SERVER=$server
export RESOLVE_SERVER

# No more than -j are under way.
tell hold '*.bulk.demo.test'
what="resolve -j 2"
# shellcheck disable=SC2086
$resolve -14 -j 2 a.bulk.demo.test b.bulk.demo.test c.bulk.demo.test d.bulk.demo.test \
	>"$out" 8>&- 9<&- &
tell wait b.bulk.demo.test 1
tell count '*.bulk.demo.test'
[ "$reply" = 2 ] || fail "$what: $reply under way"
tell release '*.bulk.demo.test'
wait $!
expect_out 198.51.100.7 198.51.100.7 198.51.100.7 198.51.100.7
for jobs in 1 100000; do
	run 0 -14 --jobs=$jobs a.bulk.demo.test b.bulk.demo.test
	expect_out 198.51.100.7 198.51.100.7
done

# The rate: of ten names no more than two can be begun in 0.4 s, at four a second.
run 3 -4J --rate=4 --max-time=400ms r1.bulk.demo.test r2.bulk.demo.test \
	r3.bulk.demo.test r4.bulk.demo.test
[ "$(wc -l <"$out")" -le 2 ] || fail "$what: too fast"
expect_err 'resolve: --max-time: not all items were begun in that time'
run 0 -14 --rate=1000000000 r5.bulk.demo.test r6.bulk.demo.test
expect_out 198.51.100.7 198.51.100.7

# What is not done in time is cancelled, what is, is not, and the order is kept.
tell hold held.demo.test
run 3 --max-time=100ms held.demo.test found.demo.test
expect_out "found.demo.test${tab}300${tab}A${tab}192.0.2.1"
expect_err 'resolve: held.demo.test: no result within --max-time'
run 3 -F tsv --max-time=100ms held.demo.test found.demo.test
expect_out "index${tab}name${tab}status${tab}ttl${tab}type${tab}data" \
	"0${tab}held.demo.test${tab}cancelled${tab}${tab}addr${tab}" \
	"1${tab}found.demo.test${tab}found${tab}300${tab}A${tab}192.0.2.1"
expect_err
mkfifo "$scratch/names"
exec 7<>"$scratch/names"
echo found.demo.test >&7
run 3 -1 --max-time=100ms -f "$scratch/names"
expect_out 192.0.2.1
run 0 -1 --max-time=35791m found.demo.test
exec 7>&-

# A server that answers so many queries a second and drops the others is asked more slowly,
# and again for what it dropped: else half of these names would have no result.
awk 'BEGIN { for (i = 0; i < 120; i++) print "limited" i ".bulk.demo.test" }' >"$scratch/list"
tell limit - 200
# shellcheck disable=SC2086
$resolve -14 -j 60 --tries=2 --try-timeout=300ms -f "$scratch/list" >"$out" 2>"$err" \
	8>&- 9<&-
[ "$(wc -l <"$out")" -ge 110 ] || fail "lost too many: $(wc -l <"$out") of 120 are found"
# But not for a name that nobody answers for.
tell drop dropped.demo.test
run 3 -14 --tries=2 --try-timeout=50ms dropped.demo.test found.demo.test
tell count dropped.demo.test
[ "$reply" = 2 ] || fail "$what: $reply questions"
tell limit - 0

finish
