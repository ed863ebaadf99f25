# SPDX-License-Identifier: MIT
# The order of threads: a model of the protocol of handles, all of whose orders are tried.
dist_check_SCRIPTS += %D%/model.sh
TESTS += %D%/model.sh
EXTRA_DIST += %D%/handles.pml
