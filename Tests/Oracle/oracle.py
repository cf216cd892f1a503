#!/usr/bin/env python3
"""Recomputes the figures of a published pack with code that shares nothing with kfaudit.

    python3 Tests/Oracle/oracle.py PACK...

A PACK holds instances.ndjson, report.json and, where it was published, manifest.json. Percentiles come from numpy,
Kaplan-Meier estimates from lifelines, Wilson intervals from statsmodels, days from zoneinfo. Only the metrics that the
report has are compared, at 1e-9 relative. Prints `agreement: N figures` a pack, or the first differences and exits 1;
2 means that a pack or a Python module is missing.
"""
import collections
import functools
import json
import math
import pathlib
import re
import sys
import zoneinfo
from datetime import datetime, timedelta, timezone

try:
    import numpy
    from lifelines import KaplanMeierFitter
    from statsmodels.stats.proportion import proportion_confint
except ImportError as missing:
    print(f"{missing}. Install with: pip install -r Tests/Oracle/requirements.txt", file=sys.stderr)
    sys.exit(2)

STATUSES = ["CanceledForRestart", "Complete", "Failed", "Rejected", "Running", "Suspended", "unknown"]
TERMINAL = {"Complete", "Failed", "Rejected"}
OPEN = {"Running", "Suspended"}
RULES = ["enroll", "revoke", "unrecognised"]
FLAGS = [
    "unknownStatus", "badDate", "negativeDuration", "futureDate", "titleTypeMismatch", "loneSurrogate", "nullTitle",
    "unknownField", "outOfWindow",
]
UNUSABLE = {"badDate", "negativeDuration", "futureDate"}
QUANTILES = {"p50": 0.5, "p75": 0.75, "p90": 0.9, "p95": 0.95}
EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
MILLISECOND = timedelta(milliseconds=1)
TOLERANCE = 1e-12  # metrics.md allows it where a survival value meets 1 - p
SHOWN = 20


class Comparison:
    """Counts the figures that agree and keeps the differences."""

    def __init__(self):
        self.figures = 0
        self.differences = []

    def same(self, place, expected, reported):
        """Compares two values of any shape; numbers at 1e-9 relative."""
        if isinstance(expected, dict) and isinstance(reported, dict):
            for key in sorted(expected.keys() | reported.keys()):
                if key in expected and key in reported:
                    self.same(f"{place}.{key}", expected[key], reported[key])
                else:
                    self.differ(f"{place}.{key}", expected.get(key, "(no such key)"), reported.get(key, "(no such key)"))
        elif isinstance(expected, (list, tuple)) and isinstance(reported, list):
            if len(expected) != len(reported):
                self.differ(f"{place}.length", len(expected), len(reported))
            for index, (one, other) in enumerate(zip(expected, reported)):
                self.same(f"{place}[{index}]", one, other)
        elif self.agree(expected, reported):
            self.figures += 1
        else:
            self.differ(place, expected, reported)

    def differ(self, place, expected, reported):
        self.differences.append(f"{place}: expected {expected!r}, reported {reported!r}")

    @staticmethod
    def agree(expected, reported):
        numbers = all(isinstance(x, (int, float)) and not isinstance(x, bool) for x in (expected, reported))
        if numbers:
            return math.isclose(expected, reported, rel_tol=1e-9, abs_tol=1e-12)
        return type(expected) is type(reported) and expected == reported


def milliseconds(text):
    return None if text is None else (datetime.fromisoformat(text) - EPOCH) // MILLISECOND


def folded_user(row):
    """The key by which users are grouped: ASCII letters of DOMAIN\\user without case."""
    if "\\" in row["user"]:
        return "".join(chr(ord(c) + 32) if "A" <= c <= "Z" else c for c in row["user"])
    return row["user"]


def code_points(*names):
    """A sort key: by code points, a missing name last."""
    return tuple((name is None, (name or "").encode("utf-8", "surrogatepass")) for name in names)


def grouped(rows, *fields):
    groups = collections.defaultdict(list)
    for row in rows:
        groups[tuple(row[field] for field in fields)].append(row)
    return groups


def by_status(rows):
    counts = collections.Counter(row["status"] for row in rows)
    return {status: counts[status] for status in STATUSES}


def newest_names(rows, key, name):
    """The name that the greatest reference id gives each group."""
    return {row[key]: row[name] for row in rows if row[name] is not None}


