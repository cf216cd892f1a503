#!/usr/bin/env bash
# Runs the tests of what owns memory of C, or reads bytes without checks of the compiler, with the address sanitizer.
# The thread sanitizer has nothing to tell: the library's Mutex is opaque to it, and whatever one guards looks like a race.
set -euo pipefail
cd "$(dirname "$0")/../.."

Examples/install-packages.sh libxml2-dev libdeflate-dev libxlsxwriter-dev libzip-dev
export KFAUDIT_SANITIZER=address
build=(--scratch-path .build/sanitizer --sanitize address)
swift build "${build[@]}" --build-tests
# The backtracer can hang in an instrumented process.
SWIFT_BACKTRACE=enable=no swift test "${build[@]}" --skip-build --parallel
