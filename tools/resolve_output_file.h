/* SPDX-License-Identifier: MIT */
#ifndef TOOLS_RESOLVE_OUTPUT_FILE_H
#define TOOLS_RESOLVE_OUTPUT_FILE_H

#include "resolve_options.h"

/* Opens the file that the results go to. EXIT_FOUND, or the user has been told. */
int output_file_open(const struct settings *, int *retDescriptor);

#endif