# Reading


def read(pack):
    with open(pack / "report.json", encoding="utf-8") as file:
        report = json.load(file)
    with open(pack / "instances.ndjson", encoding="utf-8", newline="\n") as file:
        rows = [json.loads(line) for line in file if line.strip()]
    rows.sort(key=lambda row: row["referenceId"])
    for row in rows:
        row["status"] = row["status"] if row["status"] in STATUSES[:-1] else "unknown"
        row["s"], row["m"] = milliseconds(row["start"]), milliseconds(row["lastModified"])
    return report, rows


def odd_times(row, as_of):
    """What the dates alone say about a row, whatever its flags are."""
    s, m = row["s"], row["m"]
    flags = set()
    if s is None or m is None:
        flags.add("badDate")
    elif m < s:
        flags.add("negativeDuration")
    if any(x is not None and x > as_of + 300_000 for x in (s, m)):
        flags.add("futureDate")
    elif row["status"] in OPEN and s is not None and m is not None and s > as_of:
        flags.add("negativeDuration")
    return flags


# The statistics


def percentiles(values):
    n = len(values)
    at = lambda percent, least: float(numpy.percentile(values, percent, method="linear")) if n >= least else None
    return {
        "n": n, "p50": at(50, 1), "p75": at(75, 1), "p90": at(90, 1), "p95": at(95, 20), "p99": at(99, 100),
        "max": max(values) if n else None,
    }


def kaplan_meier(events, censorings):
    steps = []
    if events:
        fitter = KaplanMeierFitter(alpha=0.05).fit(
            events + censorings, event_observed=[1] * len(events) + [0] * len(censorings))
        table = fitter.event_table
        survival = fitter.survival_function_["KM_estimate"]
        limits = fitter.confidence_interval_
        for time in table.index[table["observed"] > 0]:
            s = float(survival.loc[time])
            lower, upper = (float(x) for x in limits.loc[time]) if 0 < s < 1 else (s, s)
            steps.append([float(time), s, lower, upper, int(table["at_risk"].loc[time])])

    def reached(column, probability):
        return next((step[0] for step in steps if step[column] <= 1 - probability + TOLERANCE), None)

    chosen = steps
    if len(steps) > 400:
        chosen = [steps[int(i)] for i in numpy.rint(numpy.linspace(0, len(steps) - 1, 400))]
    figures = {key: reached(1, probability) for key, probability in QUANTILES.items()}
    figures["limits"] = {key: [reached(2, p), reached(3, p)] for key, p in QUANTILES.items()}
    return figures | {
        "n": len(events) + len(censorings), "events": len(events), "censored": len(censorings), "curve": chosen}


def wilson(k, n):
    if n == 0:
        return {"rate": None, "low": None, "high": None, "small": True}
    low, high = proportion_confint(k, n, alpha=0.05, method="wilson")
    return {
        "rate": k / n, "low": 0.0 if k == 0 else max(0.0, float(low)), "high": 1.0 if k == n else min(1.0, float(high)),
        "small": n < 5,
    }


# The metrics


def population(rows):
    names = newest_names(rows, "definitionId", "definitionName")
    types = [
        {"workflowType": kind, "instances": len(group), "byStatus": by_status(group)}
        for (kind,), group in grouped(rows, "workflowType").items()
    ]
    types.sort(key=lambda row: (-row["instances"], code_points(row["workflowType"])))
    definitions = [
        {
            "definitionId": id, "definitionName": names.get(id), "definitionVersion": version, "workflowType": kind,
            "instances": len(group), "byStatus": by_status(group),
        }
        for (id, version, kind), group in grouped(rows, "definitionId", "definitionVersion", "workflowType").items()
    ]
    definitions.sort(key=lambda row: (
        -row["instances"], code_points(row["definitionName"], row["definitionId"], row["workflowType"]),
        row["definitionVersion"] is None, row["definitionVersion"] or 0))
    return {
        "instances": len(rows), "byStatus": by_status(rows), "byWorkflowType": types, "byDefinition": definitions}


