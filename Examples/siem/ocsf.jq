# One OCSF 1.5.0 event for each policy check of a report.json:
#
#   jq --compact-output --ascii-output --from-file ocsf.jq archive/latest/report.json      Compliance Finding, 2003
#   the same with --arg class 2004                                                         Detection Finding, 2004
#
# With --ascii-output no control character of a requester's reaches a terminal.
#
# A check that passed is informational, so that no rule on severity fires for it. A waived check failed; status_detail has the
# waiver. A check that was not evaluated is a warning: OCSF has that for results that are missing.

def milliseconds: (.[0:19] + "Z" | fromdate) * 1000 + (.[20:23] | tonumber);

def verdict:
  {passed: [1, "Pass", "PASS"], failed: [3, "Fail", "FAIL"], excepted: [3, "Fail", "FAIL"],
   notJudged: [2, "Warning", "MANUAL"]}[.result];

def severity:
  (if .result == "passed" then "info" else .severity end)
  | {info: [1, "Informational"], low: [2, "Low"], medium: [3, "Medium"], high: [4, "High"],
     critical: [5, "Critical"]}[.];

def frameworks: map(split("/")[0]) | unique;

($ARGS.named.class // "2003" | tonumber | if IN(2003, 2004) then . else error("class is 2003 or 2004") end) as $class
| .cover as $cover
| .completeness.verdict as $completeness
| ($cover.asOf | milliseconds) as $time
| .gates[]
| {
    activity_id: 1,
    activity_name: "Create",
    category_name: "Findings",
    category_uid: 2,
    class_name: (if $class == 2003 then "Compliance Finding" else "Detection Finding" end),
    class_uid: $class,
    type_uid: ($class * 100 + 1),
    time: $time,
    start_time: ($cover.window.from | milliseconds),
    end_time: ($cover.window.to | milliseconds),
    severity_id: severity[0],
    severity: severity[1],
    message: "\(.title): \(.observed)",
    status_code: verdict[2],
    status_detail: .reason,
    finding_info: {
      # The same check of the same server and period has the same one, however often it is evaluated. Saved pages have no server:
      # it begins with "pages", whichever server they are of.
      uid: ([$cover.source.server // $cover.source.kind, $cover.window.from, $cover.window.to, .id] | join(" ")),
      title: .title,
      desc: .reason,
      created_time: $time,
      types: ["Policy check"]
    },
    metadata: {
      version: "1.5.0",
      product: {name: "kfaudit", vendor_name: "kfaudit", version: $cover.toolVersion},
      log_name: "report.json",
      original_time: $cover.asOf
    },
    resources: [{name: ($cover.source.server // $cover.source.kind), type: "Keyfactor Command"}],
    unmapped: {
      check: .id, result, metric, bound, controls: (.controls // []), check_severity: .severity, completeness: $completeness,
      merkle_root: $cover.merkleRoot
    }
  }
| if $class == 2003 then
    . + {
      compliance: {
        # OCSF requires a standard; without a control the policy is the only one.
        standards: (.unmapped.controls | frameworks | if . == [] then ["kfaudit policy"] else . end),
        requirements: .unmapped.controls,
        control: .unmapped.check,
        status_id: (.unmapped | verdict[0])
      }
    }
  else . end
