# SPDX-License-Identifier: MIT
include %D%/man/local.mk
include %D%/examples/local.mk
EXTRA_DIST += %D%/architecture.md %D%/bulk.md %D%/coverage.md %D%/dotnet.md %D%/faults.md \
	%D%/performance.md %D%/platforms.md
