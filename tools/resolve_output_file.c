/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "resolve_output_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "resolve.h"
#include "resolve_trouble.h"

#define FILE_MODE 0666

/* Two runs that go on with one file would write into each other's lines. Where there are
 * no locks it is up to the user. */
static bool
is_locked_by_other(int descriptor)
{
	struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};

	return fcntl(descriptor, F_SETLK, &lock) != 0 &&
	       (errno == EACCES || errno == EAGAIN);
}

int
output_file_open(const struct settings *settings, int *retDescriptor)
{
	int flags = settings->is_resumed ? O_RDWR : O_WRONLY | O_TRUNC;
	const char *path = settings->output_path;
	struct stat status;
	int descriptor;

	descriptor = open(path, flags | O_CREAT | O_NOCTTY | O_CLOEXEC, FILE_MODE);
	if (descriptor < 0)
		return trouble_tell(path, strerror(errno));
	*retDescriptor = descriptor;
	if (!settings->is_resumed)
		return EXIT_FOUND;
	if (fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode)) {
		close(descriptor);
		return trouble_tell(path, "not a regular file, which --resume needs");
	}
	if (is_locked_by_other(descriptor)) {
		close(descriptor);
		return trouble_tell(path, "another run is writing to it");
	}
	return EXIT_FOUND;
}
