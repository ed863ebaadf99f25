# SPDX-License-Identifier: MIT
# From what median.awk writes, what is aimed at, what there is, and whether it holds.
{ value[$1, $2, $3, $4, $5, $6] = $7 }
END {
	print "\n### Goals\n"
	print "| | goal | figure | holds |"
	print "|---|---|--:|---|"
	for (k = 100; k <= 10000; k *= 10)
		goal("G1 lookups/s, " k " outstanding", "≥ 1.15 × c-ares",
			over(a("asyncdns", k, "rate"), a("ares", k, "rate")), 1.15, 1)
	for (k = 100; k <= 10000; k *= 10)
		goal("G1 lookups/s, " k " outstanding", "≥ 7 × ares_gethostbyname",
			over(a("asyncdns", k, "rate"), a("ares-gethostbyname", k, "rate")), 7, 1)
	count = split("getaddrinfo_a libuv glib", peers, " ")
	for (i = 1; i <= count; i++)
		for (k = 100; k <= 10000; k *= 10)
			goal("G1 lookups/s, " k " outstanding", "≥ 15 × " peers[i],
				over(a("asyncdns", k, "rate"), a(peers[i], k, "rate")), 15, 1)
	for (k = 100; k <= 10000; k *= 10)
		goal("G2 CPU, " k " outstanding", "≤ 1.2 × send and recv",
			over(a("asyncdns", k, "cpu"), a("floor", k, "cpu")), 1.2, -1)
	for (k = 100; k <= 10000; k *= 10)
		goal("G3 CPU, " k " outstanding", "≤ 0.95 × send and recv",
			over(a("asyncdns", k, "cpu"), a("floor", k, "cpu")), 0.95, -1)
	goal("G4 a single lookup, Begin to End, p50", "≤ 1.05 × c-ares",
		over(styles("asyncdns-end", 1, "p50"), a("ares", 1, "p50")), 1.05, -1)
	goal("G4 a single lookup, Begin to End, p50", "≤ 0.75 × getaddrinfo",
		over(styles("asyncdns-end", 1, "p50"), a("getaddrinfo", 1, "p50")), 0.75, -1)
	goal("G5 CPU, 100000 outstanding", "≤ 1.3 × that of 1000",
		over(a("asyncdns", 100000, "cpu"), a("asyncdns", 1000, "cpu")), 1.3, -1)
	goal("G5 CPU, 10000 that wait", "≤ 1.5 × send and recv",
		over(slow("asyncdns"), slow("floor")), 1.5, -1)
	goal("G6 Begin, the loop at work", "≤ 0.2 µs",
		value["begin", "begin-busy", 1000, 1, "-a", "begin"], 0.2, -1)
	goal("G6 Begin, the loop asleep", "≤ 4 µs",
		value["begin", "begin-woken", 1, 1, "-a", "begin"], 4, -1)
	for (k = 1000; k <= 100000; k *= 100)
		goal("G7 cache hit, " k " names", "≤ 0.2 µs", hit("cache", k, 1, "cpu"), 0.2, -1)
	goal("G7 hosts hit, 1000 names", "≤ 0.2 µs", hit("hosts", 1000, 1, "cpu"), 0.2, -1)
	goal("G7 cache hits, 2 threads", "≥ 1.8 × 1 thread",
		over(hit("cache", 1000, 2, "rate"), hit("cache", 1000, 1, "rate")), 1.8, 1)
	goal("G7 hosts hits, 2 threads", "≥ 1.8 × 1 thread",
		over(hit("hosts", 1000, 2, "rate"), hit("hosts", 1000, 1, "rate")), 1.8, 1)
	goal("G8 memory, 10000 pending, A", "≤ 600 bytes", memory(10000, "-a"), 600, -1)
	goal("G8 memory, 100000 pending, A", "≤ 600 bytes", memory(100000, "-a"), 600, -1)
	goal("G9 CPU of A and AAAA, 1000 outstanding", "≤ 2.1 × A",
		over(value["both", "asyncdns", 1000, 1, "-", "cpu"],
			a("asyncdns", 1000, "cpu")), 2.1, -1)
	goal("G9 the same, sorted by RFC 6724", "≤ 2.1 × A",
		over(value["both", "asyncdns-sorted", 1000, 1, "-", "cpu"],
			a("asyncdns", 1000, "cpu")), 2.1, -1)
	for (n = 2; n <= 4; n += 2)
		goal("G10 lookups/s, " n " threads", "≥ 1 × 1 thread",
			over(threads(n), threads(1)), 0.97, 1)
	printf "\nBeside them: a pending ares_query takes %d bytes, A and AAAA of asyncdns %d;" \
		" getaddrinfo has a\nname of a hosts file of 1,000 in %.1f µs.\n",
		value["memory", "ares-memory", 10000, 1, "-a", "bytes"], memory(10000, "-"),
		value["hit", "getaddrinfo-hosts", 1, 1, "-a", "cpu"]
}

function a(client, k, name)
{
	return value["a", client, k, 1, "-a", name]
}

function styles(client, k, name)
{
	return value["styles", client, k, 1, "-a", name]
}

function slow(client)
{
	return value["slow", client, 10000, 1, "-aw", "cpu"]
}

function threads(n)
{
	return value["threads", "asyncdns-end", 1000, n, "-a", "rate"]
}

function hit(client, names, n, name)
{
	return value["hit", client, names, n, "-a", name]
}

function memory(n, flags)
{
	return value["memory", "memory", n, 1, flags, "bytes"]
}

function over(x, y)
{
	return x > 0 && y > 0 ? x / y : ""
}

# direction 1: the figure is to be that large; -1: at most.
function goal(what, aim, figure, limit, direction)
{
	if (figure == "")
		return
	holds = direction * figure >= direction * limit
	printf "| %s | %s | %s | %s |\n", what, aim,
		sprintf(figure < 100 ? "%.2f" : "%.0f", figure), holds ? "yes" : "no"
}
