#!/usr/bin/env bash
# Makes an archive of sandbox nights, to see the history page: kfaudit history shows all of them.
#
# The nights differ as real ones do. Of 30 nights, one is missing, one is not proved, and in the last week too few
# workflows start, so that a policy check fails.
#
#   Examples/nights.sh ARCHIVE [NIGHTS]     NIGHTS: 30 unless given, from 1 September 2026 on
#
#   KFAUDIT     the program     kfaudit
set -euo pipefail

archive=${1:?the folder of the packs}
nights=${2:-30}
kfaudit=${KFAUDIT:-kfaudit}
work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT

cat >"$work/policy.yaml" <<'POLICY'
gates:
  - id: complete-population
    title: Completeness is proved
    severity: critical
    completeness: provedWithChanges
  - id: workflows-start
    title: At least 40 workflows start
    severity: high
    metric: population.instances
    min: 40
  - id: workflows-work
    title: No workflow definition fails in more than half of its instances, beyond doubt
    severity: high
    metric: failureRates.byDefinition
    on: low
    max: 50%
    minimumN: 10
  - id: titles-understood
    title: At most half of the titles have no rule
    severity: medium
    metric: normalisation.unrecognisedRate
    max: 50%
POLICY

for ((night = 0; night < nights; night++)); do
  if ((night % 30 == 20)); then continue; fi
  day=$(date -u -d "2026-09-01 + $night days" +%F)
  options=(--sandbox-instances $((110 + night * 37 % 60)) --accept-unproved)
  if ((night % 30 >= 23)); then options=(--sandbox-instances $((20 + night % 7))); fi
  if ((night % 30 == 5)); then options+=(--assurance counted); fi
  status=0
  "$kfaudit" run --sandbox --sandbox-seed $((night + 1)) --period "$day" --as-of "$(date -u -d "$day + 30 hours" +%FT%TZ)" \
    --policy "$work/policy.yaml" --out "$archive" --quiet "${options[@]}" >"$work/pack" || status=$?
  # 1 is a policy check that failed, as is meant.
  if ((status > 1)); then exit "$status"; fi
done
