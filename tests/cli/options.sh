#!/bin/sh
# SPDX-License-Identifier: MIT
# The command line: what is refused, who is asked, and that help, man page and getopt know
# the same options.
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/lib.sh"
hint="Try 'resolve --help' for more information."

start_server <<-END
	www.demo.test	300	A	192.0.2.10
	rebound.demo.test	300	A	10.0.0.1
	END

# refused MESSAGE [ARGUMENT...]: this is wrong usage
refused()
{
	message=$1
	shift
	run 2 "$@"
	expect_out
	expect_err "resolve: $message" "$hint"
}

refused "unrecognized option '--bogus'" --bogus www.demo.test
refused "invalid option -- 'Z'" -Z www.demo.test
refused "option '--timeout' requires an argument" --timeout
refused "option requires an argument -- 's'" -s
refused "not a format: xml" -F xml localhost
refused "neither found nor failed: none" --only=none localhost
refused "not auto, always or never: red" --color=red localhost
refused "not a type of records: MX,BOGUS" -t MX,BOGUS localhost
for type in '' ',' 'A,' OPT ANY AXFR TYPE0 TYPE41 TYPE65536; do
	refused "not a type of records: $type" -t "$type" localhost
done
types=TYPE1,TYPE2,TYPE3,TYPE4,TYPE5,TYPE6,TYPE7,TYPE8,TYPE9,TYPE10,TYPE11,TYPE12,TYPE13
refused "more than 16 types: $types,TYPE14,TYPE15,TYPE16,TYPE17" \
	-t "$types,TYPE14,TYPE15,TYPE16,TYPE17" localhost
for time in '' . 0 0ms s 1e3 -1 1h ' 1' '1 ' 0x1 1..2 1.2.3 inf 35792m 2147483648ms \
	1.00000000001 \
	18446744073709551617 18446744073709551617ms 18446744073709551.617; do
	refused "not a time: $time" "--timeout=$time" www.demo.test
done
for number in '' 0 -1 1e3 1.5 '1 ' 100001 18446744073709551617; do
	refused "not a number from 1 to 100000: $number" "--jobs=$number" localhost
done
refused "not a number from 1 to 1000000000: 1000000001" --rate=1000000001 localhost
refused "not a time: 0" --max-time=0 localhost
for time in 250ms 1.5 2s 1m .5 5. 0.0001 1.0000000001s 2147483647ms 35791m; do
	run 0 -14 "--timeout=$time" localhost
	expect_out 127.0.0.1
done

# Who is asked: @SERVER, else the last -s, else the environment.
run 0 -1 "@$server" www.demo.test
expect_out 192.0.2.10
run 0 -1 -s 127.0.0.1:1 www.demo.test "@$server"
expect_out 192.0.2.10
run 0 -1 --server=nonsense --server="$server" www.demo.test
expect_out 192.0.2.10
RESOLVE_SERVER=$server
export RESOLVE_SERVER
run 0 -1 www.demo.test
expect_out 192.0.2.10
RESOLVE_SERVER=nonsense
refused "not a list of server addresses: nonsense" www.demo.test
run 0 -1 "--serv=$server" www.demo.test
expect_out 192.0.2.10
RESOLVE_SERVER=
run 0 -1 localhost
for servers in nonsense '' 127.0.0.1:0x '192.0.2.1,' 1.2.3.4.5; do
	refused "not a list of server addresses: $servers" -s "$servers" www.demo.test
	refused "not a list of server addresses: $servers" "@$servers" www.demo.test
done

# How they are asked.
echo "www.demo.test" >"$scratch/names"
printf 'nameserver %s\nsearch nx.test demo.test\noptions attempts:1\n' \
	"$server" >"$scratch/resolv.conf"
RESOLVE_SERVER=
run 0 -1 "--resolv-conf=$scratch/resolv.conf" www
expect_out 192.0.2.10
run 1 "--resolv-conf=$scratch/resolv.conf" --no-search www
expect_err 'resolve: www: does not exist'
run 4 "--resolv-conf=$scratch/none" www
expect_err "resolve: $scratch/none: No such file or directory"
run 4 --resolv-conf=/dev/null www.demo.test
expect_err 'resolve: www.demo.test: no name server in resolv.conf; name one with --server'
RESOLVE_SERVER=$server
run 0 --show-config "--resolv-conf=$scratch/resolv.conf" --tries=4
sed '/^hosts/d; s/^versions .*/VERSIONS/' "$out" >"$scratch/masked"
expect "$scratch/masked" "servers $server" "search nx.test,demo.test" "ndots 1" \
	"timeout 2000" "tries 4" "deadline 10000" "tcp no" "rotate no" "edns no" "aaaa yes" \
	"private yes" "cache 4096" "resolv.conf $scratch/resolv.conf" "jobs 256" VERSIONS
