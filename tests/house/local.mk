# SPDX-License-Identifier: MIT
# The rules of the house, each a shell script: the source tree and what was built of it.
dist_check_SCRIPTS += \
	%D%/dist.sh \
	%D%/dotnet.sh \
	%D%/exports.sh \
	%D%/faults.sh \
	%D%/functions.sh \
	%D%/headers.sh \
	%D%/layers.sh \
	%D%/manpages.sh \
	%D%/spdx.sh
TESTS += \
	%D%/dist.sh \
	%D%/dotnet.sh \
	%D%/exports.sh \
	%D%/faults.sh \
	%D%/functions.sh \
	%D%/headers.sh \
	%D%/layers.sh \
	%D%/manpages.sh \
	%D%/spdx.sh
EXTRA_DIST += %D%/layers.txt
