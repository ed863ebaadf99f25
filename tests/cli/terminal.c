/* SPDX-License-Identifier: MIT */
/* terminal [-n] [-e] [-i] [-w COLUMNS] COMMAND [ARGUMENT]...
 * Runs a command on a terminal, and writes what appears there to standard output. Signals
 * do to it what they do by default, though a shell may have them ignored.
 *
 * -e  only standard error is the terminal; standard output is left as it is
 * -i  SIGPIPE is ignored
 * -n  there is no terminal: the command takes the place of this program
 *
 * The exit status is the command's, 128 + n if a signal ended it. With -e what appears goes
 * to descriptor 3. */
#include <config.h>

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#define EXIT_SKIPPED 77
#define EXIT_HARD_ERROR 99
/* Seconds after which a command that hangs is ended. */
#define PATIENCE 60

static void
give_up(const char *what, int status)
{
	perror(what);
	exit(status);
}

static void
run(char *command[], bool ignores_sigpipe)
{
	static const int signals[] = {SIGHUP, SIGINT, SIGTERM, SIGPIPE, SIGUSR1, SIGALRM};
	size_t i;

	for (i = 0; i < sizeof(signals) / sizeof(signals[0]); i++)
		signal(signals[i], SIG_DFL);
	if (ignores_sigpipe)
		signal(SIGPIPE, SIG_IGN);
	alarm(PATIENCE);
	execvp(command[0], command);
	give_up(command[0], EXIT_HARD_ERROR);
}

static int
open_terminal(unsigned short columns, int *retSlave)
{
	struct winsize size = {.ws_row = 24, .ws_col = columns};
	int master = posix_openpt(O_RDWR | O_NOCTTY);
	struct termios mode;
	const char *name;

	if (master < 0 || grantpt(master) != 0 || unlockpt(master) != 0 ||
	    (name = ptsname(master)) == NULL ||
	    (*retSlave = open(name, O_RDWR | O_NOCTTY)) < 0)
		give_up("no terminal", EXIT_SKIPPED);
	/* What is written comes as it is. */
	tcgetattr(*retSlave, &mode);
	mode.c_oflag &= ~(tcflag_t)OPOST;
	tcsetattr(*retSlave, TCSANOW, &mode);
	ioctl(master, TIOCSWINSZ, &size);
	return master;
}

/* Until the command has ended, and the last of it is read. */
static void
copy(int from, int to)
{
	char bytes[4096];
	ssize_t count;

	for (;;) {
		count = read(from, bytes, sizeof(bytes));
		if (count < 0 && errno == EINTR)
			continue;
		if (count <= 0 || write(to, bytes, (size_t)count) != count)
			return;
	}
}

int
main(int argc, char *argv[])
{
	bool is_none = false, is_error_only = false, ignores_sigpipe = false;
	int option, master, slave, status;
	unsigned short columns = 80;
	pid_t child;

	while ((option = getopt(argc, argv, "+neiw:")) != -1) {
		is_none |= option == 'n';
		is_error_only |= option == 'e';
		ignores_sigpipe |= option == 'i';
		if (option == 'w')
			columns = (unsigned short)atoi(optarg);
	}
	if (is_none)
		run(argv + optind, ignores_sigpipe);
	master = open_terminal(columns, &slave);
	child = fork();
	if (child == 0) {
		if (!is_error_only)
			dup2(slave, STDOUT_FILENO);
		dup2(slave, STDERR_FILENO);
		close(slave);
		close(master);
		if (is_error_only)
			close(3);
		run(argv + optind, ignores_sigpipe);
	}
	close(slave);
	copy(master, is_error_only ? 3 : STDOUT_FILENO);
	if (child < 0 || waitpid(child, &status, 0) != child)
		return EXIT_HARD_ERROR;
	return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}