def normalisation(rows):
    rules = collections.Counter(row["titleRule"] for row in rows)
    flags = collections.Counter(flag for row in rows for flag in row["dataQuality"])
    unrecognised = [row["referenceId"] for row in rows if row["titleRule"] == "unrecognised"]
    return {
        "rules": {rule: rules[rule] for rule in RULES}, "unrecognised": len(unrecognised),
        "unrecognisedRate": len(unrecognised) / len(rows) if rows else None,
        "dataQuality": {flag: flags[flag] for flag in FLAGS if flag != "outOfWindow"},
        "firstUnrecognised": unrecognised[:SHOWN],
    }


def turnaround_figures(rows, as_of):
    usable = [row for row in rows if not odd_times(row, as_of) & UNUSABLE]
    terminal = [row["m"] - row["s"] for row in usable if row["status"] in TERMINAL]
    superseded = [row["m"] - row["s"] for row in usable if row["status"] == "CanceledForRestart"]
    ages = [as_of - row["s"] for row in usable if row["status"] in OPEN]
    counts = by_status(rows)
    return {
        "terminal": sum(counts[status] for status in TERMINAL), "open": sum(counts[status] for status in OPEN),
        "superseded": counts["CanceledForRestart"], "completedOnly": percentiles(terminal),
        "kaplanMeier": kaplan_meier(terminal, superseded + ages),
    }


def turnaround(rows, names, as_of):
    types = sorted(grouped(rows, "workflowType").items(), key=lambda item: (-len(item[1]), code_points(*item[0])))
    return [
        {"workflowType": kind, **turnaround_figures(members, as_of), "byDefinition": [
            {"definitionId": id, "definitionName": names.get(id), **turnaround_figures(group, as_of)}
            for (id,), group in sorted(
                grouped(members, "definitionId").items(),
                key=lambda item: (-len(item[1]), code_points(names.get(item[0][0]), item[0][0])))
        ]}
        for (kind,), members in types
    ]


def asks_for_approval(row):
    message = row["statusMessage"] or ""
    return bool(
        re.match(r"awaiting [0-9]+ more approval|workflow rejected by user", message, re.IGNORECASE | re.ASCII)
    ) or (row["stepUniqueName"] or "").startswith("RequireApproval")


def ranked(groups, event):
    """Rows (names, k, n, keys of the group) by lower limit, then k, then name."""
    rows = [(wilson(k, n), k, code_points(*names), n, keys) for names, k, n, keys in groups]

    def compare(left, right):
        low, other = left[0]["low"], right[0]["low"]
        if low is not None and other is not None and abs(low - other) > TOLERANCE:
            return -1 if low > other else 1
        a, b = (-left[1], left[2]), (-right[1], right[2])
        return (a > b) - (a < b)

    return [
        {**keys, event: k, "terminal": n, **interval}
        for interval, k, _, n, keys in sorted(rows, key=functools.cmp_to_key(compare))
    ]


def rates(rows, event, status):
    terminal = [row for row in rows if row["status"] in TERMINAL]
    chosen = [row for row in terminal if row["status"] == status]
    spellings, users = {}, collections.defaultdict(list)
    for row in rows:
        if row["user"] is not None:
            spellings.setdefault(folded_user(row), row["user"])
    for row in terminal:
        if row["user"] is not None:
            users[folded_user(row)].append(row["status"])
    names = newest_names(rows, "definitionId", "definitionName")
    steps = newest_names(
        [row for row in rows if row["status"] in ("Failed", "Rejected")], "stepUniqueName", "stepName")
    n = len(terminal)
    figures = {
        event: len(chosen), "terminal": n,
        "byUser": ranked(
            [([spellings[key]], found.count(status), len(found), {"user": spellings[key]})
             for key, found in users.items()], event),
        "byDefinition": ranked(
            [([names.get(id), id], sum(row["status"] == status for row in group), len(group),
              {"definitionId": id, "definitionName": names.get(id)})
             for (id,), group in grouped(terminal, "definitionId").items()], event),
        "byStep": ranked(
            [([step], len(group), n, {"step": step, "stepName": steps.get(step)})
             for (step,), group in grouped(chosen, "stepUniqueName").items()], event),
    }
    if event == "failed":
        figures["byClass"] = by_class(chosen, n)
        figures["withoutUser"] = sum(row["user"] is None for row in terminal)
    return figures


