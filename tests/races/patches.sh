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

models=$(grep -h '^#define BUG_' "$here"/*.pml | tr '\t\n' '  ')
for bug in "$here"/bugs/*.patch; do
	patch -p1 --dry-run -s <"$bug" || complain "does not apply"
	build='' test='' model=''
	while read -r field value; do
		case $field in
		Build:) build=$value ;;
		Run:) test=$value ;;
		Model:) model=$value ;;
		---) break ;;
		esac
	done <"$bug"
	case $build in
	plain | thread | address) ;;
	*) complain "Build: not plain, thread or address" ;;
	esac
	[ -f "$test.c" ] || complain "Run: there is no $test.c"
	case " $models " in
	*" ${model:-#define} "*) ;;
	*) complain "Model: there is no $model" ;;
	esac
done
exit $status
