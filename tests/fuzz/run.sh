#!/bin/sh
# SPDX-License-Identifier: MIT
# run.sh CORPUS SECONDS TARGET...: runs each target, a program with libFuzzer, for so long,
# one after another. It begins with a copy of its corpus, to which it adds what is new,
# beside the program; so that a later run goes on from there. Findings lie there too.
# FUZZ_FLAGS are options of libFuzzer; the last of two like ones counts.
corpus=$1 seconds=$2
shift 2
status=0

for target; do
	name=${target##*/fuzz_}
	work=${target%/*}/$name
	mkdir -p "$work/corpus" "$work/findings" || exit 99
	cp "$corpus/$name"/* "$work/corpus" && chmod -R u+w "$work/corpus" || exit 99
	echo "fuzz_$name: $seconds s; see $work/log"
	"$target" -max_total_time="$seconds" -max_len=2048 -timeout=10 -print_final_stats=1 \
		-artifact_prefix="$work/findings/" $FUZZ_FLAGS "$work/corpus" \
		>"$work/log" 2>&1 || {
		cat "$work/log"
		echo "fuzz_$name: a finding, in $work/findings"
		status=1
	}
	sed -n 's/^stat::number_of_executed_units: */    executions: /p
		s/^stat::new_units_added: */    new in the corpus: /p' "$work/log"
done
exit $status
