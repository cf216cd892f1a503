#!/usr/bin/env python3
"""Computes the figures of many servers' packs with Spark and writes their rows as Parquet.

    python3 fleet.py ARCHIVE --out DIR [--master URL] [--kfaudit PATH]

ARCHIVE is a folder on any Hadoop file system (a local path, hdfs://…, s3a://…) that holds packs as <server>/<window>/.
DIR gets rows/, Parquet by server and month of start, each instance once, from the newest pack that has it; and figures/,
JSON lines of server, metric, group, figure and value, where the server "*" stands for all of them. The definitions are
those of `kfaudit merge`. A pack whose files are not what it says is refused: then nothing is written, and the status is 65.
"""
import argparse
import string
import subprocess
import sys
from urllib.parse import unquote, urlsplit

from pyspark.errors import AnalysisException
from pyspark.sql import Column, DataFrame, SparkSession, Window
from pyspark.sql import functions as F

# Neither `latest`, a second name of a pack, nor `….INCOMPLETE`.
PACKS = "*/[0-9]*[^E]"
FILES = ["instances.ndjson", "manifest.json"]
ROW = """
    referenceId BIGINT, id STRING, status STRING, outcome STRING, workflowType STRING, definitionName STRING,
    definitionVersion BIGINT, definitionId STRING, user STRING, userKind STRING, action STRING, commonName STRING,
    subject STRING, start TIMESTAMP, lastModified TIMESTAMP, durationMs BIGINT, stepName STRING, stepUniqueName STRING,
    stepId STRING, statusMessage STRING, failureClass STRING, title STRING, titleRule STRING, dataQuality ARRAY<STRING>"""
MANIFEST = "asOf TIMESTAMP, source STRUCT<server: STRING>"

KNOWN = ["CanceledForRestart", "Complete", "Failed", "Rejected", "Running", "Suspended"]
TERMINAL = ["Complete", "Failed", "Rejected"]
OPEN = ["Running", "Suspended"]
UNUSABLE = ["badDate", "negativeDuration", "futureDate"]
PERCENTILES = {"p50": (0.5, 1), "p75": (0.75, 1), "p90": (0.9, 1), "p95": (0.95, 20), "p99": (0.99, 100)}
QUANTILES = {"p50": 0.5, "p75": 0.75, "p90": 0.9, "p95": 0.95}
Z = 1.959963984540054
TOLERANCE = 1e-12  # A product of many quotients is not exact.
# What Spark may find, and the exit status that says so.
STATUSES = {"PATH_NOT_FOUND": 66, "PATH_ALREADY_EXISTS": 73}


class Refusal(Exception):
    """Says which packs do not verify."""


def main() -> int:
    arguments = parse()
    spark = session(arguments.master)
    try:
        verify(spark, arguments.archive, arguments.kfaudit)
        newest_rows(spark, arguments.archive).write.partitionBy("server", "month").parquet(f"{arguments.out}/rows")
        rows = spark.read.parquet(f"{arguments.out}/rows")
        figures(rows).coalesce(1).write.json(f"{arguments.out}/figures")
        print(arguments.out)
        return 0
    except Refusal as refusal:
        print(f"fleet.py: {refusal}", file=sys.stderr)
        return 65
    except AnalysisException as error:
        if error.getCondition() not in STATUSES:
            raise
        print(f"fleet.py: {error.getMessage()}", file=sys.stderr)
        return STATUSES[error.getCondition()]
    finally:
        spark.stop()


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Computes the figures of many servers' packs.", allow_abbrev=False)
    parser.add_argument("archive", help="a folder on any Hadoop file system with packs as <server>/<window>/")
    parser.add_argument("--out", required=True, metavar="DIR", help="a folder for rows/ and figures/, which it must not have")
    parser.add_argument("--master", metavar="URL", help="the cluster (default: what spark-submit says, else local[*])")
    parser.add_argument("--kfaudit", metavar="PATH", help="the program that verifies the packs of a local archive")
    return parser.parse_args()


def session(master: str | None) -> SparkSession:
    builder = SparkSession.builder.appName("kfaudit fleet").config(map={
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.parquet.outputTimestampType": "TIMESTAMP_MICROS",
        # A month is no date.
        "spark.sql.sources.partitionColumnTypeInference.enabled": "false",
    })
    return (builder.master(master) if master else builder).getOrCreate()


# Packs


def pack() -> Column:
    """The folder that a row was read from."""
    return F.regexp_replace("_metadata.file_path", "/[^/]*$", "").alias("pack")


