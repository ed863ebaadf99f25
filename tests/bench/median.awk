# SPDX-License-Identifier: MIT
# From bench.tsv: CASE CLIENT OUTSTANDING THREADS FLAGS NAME MEDIAN LEAST MOST, of all rounds,
# in the order in which they first came.
BEGIN { FS = "\t" }
FNR > 1 {
	key = $2 " " $3 " " $4 " " $5 " " $6 " " $7
	if (!(key in values))
		keys[++count] = key
	values[key] = values[key] " " $8
}
END {
	for (i = 1; i <= count; i++) {
		n = sort(values[keys[i]])
		low = sorted[int((n + 1) / 2)]
		high = sorted[int(n / 2) + 1]
		print keys[i], (low + high) / 2, sorted[1], sorted[n]
	}
}

# Sorts the numbers of a list into sorted; how many there are.
function sort(list,    n, i, j, swap)
{
	n = split(list, sorted, " ")
	for (i = 2; i <= n; i++)
		for (j = i; j > 1 && sorted[j - 1] + 0 > sorted[j] + 0; j--) {
			swap = sorted[j - 1]
			sorted[j - 1] = sorted[j]
			sorted[j] = swap
		}
	return n
}
