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