def verify(spark: SparkSession, archive: str, kfaudit: str | None) -> None:
    """Refuses an archive with a pack that is not what was published."""
    faults = digest_faults(spark, archive).collect()
    refused = [f"{unquote(row.pack)}: {', '.join(row.files)}" for row in faults if row.files]
    if refused:
        raise Refusal("\n".join(["missing, or not what SHA256SUMS says:", *refused]))
    if kfaudit:
        verify_with(kfaudit, [unquote(urlsplit(row.pack).path) for row in faults])


def digest_faults(spark: SparkSession, archive: str) -> DataFrame:
    """Of each pack the files that are missing or differ from SHA256SUMS."""
    said = spark.read.text(f"{archive}/{PACKS}/SHA256SUMS").select(
        pack(), F.substring_index("value", "  ", 1).alias("said"), F.substring_index("value", "  ", -1).alias("file"))
    found = spark.read.format("binaryFile").load([f"{archive}/{PACKS}/{file}" for file in FILES]).select(
        pack(), F.sha2("content", 256).alias("found"), F.substring_index("path", "/", -1).alias("file"))
    sound = F.collect_set(F.when(F.col("said") == F.col("found"), F.col("file")))
    return said.join(found, ["pack", "file"], "full").groupBy("pack").agg(
        F.array_except(F.array(*map(F.lit, FILES)), sound).alias("files")).orderBy("pack")


def verify_with(kfaudit: str, packs: list[str]) -> None:
    """Has kfaudit verify packs: every file, the journal, the signature and the figures."""
    answers = [(path, subprocess.run([kfaudit, "verify", path], capture_output=True, text=True)) for path in packs]
    refused = [f"{path}: {answer.stdout}{answer.stderr}".rstrip() for path, answer in answers if answer.returncode]
    if refused:
        raise Refusal("\n".join(["kfaudit verify refuses:", *refused]))


def newest_rows(spark: SparkSession, archive: str) -> DataFrame:
    """Each instance of each server once, from the newest pack that has it."""
    packs = spark.read.json(f"{archive}/{PACKS}/manifest.json", MANIFEST, multiLine=True, mode="FAILFAST").select(
        pack(), "asOf", "source.server")
    rows = spark.read.json(f"{archive}/{PACKS}/instances.ndjson", ROW, mode="FAILFAST").select(pack(), "*")
    newest = Window.partitionBy("server", "referenceId").orderBy(F.desc("asOf"), F.desc("pack"))
    return (
        rows.join(F.broadcast(packs), "pack")
        .withColumn("age", F.row_number().over(newest)).where("age = 1").drop("age")
        .withColumn("month", F.date_format("start", "yyyy-MM")))


# Figures


def figures(rows: DataFrame) -> DataFrame:
    """Every figure as a row of server, metric, group, figure and value."""
    seen = observations(rows).cache()
    tables = [
        population(seen, "population", F.lit("")),
        population(seen, "population.byStatus", F.col("status")),
        population(seen, "population.byWorkflowType", F.col("workflowType")),
        failure_rates(seen, "failureRates", F.lit("")),
        failure_rates(seen.where("user IS NOT NULL"), "failureRates.byUser", F.col("user")),
        failure_rates(seen, "failureRates.byDefinition", F.col("definitionId")),
        turnaround(seen),
        completed_only(seen),
        kaplan_meier(seen),
    ]
    flat, *others = tables
    for table in others:
        flat = flat.union(table)
    return flat.where("value IS NOT NULL").orderBy("server", "metric", "group", "figure")


def observations(rows: DataFrame) -> DataFrame:
    """What the figures need of a row, once for its server and once for all; `time` is how long it took or was watched."""
    status = F.col("status")
    ended = F.when(~status.isin(OPEN), F.col("durationMs")).otherwise(F.unix_millis("asOf") - F.unix_millis("start"))
    usable = status.isin(KNOWN) & ~F.arrays_overlap("dataQuality", F.array(*map(F.lit, UNUSABLE)))
    folded = F.translate("user", string.ascii_uppercase, string.ascii_lowercase)
    return rows.select(
        F.explode(F.array(F.coalesce("server", F.lit("")), F.lit("*"))).alias("server"),
        F.when(status.isin(KNOWN), status).otherwise("unknown").alias("status"),
        F.coalesce("workflowType", F.lit("")).alias("workflowType"),
        F.coalesce("definitionId", F.lit("")).alias("definitionId"),
        F.when(F.contains("user", F.lit("\\")), folded).otherwise(F.col("user")).alias("user"),
        status.isin(TERMINAL).alias("terminal"),
        F.when(usable, ended).alias("time"))


