#!/usr/bin/env python3
"""Holds what Spark, DuckDB and ClickHouse say of an archive of packs against the report of `kfaudit merge`.

    python3 Tests/Oracle/engines.py ARCHIVE REPORT

The programs of Examples/fleet/ run over ARCHIVE, which has its packs as <server>/<window>/; REPORT is the report.json that
merging all of them made. Counts must be equal, other numbers agree at 1e-9 relative. Prints `agreement: ENGINE, N figures`
an engine, or the first differences and exits 1; 2 means that something is missing.
"""
import json
import math
import os
import pathlib
import subprocess
import sys
import tempfile

import recompute

try:
    import duckdb
    from chdb import session
except ImportError as missing:
    print(f"{missing}. Install with: pip install -r Examples/fleet/requirements.txt", file=sys.stderr)
    sys.exit(2)

EXAMPLES = pathlib.Path(__file__).resolve().parents[2] / "Examples/fleet"
SHOWN = 20
# What is divided or interpolated; all else is a count, or a time that was observed.
ROUNDED = {"rate", "low", "high", "p50", "p75", "p90", "p95", "p99"}
# Quiet and small: no page, no progress, two cores, nothing that listens to other machines.
SPARK = {
    "SPARK_LOCAL_IP": "127.0.0.1",
    "PYSPARK_SUBMIT_ARGS": " ".join(
        f"--conf {setting}" for setting in (
            "spark.ui.enabled=false", "spark.ui.showConsoleProgress=false", "spark.log.level=ERROR",
            "spark.sql.shuffle.partitions=2")
    ) + " --master local[2] pyspark-shell",
}


def spark(archive):
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            [sys.executable, EXAMPLES / "fleet.py", archive, "--out", f"{folder}/out"], check=True,
            env=os.environ | SPARK, stdout=subprocess.DEVNULL)
        return [json.loads(line) for file in pathlib.Path(folder).glob("out/figures/*.json") for line in open(file)]


def duck(archive):
    os.chdir(archive)
    answer = duckdb.connect().execute((EXAMPLES / "duckdb.sql").read_text())
    names = [column[0] for column in answer.description]
    return [dict(zip(names, row)) for row in answer.fetchall()]


def click(archive):
    os.chdir(archive)
    answer = session.Session().query((EXAMPLES / "clickhouse.sql").read_text(), "JSONEachRow")
    return [json.loads(line) for line in answer.bytes().splitlines()]


ENGINES = {"Spark": spark, "DuckDB": duck, "ClickHouse": click}


def reported(report):
    """The figures of a merged report by server, metric, group and name, but those that are null."""
    figures = {}
    for server, metrics in [("*", report["metrics"])] + [(one["server"] or "", one["metrics"]) for one in report["servers"]]:
        for metric, group, values in named(metrics):
            figures |= {(server, metric, group, name): value for name, value in values.items() if value is not None}
    return figures


def named(metrics):
    population, rates = metrics["population"], metrics["failureRates"]
    yield "population", "", {"instances": population["instances"]}
    for status, count in population["byStatus"].items():
        # A status that no instance has is no group of a query.
        yield "population.byStatus", status, {"instances": count or None}
    for row in population["byWorkflowType"]:
        yield "population.byWorkflowType", row["workflowType"] or "", {"instances": row["instances"]}
    if rates["terminal"]:
        total = {"failed": rates["failed"], "terminal": rates["terminal"]}
        yield "failureRates", "", rate(total | recompute.wilson(rates["failed"], rates["terminal"]))
    for row in rates["byUser"]:
        yield "failureRates.byUser", recompute.user_key(row["user"]), rate(row)
    for row in rates["byDefinition"]:
        yield "failureRates.byDefinition", row["definitionId"] or "", rate(row)
    for row in metrics["turnaround"]:
        group = row["workflowType"] or ""
        yield "turnaround", group, {name: row[name] for name in ("terminal", "open", "superseded")}
        if row["completedOnly"]["n"]:
            yield "turnaround.completedOnly", group, row["completedOnly"]
        if row["kaplanMeier"]["n"]:
            yield "turnaround.kaplanMeier", group, estimate(row["kaplanMeier"])


def rate(row):
    return {name: row[name] for name in ("failed", "terminal", "rate", "low", "high")}


def estimate(figures):
    values = {name: figures[name] for name in ("n", "events", "censored", *recompute.QUANTILES)}
    for name, (low, high) in figures["limits"].items():
        values |= {f"{name}Low": low, f"{name}High": high}
    return values


def differences(expected, computed):
    for key in sorted(expected.keys() | computed.keys()):
        one, other = expected.get(key), computed.get(key)
        tolerance = 1e-9 if key[-1] in ROUNDED else 0
        if one is None or other is None or not math.isclose(one, other, rel_tol=tolerance):
            yield f"{' '.join(key)}: merged {one!r}, computed {other!r}"


def main():
    if len(sys.argv) != 3:
        print(__doc__, file=sys.stderr)
        return 2
    archive, report = (pathlib.Path(argument).resolve() for argument in sys.argv[1:])
    expected, status = reported(json.loads(report.read_text(encoding="utf-8"))), 0
    for name, engine in ENGINES.items():
        rows = engine(archive)
        computed = {(row["server"], row["metric"], row["group"], row["figure"]): row["value"] for row in rows}
        found = list(differences(expected, computed))
        if found or len(rows) != len(computed):
            status = 1
            print(f"{name}: {len(found)} of {len(expected)} figures differ", *found[:SHOWN], sep="\n  ")
        else:
            print(f"agreement: {name}, {len(expected)} figures")
    return status


if __name__ == "__main__":
    sys.exit(main())
