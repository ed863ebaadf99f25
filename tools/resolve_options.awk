# SPDX-License-Identifier: MIT
# awk -v part=table|page|completion [-v program=NAME] -f resolve_options.awk \
#	resolve_options.list [resolve.1.in]
# Of the list of options it makes the C table, the manual page, whose line @OPTIONS@ they
# take the place of, or the completion.

function read_option(text,    at)
{
	count++
	short[count] = ""
	if (text ~ /^-[^-], /) {
		short[count] = substr(text, 2, 1)
		text = substr(text, 5)
	}
	sub(/^--/, "", text)
	argument[count] = ""
	optional[count] = text ~ /\[=/
	if (optional[count]) {
		sub(/\[=/, "=", text)
		sub(/\]$/, "", text)
	}
	at = index(text, "=")
	if (at) {
		argument[count] = substr(text, at + 1)
		text = substr(text, 1, at - 1)
	}
	long[count] = text
	values[count] = page[count] = ""
}

function c_string(text)
{
	gsub(/["\\]/, "\\\\&", text)
	return "\"" text "\""
}

# OPTION(FILE, "file", 'f', "FILE", required_argument, "read ...")
function print_table(    i, name, kind)
{
	print "/* Made from resolve_options.list. */"
	for (i = 1; i <= count; i++) {
		name = toupper(long[i])
		gsub(/-/, "_", name)
		kind = optional[i] ? "optional_argument" : "required_argument"
		printf "OPTION(%s, \"%s\", %s, %s, %s, %s)\n", name, long[i],
			(short[i] == "" ? "0" : "'" short[i] "'"),
			(argument[i] == "" ? "NULL" : c_string(argument[i])),
			(argument[i] == "" ? "no_argument" : kind), c_string(help[i])
	}
}

# "TYPE[,TYPE]" is .Ar type there, "K/N" .Ar k Ns / Ns Ar n, and "json", which stands for
# itself, .Cm json.
function page_argument(text)
{
	if (text ~ /^[a-z]/)
		return "Cm " text
	if (text ~ /^[A-Z]+\/[A-Z]+$/) {
		sub(/\//, " Ns / Ns Ar ", text)
		return "Ar " tolower_arguments(text)
	}
	sub(/[^A-Z].*/, "", text)
	return "Ar " tolower(text)
}

# Of "K Ns / Ns Ar N" the words in capitals only.
function tolower_arguments(text,    count, words, i)
{
	count = split(text, words, " ")
	text = ""
	for (i = 1; i <= count; i++)
		text = text (i > 1 ? " " : "") (words[i] ~ /^[A-Z]+$/ ? tolower(words[i]) : words[i])
	return text
}

function page_item(i,    long_part, short_part)
{
	long_part = long[i]
	gsub(/-/, "\\-", long_part)
	long_part = "Fl \\-" long_part
	short_part = short[i] == "" ? "" : "Fl " short[i]
	if (argument[i] != "" && optional[i])
		long_part = long_part " Ns Oo = Ns " page_argument(argument[i]) " Oc"
	else if (argument[i] != "") {
		long_part = long_part " Ns = Ns " page_argument(argument[i])
		if (short_part != "")
			short_part = short_part " " page_argument(argument[i])
	}
	return ".It " (short_part == "" ? "" : short_part " , ") long_part
}

function print_page_options(    i)
{
	print ".Bl -tag -width Ds"
	for (i = 1; i <= count; i++) {
		print page_item(i)
		printf "%s", page[i]
	}
	print ".El"
}

# The patterns of a case for an argument: "-f|--file".
function pattern(i)
{
	return (short[i] == "" || optional[i] ? "" : "-" short[i] "|") "--" long[i]
}

function print_completion_cases(    i)
{
	for (i = 1; i <= count; i++) {
		if (argument[i] == "")
			continue
		printf "\t%s)\n", pattern(i)
		if (optional[i])
			print "\t\t[[ $has_equals ]] || break"
		if (values[i] != "")
			printf "\t\t_resolve_reply -W '%s'\n", values[i]
		else if (argument[i] == "FILE")
			print "\t\t_resolve_reply -f"
		print "\t\treturn ;;"
	}
}

function print_completion(    i)
{
	print "# bash completion for resolve(1), made from resolve_options.list"
	print ""
	print "_resolve_reply()"
	print "{"
	print "\tmapfile -t COMPREPLY < <(compgen \"$@\" -- \"$word\")"
	print "\t[[ $1 == -f ]] && compopt -o filenames 2>/dev/null"
	print "}"
	print ""
	print "_resolve()"
	print "{"
	print "\tlocal word=${COMP_WORDS[COMP_CWORD]} option= has_equals="
	print "\tlocal at=$((COMP_CWORD - 1))"
	print ""
	print "\tCOMPREPLY=()"
	print "\tif [[ $word == = ]]; then"
	print "\t\tword= has_equals=yes"
	print "\telif [[ ${COMP_WORDS[at]} == = ]]; then"
	print "\t\thas_equals=yes at=$((at - 1))"
	print "\tfi"
	print "\t((at > 0)) && option=${COMP_WORDS[at]}"
	print "\twhile :; do case $option in"
	print_completion_cases()
	print "\tesac; break; done"
	print "\tif [[ $word != -* ]]; then"
	print "\t\t_resolve_reply -A hostname"
	print "\t\treturn"
	print "\tfi"
	printf "\t_resolve_reply -W '"
	for (i = 1; i <= count; i++)
		printf "\n\t\t%s--%s%s", (short[i] == "" ? "" : "-" short[i] " "), long[i],
			(argument[i] == "" || optional[i] ? "" : "=")
	print "'"
	print "\t[[ ${COMPREPLY[0]-} == *= ]] && compopt -o nospace 2>/dev/null"
	print "}"
	print "complete -F _resolve " program
}

BEGIN {
	if (program == "")
		program = "resolve"
}
FILENAME != ARGV[1] {
	if ($0 == "@OPTIONS@")
		print_page_options()
	else
		print
	next
}
/^#/ || /^$/ { next }
/^%option / { read_option(substr($0, 9)); next }
/^%help / { help[count] = substr($0, 7); next }
/^%values / { values[count] = substr($0, 9); next }
{ page[count] = page[count] $0 "\n" }
END {
	if (part == "table")
		print_table()
	else if (part == "completion")
		print_completion()
}
