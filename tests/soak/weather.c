/* SPDX-License-Identifier: MIT */
#include "weather.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "dice.h"
#include "town.h"

#define DESCRIPTORS 512

void
weather_begin(struct weather *weather, const char *directory, uint64_t seed,
	      int64_t drought_interval)
{
	struct rlimit limit;

	memset(weather, 0, sizeof *weather);
	weather->dice = seed;
	snprintf(weather->directory, sizeof weather->directory, "%s", directory);
	snprintf(weather->resolv_conf, sizeof weather->resolv_conf, "%s/resolv.conf", directory);
	snprintf(weather->hosts, sizeof weather->hosts, "%s/hosts", directory);
	snprintf(weather->gai_conf, sizeof weather->gai_conf, "%s/gai.conf", directory);
	require(getrlimit(RLIMIT_NOFILE, &limit) == 0);
	if (limit.rlim_cur > DESCRIPTORS)
		limit.rlim_cur = DESCRIPTORS;
	require(setrlimit(RLIMIT_NOFILE, &limit) == 0);
	weather->held = calloc(DESCRIPTORS, sizeof *weather->held);
	require(weather->held != NULL);
	weather->drought_interval = drought_interval;
	weather->drought_begins = now() + drought_interval / 2;
	weather_clear_up(weather);
}

/* In place, or another file in its place. Nothing, where descriptors have run out. */
static void
write_file(struct weather *weather, const char *path, const char *text)
{
	char other[128];
	bool in_place = roll(&weather->dice, 2) == 0;
	FILE *file;

	snprintf(other, sizeof other, "%s/new", weather->directory);
	file = fopen(in_place ? path : other, "w");
	if (file == NULL) {
		require(errno == EMFILE);
		return;
	}
	require(fputs(text, file) >= 0 && fclose(file) == 0);
	require(in_place || rename(other, path) == 0);
	weather->changes++;
}

/* Adds to a text that has room. */
__attribute__((format(printf, 2, 3))) static void
add(char text[1024], const char *format, ...)
{
	size_t length = strlen(text);
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(text + length, 1024 - length, format, arguments);
	va_end(arguments);
}

static void
change_resolv_conf(struct weather *weather)
{
	static const char *const options[] = { "rotate", "edns0", "use-vc", "no-aaaa",
					       "no-tld-query", "single-request", "nonsense" };
	unsigned int first = roll(&weather->dice, TOWN_SERVERS), i;
	unsigned int count = 1 + roll(&weather->dice, TOWN_SERVERS);
	char text[1024] = "";

	if (roll(&weather->dice, 20) == 0) {
		unlink(weather->resolv_conf);
		return;
	}
	if (roll(&weather->dice, 20) == 0)
		add(text, "nameserver banana\nsortlist 1/2\n\n\tsearch\n");
	for (i = 0; i < count; i++)
		add(text, "nameserver %s\n", town_addresses[(first + i) % TOWN_SERVERS]);
	if (roll(&weather->dice, 2) == 0)
		add(text, "search test nowhere.test\n");
	add(text, "options timeout:1 attempts:%u ndots:%u", 1 + roll(&weather->dice, 3),
	    roll(&weather->dice, 3));
	for (i = 0; i < sizeof options / sizeof *options; i++)
		if (roll(&weather->dice, 6) == 0)
			add(text, " %s", options[i]);
	add(text, "\n");
	write_file(weather, weather->resolv_conf, text);
}

static void
change_hosts(struct weather *weather)
{
	unsigned int count = roll(&weather->dice, 12), i;
	char text[1024] = "192.0.2.77 known.test\n";

	for (i = 0; i < count; i++)
		add(text, "192.0.2.%u h%u.hosts.test h%u\n", 100 + i, i, i);
	write_file(weather, weather->hosts, text);
}

static void
change_gai_conf(struct weather *weather)
{
	static const char *const texts[] = { "", "precedence ::ffff:0:0/96 100\n",
					     "label ::/0 1\nprecedence ::/0 40\n",
					     "reload yes\nscopev4 ::ffff:0.0.0.0/96 14\n" };

	write_file(weather, weather->gai_conf, texts[roll(&weather->dice, 4)]);
}

static void
end_drought(struct weather *weather)
{
	while (weather->held_count > 0)
		close(weather->held[--weather->held_count]);
	weather->drought_ends = 0;
}

/* All are taken; and some given back, and taken again. */
static void
take_descriptors(struct weather *weather)
{
	int descriptor;

	if (roll(&weather->dice, 4) == 0 && weather->held_count > 0)
		close(weather->held[--weather->held_count]);
	while (weather->held_count < DESCRIPTORS) {
		descriptor = fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 0);
		if (descriptor < 0)
			return;
		weather->held[weather->held_count++] = descriptor;
	}
}

void
weather_go_on(struct weather *weather)
{
	int64_t time = now();

	if (time >= weather->file_changes) {
		weather->file_changes = time + 100 + roll(&weather->dice, 2000);
		change_resolv_conf(weather);
		if (roll(&weather->dice, 2) == 0)
			change_hosts(weather);
		if (roll(&weather->dice, 4) == 0)
			change_gai_conf(weather);
	}
	if (time >= weather->drought_begins) {
		weather->drought_begins = time + weather->drought_interval;
		weather->drought_ends = time + 2000;
		weather->droughts++;
	}
	if (weather->drought_ends > time)
		take_descriptors(weather);
	else if (weather->drought_ends != 0)
		end_drought(weather);
}

void
weather_clear_up(struct weather *weather)
{
	char text[1024] = "";
	int i;

	end_drought(weather);
	for (i = 0; i < TOWN_SERVERS; i++)
		add(text, "nameserver %s\n", town_addresses[i]);
	write_file(weather, weather->resolv_conf, text);
	change_hosts(weather);
	write_file(weather, weather->gai_conf, "");
}

void
weather_end(struct weather *weather)
{
	end_drought(weather);
	free(weather->held);
	unlink(weather->resolv_conf);
	unlink(weather->hosts);
	unlink(weather->gai_conf);
}

void
weather_point_options(const struct weather *weather, DnsResolverOptions *options)
{
	DnsResolverOptionsSetResolvConfPath(options, weather->resolv_conf);
	DnsResolverOptionsSetHostsPath(options, weather->hosts);
	DnsResolverOptionsSetGaiConfPath(options, weather->gai_conf);
}
