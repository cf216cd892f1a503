#!/usr/bin/env bash
# Builds kfaudit and runs its main job against the embedded sandbox: a report, and the history of 30 nights, without
# Keyfactor Command.
set -euo pipefail
cd "$(dirname "$0")/.."

Examples/install-packages.sh libxml2-dev libdeflate-dev libxlsxwriter-dev libzip-dev
echo "Building (the first time takes 5 to 10 minutes)" >&2
swift build --product kfaudit
kfaudit=$(swift build --show-bin-path)/kfaudit
pack=$("$kfaudit" run --sandbox --period 2026-10 --as-of 2026-11-02T06:00:00Z \
  --out quickstart-archive)
echo "The report: $pack/report.html"
echo "30 nights (about a minute)" >&2
KFAUDIT=$kfaudit Examples/nights.sh quickstart-nights
echo "All nights on one page: $("$kfaudit" history quickstart-nights --quiet)"
