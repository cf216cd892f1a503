#!/usr/bin/env bash
# Makes an in-toto test-result predicate of a pack's policy checks:
#
#   attest.sh archive/latest                         prints the predicate
#   attest.sh archive/latest --key cosign.key …      signs it: the rest are arguments of cosign attest-blob
#
# Run it only on a pack that kfaudit verify accepts. What is attested is manifest.json, which has the digest of every other file; the
# script checks SHA256SUMS, and that report.json and the policy are those of the manifest. It does not look for added files, and
# does not recompute anything.
#
# PASSED means that every check passed and completeness is proved. A waived check is among warnedTests; one that was not
# evaluated is in no list. Both, and a population that is not proved, make the result WARNED.
#
# Exit status: 64 nothing to attest, 65 an altered pack, 66 no such folder, 69 a program is not installed.
set -euo pipefail

refuse() {
  echo "attest: $2" >&2
  exit "$1"
}

(( $# )) || refuse 64 "the folder of a pack is missing, such as archive/latest."
if [[ $1 == -h || $1 == --help ]]; then
  sed -n '2,/^set /s/^# \{0,1\}//p' "$0"
  exit
fi
pack=$1
shift
# A folder whose name begins with a hyphen would be read as an option.
[[ $pack != -* ]] || pack=./$pack

for program in jq sha256sum ${1:+cosign}; do
  command -v "$program" >/dev/null || refuse 69 "$program is not installed."
done
[[ -e $pack ]] || refuse 66 "$pack does not exist."
[[ -f $pack/SHA256SUMS && -f $pack/manifest.json ]] ||
  refuse 64 "$pack is not the folder of a pack. Unpack a bundle first, with unzip."
(cd -- "$pack" && sha256sum --check --quiet --strict SHA256SUMS) >&2 || refuse 65 "$pack is not what was published."

digest() {
  sha256sum <"$pack/$1" | cut -d ' ' -f 1
}

for file in report.json evidence/inputs/policy.yaml; do
  [[ -f $pack/$file ]] || refuse 64 "$pack has no $file, so that there is nothing to attest."
  # shellcheck disable=SC2016 # The variables are jq's.
  jq --exit-status --arg path "$file" --arg digest "$(digest "$file")" \
    'any(.files[]; .path == $path and .sha256 == $digest)' "$pack/manifest.json" >/dev/null ||
    refuse 65 "$pack/$file has another digest than in manifest.json."
done
jq --exit-status '.gates | length > 0' "$pack/report.json" >/dev/null ||
  refuse 64 "the policy of $pack has no checks, so that there is nothing to attest."

# shellcheck disable=SC2016 # The variable is jq's.
predicate=$(jq --arg policy "$(digest evidence/inputs/policy.yaml)" '
  def ids(result): [.gates[] | select(.result == result) | .id];
  {
    result: (
      if any(.gates[]; .result == "failed") then "FAILED"
      elif any(.gates[]; .result != "passed") or (.completeness.verdict | startswith("proved") | not) then "WARNED"
      else "PASSED" end),
    configuration: [{name: "evidence/inputs/policy.yaml", digest: {sha256: $policy}}],
    passedTests: ids("passed"),
    warnedTests: ids("excepted"),
    failedTests: ids("failed")
  }' "$pack/report.json")

if (( $# == 0 )); then
  echo "$predicate"
else
  cosign attest-blob --predicate /dev/stdin --type https://in-toto.io/attestation/test-result/v0.1 \
    "$@" "$pack/manifest.json" <<<"$predicate"
fi
