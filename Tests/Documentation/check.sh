#!/usr/bin/env bash
# Compiles the articles and the comments with all their links, asks that the index names every article, and that every
# public symbol has a comment: lint sees no cases of enums.
set -euo pipefail
cd "$(dirname "$0")/../.."

catalogue=Sources/kfaudit/Documentation.docc
output=$(mktemp -d)
trap 'rm -rf "$output"' EXIT
compile() {
  docc convert "$@" --fallback-display-name kfaudit --fallback-bundle-identifier kfaudit \
    --output-path "$output/archive" --warnings-as-errors
}

missing=0
while read -r page; do
  name=$(basename "$page" .md)
  [ "$name" = kfaudit ] || grep -q "<doc:$name>" "$catalogue/kfaudit.md" || {
    echo "$page is not in the index, kfaudit.md" >&2
    missing=1
  }
done < <(find "$catalogue" -name '*.md')
[ "$missing" = 0 ]

# Without the symbols of its own module docc leaves the articles out as soon as it gets others.
compile "$catalogue"
graphs=$(swift package dump-symbol-graph --minimum-access-level package --skip-synthesized-members |
  sed -n 's/^Files written to //p')
compile --additional-symbol-graph-dir "$graphs"
python3 Tests/Documentation/undocumented.py "$graphs"
