#!/usr/bin/env bash
# Runs tests with a sanitizer: run.sh [address|thread], by default with the address sanitizer.
# address: the tests of what owns memory of C, or reads bytes without checks of the compiler.
# thread: the tests of what several threads share. All libraries of others are built once more, so no landing waits for it.
set -euo pipefail
cd "$(dirname "$0")/../.."

Examples/install-packages.sh libxml2-dev libdeflate-dev libxlsxwriter-dev libzip-dev openssl
export KFAUDIT_SANITIZER=${1:-address}
build=(--scratch-path ".build/sanitizer-$KFAUDIT_SANITIZER" --sanitize "$KFAUDIT_SANITIZER")
swift build "${build[@]}" --build-tests
tests=(--parallel --experimental-maximum-parallelization-width 8)
if [[ $KFAUDIT_SANITIZER == thread ]]; then
  tests+=(--filter 'AuditFetchTests|AuditTransportTests|CommandSandboxTests|OrderedWork|EarlyPass|PackBuilder|ReadFolder|Merge')
fi
# The backtracer can hang in an instrumented process.
SWIFT_BACKTRACE=enable=no swift test "${build[@]}" --skip-build "${tests[@]}"
