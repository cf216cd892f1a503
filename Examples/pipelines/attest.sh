#!/usr/bin/env bash
# Makes an in-toto test-result predicate of a pack's policy checks:
#
#   attest.sh archive/latest                         prints the predicate
#   attest.sh archive/latest --key cosign.key …      signs it: the rest are arguments of cosign attest-blob
#
# What is attested is manifest.json, which has the digest of every other file. A pack that was altered is refused with 65.
#
# PASSED means that every check passed and completeness is proved. A waived check is among warnedTests; one that was not
# evaluated is in no list. Both, and a population that is not proved, make the result WARNED.
set -euo pipefail

if (( $# == 0 )); then
  echo "attest: name a pack, such as archive/latest." >&2
  exit 64
fi
pack=$1
shift
if ! (cd -- "$pack" && sha256sum --check --quiet --strict SHA256SUMS) >&2; then
  echo "attest: $pack is not what was published." >&2
  exit 65
fi
if [[ ! -f $pack/evidence/inputs/policy.yaml ]]; then
  echo "attest: $pack was made without a policy, so that there is nothing to attest." >&2
  exit 64
fi

predicate() {
  # shellcheck disable=SC2016 # The variable is jq's.
  jq --arg policy "$(sha256sum <"$pack/evidence/inputs/policy.yaml" | cut -d ' ' -f 1)" '
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
    }' "$pack/report.json"
}

if (( $# == 0 )); then
  predicate
else
  predicate | cosign attest-blob --predicate /dev/stdin --type https://in-toto.io/attestation/test-result/v0.1 \
    "$@" "$pack/manifest.json"
fi
