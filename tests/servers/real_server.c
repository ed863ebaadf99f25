/* SPDX-License-Identifier: MIT */
#include <config.h>

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../support/tree.h"
#include "loopback.h"
#include "real_server.h"
#include "zone.h"

enum { HARD_ERROR = 99 };

static _Noreturn void
server_give_up(const struct real_server *server, const char *what)
{
	char path[256], line[256];
	FILE *log;

	fprintf(stderr, "%s %s: %s\n", server->kind->program, what, strerror(errno));
	snprintf(path, sizeof(path), "%s/log", server->directory);
	log = fopen(path, "re");
	while (log != NULL && fgets(line, sizeof(line), log) != NULL)
		fprintf(stderr, "%s: %s", server->kind->program, line);
	exit(HARD_ERROR);
}

FILE *
real_server_create_file(const struct real_server *server, const char *name)
{
	char path[256];
	FILE *file;

	snprintf(path, sizeof(path), "%s/%s", server->directory, name);
	file = fopen(path, "we");
	if (file == NULL)
		server_give_up(server, "gets no configuration");
	return file;
}

/* Servers live in sbin, which is not on every user's PATH. */
static bool
program_find(const char *program, char *path, size_t size)
{
	const char *search = getenv("PATH");
	char list[4096];
	const char *at;
	size_t length;

	snprintf(list, sizeof(list), "%s:/usr/local/sbin:/usr/sbin:/sbin",
		 search != NULL ? search : "");
	for (at = list; *at != '\0'; at += length + (at[length] == ':')) {
		length = strcspn(at, ":");
		snprintf(path, size, "%.*s/%s", (int)length, at, program);
		if (length > 0 && access(path, X_OK) == 0)
			return true;
	}
	return false;
}

const char *
real_server_find_obstacle(const struct server_kind *kind)
{
	static char text[64];
	char path[4096];

	for (; kind != NULL; kind = kind->upstream) {
		snprintf(text, sizeof(text), "%s is not installed", kind->program);
		if (!program_find(kind->program, path, sizeof(path)))
			return text;
	}
	return loopback_works() ? NULL : "no loopback network";
}

static bool
server_becomes_ready(const struct real_server *server)
{
	siginfo_t ended = { 0 };
	int tries;

	for (tries = 0; tries < 300 && ended.si_pid == 0; tries++) {
		if (loopback_ask(server->port, server->ready))
			return true;
		waitid(P_PID, (id_t)server->daemon, &ended, WEXITED | WNOHANG | WNOWAIT);
	}
	return false;
}

static _Noreturn void
server_run(const struct real_server *server)
{
	char program[4096];
	int fd;

	setpgid(0, 0);
	program_find(server->kind->program, program, sizeof(program));
	if (chdir(server->directory) != 0)
		_exit(HARD_ERROR);
	fd = open("log", O_WRONLY | O_CREAT | O_APPEND, 0600);
	dup2(fd, STDOUT_FILENO);
	dup2(fd, STDERR_FILENO);
	fd = open("/dev/null", O_RDONLY);
	dup2(fd, STDIN_FILENO);
	execl(program, program, server->kind->options, "configuration", (char *)NULL);
	perror(program);
	_exit(HARD_ERROR);
}

/* Outlives the test to clear up behind it, even if that is killed: then the pipe's other
 * end is closed. In a group of its own, as Check kills a test with its whole group. */
static _Noreturn void
server_keep(const struct real_server *server, int life)
{
	char byte;

	setpgid(0, 0);
	while (read(life, &byte, 1) < 0 && errno == EINTR)
		continue;
	real_server_signal(server, SIGKILL);
	tree_remove(server->directory);
	_exit(0);
}

static void
server_spawn(struct real_server *server)
{
	int life[2];

	if (pipe(life) != 0 || fcntl(life[0], F_SETFD, FD_CLOEXEC) != 0 ||
	    fcntl(life[1], F_SETFD, FD_CLOEXEC) != 0)
		server_give_up(server, "gets no pipe");
	server->life = life[1];
	server->daemon = fork();
	if (server->daemon == 0)
		server_run(server);
	if (server->daemon < 0)
		server_give_up(server, "gets no process");
	setpgid(server->daemon, server->daemon);
	server->keeper = fork();
	if (server->keeper == 0) {
		close(life[1]);
		server_keep(server, life[0]);
	}
	if (server->keeper < 0) {
		real_server_signal(server, SIGKILL);
		server_give_up(server, "gets no process");
	}
	setpgid(server->keeper, server->keeper);
	close(life[0]);
}

/* Nothing is reaped before all is killed, so that no process id can have a new owner. */
static void
server_end(const struct real_server *server)
{
	real_server_signal(server, SIGKILL);
	kill(server->keeper, SIGKILL);
	waitpid(server->daemon, NULL, 0);
	waitpid(server->keeper, NULL, 0);
	close(server->life);
	tree_remove(server->directory);
}

void
real_server_signal(const struct real_server *server, int signal_number)
{
	kill(-server->daemon, signal_number);
}

static bool
server_try_start(struct real_server *server)
{
	const char *scratch = getenv("TMPDIR");
	FILE *configuration;

	snprintf(server->directory, sizeof(server->directory), "%s/asyncdns-%s-XXXXXX",
		 scratch != NULL ? scratch : "/tmp", server->kind->program);
	if (mkdtemp(server->directory) == NULL)
		server_give_up(server, "gets no directory");
	snprintf(server->ready, sizeof(server->ready), "ready-%s." ZONE_ORIGIN,
		 strrchr(server->directory, '-') + 1);
	if (server->upstream != NULL)
		memcpy(server->ready, server->upstream->ready, sizeof(server->ready));
	server->port = loopback_find_free_port();
	snprintf(server->address, sizeof(server->address), "127.0.0.1:%u", server->port);
	configuration = real_server_create_file(server, "configuration");
	server->kind->configure(server, configuration);
	fclose(configuration);
	server_spawn(server);
	return server_becomes_ready(server);
}

struct real_server *
real_server_start(const struct server_kind *kind)
{
	struct real_server *server = calloc(1, sizeof(*server));
	int tries = 1;

	if (server == NULL)
		exit(HARD_ERROR);
	server->kind = kind;
	if (kind->upstream != NULL)
		server->upstream = real_server_start(kind->upstream);
	while (!server_try_start(server)) {
		if (tries++ == 3)
			server_give_up(server, "does not answer");
		server_end(server);
	}
	return server;
}

void
real_server_stop(struct real_server *server)
{
	if (server->upstream != NULL)
		real_server_stop(server->upstream);
	server_end(server);
	free(server);
}
