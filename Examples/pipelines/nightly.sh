#!/usr/bin/env bash
# One night: publishes yesterday's pack, verifies the chain of packs, removes the oldest, writes the page over all packs
# (history.html in the archive), tells monitoring.
#
# Arguments go to `kfaudit run`. stdout carries the path of the pack, and the exit status is that of `kfaudit run`, or
# 65 when the chain does not verify. Nothing is tried again here: 75 asks whoever schedules to start the same once more
# later, and then a read that was interrupted goes on where it was.
#
#   ARCHIVE     the folder of the packs                        /var/lib/kfaudit/archive
#   RETENTION   how many packs are kept                        366
#   TEXTFILES   node_exporter's textfile folder                none: metrics.prom stays in the pack
#   PING_URL    is asked for when a night was without fault    none
#   KFAUDIT     the program                                    kfaudit
set -Eeuo pipefail

# A shell takes a signal only when its command is done, and as process 1 of a container not even then. So all of a night is
# done in a child with a process group of its own, and signals are passed on to all of that group.
if [[ ${NIGHTLY_PARENT:-} != "$PPID" ]]; then
  set -m
  NIGHTLY_PARENT=$$ "$BASH" "$0" "$@" &
  for name in HUP INT TERM; do
    # shellcheck disable=SC2064 # The name and the child are those of now.
    trap "kill -s $name -- -$! 2>/dev/null || :" "$name"
  done
  # A signal ends the waiting before the child has ended.
  while kill -0 $! 2>/dev/null; do wait $! || :; done
  status=0
  wait $! || status=$?
  exit "$status"
fi
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM
# What fails here is no verdict of kfaudit's: 1 would be a breach.
trap 'echo "nightly: $BASH_COMMAND failed." >&2; exit 74' ERR

archive=${ARCHIVE:-/var/lib/kfaudit/archive}
retention=${RETENTION:-366}
kfaudit=${KFAUDIT:-kfaudit}
record=$archive/.pruned
removing=$archive/.kfaudit-tmp-pruned

if ! [[ $retention =~ ^[1-9][0-9]*$ ]]; then
  echo "nightly: RETENTION is $retention; give the number of packs to keep, at least 1." >&2
  exit 64
fi

digest() { sha256sum <"$archive/$1/manifest.json" | cut -d ' ' -f 1; }

# The page is for people: a night without it is a night all the same.
write_history() {
  "$kfaudit" history "$archive" --quiet >/dev/null \
    || echo "nightly: $archive/history.html was not written; the packs are not affected." >&2
}

# Sets packs to the names of the packs from the oldest to the newest, whatever else lies in the archive; ends with 65 when
# they are no chain, and with 73 or 74 when that cannot be found out.
verify() {
  local after=() found verified=0
  if [[ -s $record ]]; then after=(--after "$(tail -n 1 "$record" | cut -f 3)"); fi
  found=$("$kfaudit" verify --chain "$archive" "${after[@]}" --digests-only --format json) || verified=$?
  if ((verified != 0)); then
    printf '%s\n' "$found" >&2
    if ((verified == 65)); then echo "nightly: the packs in $archive are no chain; nothing is removed." >&2; fi
    write_history
    exit "$verified"
  fi
  # The last one is the archive itself.
  mapfile -t packs < <(sed -nE 's|^ *"pack" : "(.*/)?([^/"]*)",$|\2|p' <<<"$found" | head -n -1)
}

# The pack leaves the archive in one step; what a killed removal leaves, the next run of kfaudit clears away. What --bundle
# wrote beside it goes first.
remove() {
  rm -rf -- "$removing" "$archive/$1.zip"
  mv -T -- "$archive/$1" "$removing"
  rm -rf -- "$removing"
}

# Goes on with a removal that was recorded and did not happen.
finish_removal() {
  local name recorded
  [[ -s $record ]] || return 0
  IFS=$'\t' read -r _ name recorded < <(tail -n 1 "$record")
  if [[ -f $archive/$name/manifest.json && $(digest "$name") == "$recorded" ]]; then remove "$name"; fi
}

# Removes from the oldest end what is beyond the retention, and records each before it goes.
prune() {
  local name surplus=$((${#packs[@]} - retention))
  ((surplus > 0)) || return 0
  for name in "${packs[@]:0:surplus}"; do
    if [[ $name == "$(readlink "$archive/latest")" ]]; then break; fi
    printf '%s\t%s\t%s\n' "$(date -u +%FT%TZ)" "$name" "$(digest "$name")" >>"$record"
    sync "$record"
    remove "$name"
  done
  verify
}

status=0
pack=$("$kfaudit" run --period yesterday --out "$archive" \
  --format csv,json,ndjson,html,junit,markdown,metrics "$@") || status=$?
if [[ -z $pack ]]; then exit "$status"; fi
printf '%s\n' "$pack"

# The lock of kfaudit itself, so that no run publishes meanwhile: it would be told to come later.
exec 9<>"$archive/.kfaudit.lock"
flock --wait 600 9 || exit 75
finish_removal
verify
prune
write_history

if [[ -n ${TEXTFILES:-} ]]; then
  install -m 0644 -- "$pack/metrics.prom" "$TEXTFILES/kfaudit.prom.new"
  mv -- "$TEXTFILES/kfaudit.prom.new" "$TEXTFILES/kfaudit.prom"
fi
exec 9>&-
if ((status == 0)) && [[ -n ${PING_URL:-} ]]; then
  # The address is a secret of a kind, so that it does not stand in the list of processes.
  curl --config - --fail --silent --show-error --output /dev/null --max-time 30 --retry 3 \
    <<<"url = \"$PING_URL\"" || echo "nightly: the ping failed; the night itself did not." >&2
fi
exit "$status"
