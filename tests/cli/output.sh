#!/bin/sh
# SPDX-License-Identifier: MIT
# What is printed, and what happens if it cannot be.
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/lib.sh"
tab=$(printf '\t')

start_server <<-END
	www.demo.test		300	A	192.0.2.10
	www.demo.test		300	AAAA	2001:db8::10
	alias.demo.test		60	CNAME	www.demo.test
	*.bulk.demo.test	300	A	198.51.100.7
	mail.demo.test		300	MX	10 mx.demo.test
	mail.demo.test		300	TXT	"v=spf1 -all"
	10.2.0.192.in-addr.arpa	300	PTR	www.demo.test
	1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa	300	PTR	six.demo.test
	END
RESOLVE_SERVER=$server
export RESOLVE_SERVER

# Four fields; the name is the one that was given.
run 0 WWW.demo.test. alias.demo.test
sort "$out" >"$scratch/sorted"
expect "$scratch/sorted" \
	"WWW.demo.test.${tab}300${tab}A${tab}192.0.2.10" \
	"WWW.demo.test.${tab}300${tab}AAAA${tab}2001:db8::10" \
	"alias.demo.test${tab}60${tab}A${tab}192.0.2.10" \
	"alias.demo.test${tab}60${tab}AAAA${tab}2001:db8::10"
run 0 -1 -4 www.demo.test
expect_out 192.0.2.10
run 0 -1 -6 www.demo.test
expect_out 2001:db8::10
run 0 -4 -61 www.demo.test
expect_out 2001:db8::10
run 0 --short --ipv6 --ipv4 www.demo.test
expect_out 192.0.2.10
run 0 -1 www.demo.test
sort "$out" >"$scratch/sorted"
expect "$scratch/sorted" 192.0.2.10 2001:db8::10

# Addresses are asked for their names.
run 0 192.0.2.10 192.0.522 ::ffff:192.0.2.10 2001:db8::1%1000000
expect_out "192.0.2.10${tab}300${tab}PTR${tab}www.demo.test" \
	"192.0.522${tab}300${tab}PTR${tab}www.demo.test" \
	"::ffff:192.0.2.10${tab}300${tab}PTR${tab}www.demo.test" \
	"2001:db8::1%1000000${tab}300${tab}PTR${tab}six.demo.test"
# The hosts file has some, and special addresses have names too.
run 0 --short 127.0.0.1 ::1
expect_out localhost localhost
run 0 -F hosts 127.0.0.1
expect_out "127.0.0.1${tab}localhost"
run 0 -J 127.0.0.1
grep -q '"records":\[{"type":"PTR","ttl":[0-9]*,"host":"localhost"}' "$out" ||
	fail "$what: $(cat "$out")"
run 1 --no-hosts 127.0.0.1
expect_err 'resolve: 127.0.0.1: has no name'
run 1 192.0.2.11
expect_err 'resolve: 192.0.2.11: has no name'

# Types: of all items, of one.
run 0 -t mx,TXT mail.demo.test 192.0.2.10
expect_out "mail.demo.test${tab}300${tab}MX${tab}10 mx.demo.test" \
	"mail.demo.test${tab}300${tab}TXT${tab}\"v=spf1 -all\"" \
	"192.0.2.10${tab}300${tab}PTR${tab}www.demo.test"
printf 'mail.demo.test TYPE15\nalias.demo.test a,AAAA # all\nwww.demo.test' >"$scratch/names"
run 0 -1 -4 -f "$scratch/names"
expect_out "10 mx.demo.test" 192.0.2.10 2001:db8::10 192.0.2.10
run 1 -t MX,NS www.demo.test
expect_err 'resolve: www.demo.test: has no MX or NS record'

