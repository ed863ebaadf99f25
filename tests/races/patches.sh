#!/bin/sh
# SPDX-License-Identifier: MIT
# The seeded bugs still fit the source, and say what is to find them: a build, a program
# of tests, and of the model's bugs the one that is the same. seeded_bugs.sh runs them.
here=$(cd "$(dirname "$0")" && pwd) || exit 99
cd "${top_srcdir:-$here/../..}" || exit 99

command -v patch >/dev/null || { echo "patch is missing"; exit 77; }
status=0

complain()
{
	echo "$bug: $*"
	status=1
}

for bug in "$here"/bugs/*.patch; do
	patch -p1 --dry-run -s <"$bug" || complain "does not apply"
	test=$(sed -n 's/^Run: //p' "$bug")
	grep -Eqx 'Build: (plain|thread|address)' "$bug" || complain "no Build: line"
	[ -f "$test.c" ] || complain "Run: there is no $test.c"
	model=$(sed -n 's/^Model: //p' "$bug")
	[ -z "$model" ] || grep -q "^#define ${model}[	 ]" "$here"/*.pml ||
		complain "Model: there is no $model"
done
exit $status
