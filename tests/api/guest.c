/* SPDX-License-Identifier: MIT */
/* A program that has the library now and then: it is not linked with it, but loads, uses
 * and unloads it again and again. And it uses libevent itself, as strictly as that can be
 * used, with memory of its own. Faults L12, L16. Speaks TAP. */
#include <config.h>

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LIBRARY "%s/.libs/libasyncdns.so"
#define ROUNDS	200
#define WARM	20

static char path[4096];
static unsigned long taken;

static void *
take(size_t size)
{
	__atomic_fetch_add(&taken, 1, __ATOMIC_RELAXED);
	return malloc(size);
}

static void
fail(const char *what)
{
	const char *error = dlerror();

	printf("not ok - %s: %s\n", what, error != NULL ? error : "");
	exit(0);
}

static void *
find(void *library, const char *name)
{
	void *found = dlsym(library, name);

	if (found == NULL)
		fail(name);
	return found;
}

/* Octets of this process. */
static long
measure(void)
{
	FILE *file = fopen("/proc/self/statm", "r");
	long pages = 0;

	if (file == NULL || fscanf(file, "%ld", &pages) != 1)
		fail("statm");
	fclose(file);
	return pages * 4096;
}

static void
use_libevent(void *library)
{
	void (*memory)(void *(*)(size_t), void *(*)(void *, size_t), void (*)(void *));
	void (*debug)(void);

	*(void **)&memory = find(library, "event_set_mem_functions");
	*(void **)&debug = find(library, "event_enable_debug_mode");
	memory(take, realloc, free);
	debug();
}

/* Literals come by way of the loop, and a server that is not there is soon known not to
 * be: sockets and timers come and go. */
static void
use_library(void *library)
{
	void *(*create_options)(void), (*release_options)(void *), (*close_it)(void *);
	int (*set_servers)(void *, const char *), (*set_flags)(void *, unsigned int);
	int (*look_up)(void *, const char *, void *);
	void *(*create)(const void *);
	void *options, *resolver;

	*(void **)&create_options = find(library, "DnsResolverOptionsCreate");
	*(void **)&release_options = find(library, "DnsResolverOptionsRelease");
	*(void **)&set_servers = find(library, "DnsResolverOptionsSetServers");
	*(void **)&set_flags = find(library, "DnsResolverOptionsSetFlags");
	*(void **)&create = find(library, "DnsResolverCreate");
	*(void **)&close_it = find(library, "DnsResolverClose");
	*(void **)&look_up = find(library, "GetHostByName");
	options = create_options();
	set_servers(options, "127.0.0.1:1");
	set_flags(options, 1); /* never synchronous */
	resolver = create(options);
	if (resolver == NULL)
		fail("no resolver");
	if (look_up(resolver, "192.0.2.1", NULL) != 0)
		fail("a literal");
	if (look_up(resolver, "a.test.", NULL) == 0)
		fail("nobody answers there");
	close_it(resolver);
	release_options(options);
}

int
main(void)
{
	const char *build = getenv("top_builddir");
	void *library;
	long before = 0;
	int i;

	printf("1..1\n");
	fflush(stdout);
	snprintf(path, sizeof path, LIBRARY, build != NULL ? build : ".");
	for (i = 0; i < ROUNDS; i++) {
		library = dlopen(path, RTLD_NOW);
		if (library == NULL)
			fail(path);
		if (i == 0)
			use_libevent(library);
		use_library(library);
		if (dlclose(library) != 0)
			fail("dlclose");
		if (i == WARM)
			before = measure();
	}
	if (taken == 0)
		fail("libevent has taken no memory");
	if (measure() - before > 4 << 20)
		fail("more and more memory");
	printf("ok - loaded %d times\n", i);
	return 0;
}