run 0 -1 rebound.demo.test
expect_out 10.0.0.1
run 3 --refuse-private rebound.demo.test
expect_err "resolve: rebound.demo.test: malformed answer or private address from $server"
run 0 -1 --refuse-private=corp.test,demo.test rebound.demo.test
expect_out 10.0.0.1
run 3 -1 --refuse-private=corp.test -t A rebound.demo.test
run 0 -1 --refuse-private www.demo.test
refused "not a list of suffixes: a/b" --refuse-private=a/b www.demo.test
tell tcp www.demo.test
before=$reply
run 0 -1T www.demo.test
expect_out 192.0.2.10
tell tcp www.demo.test
[ "$reply" = $((before + 2)) ] || fail "$what: $((reply - before)) questions over TCP"
tell drop dropped.demo.test
run 3 --tries=2 --try-timeout=50ms -t A dropped.demo.test
tell count dropped.demo.test
[ "$reply" = 2 ] || fail "$what: $reply questions"
for number in '' 0 11 -1 x 1x 2.0; do
	refused "not a number from 1 to 10: $number" "--tries=$number" localhost
done
refused "not a time of at most 1m: 61s" --try-timeout=61s localhost
run 1 -x www.demo.test
expect_err 'resolve: www.demo.test: not an address'

# Round by round: asked for each time, and not before it is time.
tell count www.demo.test
before=$reply
start=$(date +%s%N)
echo www.demo.test >"$scratch/names"
run 1 -c 3 -i 100ms -F tsv -t A nx.demo.test -f "$scratch/names"
milliseconds=$((($(date +%s%N) - start) / 1000000))
tell count www.demo.test
[ "$reply" = $((before + 3)) ] || fail "$what: $((reply - before)) questions"
sed 1d "$out" | cut -f 1-3 | tr '\t' ' ' >"$scratch/rounds"
expect "$scratch/rounds" '0 nx.demo.test no-name' '1 www.demo.test found' \
	'2 nx.demo.test no-name' '3 www.demo.test found' '4 nx.demo.test no-name' \
	'5 www.demo.test found'
[ $milliseconds -ge 200 ] || fail "$what: it took $milliseconds ms"
refused "standard input cannot be read again for --count" -c 2
refused "standard input cannot be read again for --count" -c 2 -f -
refused "not a number from 1 on: 0" -c 0
refused "not a time: 0" -i 0

# Nothing to do, and nobody who could say what.
if command -v script >/dev/null &&
	script -qec true /dev/null </dev/null >/dev/null 2>&1; then
	for arguments in '' "@$server"; do
		script -qec "$resolve $arguments; echo \$?" /dev/null </dev/null |
			tr -d '\r' >"$out"
		what="resolve $arguments on a terminal"
		expect_out 'resolve: no name given' "$hint" 2
	done
fi

# The same options everywhere.
run 0 --help
expect_err
awk '/^ +-/ {
	short = $1 ~ /^-.,$/ ? substr($1, 1, 2) : ""
	long = short == "" ? $1 : $2
	sub(/\[?=.*/, "", long)
	print long, short
}' "$out" | sort >"$scratch/help"
awk '/^\.It Fl/ {
	long = short = ""
	for (i = 2; i < NF; i++) {
		if ($i == "Fl" && sub(/^\\-/, "--", $(i + 1))) {
			long = $(i + 1)
			gsub(/\\/, "", long)
		}
		else if ($i == "Fl")
			short = "-" $(i + 1)
	}
	print long, short
}' "$top_builddir/tools/resolve.1" | sort >"$scratch/page"
sed -n "/_resolve_reply -W '\$/,/'\$/p" "$top_builddir/tools/resolve.bash" |
	awk '/^\t\t-/ {
		gsub(/[=\047]/, "")
		print $NF, (NF > 1 ? $1 : "")
	}' | sort >"$scratch/completion"
what="resolve --help"
[ "$(wc -l <"$scratch/help")" -ge 13 ] || fail "$what: no options found"
for other in page completion; do
	diff "$scratch/help" "$scratch/$other" || fail "$what: the $other has other options"
done
while read -r long short; do
	for option in $long $short; do
		# It may want an argument, but is known.
		# shellcheck disable=SC2086
		$resolve "$option" </dev/null
	done
done <"$scratch/help" >"$out" 2>&1
grep -E 'invalid option|unrecognized|ambiguous' "$out" &&
	fail "$what: not all that it names are known"

run 0 --version
grep -Eqx 'resolve \(asyncdns\) [0-9.]+' "$out" || fail "an odd version"
grep -Eqx 'asyncdns [0-9.]+, c-ares [0-9.]+, libevent .*' "$out" || fail "odd versions"
run 0 --help --bogus
run 0 -V

finish