def by_class(failed, n):
    classes = collections.Counter({("unclassified", None): 0})
    for row in failed:
        step = None
        if row["failureClass"] == "customStep":
            quotes = str.maketrans("‘’“”", "''\"\"")
            found = re.match(r"step (.*?) failed", row["statusMessage"].translate(quotes), re.IGNORECASE | re.DOTALL)
            step = found[1]
            if len(step) >= 2 and step[0] == step[-1] and step[0] in "'\"":
                step = step[1:-1]
        classes[(row["failureClass"], step)] += 1
    return ranked(
        [([name, step], k, n, {"failureClass": name, "step": step}) for (name, step), k in classes.items()], "failed")


def trend(rows, window):
    zone = zoneinfo.ZoneInfo(window["timeZone"])

    def day(instant):
        try:
            return (EPOCH + instant * MILLISECOND).astimezone(zone).date()
        except OverflowError:
            return datetime.max.date()

    first, last = day(milliseconds(window["from"])), day(milliseconds(window["to"]) - 1)
    started = collections.Counter(day(row["s"]) for row in rows if row["s"] is not None)
    completed = collections.Counter(
        day(row["m"]) for row in rows if row["status"] in TERMINAL and row["m"] is not None)
    days = [first + timedelta(days=i) for i in range((last - first).days + 1)]
    return {
        "days": [{"day": x.isoformat(), "started": started[x], "completed": completed[x]} for x in days],
        "completedAfterWindow": sum(k for x, k in completed.items() if x > last),
    }


def compare(report, rows):
    comparison = Comparison()
    metrics, as_of = report["metrics"], milliseconds(report["cover"]["asOf"])
    same = comparison.same
    same("population", population(rows), metrics["population"])
    reported = metrics["normalisation"]
    reported = {key: value for key, value in reported.items() if key not in ("rulesVersion", "unknownFields")}
    reported["dataQuality"] = {key: k for key, k in reported["dataQuality"].items() if key != "outOfWindow"}
    reported["firstUnrecognised"] = [row["referenceId"] for row in reported["firstUnrecognised"]]
    same("normalisation", normalisation(rows), reported)
    for row in rows:
        same(f"dataQuality of {row['referenceId']}", sorted(odd_times(row, as_of)), sorted(UNUSABLE & set(row["dataQuality"])))
    names = newest_names(rows, "definitionId", "definitionName")
    if "turnaround" in metrics:
        same("turnaround", turnaround(rows, names, as_of), metrics["turnaround"])
    if "approvalLatency" in metrics:
        reported = metrics["approvalLatency"]
        shown = {row["definitionId"] for row in rows if asks_for_approval(row)} - {None}
        # The configuration may name more definitions than the instances show.
        same("approvalLatency.definitions", sorted(shown | set(reported["definitions"])), reported["definitions"])
        chosen = [row for row in rows if row["definitionId"] in reported["definitions"]]
        same("approvalLatency.byWorkflowType", turnaround(chosen, names, as_of), reported["byWorkflowType"])
    if "failureRates" in metrics:
        expected = rates(rows, "failed", "Failed")
        expected["rejectionRates"] = rates(rows, "rejected", "Rejected")
        same("failureRates", expected, metrics["failureRates"])
    if "trend" in metrics:
        expected = trend(rows, report["cover"]["window"])
        same("trend", expected, {key: metrics["trend"][key] for key in expected})
    return comparison


def judge(pack):
    """Compares one pack and says so; whether all its figures agree."""
    report, rows = read(pack)
    comparison = compare(report, rows)
    if (pack / "manifest.json").exists():
        manifest = json.loads((pack / "manifest.json").read_text(encoding="utf-8"))
        comparison.same("manifest.counts.instances", len(rows), manifest["counts"]["instances"])
        comparison.same("manifest.asOf", report["cover"]["asOf"], manifest["asOf"])
    if not comparison.differences:
        print(f"agreement: {comparison.figures} figures")
        return True
    total = comparison.figures + len(comparison.differences)
    print("\n".join(f"{pack}: {difference}" for difference in comparison.differences[:SHOWN]))
    print(f"disagreement: {len(comparison.differences)} of {total} figures")
    return False


def main():
    if len(sys.argv) < 2:
        print(__doc__.strip(), file=sys.stderr)
        return 2
    try:
        judgements = [judge(pathlib.Path(pack)) for pack in sys.argv[1:]]
    except OSError as error:
        print(f"not a pack: {error}", file=sys.stderr)
        return 2
    return 0 if all(judgements) else 1


if __name__ == "__main__":
    sys.exit(main())
