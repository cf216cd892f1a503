#!/usr/bin/env bash
# Holds the built program against other tools at the same job: benchmark.sh [COUNT [RUNS]]
# benchmark.sh scaling [RUNS] shows how time and memory grow; benchmark.sh instructions counts what each stage costs a row;
# benchmark.sh http [RUNS] fetches from the sandbox and holds the time against the server's own.
# Everything runs interleaved on the same pages, by default a million instances five times, and the answers must agree.
set -euo pipefail
cd "$(dirname "$0")/../.."

Examples/install-packages.sh libxml2-dev libdeflate-dev libxlsxwriter-dev libzip-dev python3 python3-venv time
swift build --configuration release --static-swift-stdlib --scratch-path .build-release --product kfaudit
export KFAUDIT="$PWD/.build-release/release/kfaudit"
if [[ ${1:-} == instructions ]]; then
  Examples/install-packages.sh valgrind
  exec python3 Tests/Benchmarks/instructions.py "${@:2}"
fi
if [[ ${1:-} == http ]]; then exec python3 Tests/Benchmarks/http.py "${@:2}"; fi
peers=.build-release/peers
if [[ ! -x $peers/bin/python3 ]]; then
  python3 -m venv $peers
  for peer in duckdb chdb polars; do
    $peers/bin/pip install --quiet --disable-pip-version-check $peer || echo "$peer cannot be installed: it is left out" >&2
  done
fi
if [[ ${1:-} == scaling ]]; then exec $peers/bin/python3 Tests/Benchmarks/scaling.py "${@:2}"; fi
exec $peers/bin/python3 Tests/Benchmarks/against_peers.py "$@"
