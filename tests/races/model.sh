#!/bin/sh
# SPDX-License-Identifier: MIT
# Tries all orders of threads in the models of this directory with Spin: none breaks what
# must hold, and of each model the bugs that can be seeded are all found. Each function that
# a model says it follows is there.
#
#   model.sh [SCENARIO...]   of handles.pml, without a bug; 0, the default, is all those of
#                            two users, 20 to 23 are those of three and take minutes
here=$(cd "$(dirname "$0")" && pwd) || exit 99
source=${top_srcdir:-$here/../..}
compiler=${CC:-cc}
spin=${SPIN-spin}

if [ -z "$spin" ] || ! command -v "$spin" >/dev/null; then
	echo "spin is missing: the models of the protocols are not checked"
	exit 77
fi
scratch=$(mktemp -d) || exit 99
trap 'rm -rf "$scratch"' EXIT
cp "$here"/*.pml "$scratch" && cd "$scratch" || exit 99
status=0

# "file.c: function, function" in comments, which may go over lines.
check_functions()
{
	tr '\n' ' ' <"$1" | sed 's/[	 *]\{1,\}/ /g' |
		grep -Eo '[a-z_]+\.c: [A-Za-z_]+(, [A-Za-z_]+)*' | tr -d ':,' |
		while read -r file functions; do
			for function in $functions; do
				grep -q "^$function(" "$source/src/$file" ||
					echo "$1: there is no $function in src/$file"
			done
		done
}

# compile MODEL: makes ./MODEL
compile()
{
	"$spin" -a "$1.pml" >log 2>&1 &&
		$compiler -O0 -w -DSAFETY -DVECTORSZ=1024 -o "$1" pan.c >>log 2>&1 && return
	cat log
	exit 99
}

# search MODEL SCENARIO BUG: prints how it went; true if an order breaks something
search()
{
	SCENARIO=$2 BUG=$3 "./$1" -m10000 -w"$width" -n >log 2>&1
	rm -f ./*.trail
	states=$(sed -n 's/^ *\([0-9.e+]*\) states, stored.*/\1/p' log)
	grep -q 'errors: 0$' log && [ -n "$states" ] && ! grep -q 'max search depth' log && return 1
	reason=$(sed -n 's/^pan:1: \(.*\)/\1/p' log)
	[ -n "$reason" ]
}

# expect_none MODEL SCENARIO
expect_none()
{
	if search "$1" "$2" 0 || [ -z "$states" ]; then
		cat log
		echo "FAIL: $1, scenario $2: ${reason:-the search did not end}"
		status=1
	else
		echo "$1, scenario $2: $states states"
	fi
}

# expect_bugs MODEL BUG:SCENARIO...
expect_bugs()
{
	model=$1
	shift
	for seeded; do
		name=$(awk -v bug="${seeded%:*}" '$2 ~ /^BUG_/ && $3 == bug { print $2 }' "$model.pml")
		if search "$model" "${seeded#*:}" "${seeded%:*}"; then
			echo "$model, $name: found after $states states: $reason"
		else
			echo "FAIL: $model, ${name:-bug $seeded}: not found"
			status=1
		fi
	done
	known=$(grep -c '^#define BUG_' "$model.pml")
	[ $# = "$known" ] || {
		echo "FAIL: $model: $known bugs can be seeded, $# are"
		status=1
	}
}

missing=$(for model in *.pml; do check_functions "$model"; done)
[ -z "$missing" ] || {
	echo "$missing"
	status=1
}

compile handles
"./handles" -h >/dev/null 2>&1
[ $? -lt 126 ] || {
	echo "what $compiler makes does not run here"
	exit 77
}
width=20
for scenario in "${@:-0}"; do
	expect_none handles "$scenario"
done
width=18
expect_bugs handles 1:1 2:10 3:5 4:2 5:6 6:6 7:10 8:10 9:7 10:8 11:2 12:8 13:9 14:7 15:10 \
	16:3 17:2 18:6 19:7

compile dispatcher
expect_none dispatcher 0
expect_bugs dispatcher 1:1 2:1 3:2 4:1 5:2 6:1
exit $status
