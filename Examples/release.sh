#!/usr/bin/env bash
# Makes what is handed out of a release in DIR: kfaudit-VERSION-linux-ARCH.tar.gz, its bill of materials in CycloneDX,
# and SHA256SUMS. The same commit and Package.resolved, which is among the documents, give the same bytes at the same
# path.
#
#   Examples/release.sh DIR
set -euo pipefail

if [[ $# -ne 1 || $1 == -* ]]; then
  echo "usage: Examples/release.sh DIR" >&2
  exit 64
fi
mkdir -p "$1"
output=$(realpath -- "$1")
cd "$(dirname "$0")/.."
if [[ -n $(git status --porcelain --untracked-files=no) ]]; then
  echo "A release is of a commit: commit or undo what git status shows." >&2
  exit 65
fi
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH-$(git log -1 --format=%ct)}
export SOURCE_DATE_EPOCH

stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT
DESTDIR=$stage Examples/install.sh / >&2
read -r _ version _ < <("$stage/bin/kfaudit" --version)
name=kfaudit-$version-linux-$(uname -m)

documents=$stage/share/doc/kfaudit
install -Dm 644 Package.resolved "$documents/Package.resolved"
for file in .build-release/checkouts/*/{LICENSE,NOTICE}*; do
  [[ ! -f $file ]] || install -Dm 644 "$file" "$documents/licences/${file#.build-release/checkouts/}"
done
python3 Examples/sbom.py "$stage/bin/kfaudit" >"$output/$name.cdx.json"
install -m 644 "$output/$name.cdx.json" "$documents/kfaudit.cdx.json"

tar --create --directory "$stage" --transform "s,^\.,$name," --format ustar --sort name --mtime "@$SOURCE_DATE_EPOCH" \
  --owner 0 --group 0 --numeric-owner --mode u=rwX,go=rX . | gzip -9n >"$output/$name.tar.gz"
cd "$output"
sha256sum "$name.cdx.json" "$name.tar.gz" | tee SHA256SUMS
