/* SPDX-License-Identifier: MIT */
/* peak FILE COMMAND [ARGUMENT...]: runs the command, and writes into the file how much
 * memory it had at most, in kilobytes. Ends with its status. */
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#define EXIT_HARD_ERROR 99
#define EXIT_NO_COMMAND 127

int
main(int argc, char *argv[])
{
	struct rusage usage;
	FILE *file;
	int status;
	pid_t child;

	if (argc < 3 || (file = fopen(argv[1], "w")) == NULL)
		return EXIT_HARD_ERROR;
	child = fork();
	if (child == 0) {
		fclose(file);
		execvp(argv[2], argv + 2);
		_exit(EXIT_NO_COMMAND);
	}
	if (child < 0 || wait4(child, &status, 0, &usage) != child)
		return EXIT_HARD_ERROR;
	fprintf(file, "%ld\n", usage.ru_maxrss);
	if (fclose(file) != 0)
		return EXIT_HARD_ERROR;
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
