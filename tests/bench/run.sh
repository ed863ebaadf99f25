#!/bin/sh
# SPDX-License-Identifier: MIT
# run.sh [ROUNDS]: the clients in turn, so many rounds; medians, least and most, and the
# ratio to raw c-ares in the same round. The client has core 0, the responder core 1.
#
# To be run as root, on a machine that does nothing else. Without root, getaddrinfo does
# not take part: it knows port 53 only, and reads /etc/resolv.conf, in whose place it gets
# one of its own. And receive buffers are no larger than the system allows, so that raw
# c-ares, which sends all that it is given at once, loses answers: see the column late.
rounds=${1:-7}
here=$(cd "$(dirname "$0")" && pwd) || exit 99
build=${top_builddir:-$here/../..}/tests/bench
scratch=$(mktemp -d) || exit 99
responder='' status=0
trap '[ -z "$responder" ] || kill "$responder" 2>/dev/null; rm -rf "$scratch"' EXIT
trap 'exit 99' HUP INT TERM

# pin CORE COMMAND...: becomes the command, on that core if there is one.
pin() {
	core=$1
	shift
	taskset -c "$core" true 2>/dev/null && exec taskset -c "$core" "$@"
	exec "$@"
}

# start ADDRESS PORT: sets responder and server.
start() {
	mkfifo "$scratch/ready" || exit 99
	(pin 1 "$build/responder" "$1" "$2" 3000) >"$scratch/ready" 2>"$scratch/error" &
	responder=$!
	read -r server <"$scratch/ready"
	started=$?
	rm -f "$scratch/ready"
	return $started
}

# with_resolv_conf COMMAND...: becomes the command, for which /etc/resolv.conf is ours.
with_resolv_conf() {
	# shellcheck disable=SC2016
	pin 0 unshare -m sh -c 'mount --bind "$0" /etc/resolv.conf && exec "$@"' \
		"$scratch/resolv.conf" "$@"
}

# measure OUTSTANDING CLIENT
measure() {
	count=100000
	[ "$1" = 1 ] && count=5000
	case $2 in
	getaddrinfo)
		# A thread for each.
		[ "$1" -le 100 ] || return
		[ "$1" = 1 ] || count=10000
		result=$(with_resolv_conf "$build/bench" "$2" "$server" $count "$1") ;;
	*)
		result=$(pin 0 "$build/bench" "$2" "$server" $count "$1") ;;
	esac || { echo "$2, $1 outstanding, round $round: no result"; status=1; return; }
	echo "$1 $2 $round $result" >>"$scratch/results"
}

# The time and the processor time that all took so far, in ticks, and that of what we
# have waited for.
read_clock() {
	awk -v ticks="$(getconf CLK_TCK)" '
		FILENAME == "/proc/uptime" { time = int($1 * ticks) }
		$1 == "cpu" { all = $2 + $3 + $4 + $7 + $8 + $9 }
		FILENAME ~ /[0-9]/ { ours = $16 + $17 }
		END { print time, all, ours }
	' /proc/uptime /proc/stat "/proc/$$/stat" 2>/dev/null
}

# Not 127.0.0.53, where systemd-resolved listens.
echo "nameserver 127.0.53.53" >"$scratch/resolv.conf"
forth="ares asyncdns" back="asyncdns ares"
if ! start 127.0.53.53 53; then
	echo "getaddrinfo is left out: port 53: $(cat "$scratch/error")"
	start 127.0.0.1 0 || { cat "$scratch/error"; exit 99; }
elif ! (with_resolv_conf true) 2>"$scratch/error"; then
	echo "getaddrinfo is left out: its resolv.conf: $(cat "$scratch/error")"
else
	forth="$forth getaddrinfo" back="getaddrinfo $back"
fi

before=$(read_clock)
round=1
while [ "$round" -le "$rounds" ]; do
	# Both ways, lest one always has the worse place.
	clients=$forth forth=$back back=$clients
	for outstanding in 1 100 1000 10000; do
		for client in $clients; do
			measure $outstanding "$client"
		done
	done
	round=$((round + 1))
done
kill "$responder"
wait "$responder"
responder=''
after=$(read_clock)

echo "$("$build/bench" version). A lookup asks for A and AAAA."
echo "Medians of $rounds rounds (least-most); x: to raw c-ares in the same round;"
echo "late: lookups that took more than 2 s; wrong: lookups not answered as they should."
[ -s "$scratch/results" ] || exit 1
sort -s -n -k 1,1 "$scratch/results" | awk '
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
# The median of a column; sets range and ratio, as text.
function column(number, key, k,    list, ratios, r, mine, raw)
{
	for (r = 1; r <= rounds; r++) {
		mine = value[key, r, number]
		raw = value[k " ares", r, number]
		if (mine != "")
			list = list " " mine
		if (mine != "" && raw > 0)
			ratios = ratios " " mine / raw
	}
	ratio = median(ratios)
	ratio = ratio == "" ? "-" : sprintf("%.2f", ratio)
	list = median(list)
	range = list " (" least "-" most ")"
	return list
}
{
	key = $1 " " $2
	if (!(key in late))
		order[++keys] = key
	for (i = 4; i <= 7; i++)
		value[key, $3, i] = $i
	late[key] += $8; wrong[key] += $9
	if ($3 > rounds)
		rounds = $3
}
END {
	printf "%11s %-11s %22s %5s %11s %22s %5s %7s %5s %8s %5s %5s\n", "outstanding",
		"client", "lookups/s", "x", "questions/s", "CPU us/lookup", "x", "p50 us",
		"x", "p99 us", "late", "wrong"
	for (i = 1; i <= keys; i++) {
		key = order[i]; split(key, part, " ")
		rate = column(4, key, part[1])
		printf "%11d %-11s %22s %5s %11d", part[1], part[2], range, ratio,
			2 * rate
		column(5, key, part[1])
		printf " %22s %5s", range, ratio
		p50 = column(6, key, part[1])
		printf " %7d %5s %8d %5d %5d\n", p50, ratio, column(7, key, part[1]),
			late[key], wrong[key]
	}
}'
echo "$before $after" | awk 'NF == 6 && $4 > $1 {
	printf "Other work took %d %% of a core meanwhile.\n",
		100 * ($5 - $2 - ($6 - $3)) / ($4 - $1) }'
exit $status
