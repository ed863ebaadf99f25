# SPDX-License-Identifier: MIT
EXTRA_DIST += %D%/check %D%/demo %D%/setup.sh
