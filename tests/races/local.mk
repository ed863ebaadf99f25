# SPDX-License-Identifier: MIT
# The order of threads: models of the protocols, all of whose orders are tried.
dist_check_SCRIPTS += %D%/model.sh
TESTS += %D%/model.sh
EXTRA_DIST += %D%/dispatcher.pml %D%/handles.pml
