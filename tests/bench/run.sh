#!/bin/sh
# SPDX-License-Identifier: MIT
# run.sh [ROUNDS [CASE...]]: measures all of cases.txt, or those cases, round after round, so
# that what disturbs the machine disturbs all. Writes bench.tsv, a line for each figure, and
# bench.md, medians and how they compare, and with gnuplot bench.svg, into tests/bench of the
# build tree.
#
# To be run as root, on a machine that does nothing else. Without root, getaddrinfo does
# not take part, nor what calls it: it knows port 53 only, and reads files in /etc, in whose
# place it gets some of ours. And receive buffers are no larger than the system allows, so
# that what sends all at once loses answers: see "late".
rounds=${1:-7}
[ $# -eq 0 ] || shift
wanted=" ${*:-all} "
here=$(cd "$(dirname "$0")" && pwd) || exit 99
build=${top_builddir:-$here/../..}/tests/bench
scratch=$(mktemp -d) || exit 99
responder='' status=0
trap '[ -z "$responder" ] || kill "$responder" 2>/dev/null; rm -rf "$scratch"' EXIT
trap 'exit 99' HUP INT TERM

# pin CORES COMMAND...: becomes the command, on the first core, the second, or both.
pin() {
	case $1 in
	one) set -- 0 "$@" ;;
	other) set -- 1 "$@" ;;
	*) shift; exec "$@" ;;
	esac
	core=$1
	shift 2
	taskset -c "$core" true 2>/dev/null && exec taskset -c "$core" "$@"
	exec "$@"
}

# start ADDRESS PORT: sets responder and server.
start() {
	mkfifo "$scratch/ready" || exit 99
	(pin other "$build/responder" "$1" "$2" 3000) >"$scratch/ready" 2>"$scratch/error" &
	responder=$!
	read -r server <"$scratch/ready"
	started=$?
	rm -f "$scratch/ready"
	return $started
}

# with_our_files CORES COMMAND...: the same, and two files in /etc are ours.
with_our_files() {
	cores=$1
	shift
	# shellcheck disable=SC2016
	pin "$cores" unshare -m sh -c 'mount --bind "$0/resolv.conf" /etc/resolv.conf &&
		mount --bind "$0/hosts" /etc/hosts && exec "$@"' "$scratch" "$@"
}

# Prints what bench says.
measure() {
	set -- "$build/bench" "$client" -s "$server" -n "$count" -k "$outstanding" -t "$threads"
	[ "$flags" = - ] || set -- "$@" "$flags"
	case $client in
	getaddrinfo-hosts) cp "$scratch/known" "$scratch/hosts" ;;
	*) : >"$scratch/hosts" ;;
	esac
	case $of_the_system in
	*" $client "*) (with_our_files "$cores" "$@") ;;
	*) (pin "$cores" "$@") ;;
	esac
}

# leave_out WHY CLIENT...: and says so.
leave_out() {
	why=$1
	shift
	echo "left out: $*: $why"
	left_out="$left_out$* "
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
awk 'BEGIN { for (i = 0; i < 1000; i++)
	printf "10.0.%d.%d n%d.bench.test\n", i / 256, i % 256, i }' >"$scratch/known"
: >"$scratch/hosts"
# Those that read the files of /etc.
of_the_system=' getaddrinfo getaddrinfo-hosts getaddrinfo_a libuv glib '
left_out=' '
# shellcheck disable=SC2086
if ! start 127.0.53.53 53; then
	leave_out "port 53: $(cat "$scratch/error")" $of_the_system
	start 127.0.0.1 0 || { cat "$scratch/error"; exit 99; }
elif ! (with_our_files one true) 2>"$scratch/error"; then
	leave_out "files of its own: $(cat "$scratch/error")" $of_the_system
fi
for client in $of_the_system; do
	"$build/bench" clients | grep -qx "$client" ||
		leave_out "it was not there when bench was built" "$client"
done

before=$(read_clock)
printf 'round\tcase\tclient\toutstanding\tthreads\tflags\tname\tvalue\n' >"$scratch/tsv"
round=1
while [ "$round" -le "$rounds" ]; do
	while read -r case client outstanding count threads cores flags; do
		case $case in '#'* | '') continue ;; esac
		case $left_out in *" $client "*) continue ;; esac
		case $wanted in *" $case "* | ' all ') ;; *) continue ;; esac
		measure >"$scratch/figures" || {
			echo "$client, $outstanding outstanding, round $round: no result"
			status=1
			continue
		}
		while read -r name value; do
			printf '%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n' "$round" "$case" "$client" \
				"$outstanding" "$threads" "$flags" "$name" "$value"
		done <"$scratch/figures" >>"$scratch/tsv"
	done <"$here/cases.txt"
	round=$((round + 1))
done
kill "$responder"
wait "$responder" 2>/dev/null
responder=''
after=$(read_clock)

mv "$scratch/tsv" "$build/bench.tsv" || exit 99
{
	"$build/bench" version
	uname -srm
	awk -F ': ' '/^model name/ { name = $2; count++ }
		END { print count " × " name }' /proc/cpuinfo
	echo "$before $after" | awk -v rounds="$rounds" 'NF == 6 && $4 > $1 {
		printf "%d rounds; other work took %d %% of a core meanwhile.\n", rounds,
			100 * ($5 - $2 - ($6 - $3)) / ($4 - $1) }'
} >"$scratch/machine"
awk -f "$here/median.awk" "$build/bench.tsv" >"$scratch/medians"
if gnuplot --version >"$scratch/error" 2>&1; then
	gnuplot -e "medians='$scratch/medians'" "$here/plot.gp" >"$build/bench.svg" || status=1
fi
{
	cat "$scratch/machine"
	awk -f "$here/tables.awk" "$scratch/medians"
	awk -f "$here/goals.awk" "$scratch/medians"
} >"$build/bench.md"
cat "$build/bench.md"
exit $status
