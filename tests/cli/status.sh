#!/bin/sh
# SPDX-License-Identifier: MIT
# The exit status and the message of each kind of result, and the highest of several.
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/lib.sh"
tab=$(printf '\t')

start_server <<-END
	www.demo.test	300	A	192.0.2.10
	www.demo.test	300	AAAA	2001:db8::10
	v4.demo.test	300	A	192.0.2.4
	v6.demo.test	300	AAAA	2001:db8::6
	alias.demo.test	60	CNAME	www.demo.test
	text.demo.test	300	TXT	"no address"
	partly.demo.test	300	A	192.0.2.7
	END
tell servfail servfail.demo.test
tell refuse refused.demo.test
tell malform malformed.demo.test
tell drop dropped.demo.test

run 0 -s "$server" v4.demo.test
expect_out "v4.demo.test${tab}300${tab}A${tab}192.0.2.4"
expect_err
run 0 -s "$server" alias.demo.test v6.demo.test
expect_err

run 1 -s "$server" nx.demo.test
expect_out
expect_err 'resolve: nx.demo.test: does not exist'
run 1 -s "$server" text.demo.test
expect_err 'resolve: text.demo.test: has no address'
run 1 -s "$server" -4 v6.demo.test
expect_out
expect_err 'resolve: v6.demo.test: has no IPv4 address'
run 1 -s "$server" -6 v4.demo.test
expect_out
expect_err 'resolve: v4.demo.test: has no IPv6 address'
run 1 -s "$server" ''
expect_err "resolve: '': cannot be a name"
run 1 -s "$server" invalid a..b
expect_err 'resolve: invalid: does not exist' 'resolve: a..b: cannot be a name'

run 3 -s "$server" servfail.demo.test
expect_out
expect_err "resolve: servfail.demo.test: server failure at $server (SERVFAIL)"
run 3 -s "$server" refused.demo.test
expect_err "resolve: refused.demo.test: refused by $server"
run 3 -s "$server" malformed.demo.test
expect_err "resolve: malformed.demo.test: malformed answer from $server"
run 3 -s "$server" --timeout=200ms dropped.demo.test
expect_err "resolve: dropped.demo.test: no reply from $server (2 tries in 200 ms)"
run 3 -s "$server" --timeout 1.25 dropped.demo.test
expect_err "resolve: dropped.demo.test: no reply from $server (2 tries in 1.25 s)"
run 3 -s "$server" --try-timeout=20ms --tries=2 -t A dropped.demo.test
sed 's/in [0-9]* ms/in TIME/' "$err" >"$scratch/masked"
expect "$scratch/masked" \
	"resolve: dropped.demo.test: no reply from $server (2 tries in TIME)"
# Nobody is at port 1 (tcpmux).
run 3 -s 127.0.0.1:1 --timeout=30s www.demo.test
expect_err 'resolve: www.demo.test: no server reachable, tried 127.0.0.1:1'

# As resolv.conf says.
printf 'nameserver %s\noptions timeout:1 attempts:1\n' "$server" >"$scratch/resolv.conf"
start=$(date +%s%N)
run 3 "--resolv-conf=$scratch/resolv.conf" -t A dropped.demo.test
case $start in
*[!0-9]* | ??????????) ;;
*)
	milliseconds=$((($(date +%s%N) - start) / 1000000))
	[ $milliseconds -ge 950 ] && [ $milliseconds -lt 9000 ] ||
		fail "$what: it took $milliseconds ms"
	;;
esac

# What the formats with a record for each item call it. Of several types, that which is not
# known counts; then what was found.
tell servfail partly.demo.test 28
cat >"$scratch/names" <<-END
	v4.demo.test
	nx.demo.test
	text.demo.test
	dropped.demo.test
	servfail.demo.test
	malformed.demo.test
	refused.demo.test
	a..b
	v4.demo.test A,MX
	text.demo.test MX,A
	nx.demo.test MX,A
	partly.demo.test A
	partly.demo.test AAAA,A
	192.0.2.99
	END
run 3 -s "$server" -F tsv --timeout=600ms -f "$scratch/names"
expect_err
cut -f 1-3,5 "$out" >"$scratch/statuses"
expect "$scratch/statuses" "index${tab}name${tab}status${tab}type" \
	"0${tab}v4.demo.test${tab}found${tab}A" \
	"1${tab}nx.demo.test${tab}no-name${tab}addr" \
	"2${tab}text.demo.test${tab}no-data${tab}addr" \
	"3${tab}dropped.demo.test${tab}timeout${tab}addr" \
	"4${tab}servfail.demo.test${tab}server-failure${tab}addr" \
	"5${tab}malformed.demo.test${tab}server-failure${tab}addr" \
	"6${tab}refused.demo.test${tab}refused${tab}addr" \
	"7${tab}a..b${tab}invalid${tab}addr" \
	"8${tab}v4.demo.test${tab}found${tab}A" \
	"9${tab}text.demo.test${tab}no-data${tab}MX,A" \
	"10${tab}nx.demo.test${tab}no-name${tab}MX,A" \
	"11${tab}partly.demo.test${tab}found${tab}A" \
	"12${tab}partly.demo.test${tab}server-failure${tab}A" \
	"13${tab}192.0.2.99${tab}no-name${tab}PTR"
run 3 -s "$server" -J --timeout=600ms -f "$scratch/names"
sed 's/.*"status":"\([a-z-]*\)".*/\1/' "$out" | tr '\n' ' ' >"$scratch/statuses"
[ "$(cat "$scratch/statuses")" = "found no-name no-data timeout server-failure server-failure refused invalid found no-data no-name found server-failure no-name " ] ||
	fail "$what: $(cat "$scratch/statuses")"
run 3 -J -s 127.0.0.1:1 v4.demo.test
grep -q '"status":"unreachable"' "$out" || fail "$what: $(cat "$out")"
run 4 -J --resolv-conf=/dev/null v4.demo.test
grep -q '"status":"unreachable".*"error":"no name server' "$out" || fail "$what: $(cat "$out")"
run 2 --bogus

# The rest goes on, and the highest counts.
run 1 -s "$server" -1 nx.demo.test v4.demo.test
expect_out 192.0.2.4
run 3 -s "$server" -1 nx.demo.test servfail.demo.test v4.demo.test
expect_out 192.0.2.4
run 4 -s "$server" -f "$scratch/none" -1 servfail.demo.test v4.demo.test
expect_out 192.0.2.4
grep -q "^resolve: $scratch/none: No such file or directory\$" "$err" ||
	fail "no message on the file that is not there"

finish
