/* SPDX-License-Identifier: MIT */
/* resolve(1): looks up names, many at a time. Here: from the command line to a resolver,
 * and to the exit status. */
#include <config.h>

#include "resolve.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "resolve_help.h"
#include "resolve_input.h"
#include "resolve_options.h"
#include "resolve_output.h"
#include "resolve_run.h"
#include "resolve_setup.h"
#include "resolve_signals.h"
#include "resolve_supply.h"
#include "resolve_trouble.h"

/* Whoever started us with a standard descriptor closed shall see that fail, not find
 * that a socket took its number and gets the results. */
static void
occupy_standard_descriptors(void)
{
	int descriptor;

	for (descriptor = STDIN_FILENO; descriptor <= STDERR_FILENO; descriptor++) {
		if (fcntl(descriptor, F_GETFD) == -1 && errno == EBADF)
			open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY
								     : O_RDONLY);
	}
}

static int
run(const struct settings *settings, struct input *input, struct output *output)
{
	struct supply supply;
	struct setup setup;
	int status;

	status = supply_open(&supply, settings, input, output->results.descriptor);
	if (status != EXIT_FOUND)
		return status;
	status = setup_make(&setup, settings);
	if (status == EXIT_FOUND) {
		status = run_all(&setup, settings, &supply, output);
		setup_clear(&setup);
	}
	supply_close(&supply);
	return status;
}

static int
resolve(const struct settings *settings)
{
	const struct input_source source = {
		.operands = settings->operands,
		.operand_count = settings->operand_count,
		.files = settings->files,
		.file_count = settings->file_count,
		.end = settings->end,
		.wants_addresses = settings->wants_addresses,
		.types = settings->types,
	};
	struct input *input = input_create(&source);
	struct output output;
	int status, output_status;

	if (input == NULL)
		return trouble_tell("cannot read names", strerror(ENOMEM));
	status = output_open(&output, settings);
	if (status == EXIT_FOUND) {
		status = run(settings, input, &output);
		output_status = output_close(&output);
		if (output_status > status)
			status = output_status;
	}
	input_free(input);
	return status;
}

/* Of what was printed with printf. */
static int
finish_printing(void)
{
	bool has_failed = ferror(stdout) != 0;

	if (fclose(stdout) == 0 && !has_failed)
		return EXIT_FOUND;
	return trouble_tell("write error", strerror(errno != 0 ? errno : EIO));
}

static int
act(const struct settings *settings)
{
	int status;

	switch (settings->action) {
	case ACTION_HELP:
		help_print();
		return finish_printing();
	case ACTION_SHOW_CONFIG:
		status = setup_print(settings);
		return status == EXIT_FOUND ? finish_printing() : status;
	case ACTION_VERSION:
		version_print();
		return finish_printing();
	default:
		return resolve(settings);
	}
}

int
main(int argc, char *argv[])
{
	struct settings settings;
	int status;

	occupy_standard_descriptors();
	status = settings_read(&settings, argc, argv);
	if (status == EXIT_FOUND)
		status = act(&settings);
	settings_clear(&settings);
	signals_obey();
	return status;
}
