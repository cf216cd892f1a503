#!/usr/bin/env bash
# Runs a night and opens a ticket with its summary after a breach (1) or without proof (3):
#
#   ticket.sh nightly.sh --server https://keyfactor.example.com
#
# The output and the exit status are the night's, whatever becomes of the ticket.
#
#   TICKETS        github   the issues of GH_REPO, with gh and GH_TOKEN
#                  gitlab   the issues of GITLAB_REPO, with glab and GITLAB_TOKEN
#                  https:…  an address that takes a POST of {"title": …, "description": …}
#   TICKETS_TOKEN  the address's bearer token                         default none
set -uo pipefail

# A shell takes a signal only when its command is done, and as process 1 of a container not even then. So everything is
# done in a child with a process group of its own, and signals are passed on to all of that group.
if [[ ${TICKET_PARENT:-} != "$PPID" ]]; then
  set -m
  TICKET_PARENT=$$ "$BASH" "$0" "$@" &
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

if [[ -z ${TICKETS:-} ]]; then
  echo "ticket: TICKETS is not set; say where tickets are opened." >&2
  exit 64
fi
pack=$("$@")
status=$?
if [[ -n $pack ]]; then printf '%s\n' "$pack"; fi
case $status in
  1) title="Certificate workflows: a gate of the policy failed" ;;
  3) title="Certificate workflows: that the evidence is complete is not proved" ;;
  *) exit "$status" ;;
esac

if [[ -f $pack/summary.md ]]; then
  title+=", ${pack##*/}"
  body=$(
    cat -- "$pack/summary.md"
    # shellcheck disable=SC2016 # The backticks are Markdown's.
    printf '\nThe pack is `%s` on `%s`; the SHA-256 of its manifest.json is `%s`.\n' \
      "$pack" "$(uname -n)" "$(sha256sum <"$pack/manifest.json" | cut -d ' ' -f 1)"
  )
else
  body="Nothing was published: a part could not be read. The log of the run on \`$(uname -n)\` says which."
fi

post() {
  # Neither the text nor the token stands in the list of processes.
  jq --null-input '{title: env.title, description: env.body}' |
    curl --config <(
      printf 'url = "%s"\n' "$TICKETS"
      if [[ -n ${TICKETS_TOKEN:-} ]]; then printf 'header = "Authorization: Bearer %s"\n' "$TICKETS_TOKEN"; fi
    ) --header 'Content-Type: application/json' --data-binary @- \
      --fail --silent --show-error --output /dev/null --max-time 30
}

# In the environment the text cannot be taken for options or for JSON.
export title body
case $TICKETS in
  github) gh issue create --title "$title" --body-file - <<<"$body" >&2 ;;
  gitlab) glab issue create --repo "${GITLAB_REPO:-}" --title "$title" --description "$body" --yes >&2 ;;
  *) post ;;
esac || echo "ticket: no ticket was opened." >&2
exit "$status"
