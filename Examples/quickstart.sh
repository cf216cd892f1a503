#!/usr/bin/env bash
# Builds kfaudit and runs its main job against the embedded sandbox: a report without Keyfactor Command.
set -euo pipefail
cd "$(dirname "$0")/.."

Examples/install-packages.sh libxml2-dev libdeflate-dev libxlsxwriter-dev
echo "Building (the first time takes 5 to 10 minutes)" >&2
swift build --product kfaudit
pack=$("$(swift build --show-bin-path)/kfaudit" run --sandbox --period 2026-10 --as-of 2026-11-02T06:00:00Z \
  --out quickstart-archive)
echo "The report: $pack/report.html"
