#!/usr/bin/env bash
# Prints a report to a tagged PDF, which screen readers can follow, with headless Chromium and nothing from the network.
#
#   Examples/pdf.sh REPORT.html [OUT.pdf]
#
#   CHROMIUM   the browser      default the first of chromium, chromium-browser, google-chrome
set -euo pipefail

if [[ $# -lt 1 || $# -gt 2 || $1 == -* ]]; then
  echo "usage: Examples/pdf.sh REPORT.html [OUT.pdf]" >&2
  exit 64
fi
if [[ ! -f $1 ]]; then
  echo "$1 is not a file; name the report.html of a pack." >&2
  exit 66
fi
page=$(realpath -- "$1")
output=$(realpath --canonicalize-missing -- "${2-${1%.html}.pdf}")
browser=${CHROMIUM-}
for name in chromium chromium-browser google-chrome; do
  [[ -n $browser ]] || browser=$(command -v "$name" || :)
done
if [[ -z $browser ]]; then
  echo "No Chromium was found; install it or set CHROMIUM to its path." >&2
  exit 69
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# Chromium cannot set its sandbox up for root, as in a container; the page has no script that it needs one for.
as_root=()
[[ $(id -u) != 0 ]] || as_root=(--no-sandbox)
"$browser" --headless --disable-gpu --no-first-run --user-data-dir="$work/profile" "${as_root[@]}" \
  --export-tagged-pdf --generate-pdf-document-outline --no-pdf-header-footer --print-to-pdf="$work/report.pdf" \
  "file://$page" 2>"$work/log" || {
  cat "$work/log" >&2
  exit 70
}
if [[ ! -s $work/report.pdf ]]; then
  cat "$work/log" >&2
  echo "Chromium made no PDF of $1." >&2
  exit 70
fi
mv -- "$work/report.pdf" "$output"
echo "$output"
