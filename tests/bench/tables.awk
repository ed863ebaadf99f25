# SPDX-License-Identifier: MIT
# From what median.awk writes, a table for each case of lookups that are answered over the
# wire. "x" is the ratio to raw c-ares (its ares_query) with as many outstanding.
BEGIN {
	title["a"] = "A alone"
	title["both"] = "A and AAAA"
	title["styles"] = "Ways to learn of the completion, A alone"
	title["threads"] = "Threads that submit, A alone, ended in order"
	title["slow"] = "Answers after up to a second, A alone"
}
{
	row = $1 " " $2 " " $3 " " $4 " " $5
	if (!(row in seen))
		rows[++count] = row
	seen[row] = 1
	value[row, $6] = $7
}
END {
	for (i = 1; i <= count; i++) {
		split(rows[i], part, " ")
		if (!(part[1] in title))
			continue
		if (part[1] != before)
			begin(part[1])
		before = part[1]
		put(rows[i], part)
	}
}

function begin(name)
{
	print "\n### " title[name] "\n"
	print "| outstanding | client | lookups/s | x | CPU µs | x | p50 µs | x |" \
		" p99 µs | late | wrong |"
	print "|--:|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|"
}

function ratio(row, raw, name)
{
	return value[raw, name] > 0 ? sprintf("%.2f", value[row, name] / value[raw, name]) : ""
}

function put(row, part,    raw, name)
{
	raw = part[1] " ares " part[3] " 1 " part[5]
	name = part[2] (part[1] == "threads" ? ", " part[4] " threads" : "")
	printf "| %d | %s | %d | %s | %.1f | %s | %.0f | %s | %.0f | %d | %d |\n", part[3],
		name, value[row, "rate"], ratio(row, raw, "rate"), value[row, "cpu"],
		ratio(row, raw, "cpu"), value[row, "p50"], ratio(row, raw, "p50"),
		value[row, "p99"], value[row, "late"], value[row, "wrong"]
}
