#!/usr/bin/env bash
# Runs tests with a sanitizer: run.sh [address|thread], by default with the one and then the other.
# address: the tests of what owns memory of C, or reads bytes without checks of the compiler.
# thread: the tests of what several threads share.
# The libraries of others are built without a sanitizer, once for both.
set -euo pipefail
cd "$(dirname "$0")/../.."

Examples/install-packages.sh libxml2-dev libdeflate-dev libxlsxwriter-dev libzip-dev openssl
# The backtracer can hang in an instrumented process.
export SWIFT_BACKTRACE=enable=no
# That two threads used a file one after the other does not put the rest of what they did in an order.
export TSAN_OPTIONS=io_sync=0
for sanitizer in ${1:-address thread}; do
  export KFAUDIT_SANITIZER=$sanitizer
  # Every seed runs the same code on the same threads, ten times as slow as without the sanitizer.
  if [[ $sanitizer == thread ]]; then export KFAUDIT_MODEL_SEEDS=50; fi
  swift build --scratch-path .build/sanitizer --build-tests
  swift test --scratch-path .build/sanitizer --skip-build --parallel --experimental-maximum-parallelization-width 8
done