# The formats, each with what was found and what was not.
printf 'www.demo.test\nx.demo.test TXT\n192.0.2.10\n' >"$scratch/names"
run 1 -F tsv -f "$scratch/names"
expect_err
expect_out "index${tab}name${tab}status${tab}ttl${tab}type${tab}data" \
	"0${tab}www.demo.test${tab}found${tab}300${tab}A${tab}192.0.2.10" \
	"0${tab}www.demo.test${tab}found${tab}300${tab}AAAA${tab}2001:db8::10" \
	"1${tab}x.demo.test${tab}no-name${tab}${tab}TXT${tab}" \
	"2${tab}192.0.2.10${tab}found${tab}300${tab}PTR${tab}www.demo.test"
run 1 -F hosts -f "$scratch/names"
expect_out "192.0.2.10${tab}www.demo.test" "2001:db8::10${tab}www.demo.test" \
	"192.0.2.10${tab}www.demo.test"
expect_err 'resolve: x.demo.test: does not exist'
run 1 -J -f "$scratch/names"
expect_err
sed 's/"ms":[0-9.]*,"time":"20[0-9T:.-]*Z"/TIME/; s/"server":"[0-9.:]*"/SERVER/' "$out" \
	>"$scratch/masked"
expect "$scratch/masked" \
	'{"index":0,"name":"www.demo.test","type":"addr","status":"found","records":[{"name":"www.demo.test","type":"A","ttl":300,"address":"192.0.2.10"},{"name":"www.demo.test","type":"AAAA","ttl":300,"address":"2001:db8::10"}],"source":"dns",SERVER,"tries":2,TIME}' \
	'{"index":1,"name":"x.demo.test","type":"TXT","status":"no-name","records":[],"rcode":"NXDOMAIN","source":"dns",SERVER,"tries":1,TIME}' \
	'{"index":2,"name":"192.0.2.10","type":"PTR","status":"found","records":[{"name":"10.2.0.192.in-addr.arpa","type":"PTR","ttl":300,"host":"www.demo.test"}],"source":"dns",SERVER,"tries":1,TIME}'
# -o, and what cannot be opened.
run 0 -1 -4 -o "$scratch/file" www.demo.test
expect_out
expect "$scratch/file" 192.0.2.10
run 4 -o "$scratch/none/file" www.demo.test
expect_err "resolve: $scratch/none/file: No such file or directory"

# On a terminal, columns.
if command -v script >/dev/null &&
	script -qec true /dev/null </dev/null >/dev/null 2>&1; then
	arguments="-4 www.demo.test a.bulk.demo.test x.demo.test"
	TERM=dumb script -qec "$resolve $arguments" /dev/null </dev/null | tr -d '\r' >"$out"
	what="resolve on a terminal"
	expect_out \
		'www.demo.test       300  A     192.0.2.10' \
		'a.bulk.demo.test    300  A     198.51.100.7' \
		'resolve: x.demo.test: does not exist'
	TERM=xterm NO_COLOR='' script -qec "$resolve $arguments" /dev/null </dev/null |
		tr -d '\r' | tr '\033' '^' >"$out"
	expect_out \
		'www.demo.test       300  A     ^[1m192.0.2.10^[0m' \
		'a.bulk.demo.test    300  A     ^[1m198.51.100.7^[0m' \
		'resolve: x.demo.test: ^[33mdoes not exist^[0m'
	TERM=xterm NO_COLOR=1 script -qec "$resolve -4 x.demo.test" /dev/null </dev/null |
		tr -d '\r' >"$out"
	expect_out 'resolve: x.demo.test: does not exist'
fi
run 0 --color -4 www.demo.test
tr '\033' '^' <"$out" >"$scratch/visible"
expect "$scratch/visible" "www.demo.test${tab}300${tab}A${tab}^[1m192.0.2.10^[0m"

# Items and lines that end in NUL.
printf 'www.demo.test A\000alias.demo.test\nA' >"$scratch/names"
run 0 -10 -f "$scratch/names"
tr '\000' '+' <"$out" >"$scratch/visible"
printf '192.0.2.10+192.0.2.10+' | cmp - "$scratch/visible" || fail "$what: other output"

