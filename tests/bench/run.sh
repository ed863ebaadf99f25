#!/bin/sh
# SPDX-License-Identifier: MIT
# run.sh [ROUNDS]: the clients in turn, so many rounds; medians, least and most, and the
# ratio to raw c-ares of the same round. The client has core 0, the responder core 1.
# getaddrinfo knows port 53 only, and reads /etc/resolv.conf: it takes part where that
# port of 127.0.0.53 can be had and a private one mounted (as root).
rounds=${1:-5}
here=$(cd "$(dirname "$0")" && pwd) || exit 99
build=${top_builddir:-$here/../..}/tests/bench
scratch=$(mktemp -d) || exit 99
trap 'kill $responder 2>/dev/null; rm -rf "$scratch"' EXIT

# pin CORE COMMAND...
pin() {
	core=$1
	shift
	if command -v taskset >/dev/null && taskset -c "$core" true 2>/dev/null; then
		exec taskset -c "$core" "$@"
	fi
	exec "$@"
}

start() {
	mkfifo "$scratch/ready" || exit 99
	(pin 1 "$build/responder" "$1" "$2" 3000) >"$scratch/ready" 2>/dev/null &
	responder=$!
	read -r server <"$scratch/ready"
	status=$?
	rm -f "$scratch/ready"
	return $status
}

with_resolv_conf() {
	unshare -m sh -c 'mount --bind "$0" /etc/resolv.conf && exec "$@"' \
		"$scratch/resolv.conf" "$@"
}

echo "nameserver 127.0.0.53" >"$scratch/resolv.conf"
clients="ares asyncdns"
if start 127.0.0.53 53 && with_resolv_conf true 2>/dev/null; then
	clients="$clients getaddrinfo"
elif [ -z "$server" ]; then
	start 127.0.0.1 0 || exit 99
fi

# measure CLIENT COUNT OUTSTANDING
measure() {
	case $1 in
	getaddrinfo)
		[ "$3" -le 100 ] || return
		with_resolv_conf sh -c 'exec "$@"' sh "$build/bench" "$1" "$server" \
			$(($2 / 10)) "$3" ;;
	*)
		(pin 0 "$build/bench" "$1" "$server" "$2" "$3") ;;
	esac | sed "s/^/$3 $1 $round /" >>"$scratch/results"
}

round=1
while [ "$round" -le "$rounds" ]; do
	for outstanding in 1 100 1000 10000; do
		count=50000
		[ $outstanding = 1 ] && count=5000
		for client in $clients; do
			measure $client $count $outstanding
		done
	done
	round=$((round + 1))
done

echo "GetHostByName and its peers: A and AAAA of one name are one lookup. Medians of" \
	"$rounds rounds (least-most);"
echo "x: the ratio to raw c-ares in the same round, median. wrong: lookups that failed."
awk '
# The median of the values in a blank-separated list; sets least and most.
function median(list,    values, n, i, j, t)
{
	n = split(list, values, " ")
	for (i = 2; i <= n; i++)
		for (j = i; j > 1 && values[j - 1] + 0 > values[j] + 0; j--) {
			t = values[j]; values[j] = values[j - 1]; values[j - 1] = t
		}
	least = values[1]; most = values[n]
	return values[int((n + 1) / 2)]
}
{
	key = $1 " " $2
	if (!(key in rate)) order[++keys] = key
	rate[key] = rate[key] " " $4; cpu[key] = cpu[key] " " $5
	p50[key] = p50[key] " " $6; p99[key] = p99[key] " " $7; wrong[key] += $8
	if ($2 == "ares") { ares_rate[$1, $3] = $4; ares_cpu[$1, $3] = $5; ares_p50[$1, $3] = $6 }
	rates[key, $3] = $4; cpus[key, $3] = $5; p50s[key, $3] = $6
	if ($3 > rounds) rounds = $3
}
function ratio(table, base, key, k,    list, r)
{
	for (r = 1; r <= rounds; r++)
		if (((key, r) in table) && base[k, r] > 0)
			list = list " " table[key, r] / base[k, r]
	return median(list)
}
END {
	printf "%11s %-12s %21s %5s %21s %5s %8s %5s %8s %6s\n", "outstanding", "client",
		"lookups/s", "x", "CPU us/lookup", "x", "p50 us", "x", "p99 us", "wrong"
	for (i = 1; i <= keys; i++) {
		key = order[i]; split(key, part, " "); k = part[1]
		m = median(rate[key]); rates_text = m " (" least "-" most ")"
		m = median(cpu[key]); cpu_text = m " (" least "-" most ")"
		printf "%11d %-12s %21s %5.2f %21s %5.2f %8d %5.2f %8d %6d\n", k, part[2],
			rates_text, ratio(rates, ares_rate, key, k),
			cpu_text, ratio(cpus, ares_cpu, key, k),
			median(p50[key]), ratio(p50s, ares_p50, key, k),
			median(p99[key]), wrong[key]
	}
}' "$scratch/results"
