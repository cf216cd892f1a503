#!/usr/bin/env bash
# Tells what changed in an archive since it was told last, in one message:
#
#   notify.sh /var/lib/kfaudit/archive
#
# That is: a policy check that has another result, a missing period, a waiver that ends within seven days, a verdict that got
# worse (proved with changes counts as proved), and a pack or a link of the chain that no longer fits. The first message is
# the present state. When nothing changed, nothing is sent. Start it after nightly.sh, whatever that ended with.
#
# Each channel that is set gets the message, and has a file .kfaudit-notified-CHANNEL.json in the archive with what it was
# told. The file is written after the delivery: what was not delivered is told again next time.
#
#   NOTIFY_MAIL     addresses, separated by commas, for sendmail -t                    none
#   NOTIFY_WEBHOOK  address of a webhook of Slack or Teams: a POST of {"text": …}      none
#   NOTIFY_URL      address that takes a POST of text/plain                            none
#   NOTIFY_GITHUB   new: an issue of GH_REPO; a number: a comment on that issue        none
#                   (gh with GH_TOKEN)
#   NOTIFY_GITLAB   the same with GITLAB_REPO (glab with GITLAB_TOKEN)                 none
#   VERBOSE         any value: print what was done to stderr                           none
#   KFAUDIT         the program                                                        kfaudit
#
# Exit status: 0 told, or nothing to tell; 64 the call is wrong; 65 the record of what was told cannot be understood; 69 a
# message was not delivered; 73 the archive cannot be written to; 74 a step of its own failed; 75 another one is at work;
# otherwise that of `kfaudit history`.
set -Eeuo pipefail
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM
trap 'echo "notify: $BASH_COMMAND failed." >&2; exit 74' ERR
umask 077

kfaudit=${KFAUDIT:-kfaudit}

fail() {
  echo "notify: $2" >&2
  exit "$1"
}

note() { if [[ -n ${VERBOSE:-} ]]; then echo "notify: $1" >&2; fi; }

if (($# != 1)) || [[ $1 == -* || -z $1 ]]; then fail 64 "pass one argument, the archive: notify.sh ARCHIVE"; fi
archive=$1
channels=()
for channel in mail webhook url github gitlab; do
  variable=NOTIFY_${channel^^}
  value=${!variable:-}
  if [[ -z $value ]]; then continue; fi
  # The values are not quoted in messages: most of them are secrets.
  case $channel in
    mail) valid='^[^[:cntrl:]]+$' ;;
    webhook | url) valid='^https?://[^[:cntrl:][:space:]"\\]+$' ;;
    *) valid='^(new|[1-9][0-9]*)$' ;;
  esac
  if ! [[ $value =~ $valid ]]; then fail 64 "the value of $variable is not valid; $0 explains it at its top."; fi
  channels+=("$channel")
