#!/usr/bin/env python3
"""Recomputes every row and every figure of a published pack with nothing but Python's standard library.

    python3 recompute.py PACK...

It starts from the raw pages in evidence/pages/ and from what evidence/inputs/ says was asked and found. The rows that
rows.py derives from them are compared with instances.ndjson and instances.csv, column by column; the figures of these
rows with report.json: all metrics but `changes`, which needs the earlier pack. Numbers must agree at 1e-9 relative. The
Merkle root over the rows as received is that of the manifest; where the leaves are lines, it is that of instances.ndjson.
Rules of a policy that is YAML and not JSON need PyYAML besides.
Prints `agreement: N figures, M rows` a pack, or the first differences and exits 1; 2 means that something is missing.
"""
import bisect
import collections
import csv
import functools
import hashlib
import json
import math
import pathlib
import re
import statistics
import sys
import zoneinfo
from datetime import date, datetime, timedelta, timezone

from rows import COLUMNS, EPOCH, FLAGS, MILLISECOND, Population, camel, cell, instant, milliseconds, user_key

STATUSES = ["CanceledForRestart", "Complete", "Failed", "Rejected", "Running", "Suspended", "unknown"]
TERMINAL = ("Complete", "Failed", "Rejected")
OPEN = ("Running", "Suspended")
RULES_VERSION = 2  # of the rules that rows.py follows
RULES = ["enroll", "revoke", "unrecognised"]
QUANTILES = {"p50": 0.5, "p75": 0.75, "p90": 0.9, "p95": 0.95}
Z = statistics.NormalDist().inv_cdf(0.975)
HOUR, DAY = 3_600_000, 86_400_000
TOLERANCE = 1e-12  # where a survival value meets 1 - p
LISTED = 100  # rows of a long list in report.json
SHOWN = 20


class Comparison:
    """Counts the figures that agree and keeps the differences."""

    def __init__(self):
        self.figures = 0
        self.differences = []

    def same(self, place, expected, reported):
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
            return math.isclose(expected, reported, rel_tol=1e-9, abs_tol=1e-300)
        return type(expected) is type(reported) and expected == reported


# Words


def code_points(*names):
    """A sort key: by code points, a missing name last."""
    return tuple((name is None, (name or "").encode("utf-8", "surrogatepass")) for name in names)


def grouped(rows, *fields):
    groups = collections.defaultdict(list)
    for row in rows:
        groups[tuple(row[field] for field in fields)].append(row)
    return groups


def largest_first(groups, *names):
    """Groups by size, then by name."""
    return sorted(groups.items(), key=lambda item: (-len(item[1]), code_points(*item[0])))


def by_status(rows):
    counts = collections.Counter(row["status"] for row in rows)
    return {status: counts[status] for status in STATUSES}


class Pack:
    """What lies in a pack."""

    def __init__(self, path):
        self.path = path
        self.report = self.json("report.json")
        self.manifest = self.json("manifest.json")
        options = self.json("evidence/inputs/options.json")
        self.settings = options["asked"]["settings"]
        self.decisions_file = (options["asked"].get("approvals") or {}).get("file")
        self.found = options["found"]
        self.as_of = milliseconds(self.found["asOf"])
        window = self.found["window"]
        self.start, self.end = milliseconds(window["from"]), milliseconds(window["to"])
        self.zone = zoneinfo.ZoneInfo(window["timeZone"])
        self.population = Population(path, options)
        self.rows = self.population.rows
        self.usable = [row for row in self.rows if row["usable"]]
        self.names = self.newest_names("definitionId", "definitionName")
        self.spellings = {}
        for row in self.rows:
            if row["user"] is not None:
                self.spellings.setdefault(row["key"], row["user"])
        self.answers = self.found.get("controlDesign")
        self.designs = {} if self.answers is None else {
            (file["definitionId"], file["version"]): file
            for path in sorted(self.path.glob("evidence/definitions/*.json"))
            for file in [json.loads(path.read_text(encoding="utf-8"))]}
        self.approvals = sorted(
            {row["definitionId"] for row in self.rows if self.asks(row)} - {None}
            | set(self.settings["approvalDefinitions"]))

    def json(self, name):
        return json.loads((self.path / name).read_text(encoding="utf-8"))

    def policy(self):
        """The policy; texts of YAML as they are written, so that 007 is no number and yes no flag."""
        text = (self.path / "evidence/inputs/policy.yaml").read_text(encoding="utf-8")
        try:
            return json.loads(text)
        except ValueError:
            import yaml  # Only this needs it.
            return yaml.load(text, yaml.BaseLoader)

    def asks(self, row):
        """Whether the design of a row's definition asks for approval, or where none was read the row shows that it does."""
        design = self.designs.get((row["definitionId"], row["definitionVersion"]))
        if design is None or not design["found"]:
            return row["showsApproval"]
        return any(step["enabled"] for step in approval_steps(design))

    def newest_names(self, key, name, rows=None):
        """The name that the greatest reference id gives each group."""
        return {row[key]: row[name] for row in rows or self.rows if row[name] is not None}


# Statistics


def percentile(values, percent):
    """Hyndman and Fan's type 7, with one division at the end."""
    index, hundredths = divmod((len(values) - 1) * percent, 100)
    if index + 1 >= len(values):
        return float(values[-1])
    return (values[index] * 100 + (values[index + 1] - values[index]) * hundredths) / 100


def percentiles(values):
    values = sorted(values)
    n = len(values)
    least = {"p50": 1, "p75": 1, "p90": 1, "p95": 20, "p99": 100}
    figures = {name: percentile(values, int(name[1:])) if n >= need else None for name, need in least.items()}
    return {"n": n, **figures, "max": values[-1] if n else None}


def kaplan_meier(events, censorings):
    ended, lost = collections.Counter(events), collections.Counter(censorings)
    at_risk, survival, greenwood, steps = len(events) + len(censorings), 1.0, 0.0, []
    for time in sorted(ended.keys() | lost.keys()):
        if d := ended[time]:
            survival *= (at_risk - d) / at_risk
            greenwood = greenwood + d / (at_risk * (at_risk - d)) if at_risk > d else math.inf
            lower = upper = survival
            if 0 < survival < 1:
                spread = Z * math.sqrt(greenwood) / -math.log(survival)
                lower, upper = survival ** math.exp(spread), survival ** math.exp(-spread)
            steps.append([time, survival, lower, upper, at_risk])
        at_risk -= d + lost[time]

    def reached(column, probability):
        return next((step[0] for step in steps if step[column] <= 1 - probability + TOLERANCE), None)

    figures = {key: reached(1, p) for key, p in QUANTILES.items()}
    figures["limits"] = {key: [reached(2, p), reached(3, p)] for key, p in QUANTILES.items()}
    return figures | {
        "n": len(events) + len(censorings), "events": len(events), "censored": len(censorings), "curve": thinned(steps),
        "censorings": thinned(sorted(censorings))}