def flat(table: DataFrame, metric: str) -> DataFrame:
    """A table of server, group and figures with a row a figure."""
    names = table.columns[2:]
    values = table.select("server", "group", *(F.col(name).cast("double") for name in names))
    return values.unpivot(["server", "group"], names, "figure", "value").select(
        "server", F.lit(metric).alias("metric"), "group", "figure", "value")


def population(seen: DataFrame, metric: str, group: Column) -> DataFrame:
    return flat(seen.groupBy("server", group.alias("group")).agg(F.count("*").alias("instances")), metric)


def failure_rates(seen: DataFrame, metric: str, group: Column) -> DataFrame:
    """Failed of terminal instances with Wilson's 95 % interval."""
    k, n = F.col("failed"), F.col("terminal")
    p = k / n
    centre, spread = p + Z * Z / (2 * n), Z * F.sqrt(p * (1 - p) / n + Z * Z / (4 * n * n))
    low, high = (centre - spread) / (1 + Z * Z / n), (centre + spread) / (1 + Z * Z / n)
    tallies = seen.where("terminal").groupBy("server", group.alias("group")).agg(
        F.count_if(F.col("status") == "Failed").alias("failed"), F.count("*").alias("terminal"))
    return flat(
        tallies.select(
            "*", p.alias("rate"), F.when(k == 0, 0.0).otherwise(low).alias("low"),
            F.when(k == n, 1.0).otherwise(high).alias("high")),
        metric)


def turnaround(seen: DataFrame) -> DataFrame:
    counts = {
        "terminal": F.col("terminal"), "open": F.col("status").isin(OPEN),
        "superseded": F.col("status") == "CanceledForRestart"}
    groups = seen.groupBy("server", F.col("workflowType").alias("group"))
    return flat(groups.agg(*(F.count_if(chosen).alias(name) for name, chosen in counts.items())), "turnaround")


def completed_only(seen: DataFrame) -> DataFrame:
    """Type-7 percentiles of how long terminal instances took; with too few there is none."""
    groups = seen.where("terminal AND time IS NOT NULL").groupBy("server", F.col("workflowType").alias("group"))
    shares = {
        name: F.when(F.count("*") >= least, F.percentile("time", share)) for name, (share, least) in PERCENTILES.items()}
    return flat(
        groups.agg(
            F.count("*").alias("n"), *(share.alias(name) for name, share in shares.items()), F.max("time").alias("max")),
        "turnaround.completedOnly")


def kaplan_meier(seen: DataFrame) -> DataFrame:
    """When shares of the instances are finished, counting unfinished ones for as long as they were watched."""
    groups = ["server", "group"]
    forwards = Window.partitionBy(groups).orderBy("time").rowsBetween(Window.unboundedPreceding, Window.currentRow)
    # A frame that ends at the last row would be summed anew for each row.
    backwards = Window.partitionBy(groups).orderBy(F.desc("time")).rowsBetween(
        Window.unboundedPreceding, Window.currentRow)
    d, n, s = F.col("events"), F.col("atRisk"), F.col("survival")
    exponent = Z * F.sqrt("greenwood") / -F.log(s)
    steps = (
        seen.where("time IS NOT NULL").groupBy("server", F.col("workflowType").alias("group"), "time")
        .agg(F.count_if("terminal").alias("events"), F.count("*").alias("instances"))
        .withColumn("atRisk", F.sum("instances").over(backwards))
        .withColumn("survival", F.product((n - d) / n).over(forwards))
        .withColumn("greenwood", F.sum(d / F.nullif(n * (n - d), F.lit(0))).over(forwards))
        .withColumn("lower", F.when((s > 0) & (s < 1), F.pow(s, F.exp(exponent))).otherwise(s))
        .withColumn("upper", F.when((s > 0) & (s < 1), F.pow(s, F.exp(-exponent))).otherwise(s)))
    reached = {
        name + suffix: F.min(F.when(F.col(curve) <= 1 - p + TOLERANCE, F.col("time")))
        for name, p in QUANTILES.items()
        for suffix, curve in {"": "survival", "Low": "lower", "High": "upper"}.items()}
    return flat(
        steps.groupBy(groups).agg(
            F.sum("instances").alias("n"), F.sum("events").alias("events"),
            F.sum(F.col("instances") - d).alias("censored"), *(time.alias(name) for name, time in reached.items())),
        "turnaround.kaplanMeier")


if __name__ == "__main__":
    sys.exit(main())