# Less, and more.
run 1 -q -1 -4 x.demo.test www.demo.test
expect_out 192.0.2.10
expect_err
run 1 --only=found -1 -4 x.demo.test www.demo.test
expect_out 192.0.2.10
expect_err
run 1 --only=failed -4 -F tsv www.demo.test x.demo.test
expect_out "index${tab}name${tab}status${tab}ttl${tab}type${tab}data" \
	"1${tab}x.demo.test${tab}no-name${tab}${tab}addr${tab}"
run 1 --only=failed www.demo.test x.demo.test
expect_out
expect_err 'resolve: x.demo.test: does not exist'
run 0 -1 -v -t A www.demo.test
sed 's/[0-9.]* ms$/TIME/' "$err" >"$scratch/masked"
expect "$scratch/masked" \
	"resolve: www.demo.test: found, source dns, server $server, 1 try, TIME"
run 1 -vv -t A x.demo.test
sed -e "/^resolve: [tf][or]o*m* /d" -e 's/[0-9.]* ms$/TIME/' "$err" >"$scratch/masked"
expect "$scratch/masked" 'resolve: x.demo.test: does not exist' \
	'resolve: x.demo.test: asked for x.demo.test A: the host does not exist' \
	"resolve: x.demo.test: no-name, source dns, server $server, 1 try, 0 bad responses, NXDOMAIN, TIME"

# Packets, before what came of them.
run 0 -vv -1 -t A www.demo.test
sed -n 's/id [0-9]*/id ID/; s/[wW]*\.[demoDEMO]*\.[testTEST]*/NAME/; s/^resolve: \(to\|from\) /\1 /p' \
	"$err" >"$scratch/masked"
expect "$scratch/masked" "to $server UDP 31 octets, id ID query rd, NAME A 0/0/0" \
	"from $server UDP 47 octets, id ID NOERROR aa rd ra, NAME A 1/0/0"
head -n 1 "$err" | grep -q '^resolve: to ' || fail 'packets are not shown first'
run 0 -vv -1 -T -t A www.demo.test
[ "$(grep -c "^resolve: \(to\|from\) $server TCP " "$err")" = 2 ] ||
	fail 'packets over TCP are not shown'
(cd "$scratch" && : >file.demo.test && run 1 file.demo.test &&
	expect_err 'resolve: file.demo.test: does not exist; there is a file of that name: -f reads it' &&
	exit $failed) || failed=1

# A full disk.
if [ -c /dev/full ]; then
	for arguments in --help --version "www.demo.test x.demo.test"; do
		# shellcheck disable=SC2086
		$resolve $arguments >/dev/full 2>"$err"
		[ $? = 4 ] || fail "resolve $arguments >/dev/full: the status is not 4"
		tail -n 1 "$err" >"$scratch/last"
		expect "$scratch/last" 'resolve: write error: No space left on device'
	done
fi
# shellcheck disable=SC2086
$resolve www.demo.test >&- 2>"$err"
[ $? = 4 ] || fail "resolve >&-: the status is not 4"
expect_err 'resolve: write error: Bad file descriptor'

# A reader that goes away: quietly, or with a message if that is what the caller wants.
awk 'BEGIN {
	for (i = 0; i < 20000; i++)
		print "host" i ".bulk.demo.test"
}' >"$scratch/names"
first=$({
	# shellcheck disable=SC2086
	$resolve -f "$scratch/names" 2>"$err"
	echo $? >"$scratch/status"
} | head -n 1)
what="resolve | head -n 1"
[ "$first" = "host0.bulk.demo.test${tab}300${tab}A${tab}198.51.100.7" ] ||
	fail "$what: $first"
if sh -c 'kill -s PIPE $$' 2>/dev/null; then
	echo "here SIGPIPE is ignored"
else
	expect_err
	expect "$scratch/status" 141
fi
(
	trap '' PIPE
	# shellcheck disable=SC2086
	$resolve -f "$scratch/names" 2>"$err"
	echo $? >"$scratch/status"
) | head -n 1 >/dev/null
what="resolve | head -n 1 without SIGPIPE"
expect_err 'resolve: write error: Broken pipe'
expect "$scratch/status" 4

finish