def thinned(values):
    """400 of them, evenly spaced by index, the first and the last kept."""
    if len(values) <= 400:
        return values
    return [values[(i * (len(values) - 1) * 2 + 399) // 798] for i in range(400)]


def cumulative_incidence(causes, censorings, horizons):
    """Aalen and Johansen's estimate by cause; None beyond the largest observed time."""
    ended = [collections.Counter(times) for times in causes]
    lost = collections.Counter(censorings)
    times = sorted(set().union(*ended, lost))
    at_risk, survival, sums, at = sum(map(len, causes)) + len(censorings), 1.0, [0.0] * len(causes), {}
    pending = sorted(horizons)
    for time in times:
        while pending and pending[0] < time:
            at[pending.pop(0)] = list(sums)
        d = [counter[time] for counter in ended]
        for cause, k in enumerate(d):
            sums[cause] += survival * k / at_risk
        survival *= (at_risk - sum(d)) / at_risk
        at_risk -= sum(d) + lost[time]
    if times:
        for horizon in pending:
            if horizon <= times[-1]:
                at[horizon] = list(sums)
    return [at.get(horizon) for horizon in horizons]


def wilson(k, n):
    if n == 0:
        return {"rate": None, "low": None, "high": None, "small": True}
    p = k / n
    centre, spread = p + Z * Z / (2 * n), Z * math.sqrt(p * (1 - p) / n + Z * Z / (4 * n * n))
    scale = 1 + Z * Z / n
    return {
        "rate": p, "low": 0.0 if k == 0 else max(0.0, (centre - spread) / scale),
        "high": 1.0 if k == n else min(1.0, (centre + spread) / scale), "small": n < 5,
    }


def log_binomial(k, n, p, q):
    """log P(X = k), exact where a difference of log-factorials would lose its digits (Loader 2000)."""

    def error(x):
        if x < 16:
            return math.log(math.factorial(int(x))) - (x + 0.5) * math.log(x) + x - 0.5 * math.log(2 * math.pi)
        return 1 / (12 * x) - 1 / (360 * x**3) + 1 / (1260 * x**5) - 1 / (1680 * x**7) + 1 / (1188 * x**9)

    def deviance(x, m):
        if abs(x - m) >= 0.1 * (x + m):
            return x * math.log(x / m) + m - x
        v = (x - m) / (x + m)
        terms = [(x - m) * v] + [2 * x * v ** (2 * j + 1) / (2 * j + 1) for j in range(1, 40)]
        return math.fsum(terms)

    if k == 0:
        return n * (math.log1p(-p) if p < 0.5 else math.log(q))
    if k == n:
        return n * (math.log1p(-q) if q < 0.5 else math.log(p))
    rest = n - k
    return (error(n) - error(k) - error(rest) - deviance(k, n * p) - deviance(rest, n * q)
            + 0.5 * math.log(n / (2 * math.pi * k * rest)))


def tail(k, n, p, q, upwards):
    """P(X >= k) or P(X <= k), summed outwards from k where that is the thin side."""
    if upwards and k <= 0 or not upwards and k >= n:
        return 1.0
    if upwards and k < n * p:
        return 1 - tail(k - 1, n, p, q, False)
    if not upwards and k > n * p:
        return 1 - tail(k + 1, n, p, q, True)
    if p == 0 or q == 0:
        return 1.0 if k == (0 if p == 0 else n) else 0.0
    terms, term, j = [], math.exp(log_binomial(k, n, p, q)), k
    while term > 0 and 0 <= j <= n and (not terms or term > terms[0] * 1e-20):
        terms.append(term)
        if upwards:
            term *= (n - j) / (j + 1) * (p / q)
            j += 1
        else:
            term *= j / (n - j + 1) * (q / p)
            j -= 1
    return min(1.0, math.fsum(terms))


def smaller_tail(k, n, events, others):
    p, q = events / (events + others), others / (events + others)
    return min(tail(k, n, p, q, False), tail(k, n, p, q, True))


def rate_ratio(later, earlier):
    """The ratio of two counts over equal time with its exact conditional binomial 95 % limits."""
    n = later + earlier
    if n == 0:
        return None

    def solve(holds):
        low, high = 0.0, 1.0
        while not holds(high):
            low, high = high, high * 2
        for _ in range(2000):
            middle = (low + high) / 2
            if middle in (low, high):
                break
            low, high = (low, middle) if holds(middle) else (middle, high)
        return high

    return {
        "ratio": later / earlier if earlier else None,
        "low": 0 if later == 0 else solve(lambda r: tail(later, n, r / (1 + r), 1 / (1 + r), True) >= 0.025),
        "high": None if earlier == 0 else solve(lambda r: tail(later, n, r / (1 + r), 1 / (1 + r), False) <= 0.025),
    }


# The metrics, in the order of their numbers


def population(pack):
    types = [
        {"workflowType": kind, "instances": len(group), "byStatus": by_status(group)}
        for (kind,), group in largest_first(grouped(pack.rows, "workflowType"))
    ]
    definitions = [
        {
            "definitionId": id, "definitionName": pack.names.get(id), "definitionVersion": version,
            "workflowType": kind, "instances": len(group), "byStatus": by_status(group),
        }
        for (id, version, kind), group in versions(pack)
    ]
    return {
        "instances": len(pack.rows), "byStatus": by_status(pack.rows), "byWorkflowType": types,
        "byDefinition": definitions,
    }


def versions(pack):
    return sorted(
        grouped(pack.rows, "definitionId", "definitionVersion", "workflowType").items(),
        key=lambda item: (
            -len(item[1]), code_points(pack.names.get(item[0][0]), item[0][0], item[0][2]), item[0][1] is None,
            item[0][1] or 0))


def normalisation(pack):
    rules = collections.Counter(row["titleRule"] for row in pack.rows)
    taught = [f"config:{number + 1}" for number in range(len(pack.settings.get("titleRules", [])))]
    flags = collections.Counter(flag for row in pack.rows for flag in row["dataQuality"])
    flags["outOfWindow"] = pack.population.out_of_window
    unknown = sorted(pack.population.unknown_fields.items(), key=lambda item: code_points(item[0]))
    unrecognised = [row["referenceId"] for row in pack.rows if row["titleRule"] == "unrecognised"]
    return {
        "rulesVersion": RULES_VERSION, "rules": {rule: rules[rule] for rule in RULES + taught}, "unrecognised": len(unrecognised),
        "unrecognisedRate": len(unrecognised) / len(pack.rows) if pack.rows else None,
        "dataQuality": {flag: flags[flag] for flag in FLAGS}, "firstUnrecognised": unrecognised[:SHOWN],
        "unknownFields": [{"name": name, "instances": k} for name, k in unknown],
    }


def times(rows, as_of):
    """Durations by cause (Complete, Rejected, Failed) and of superseded instances, and ages of open ones."""
    usable = [row for row in rows if row["usable"]]
    causes = [[row["m"] - row["s"] for row in usable if row["status"] == status] for status in ("Complete", "Rejected", "Failed")]
    superseded = [row["m"] - row["s"] for row in usable if row["status"] == "CanceledForRestart"]
    ages = [as_of - row["s"] for row in usable if row["status"] in OPEN and row["s"] <= as_of]
    return causes, superseded, ages


def turnaround_figures(rows, as_of):
    causes, superseded, ages = times(rows, as_of)
    counts = by_status(rows)
    return {
        "terminal": sum(counts[status] for status in TERMINAL), "open": sum(counts[status] for status in OPEN),
        "superseded": counts["CanceledForRestart"], "completedOnly": percentiles(sum(causes, [])),
        "kaplanMeier": kaplan_meier(sum(causes, []), superseded + ages),
    }


def turnaround(pack, rows, figures=turnaround_figures):
    return [
        {"workflowType": kind, **figures(members, pack.as_of), "byDefinition": [
            {"definitionId": id, "definitionName": pack.names.get(id), **figures(group, pack.as_of)}
            for (id,), group in sorted(
                grouped(members, "definitionId").items(),
                key=lambda item: (-len(item[1]), code_points(pack.names.get(item[0][0]), item[0][0])))
        ]}
        for (kind,), members in largest_first(grouped(rows, "workflowType"))
    ]


def approval_latency(pack):
    chosen = [row for row in pack.rows if row["definitionId"] in pack.approvals]
    return {"definitions": pack.approvals, "byWorkflowType": turnaround(pack, chosen)}


OUTCOMES = {"approved": "approved", "denied": "rejected", "disapproved": "rejected", "rejected": "rejected"}
GUID = re.compile(r"(?<![0-9A-Za-z-])[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?![0-9A-Za-z-])", re.I)
SETTLING = 300_000


class Decisions:
    """The file of decisions that a pack keeps, row by row, and what is linked to the pack's instances."""

    def __init__(self, pack):
        with open(pack.path / "evidence/inputs/approvals.csv", encoding="utf-8-sig", newline="") as file:
            csv.field_size_limit(2**31 - 1)
            spelled, *lines = [line for line in csv.reader(file, strict=True) if line]
        names = [name.strip(" \t").lower() for name in spelled]
        self.rows = len(lines)
        is_log = not {"approver", "decided_at", "decision"} & set(names)
        known = ("id timestamp message operation level user category name xmlmessage" if is_log
                 else "id reference_id approver decided_at decision comment source").split()
        self.unused = sorted({name for name, low in zip(spelled, names) if low not in known}, key=str.encode)
        read = self.of_log if is_log else self.of_decisions
        self.all = list(filter(None, (read(dict(zip(names, line))) for line in lines)))
        self.others = self.rows - len(self.all)
        by_id, by_number = collections.defaultdict(list), collections.defaultdict(list)
        for decision in self.all:
            for id in decision["ids"]:
                by_id[id].append(decision)
            if not decision["ids"]:
                by_number[decision["number"]].append(decision)
        self.linked, kept, found = {}, set(), set()
        for row in pack.rows:
            on = by_id[row["id"].lower()] + by_number[row["referenceId"]]
            first = {}
            for decision in sorted(on, key=lambda d: self.all.index(d)):
                first.setdefault(decision["key"], decision)
            found |= {d["same"] for d in on}
            kept |= {d["same"] for d in first.values()}
            if first:
                self.linked[row["referenceId"]] = sorted(first.values(), key=lambda d: d["key"][0])
        same = {d["same"] for d in self.all}
        self.unlinked = len(same - found)
        self.duplicates = len(self.all) - len(kept) - self.unlinked

    @staticmethod
    def entry(ids, number, approver, at, outcome):
        key = (at, user_key(approver), outcome)
        return {"ids": ids, "number": number, "approver": approver, "at": at, "outcome": outcome, "key": key,
                "same": (tuple(ids), number, *key)}

    def of_decisions(self, line):
        def value(name):
            return line.get(name, "").strip(" \t").removeprefix("'")

        ids, number = [value("id").strip("{}").lower()], value("reference_id")
        return self.entry(
            list(filter(None, ids)), int(number) if number else None, line["approver"], milliseconds(value("decided_at")),
            value("decision").lower())

    def of_log(self, line):
        outcome = OUTCOMES.get(line["operation"].strip(" \t").lower())
        text = "\n".join(line[name] for name in ("message", "name", "xmlmessage"))
        ids = sorted({id.lower() for id in GUID.findall(text)})
        if outcome and ids:
            return self.entry(ids, None, line["user"].strip(" \t"), milliseconds(line["timestamp"].strip(" \t")), outcome)
        return None


def decisive(decisions):
    """The earliest rejection, else the latest approval."""
    rejected = [d["at"] for d in decisions if d["outcome"] == "rejected"]
    return min(rejected) if rejected else max(d["at"] for d in decisions)


def has_ended(row):
    return row["usable"] and (row["status"] in TERMINAL or row["status"] == "CanceledForRestart")


def decision_time(rows, decisions, as_of):
    _, superseded, ages = times(rows, as_of)
    took = [
        decisive(decisions.linked[row["referenceId"]]) - row["s"] for row in rows
        if row["usable"] and row["status"] in TERMINAL and row["referenceId"] in decisions.linked]
    took, counts = [time for time in took if time >= 0], by_status(rows)
    return {
        "terminal": sum(counts[status] for status in TERMINAL), "open": sum(counts[status] for status in OPEN),
        "superseded": counts["CanceledForRestart"], "completedOnly": percentiles(took),
        "kaplanMeier": kaplan_meier(took, superseded + ages),
    }


def approvals(pack):
    decisions = Decisions(pack)
    bearing = [row for row in pack.rows if row["definitionId"] in pack.approvals]
    required = [row for row in bearing if row["status"] in TERMINAL]
    decided = [row for row in required if row["referenceId"] in decisions.linked]
    own = [row["referenceId"] for row in decided
           if row["key"] in {d["key"][1] for d in decisions.linked[row["referenceId"]]}]
    requests, spellings = collections.Counter(), {}
    for row in decided:
        on = decisions.linked[row["referenceId"]]
        requests.update({d["key"][1] for d in on})
        for name in sorted((d["approver"] for d in on), key=str.encode):
            spellings.setdefault(user_key(name), name)
    order = sorted(requests, key=lambda key: (-requests[key], code_points(spellings[key])))
    pairs = sum(requests.values())
    every = [(row, d) for row in pack.rows for d in decisions.linked.get(row["referenceId"], [])]
    calendar = Calendar(pack.settings["calendar"]) if pack.settings["calendar"] else None
    return {
        "file": pack.decisions_file, "rows": decisions.rows, "linked": len(every), "unlinked": decisions.unlinked,
        "duplicates": decisions.duplicates, "otherRows": decisions.others, "unusedColumns": decisions.unused,
        "required": len(required), "decided": len(decided),
        "coverage": {"k": len(decided), "n": len(required), **wilson(len(decided), len(required))},
        "selfDecided": {"k": len(own), "n": len(decided), "ids": own},
        "withoutUser": sum(row["user"] is None for row in decided),
        "deciders": [
            {"approver": spellings[key], "decided": requests[key], "share": requests[key] / pairs} for key in order],
        "top1": sum(requests[key] for key in order[:1]) / pairs if pairs else None,
        "top5": sum(requests[key] for key in order[:5]) / pairs if pairs else None,
        "hhi": math.fsum((k / pairs) ** 2 for k in requests.values()) if pairs else None,
        "decisionTime": turnaround(
            pack, bearing, lambda rows, as_of: decision_time(rows, decisions, as_of)),
        "beforeStart": sum(row["usable"] and d["at"] < row["s"] for row, d in every),
        "outsideHours": None if calendar is None else sum(not calendar.is_open(d["at"]) for _, d in every),
        "afterEnd": sum(has_ended(row) and d["at"] - row["m"] > SETTLING for row, d in every),
    }


def outcomes(pack):
    horizons, rows = [hours * HOUR for hours in (1, 4, 24, 72, 168)], []
    for (kind,), members in largest_first(grouped(pack.rows, "workflowType")):
        causes, superseded, ages = times(members, pack.as_of)
        n = sum(map(len, causes)) + len(superseded) + len(ages)
        for horizon, shares in zip(horizons, cumulative_incidence(causes, superseded + ages, horizons)):
            complete, rejected, failed = shares or [None] * 3
            rows.append({
                "workflowType": kind, "instances": n, "within": horizon, "complete": complete, "rejected": rejected,
                "failed": failed,
            })
    return {"byWorkflowType": rows}


def ranked(groups, event, overall=None):
    """Rows (names, k, n, keys of the group) by lower limit, then k, then name."""
    rows = [(wilson(k, n), k, code_points(*names), n, keys) for names, k, n, keys in groups]

    def compare(left, right):
        low, other = left[0]["low"], right[0]["low"]
        if low is not None and other is not None and abs(low - other) > TOLERANCE:
            return -1 if low > other else 1
        a, b = (-left[1], left[2]), (-right[1], right[2])
        return (a > b) - (a < b)

    ranked_rows = []
    for interval, k, _, n, keys in sorted(rows, key=functools.cmp_to_key(compare)):
        row = {**keys, event: k, "terminal": n, **interval}
        if overall:
            row["tail"] = smaller_tail(k, n, *overall)
            row["flag"] = "beyond998" if row["tail"] < 0.001 else "beyond95" if row["tail"] < 0.025 else None
        ranked_rows.append(row)
    return ranked_rows


def rates(pack, event, status):
    terminal = [row for row in pack.rows if row["status"] in TERMINAL]
    chosen = [row for row in terminal if row["status"] == status]
    steps = pack.newest_names(
        "stepUniqueName", "stepName", [row for row in pack.rows if row["status"] in ("Failed", "Rejected")])
    n = len(terminal)
    overall = (len(chosen), n - len(chosen))
    figures = {
        event: len(chosen), "terminal": n,
        "byUser": ranked(
            [([pack.spellings[key]], by_status(found)[status], len(found), {"user": pack.spellings[key]})
             for (key,), found in grouped(terminal, "key").items() if key is not None], event, overall),
        "byDefinition": ranked(
            [([pack.names.get(id), id], by_status(group)[status], len(group),
              {"definitionId": id, "definitionName": pack.names.get(id)})
             for (id,), group in grouped(terminal, "definitionId").items()], event, overall),
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
        classes[(row["failureClass"], row["failedStep"])] += 1
    return ranked(
        [([name, step], k, n, {"failureClass": name, "step": step}) for (name, step), k in classes.items()], "failed")


def failure_rates(pack):
    return rates(pack, "failed", "Failed") | {"rejectionRates": rates(pack, "rejected", "Rejected")}


def service_levels(pack):
    rows = []
    for kind, limits in sorted(pack.settings["serviceLevels"].items(), key=lambda item: item[0].encode()):
        causes, _, ages = times([row for row in pack.rows if row["workflowType"] == kind], pack.as_of)
        ended = sum(causes, [])
        for limit in limits:
            breached = sum(x > limit for x in ended) + sum(x > limit for x in ages)
            met, undetermined = sum(x <= limit for x in ended), sum(x <= limit for x in ages)
            n = breached + met + undetermined
            rows.append({
                "workflowType": kind, "limit": limit, "instances": n, "breached": breached, "met": met,
                "undetermined": undetermined, **wilson(breached, breached + met),
                "least": breached / n if n else None, "most": (breached + undetermined) / n if n else None,
            })
    return {"byWorkflowType": rows}


class Calendar:
    """Opening hours in civil time."""

    def __init__(self, settings):
        self.name = settings["timeZone"]
        self.zone = zoneinfo.ZoneInfo(self.name)
        self.hours = settings["hours"]
        self.holidays = {date.fromisoformat(day) for day in settings["holidays"]}

    def local(self, moment):
        return (EPOCH + moment * MILLISECOND).astimezone(self.zone)

    def is_open(self, moment):
        local = self.local(moment)
        minutes = (local.hour * 60 + local.minute) + (local.second + local.microsecond / 1e6) / 60
        return local.date() not in self.holidays and any(a <= minutes < b for a, b in self.hours[local.weekday()])

    @functools.lru_cache(maxsize=None)
    def pieces(self, day):
        """The open stretches of a civil day as ranges of instants: by minutes of UTC, so that changes of the clock count."""
        if day in self.holidays or not self.hours[day.weekday()]:
            return []
        middle = (datetime(day.year, day.month, day.day, 12, tzinfo=timezone.utc) - EPOCH) // MILLISECOND
        pieces, since = [], None
        for minute in range(middle - 40 * HOUR, middle + 40 * HOUR, 60_000):
            open_now = self.local(minute).date() == day and self.is_open(minute)
            if open_now and since is None:
                since = minute
            if not open_now and since is not None:
                pieces.append((since, minute))
                since = None
        return pieces

    def open_time(self, start, end):
        if end <= start:
            return 0
        day, total = self.local(start).date() - timedelta(days=1), 0
        while day <= self.local(end).date() + timedelta(days=1):
            total += sum(max(0, min(b, end) - max(a, start)) for a, b in self.pieces(day))
            day += timedelta(days=1)
        return total


def business_hours(pack):
    calendar, rows = Calendar(pack.settings["calendar"]), []
    groups = grouped(pack.rows, "workflowType")
    for (kind,), members in largest_first(groups):
        usable = [row for row in members if row["usable"] and row["status"] != "unknown"]
        if not usable:
            continue
        took = {row["referenceId"]: calendar.open_time(row["s"], row["m"]) for row in usable if row["status"] not in OPEN}
        events = [took[row["referenceId"]] for row in usable if row["status"] in TERMINAL]
        superseded = [took[row["referenceId"]] for row in usable if row["status"] == "CanceledForRestart"]
        ages = [calendar.open_time(row["s"], pack.as_of) for row in usable if row["status"] in OPEN]
        observed, estimate = percentiles(events), kaplan_meier(events, superseded + ages)
        row = {"workflowType": kind, **observed, "kmEvents": estimate["events"], "kmCensored": estimate["censored"]}
        for name in QUANTILES:
            key = "km" + name.capitalize()
            row[key] = estimate[name]
            row[key + "Low"], row[key + "High"] = estimate["limits"][name]
        rows.append(row)
    return {"timeZone": calendar.name, "byWorkflowType": rows}


def plain_text(cell):
    """The text of a CSV cell, whose escapes keep spreadsheets from evaluating it."""
    cell = cell.removeprefix("'")
    if "\\u{" in cell:
        cell = re.sub(r"\\u\{([0-9A-Fa-f]+)\}|\\\\", lambda m: chr(int(m[1], 16)) if m[1] else "\\", cell)
    return cell


def backlog(pack):
    inside = [row | {"older": False} for row in pack.rows if row["status"] in OPEN]
    rows = inside + [row | {"older": True} for row in pack.population.older]
    rows.sort(key=lambda row: row["referenceId"])
    aged = [row | {"age": pack.as_of - row["s"]} for row in rows if row["usable"] and row["s"] <= pack.as_of]
    oldest = max(aged, key=lambda row: (row["age"], -row["referenceId"]), default=None)
    idle = percentiles([max(0, pack.as_of - row["m"]) for row in aged])
    bounds = [hours * HOUR for hours in (0, 4, 24, 72, 168, 720)] + [None]
    older = sum(row["older"] for row in rows)
    approvals = [row["approvalsOutstanding"] for row in rows if row["approvalsOutstanding"] is not None]
    return {
        "open": len(rows), "inWindow": len(rows) - older,
        "older": older if pack.found["olderRefused"] is None else None, "olderReason": pack.found["olderRefused"],
        "withoutTimes": len(rows) - len(aged),
        "oldestReferenceId": oldest and oldest["referenceId"], "oldestAge": oldest and oldest["age"],
        "idleN": idle["n"], "idleP50": idle["p50"], "idleP90": idle["p90"], "idleMax": idle["max"],
        "awaitingApproval": sum(k > 0 for k in approvals), "approvalsOutstanding": min(sum(approvals), 2**63 - 1),
        "byAge": [
            {
                "workflowType": kind, "ageFrom": a, "ageTo": b,
                "open": sum(row["workflowType"] == kind and a <= row["age"] < (b or math.inf) for row in aged),
            }
            for (kind,), _ in largest_first(grouped(rows, "workflowType")) for a, b in zip(bounds, bounds[1:])
        ],
    }


def with_rate(name, k, n):
    interval = wilson(k, n)
    return {name + key.capitalize(): value for key, value in interval.items()}


def restarts(pack):
    cases = {
        row["referenceId"]: row for row in pack.usable if None not in (row["key"], row["subject"], row["definitionId"])
    }
    groups = grouped(cases.values(), "key", "action", "subject", "definitionId")
    pairs = sorted(
        (j["s"] - i["m"], i["referenceId"], j["referenceId"])
        for group in groups.values() for i in group if i["status"] == "CanceledForRestart"
        for j in group if j is not i and 0 <= j["s"] - i["m"] <= 300_000)
    follows, taken = {}, set()
    for _, i, j in pairs:
        if i not in follows and j not in taken:
            follows[i] = j
            taken.add(j)
    chains, seen = [], set()
    for head in sorted(i for i in follows if i not in taken) + sorted(follows):
        chain = []
        while head is not None and head not in seen:
            seen.add(head)
            chain.append(head)
            head = follows.get(head)
        if chain:
            chains.append(chain)
    chains.sort()
    superseded = sum(row["status"] == "CanceledForRestart" for row in pack.rows)

    def described(chain):
        first, last = cases[chain[0]], cases[chain[-1]]
        is_open = last["status"] in OPEN
        return {
            "firstReferenceId": chain[0], "length": len(chain),
            "totalMs": (pack.as_of if is_open else last["m"]) - first["s"], "open": is_open, "ids": chain,
        }

    return {
        "superseded": superseded, **with_rate("superseded", superseded, len(pack.rows)), "inferred": True,
        "linked": len(follows), "unlinked": superseded - len(follows),
        "longestChain": max(map(len, chains), default=None), "chains": [described(chain) for chain in chains[:LISTED]],
    }


def holders(pack):
    """The usable instances of each user, action and common name, by start."""
    cases = [row for row in pack.usable if row["key"] is not None and row["commonName"] is not None]
    cases.sort(key=lambda row: (row["s"], row["referenceId"]))
    return grouped(cases, "key", "action", "commonName")


def first_pass_yield(pack):
    episodes, without = collections.defaultdict(list), len(pack.rows)
    for (_, action, _), cases in holders(pack).items():
        without -= len(cases)
        activity = None
        for row in cases:
            if activity is None or row["s"] - activity > 7 * DAY:
                episodes[action].append([])
                activity = row["m"]
            episodes[action][-1].append(row["status"])
            activity = max(activity, row["m"])
    rows = []
    for action in ("enroll", "revoke", "other"):
        if not episodes[action]:
            continue
        judged = [episode for episode in episodes[action] if episode[0] in TERMINAL]
        statuses = sum(episodes[action], [])
        attempts, successes = sum(status in TERMINAL for status in statuses), statuses.count("Complete")
        first, eventual = sum(e[0] == "Complete" for e in judged), sum("Complete" in e for e in judged)
        one, other = wilson(first, len(judged)), wilson(eventual, len(judged))
        rows.append({
            "action": action, "episodes": len(episodes[action]), "firstTerminal": len(judged), "firstComplete": first,
            "firstRate": one["rate"], "firstLow": one["low"], "firstHigh": one["high"], "small": one["small"],
            "eventuallyComplete": eventual, "eventualRate": other["rate"], "eventualLow": other["low"],
            "eventualHigh": other["high"], "attempts": attempts, "successes": successes,
            "attemptsPerSuccess": attempts / successes if successes else None,
        })
    return {"withoutEpisode": without, "byAction": rows}


def repeat_failures(pack):
    bursts = []
    for (key, action, name), cases in holders(pack).items():
        ended = sorted((row["m"], row["referenceId"], row["status"]) for row in cases if row["status"] in TERMINAL)
        failed = [entry for entry in ended if entry[2] == "Failed"]
        close = [i for i in range(len(failed) - 2) if failed[i + 2][0] - failed[i][0] <= DAY]
        runs = []
        for i in close:
            if runs and runs[-1][1] == i - 1:
                runs[-1][1] = i
            else:
                runs.append([i, i])
        for first, last in runs:
            burst = failed[first:last + 3]
            after = next((entry for entry in ended if entry[:2] > burst[-1][:2]), None)
            is_open = any(row["status"] in OPEN for row in cases)
            bursts.append({
                "user": pack.spellings[key], "action": action, "commonName": name, "failures": len(burst),
                "first": instant(burst[0][0]), "last": instant(burst[-1][0]),
                "ended": after[2] if after else "Open" if is_open else None,
                "endedReferenceId": after and after[1], "ids": [entry[1] for entry in burst],
            })
    bursts.sort(key=lambda burst: burst["ids"][0])
    return {
        "bursts": len(bursts), "failures": sum(burst["failures"] for burst in bursts),
        "endedComplete": sum(burst["ended"] == "Complete" for burst in bursts), "list": bursts[:LISTED],
    }


def off_hours(pack):
    calendar = Calendar(pack.settings["calendar"])
    tallies, starts = {name: [0, 0] for name in ("people", "timer", "service", "unknown")}, []
    for row in pack.usable:
        who = "people"
        if row["user"] is None:
            who = "unknown"
        elif row["userKind"] == "timer":
            who = "timer"
        elif row["key"] in pack.settings["serviceUsers"]:
            who = "service"
        outside = not calendar.is_open(row["s"])
        tallies[who][0] += 1
        tallies[who][1] += outside
        if outside and who == "people":
            local = calendar.local(row["s"]).replace(microsecond=0)
            starts.append({
                "referenceId": row["referenceId"], "start": row["start"], "localStart": local.isoformat(),
                "user": pack.spellings[row["key"]],
            })
    return {
        "timeZone": calendar.name,
        "byInitiator": [
            {"initiator": who, "instances": n, "outside": k, **wilson(k, n)} for who, (n, k) in tallies.items()],
        "list": starts[:LISTED],
    }


def trend(pack):
    def day(moment):
        try:
            return (EPOCH + moment * MILLISECOND).astimezone(pack.zone).date()
        except OverflowError:
            return date.max

    def midnight(of):
        """The first instant of a day."""
        moment = (datetime(of.year, of.month, of.day, tzinfo=timezone.utc) - EPOCH) // MILLISECOND - 15 * HOUR
        while day(moment) < of:
            moment += 60_000
        return moment

    def open_at_end(of):
        """How many had started and not ended when a day was over."""
        try:
            end = datetime(of.year, of.month, of.day, tzinfo=pack.zone) + timedelta(days=1)
            end = (end.astimezone(timezone.utc) - EPOCH) // MILLISECOND
        except OverflowError:
            return None
        if end > pack.as_of:
            return None
        return bisect.bisect_left(begun, end) - bisect.bisect_left(over, end)

    told = [row for row in pack.usable if row["status"] != "unknown"]
    begun = sorted(row["s"] for row in told)
    over = sorted(row["m"] for row in told if row["status"] not in OPEN)
    first, last = day(pack.start), day(pack.end - 1)
    started = collections.Counter(day(row["s"]) for row in pack.rows if row["s"] is not None)
    ends = {
        status: collections.Counter(
            day(row["m"]) for row in pack.rows if row["status"] == status and row["m"] is not None)
        for status in TERMINAL}
    completed = sum(ends.values(), collections.Counter())
    hours = [[0] * 24 for _ in range(7)]
    for row in pack.rows:
        if row["s"] is not None:
            local = (EPOCH + row["s"] * MILLISECOND).astimezone(pack.zone)
            hours[local.weekday()][local.hour] += 1
    days = [first + timedelta(days=i) for i in range((last - first).days + 1)]

    def partial(begin, end):
        return not (pack.start <= midnight(begin) and midnight(end + timedelta(days=1)) <= pack.end)

    weeks = []
    for monday in sorted({x - timedelta(days=x.weekday()) for x in days}):
        year, week, _ = monday.isocalendar()
        members = [x for x in days if 0 <= (x - monday).days < 7]
        weeks.append({
            "week": f"{year}-W{week:02d}", "monday": monday.isoformat(), "started": sum(started[x] for x in members),
            "completed": sum(completed[x] for x in members), "partial": partial(monday, monday + timedelta(days=6)),
            "startedRatio": None, "completedRatio": None,
        })
    for before, week in zip(weeks, weeks[1:]):
        if not before["partial"] and not week["partial"]:
            for name in ("started", "completed"):
                week[name + "Ratio"] = rate_ratio(week[name], before[name])
    inside = {first, last}
    return {
        "days": [
            {
                "day": x.isoformat(), "started": started[x], "completed": completed[x],
                **{status.lower(): ends[status][x] for status in TERMINAL}, "partial": x in inside and partial(x, x), "open": open_at_end(x),
            }
            for x in days
        ],
        "weeks": weeks, "startsByHour": hours, "completedAfterWindow": sum(k for x, k in completed.items() if x > last),
    }


def indicators(pack):
    rows = []
    pairs = collections.defaultdict(lambda: {"enroll": [], "revoke": []})
    for (key, action, name), cases in holders(pack).items():
        if action != "other":
            pairs[(key, name)][action] += cases
    for (key, name), found in pairs.items():
        both = [
            (abs(b["s"] - a["s"]), a["referenceId"], b["referenceId"])
            for a in found["enroll"] for b in found["revoke"]]
        if both and min(both)[0] <= pack.settings["ownRevocationDays"] * DAY:
            apart, enrolment, revocation = min(both)
            rows.append({
                "indicator": "ownRevocation", "user": pack.spellings[key], "commonName": name, "definitionId": None,
                "rejectedById": None, "rejectedBy": None, "apartMs": apart, "instances": len(found["enroll"]) + len(found["revoke"]),
                "ids": [enrolment, revocation],
            })
    rows.sort(key=lambda row: row["ids"])
    revocations = len(rows)
    limit = pack.settings["hastyApprovalSeconds"] * 1000
    hasty = [row for row in pack.usable if row["status"] == "Complete" and row["m"] - row["s"] < limit
             and row["definitionId"] in pack.approvals]
    for (id,), group in sorted(grouped(hasty, "definitionId").items(), key=lambda item: item[0][0].encode()):
        rows.append({
            "indicator": "hastyApproval", "user": None, "commonName": None, "definitionId": id, "rejectedById": None,
            "rejectedBy": None, "apartMs": None, "instances": len(group), "ids": [row["referenceId"] for row in group][:LISTED],
        })
    rejecters = collections.Counter()
    for row in pack.rows:
        if row["status"] == "Rejected":
            rejecters[row["rejectedBy"]] += 1
    sole = len(rejecters) == 1 and None not in rejecters
    if sole:
        [(id, k)] = rejecters.items()
        rows.append({
            "indicator": "soleRejecter", "user": None, "commonName": None, "definitionId": None, "rejectedById": id,
            "rejectedBy": pack.settings.get("rejectedBy", {}).get(str(id)), "apartMs": None, "instances": k, "ids": [],
        })
    return {
        "ownRevocations": revocations, "hastyApprovals": len(hasty), "rejections": sum(rejecters.values()),
        "rejecters": len(rejecters.keys() - {None}), "soleRejecter": sole, "list": rows[:LISTED],
    } | patterns(pack)


def patterns(pack):
    """What several instances of one common name, or of one moment, show together: every pair is looked at."""
    limit, cases = pack.settings, [row for row in pack.usable if None not in (row["key"], row["commonName"])]
    approving = {id for id in pack.approvals}
    by_name = sorted(grouped(cases, "commonName").items())
    refusals, bypasses, batches, requesters = [], [], [], []
    for (name,), group in by_name:
        group.sort(key=lambda row: (row["s"], row["referenceId"]))
        issued = [row for row in group if row["outcome"] == "issued"]
        for row in group:
            if row["status"] != "Rejected" or row["action"] != "enroll":
                continue
            later = [x for x in issued if 0 <= x["s"] - row["m"] <= limit["refusedThenObtainedDays"] * DAY]
            if later:
                refusals.append({
                    "user": pack.spellings[row["key"]], "commonName": name, "definitionId": row["definitionId"],
                    "apartMs": later[0]["s"] - row["m"], "sameUser": later[0]["key"] == row["key"],
                    "sameDefinition": row["definitionId"] is not None and row["definitionId"] == later[0]["definitionId"],
                    "ids": [row["referenceId"], later[0]["referenceId"]],
                })
        for row in issued:
            before = [x for x in group if x["s"] < row["s"] and x["definitionId"] in approving]
            if row["definitionId"] not in approving | {None} and before:
                bypasses.append({
                    "commonName": name, "definitionId": row["definitionId"],
                    "earlierDefinitionId": before[-1]["definitionId"], "apartMs": row["s"] - before[-1]["s"],
                    "ids": [before[-1]["referenceId"], row["referenceId"]],
                })
        enrolled, found = [row for row in group if row["action"] == "enroll"], {}
        for first in enrolled:
            stretch = [x for x in enrolled if 0 <= x["s"] - first["s"] <= limit["manyRequestersDays"] * DAY]
            if len({x["key"] for x in stretch}) >= limit["manyRequestersUsers"]:
                found |= {x["referenceId"]: x for x in stretch}
        if found:
            rows = sorted(found.values(), key=lambda row: (row["s"], row["referenceId"]))
            requesters.append({
                "commonName": name, "users": len({row["key"] for row in rows}), "first": instant(rows[0]["s"]),
                "last": instant(rows[-1]["s"]), "instances": len(rows),
                "ids": [row["referenceId"] for row in rows][:LISTED],
            })
    ended = sorted(
        (row["m"], row["referenceId"]) for row in cases if row["status"] == "Complete" and row["definitionId"] in approving)
    run = []
    for end in ended + [(math.inf, 0)]:
        if run and end[0] - run[-1][0] > limit["batchEndsGapSeconds"] * 1000:
            if len(run) >= limit["batchEndsInstances"]:
                batches.append({
                    "first": instant(run[0][0]), "last": instant(run[-1][0]), "spanMs": run[-1][0] - run[0][0],
                    "instances": len(run), "ids": [id for _, id in run][:LISTED],
                })
            run = []
        run.append(end)
    refusals.sort(key=lambda row: row["ids"][0])
    bypasses.sort(key=lambda row: row["ids"][1])
    requesters.sort(key=lambda row: (-row["users"], row["ids"][0]))
    return {
        "refusedThenObtained": len(refusals), "approvalBypass": len(bypasses), "batchEnds": len(batches),
        "manyRequesters": len(requesters), "refusals": refusals[:LISTED], "bypasses": bypasses[:LISTED],
        "batches": batches[:LISTED], "requesters": requesters[:LISTED],
    }


def concentration(pack):
    named = [row for row in pack.rows if row["key"] is not None]
    counts = {key: len(group) for (key,), group in grouped(named, "key").items()}
    kinds = {row["key"]: row["userKind"] for row in named}
    order = sorted(counts, key=lambda key: (-counts[key], code_points(pack.spellings[key])))
    n = len(named)
    machines = {key for key in counts if kinds[key] == "timer" or key in pack.settings["serviceUsers"]}
    people = sum(k for key, k in counts.items() if key not in machines)

    def top(k):
        return sum(counts[key] for key in order[:k]) / n if n else None

    return {
        "named": n, "withoutUser": len(pack.rows) - n, "userCount": len(counts), "top1": top(1), "top5": top(5),
        "hhi": math.fsum((k / n) ** 2 for k in counts.values()) if n else None, "people": people,
        "automation": n - people, **with_rate("people", people, n),
        "users": [
            {
                "user": pack.spellings[key], "userKind": kinds[key], "automation": key in machines,
                "instances": counts[key], "share": counts[key] / n,
            }
            for key in order[:LISTED]
        ],
    }


def definitions(pack):
    compared, known = None, None
    previous = pack.path / "evidence/inputs/previous.json"
    if previous.exists():
        earlier = json.loads(previous.read_text(encoding="utf-8"))
        compared, known = earlier["name"], {(v["id"], v["version"]) for v in earlier["versions"]}
    rows = []
    for (id, version, kind), group in versions(pack):
        starts = [row["s"] for row in group if row["usable"]]
        rows.append({
            "workflowType": kind, "definitionId": id, "definitionName": pack.names.get(id),
            "definitionVersion": version, "instances": len(group),
            "firstStart": instant(min(starts, default=None)), "lastStart": instant(max(starts, default=None)),
            "isNew": None if known is None else (id, version) not in known,
        })
    return {
        "comparedWith": compared, "new": None if known is None else sum(row["isNew"] for row in rows), "versions": rows}


def approval_steps(design):
    return [step for step in design["steps"] if step["extensionName"] == "RequireApproval"]


def control_design(pack):
    """The versions that the rows ran under, as the files in evidence/definitions/ describe them."""
    groups = grouped(pack.rows, "definitionId", "definitionVersion")
    order = sorted(groups, key=lambda key: (code_points(key[0]), key[1] is None, key[1] or 0))
    definitions = [controlled(pack, key, groups[key]) for key in order]
    read = [row for row in definitions if row["found"]]
    bare = [
        row for row in read if not any(step["enabled"] and not step["conditional"] for step in row["approvalSteps"])]
    is_known = bool(read) or not definitions
    return {
        "apiVersion": pack.answers["apiVersion"], "refused": pack.answers["refused"], "definitions": definitions,
        "withoutApproval": {
            count: sum(row[count] for row in bare) if is_known else None for count in ("instances", "complete")},
        "notFound": {
            "definitions": len(definitions) - len(read),
            "instances": sum(row["instances"] for row in definitions if not row["found"])},
        "changes": [
            change for old, new in zip(order, order[1:]) if old[0] == new[0] and None not in (old[0], old[1], new[1])
            for change in design_changes(pack, old, new, groups[new])],
    }


def controlled(pack, key, rows):
    id, version = key
    design = pack.designs.get(key)
    found = design is not None and design["found"]
    types = largest_first(grouped(rows, "workflowType"), )
    row = {
        "definitionId": id, "version": version, "found": found, "instances": len(rows),
        "complete": sum(row["status"] == "Complete" for row in rows), "name": pack.names.get(id),
        "workflowType": types[0][0][0], "approvalSteps": [], "otherSteps": [], "reason": None,
        "sha256": design and design["sha256"],
    }
    if found:
        steps = approval_steps(design)
        row |= {
            "name": design["displayName"] or row["name"], "workflowType": design["workflowType"] or row["workflowType"],
            "approvalSteps": [{key: step[key] for key in step if key != "extensionName"} for step in steps],
            "otherSteps": [step["extensionName"] for step in design["steps"] if step not in steps],
        }
    else:
        row["reason"] = design["reason"] if design else not_asked(pack, id, version)
    return row


def not_asked(pack, id, version):
    if id is None:
        return "the instances name no definition"
    if not re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", id):
        return "the definition's id is not a GUID"
    if version is None:
        return "the instances name no version"
    if not 0 <= version < 2**31:
        return "the version is not a number that the server takes"
    return "no pack has it" if pack.answers["refused"] is None else "not asked for"


def design_changes(pack, old, new, rows):
    before, after = (pack.designs.get(key) for key in (old, new))
    if not all(design and design["found"] for design in (before, after)):
        return []
    starts = [row["s"] for row in rows if row["usable"]]
    common = {"definitionId": old[0], "from": old[1], "to": new[1], "firstStart": instant(min(starts, default=None))}
    before, after = (numbered(approval_steps(design)) for design in (before, after))
    changes = []
    for key, step in before.items():
        words = step_changes(step, after[key]) if key in after else ["approvalStepRemoved"]
        changes += [common | {"step": key[0], "what": word} for word in words]
    return changes + [
        common | {"step": key[0], "what": "approvalStepAdded"} for key in after if key not in before]


def numbered(steps):
    """The steps by their unique name, and by their number among those of the same name."""
    counts, found = collections.Counter(), {}
    for step in steps:
        found[step["uniqueName"], counts[step["uniqueName"]]] = step
        counts[step["uniqueName"]] += 1
    return found


def step_changes(old, new):
    could, can = (
        {(signal["name"], "role", role["id"]) for signal in step["signals"] for role in signal["roles"]}
        | {(signal["name"], "token", token) for signal in step["signals"] for token in signal["roleTokens"]}
        for step in (old, new))
    words = {
        "approvalStepEnabled": new["enabled"] and not old["enabled"],
        "approvalStepDisabled": old["enabled"] and not new["enabled"],
        "conditionAdded": new["conditional"] and not old["conditional"],
        "conditionRemoved": old["conditional"] and not new["conditional"],
        "rolesWidened": not can <= could, "rolesNarrowed": not could <= can,
        "parametersChanged": old["parameters"] != new["parameters"],
    }
    return [word for word, holds in words.items() if holds]


def rules(pack):
    """The rows that fulfil each rule of the policy."""
    found = []
    for rule in pack.policy()["rules"]:
        ids = [row["referenceId"] for row in pack.rows if fulfils(row, rule["where"], pack.as_of)]
        rate = {"k": len(ids), "n": len(pack.rows)} | wilson(len(ids), len(pack.rows))
        found.append({
            "id": rule["id"], "title": rule.get("title") or rule["id"], "instances": len(ids), "rate": rate,
            "ids": ids[:LISTED]})
    return found


def fulfils(row, where, as_of):
    return all(holds(row, key, value, as_of) for key, value in where.items())


def holds(row, key, value, as_of):
    match key:
        case "all":
            return all(fulfils(row, part, as_of) for part in value)
        case "any":
            return any(fulfils(row, part, as_of) for part in value)
        case "not":
            return not fulfils(row, value, as_of)
    return all(passes(row, key, operator, operand, as_of) for operator, operand in value.items())


def passes(row, column, operator, operand, as_of):
    """Whether a cell passes one test; an empty one passes none but that it is empty."""
    value = cell(row, column)
    text = in_csv(value)
    if operator == "exists":
        return (text != "") == (str(operand).lower() == "true")
    if text == "":
        return False
    match operator:
        case "equals" | "in":
            wanted = [str(one) for one in (operand if operator == "in" else [operand])]
            if column == "user":
                return user_key(text) in map(user_key, wanted)
            return value in map(int, wanted) if isinstance(value, int) else text in wanted
        case "startsWith":
            return text.startswith(str(operand))
        case "endsWith":
            return text.endswith(str(operand))
        case "contains":
            return str(operand) in text
        case "olderThan":
            return as_of - row["s" if column == "start" else "m"] > duration(operand)
        case "longerThan":
            return value > duration(operand)
    raise ValueError(operator)


def duration(text):
    """A number and a unit in milliseconds."""
    return int(text[:-1]) * {"s": 1000, "m": 60_000, "h": HOUR, "d": DAY}[text[-1]]


METRICS = {
    "population": population, "normalisation": normalisation, "turnaround": lambda pack: turnaround(pack, pack.rows),
    "approvalLatency": approval_latency, "controlDesign": control_design, "approvals": approvals, "outcomes": outcomes,
    "failureRates": failure_rates, "sla": service_levels,
    "businessHours": business_hours, "backlog": backlog, "restarts": restarts, "firstPassYield": first_pass_yield,
    "repeatFailures": repeat_failures, "offHours": off_hours, "trend": trend, "indicators": indicators, "rules": rules,
    "concentration": concentration, "definitions": definitions,
}


def comparable(name, reported):
    """The reported figures without words and without what the rows do not say."""
    if isinstance(reported, dict):
        reported = {key: value for key, value in reported.items() if key != "caption"}
    if name == "normalisation":
        return reported | {"firstUnrecognised": [row["referenceId"] for row in reported["firstUnrecognised"]]}
    return reported


def read_rows(pack):
    """The rows of the pack's files: the name of the file, what it holds, and what it would hold of a row of ours."""
    ndjson, table = pack.path / "instances.ndjson", pack.path / "instances.csv"
    if ndjson.exists():
        with open(ndjson, encoding="utf-8", newline="\n") as file:
            rows = [json.loads(line) for line in file if line.strip()]
        yield ndjson.name, rows, lambda row: {camel(column): cell(row, column) for column in COLUMNS}
    if table.exists():
        csv.field_size_limit(2**31 - 1)
        with open(table, encoding="utf-8-sig", newline="") as file:
            header, *lines = csv.reader(file)
            rows = [dict(zip(header + ["one cell more"], map(plain_text, line))) for line in lines]
        yield table.name, rows, lambda row: {column: in_csv(cell(row, column)) for column in COLUMNS}


def in_csv(value):
    """The text of a cell; null and an empty text are the same there."""
    return "" if value is None else ";".join(value) if isinstance(value, list) else str(value)


def compare_rows(pack, comparison):
    """Compares the rows of each file, found by their ids, which must ascend."""
    for name, rows, written in read_rows(pack):
        key = next(iter(written(pack.rows[0]))) if pack.rows else None
        expected = {str(row["referenceId"]): written(row) for row in pack.rows}
        reported = {str(row.get(key)): row for row in rows}
        if list(expected) != [str(row.get(key)) for row in rows]:
            order = [id for id in reported if id in expected] == [id for id in expected if id in reported]
            comparison.differ(
                f"{name} reference ids", sorted(expected.keys() - reported.keys()),
                sorted(reported.keys() - expected.keys()) if order else "in another order")
        for id in filter(reported.__contains__, expected):
            comparison.same(f"{name} {id}", expected[id], reported[id])


def sha256(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def merkle_root(leaves):
    """The tree hash of RFC 6962, section 2.1: the largest power of two that is less than their number goes to the left."""
    if len(leaves) < 2:
        return sha256(b"\0", *leaves) if leaves else sha256()
    split = 1 << (len(leaves) - 1).bit_length() - 1
    return sha256(b"\1", merkle_root(leaves[:split]), merkle_root(leaves[split:]))


def compare_root(pack, comparison):
    """The root over the rows as received, or of a pack that says nothing else over the lines of instances.ndjson."""
    leaf, lines = pack.manifest.get("leaf"), pack.path / "instances.ndjson"
    comparison.same("cover.leaf", leaf, pack.report["cover"].get("leaf"))
    if leaf == "received":
        leaves = [row["received"].encode() for row in pack.rows]
    elif lines.exists():
        leaves = lines.read_bytes().split(b"\n")[:-1]
    else:
        return
    root = merkle_root(leaves).hex()
    comparison.same("manifest.merkleRoot", root, pack.manifest["merkleRoot"])
    comparison.same("cover.merkleRoot", root, pack.report["cover"]["merkleRoot"])


def judge(path):
    """Compares the rows of one pack, then its figures, and says so; whether all agree."""
    pack, rows, comparison = Pack(path), Comparison(), Comparison()
    compare_rows(pack, rows)
    for name, reported in sorted(pack.report["metrics"].items()):
        if name != "changes":
            comparison.same(name, METRICS[name](pack), comparable(name, reported))
    compare_root(pack, comparison)
    comparison.same("manifest.counts.instances", len(pack.rows), pack.manifest["counts"]["instances"])
    comparison.same("manifest.asOf", pack.report["cover"]["asOf"], pack.manifest["asOf"])
    comparison.same("cover.asOf", pack.found["asOf"], pack.report["cover"]["asOf"])
    if not rows.differences and not comparison.differences:
        print(f"agreement: {comparison.figures} figures, {len(pack.rows)} rows")
        return True
    for found in (rows.differences, comparison.differences):
        print("".join(f"{path}: {difference}\n" for difference in found[:SHOWN]), end="")
    total = comparison.figures + len(comparison.differences)
    print(f"disagreement: {len(comparison.differences)} of {total} figures, {len(rows.differences)} values of rows")
    return False


def main():
    if len(sys.argv) < 2:
        print(__doc__.strip(), file=sys.stderr)
        return 2
    try:
        judgements = [judge(pathlib.Path(path)) for path in sys.argv[1:]]
    except OSError as error:
        print(f"not a pack: {error}", file=sys.stderr)
        return 2
    return 0 if all(judgements) else 1


if __name__ == "__main__":
    sys.exit(main())
