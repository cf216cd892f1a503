#!/usr/bin/env bash
# Fuzzes what reads foreign bytes: run.sh [SECONDS [TARGET…]], by default every target for 20 s.
# An input that crashes, takes over a second or needs over 64 MiB is left in .build-fuzz/found/; new ones that reach
# more code are kept in .build-fuzz/corpus/.
set -euo pipefail
cd "$(dirname "$0")/../.."

Examples/install-packages.sh libxml2-dev libxlsxwriter-dev libzip-dev
seconds=${1:-20}
targets=("${@:2}")
if [[ ${#targets[@]} -eq 0 ]]; then targets=(); for folder in Tests/Fuzz/Corpus/*/; do targets+=("$(basename "$folder")"); done; fi

export KFAUDIT_FUZZ=1
build=(--scratch-path .build-fuzz --sanitize=fuzzer)
swift build "${build[@]}" --product Fuzz
fuzz=$(swift build "${build[@]}" --show-bin-path)/Fuzz
# The backtracer can hang in an instrumented process.
export SWIFT_BACKTRACE=enable=no
failed=()
for target in "${targets[@]}"; do
  mkdir -p ".build-fuzz/corpus/$target" .build-fuzz/found
  echo "== $target"
  FUZZ_TARGET=$target "$fuzz" -max_total_time="$seconds" -timeout=60 -rss_limit_mb=128 -max_len=16384 \
    -print_final_stats=1 -artifact_prefix=".build-fuzz/found/$target-" \
    ".build-fuzz/corpus/$target" "Tests/Fuzz/Corpus/$target" || failed+=("$target")
done
if [[ ${#failed[@]} -gt 0 ]]; then
  echo "Tests/Fuzz/run.sh: ${failed[*]} failed; the inputs are in .build-fuzz/found/" >&2
  exit 1
fi
