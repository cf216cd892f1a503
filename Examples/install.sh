#!/usr/bin/env bash
# Builds a release of kfaudit and installs it below PREFIX with its manual page, shell completions and the script that
# recomputes a pack without it, or removes
# what was installed. PREFIX is /usr/local; DESTDIR, for packagers, goes before it.
#
#   Examples/install.sh [PREFIX]
#   Examples/install.sh --uninstall [PREFIX]
set -euo pipefail

action=install
if [[ ${1-} == --uninstall ]]; then
  action=uninstall
  shift
fi
if [[ $# -gt 1 || ${1-} == -* ]]; then
  echo "usage: Examples/install.sh [--uninstall] [PREFIX]" >&2
  exit 64
fi
prefix=$(realpath --canonicalize-missing -- "${1-/usr/local}")
target=$(realpath --canonicalize-missing -- "${DESTDIR-}$prefix")
cd "$(dirname "$0")/.."

files=(
  bin/kfaudit
  share/bash-completion/completions/kfaudit
  share/fish/vendor_completions.d/kfaudit.fish
  share/kfaudit/recompute.py
  share/kfaudit/rows.py
  share/man/man1/kfaudit.1
  share/zsh/site-functions/_kfaudit
)

# Building needs no rights; writing to the target may.
as_root=()
parent=$target
until [[ -e $parent ]]; do parent=$(dirname "$parent"); done
if [[ ! -w $parent ]]; then
  command -v sudo >/dev/null || {
    echo "$parent cannot be written; name another PREFIX, such as ~/.local." >&2
    exit 73
  }
  as_root=(sudo)
fi

if [[ $action == uninstall ]]; then
  "${as_root[@]}" rm -fv "${files[@]/#/$target/}"
  exit
fi

Examples/install-packages.sh libxml2-dev libdeflate-dev libxlsxwriter-dev libzip-dev
KFAUDIT_COMMIT=
if [[ -e .git ]]; then KFAUDIT_COMMIT=$(git describe --always --dirty --abbrev=7 --exclude='*'); fi
export KFAUDIT_COMMIT
# Debug information names the times of the checked-out files; without it, two builds are the same to the byte.
build=(swift build -c release --static-swift-stdlib -debug-info-format none --scratch-path .build-release
  --product kfaudit)
echo "Building (the first time takes 10 minutes)" >&2
"${build[@]}" >&2

stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT
program=$("${build[@]}" --show-bin-path)/kfaudit
install -Ds "$program" "$stage/bin/kfaudit"
install -Dm 644 Examples/kfaudit.1 "$stage/share/man/man1/kfaudit.1"
# What recomputes a pack without kfaudit; it needs Python's standard library only.
install -Dm 644 -t "$stage/share/kfaudit" Tests/Oracle/recompute.py Tests/Oracle/rows.py
complete() {
  mkdir -p "$(dirname "$stage/$2")"
  "$program" --generate-completion-script "$1" >"$stage/$2"
}
complete bash share/bash-completion/completions/kfaudit
complete fish share/fish/vendor_completions.d/kfaudit.fish
complete zsh share/zsh/site-functions/_kfaudit

for file in "${files[@]}"; do
  mode=644
  if [[ $file == bin/* ]]; then mode=755; fi
  "${as_root[@]}" install -Dm "$mode" "$stage/$file" "$target/$file"
done
echo "$("$program" --version) is installed:"
printf '  %s\n' "${files[@]/#/$target/}"
echo "A machine that it is copied to needs these libraries, from libxml2, libdeflate0, libxlsxwriter4, libzip4 and zlib1g:"
readelf --dynamic "$program" | sed -n 's/.*(NEEDED).*\[\(.*\)\]/  \1/p'
