# SPDX-License-Identifier: MIT
# gnuplot -e "medians='FILE'" plot.gp >FILE.svg: what a lookup of A alone takes of the
# processor, by how many are outstanding. FILE is what median.awk writes.
set terminal svg size 720, 480 background "white"
set logscale xy
set xlabel "outstanding"
set ylabel "CPU microseconds a lookup"
set key outside right noenhanced
set grid ytics
of(client) = "<awk '$1 == \"a\" && $2 == \"" . client . "\" && $6 == \"cpu\" { print $3, $7, $8, $9 }' " . medians
plot for [client in "ares-gethostbyname ares asyncdns floor floor-batch floor-ports " . \
	"getaddrinfo_a libuv glib"] \
	of(client) using 1:2:3:4 with yerrorlines title client