done
if ((${#channels[@]} == 0)); then fail 64 "no channel is set; set NOTIFY_MAIL or another one that $0 explains at its top."; fi
if ! [[ -d $archive && -w $archive ]]; then
  fail 73 "$archive is not a folder that this user can write to, so what was told could not be recorded; nothing is sent."
fi
# Not the lock of kfaudit, which may publish meanwhile.
exec 9<"$archive"
flock --wait 60 9 || fail 75 "another notify.sh is at work on $archive; start it again later."

folder=$(mktemp -d)
trap 'rm -rf -- "$folder"' EXIT
"$kfaudit" history "$archive" --out "$folder" --quiet >/dev/null || exit $?
newest=$(jq --raw-output '.followUp.pack // empty' "$folder/history.json")
report=/dev/null
if [[ -n $newest ]]; then report=$archive/$newest/report.json; fi

# Makes {state, title, lines} of history.json, the newest report and the state that was told last.
# shellcheck disable=SC2016 # The variables are those of jq.
digest='
  def clean: tostring | gsub("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]"; " ") | if length > 200 then .[0:199] + "…" else . end;
  def counted($one; $many): "\(.) \(if . == 1 then $one else $many end)";
  def word: {
    proved: "proved", provedWithChanges: "proved with changes", unproved: "not proved", incomplete: "incomplete",
    passed: "passed", failed: "failed", excepted: "waived", notJudged: "not evaluated"
  }[.] // "absent";
  def rank: {proved: 0, provedWithChanges: 0, unproved: 1, incomplete: 2}[.] // 0;

  . as $history
  | (if $told == [] then {first: true}
     elif ($told[0] | type) == "object" and $told[0].schemaVersion == 1 then $told[0]
     else error("not a record of notify.sh") end) as $told
  | ([.packs[] | select(.counts and .files != "damaged" and .files != "unreadable")] | last) as $newest
  | ([.packs[] | select(.name == $history.followUp.pack) | .checks[]?]
     | map({key: .id, value: "\(.observed); \(.reason)"}) | from_entries) as $details
  | {
      schemaVersion: 1,
      verdict: (if $newest then $newest.verdict // "incomplete" else $told.verdict end),
      faults: [.packs[] | select(.files == "damaged" or .files == "unreadable" or .chain.state == "broken")
        | {name, files, chain: .chain.state}],
      missing: [.missing[] | {from, to}],
      # Without a report nothing is known of these.
      checks: (if .followUp then [.checks[] | {key: .id, value: .result}] | from_entries else $told.checks // {} end),
      waivers: (if .followUp
        then [$report[0].completeness.findings[] | select(.code == "EXCEPTION_ENDS_SOON") | .text]
        else $told.waivers // [] end)
    } as $state
  | [
      (.packs[] | {name, files, chain: .chain.state} as $fault
        | select([$fault] | inside($state.faults))
        | select([$fault] | inside($told.faults // []) | not)
        | if .files == "damaged" or .files == "unreadable"
          then "Damaged pack: \(.name | clean): \(.faults[0] // .files | clean)"
          else "Broken chain: \(.name | clean): \(.chain.reason // "" | clean)" end),
      (select($newest and ($state.verdict | rank) > ($told.verdict // "proved" | rank))
        | "Completeness: \($state.verdict | word) in \($newest.name | clean)"
          + if $told.verdict then "; before: \($told.verdict | word)" else "" end),
      (.missing[] | . as $gap
        | select(any($told.missing[]?; .from <= $gap.from and $gap.to <= .to) | not)
        | "Missing: \(.periods | counted("period"; "periods")) between \(.after | clean) and \(.before | clean)"),
      (select(.followUp) | .checks[] | $told.checks[.id] as $before
        | select(.result != $before and ($before or .result != "passed") and ($before or .result))
        | "Policy check \(if .result then .result | word else "no longer in the newest report" end): "
          + "\(.title | clean) [\(.id | clean), \(.severity | clean)]"
          + (if .result then ": \($details[.id] // "" | clean)" else "" end)
          + (if $told.first and .since then "; since \(.since | clean)" else "" end)
          + (if $before then "; before: \($before | word)" else "" end)),
      ($state.waivers[] | . as $text | select(any($told.waivers[]?; . == $text) | not) | "Waiver ends soon: \(clean)")
    ] as $changes
  | {
      state: $state,
      title: ("Certificate workflows: "
        + if $told.first then "present state" else $changes | length | counted("change"; "changes") end),
      lines: (if $changes == [] and ($told.first | not) then [] else
        (if $changes == [] then ["Nothing fails, and nothing is missing."] else $changes[0:50] | map("- " + .) end)
        + (if ($changes | length) > 50 then ["- and \(($changes | length) - 50) more: see the page of kfaudit history"] else [] end)
        + ["", "\($history.summary.periods | counted("period"; "periods")), \($history.summary.missing) missing; "
          + "\($history.summary.failing | counted("policy check fails"; "policy checks fail"))."]
        + (if $newest then ["Newest pack: \($newest.name | clean), \($state.verdict | word)"
          + (if $newest.account and ($state.verdict | rank) == 0
             then " for all that the account \($newest.account | clean) may see" else "" end) + "."] else [] end)
        + ["Archive: \($archive | clean) on \($host | clean)"] end)
    }'

# Posts a file to an address, which is a secret: it is neither in the list of processes nor in a message.
post() {
  local code=000
  code=$(curl --config - --silent --output /dev/null --write-out '%{http_code}' --max-time 30 --proto =https,http \
    --header "Content-Type: $2" --data-binary "@$3" <<<"url = \"$1\"") || code="none: curl exited with $?"
  if [[ $code == 2?? ]]; then return 0; fi
  echo "notify: the HTTP status was $code." >&2
  return 1
}

# Delivers the message to a channel; its status is whether that succeeded.
send() {
  local text
  # Indented, the text is code to GitHub and GitLab: nothing in it is a link, a mention or a command.
  text=$(sed 's/^/    /' "$folder/text") || return
  case $1 in
    mail)
      # Base64, so that no line is too long and none ends the mail.
      {
        printf 'To: %s\nSubject: %s\nAuto-Submitted: auto-generated\nMIME-Version: 1.0\n' "$NOTIFY_MAIL" "$title"
        printf 'Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n'
        base64 <"$folder/text"
      } | PATH=$PATH:/usr/sbin:/usr/lib sendmail -t >&2
      ;;
    webhook)
      # What Slack and Teams take for markup is escaped.
      jq --raw-input --slurp --arg title "$title" \
        '{text: ($title + "\n\n" + . | gsub("&"; "&amp;") | gsub("<"; "&lt;") | gsub(">"; "&gt;"))}' \
        <"$folder/text" >"$folder/json" && post "$NOTIFY_WEBHOOK" application/json "$folder/json"
      ;;
    url)
      { printf '%s\n\n' "$title" && cat -- "$folder/text"; } >"$folder/plain" \
        && post "$NOTIFY_URL" 'text/plain; charset=utf-8' "$folder/plain"
      ;;
    github)
      if [[ $NOTIFY_GITHUB == new ]]; then
        gh issue create --title "$title" --body-file - <<<"$text" >&2
      else
        gh issue comment "$NOTIFY_GITHUB" --body-file - <<<"$text" >&2
      fi
      ;;
    gitlab)
      if [[ $NOTIFY_GITLAB == new ]]; then
        glab issue create --repo "${GITLAB_REPO:-}" --title "$title" --description "$text" --yes >&2
      else
        glab issue note "$NOTIFY_GITLAB" --repo "${GITLAB_REPO:-}" --message "$text" >&2
      fi
      ;;
  esac
}

status=0
for channel in "${channels[@]}"; do
  record=$archive/.kfaudit-notified-$channel.json
  told=/dev/null
  if [[ -e $record ]]; then told=$record; fi
  if ! jq --slurpfile told "$told" --slurpfile report "$report" --arg archive "$archive" --arg host "$(uname -n)" \
    "$digest" "$folder/history.json" >"$folder/digest"; then
    echo "notify: $record, or a report, cannot be understood. Remove the record, and the present state is told." >&2
    status=65
    continue
  fi
  jq .state "$folder/digest" >"$folder/state"
  if jq --exit-status '.lines == []' "$folder/digest" >/dev/null; then
    note "$channel: nothing to tell."
  else
    title=$(jq --raw-output .title "$folder/digest")
    jq --raw-output '.lines[]' "$folder/digest" >"$folder/text"
    if ! send "$channel"; then
      echo "notify: $channel: the message was not delivered; it is told next time." >&2
      status=69
      continue
    fi
    note "$channel: told."
  fi
  if ! cmp --quiet -- "$folder/state" "$record"; then
    if ! { cp -- "$folder/state" "$record.new" && sync -- "$record.new" && mv -fT -- "$record.new" "$record"; }; then
      fail 74 "$record was not written, so the same is told again next time."
    fi
  fi
done
exit "$status"
