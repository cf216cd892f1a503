#!/usr/bin/env bash
# Checks the links of all Markdown files, compiles the articles and the comments with theirs, and asks that every public symbol
# has a comment: lint sees no cases of enums.
set -euo pipefail
cd "$(dirname "$0")/../.."

output=$(mktemp -d)
trap 'rm -rf "$output"' EXIT
# The articles as docc reads them: in the repository their links are paths.
catalogue=$output/kfaudit.docc
mkdir "$catalogue"
python3 Tests/Documentation/articles.py "$catalogue"
compile() {
  docc convert "$@" --fallback-display-name kfaudit --fallback-bundle-identifier kfaudit \
    --output-path "$output/archive" --warnings-as-errors
}

# Without the symbols of its own module docc leaves the articles out as soon as it gets others.
compile "$catalogue"
python3 Tests/Documentation/articles.py --built "$output/archive"
graphs=$(swift package dump-symbol-graph --minimum-access-level package --skip-synthesized-members |
  sed -n 's/^Files written to //p')
compile --additional-symbol-graph-dir "$graphs"
python3 Tests/Documentation/undocumented.py "$graphs"
