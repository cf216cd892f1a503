#!/usr/bin/env python3
"""Counts the instructions that each stage takes for a row, under valgrind, and holds them against thresholds.json:
instructions.py [--record]

The same work takes the same instructions whatever else the machine does, so that a slower change is seen. What is counted
is the difference between 30,000 and 10,000 rows. The first line leaves out SHA-256, for which valgrind lacks the
processor's own instructions; of the stages only the reducers digest. A stage may take a twentieth more than its threshold;
--record makes what is counted the thresholds.
"""
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

import measured

# Each stage by the function that does it, as the compiler names it: reading, normalising, reducing, and a row in a format.
STAGES = {
    "reader": r"\$s10AuditModel10PageParserV5parse\w*",
    "normaliser": r"\$s10AuditModel10NormaliserV9normalise\w*",
    "reducers": r"\$s11AuditReduce12AuditSummaryV3add\w*|\$s11AuditReduce0A7SummaryV3add\w*",
    "finish": r"\$s11AuditReduce12AuditSummaryV6finish\w*|\$s11AuditReduce0A7SummaryV6finish\w*",
    "csv": r"\$s11AuditRender12InstancesCSVV6append\w*",
    "ndjson": r"\$s11AuditRender15InstancesNDJSONV6append\w*",
    "html": r"\$s11AuditRender10HTMLReport\w*6render\w*",
}
DIGEST = "CCryptoBoringSSL_sha256_block_data_order"
THRESHOLDS = measured.HERE / "thresholds.json"
MARGIN = 1.05


def counted(rows, folder):
    """The instructions of a run over so many rows: inclusive by function, and all but the digests'."""
    pages = measured.pages(pathlib.Path(f".build-release/pages/{rows}"), rows)
    program, profile = folder / "kfaudit", folder / f"{rows}.callgrind"
    # valgrind does not read the debugging information of a static Swift binary.
    subprocess.run(["objcopy", "--strip-debug", measured.PROGRAM, program], check=True)
    archive = folder / f"archive-{rows}"
    archive.mkdir()
    subprocess.run(
        ["valgrind", "--quiet", "--tool=callgrind", f"--callgrind-out-file={profile}", program, "run", "--pages", pages,
         "--out", archive, "--format", "csv,json,ndjson,html", "--accept-unproved"],
        check=True, stdout=subprocess.DEVNULL)
    inclusive = listing(profile, "yes")
    digests = sum(count for name, count in listing(profile, "no").items() if name.startswith(DIGEST))
    return inclusive, inclusive["PROGRAM TOTALS"] - digests


def listing(profile, inclusive):
    found = {}
    lines = subprocess.run(
        ["callgrind_annotate", f"--inclusive={inclusive}", "--threshold=100", profile], check=True, capture_output=True, text=True)
    for line in lines.stdout.splitlines():
        if match := re.match(r"\s*([\d,]+) \([\s\d.]+%\)\s+(?:\S*:)?(\S+|PROGRAM TOTALS)(?: \[|$)", line):
            name = match[2]
            found[name] = max(found.get(name, 0), int(match[1].replace(",", "")))
    return found


def main():
    # On one processor a function's own thread does all that it asks for, so that all is counted as the function's.
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    with tempfile.TemporaryDirectory(dir=measured.OUTPUT) as name:
        folder = pathlib.Path(name)
        (few, few_all), (many, many_all) = counted(10_000, folder), counted(30_000, folder)
    took = {"all without digests": round((many_all - few_all) / 20_000)}
    for stage, pattern in STAGES.items():
        of = lambda counts: max((count for name, count in counts.items() if re.fullmatch(pattern, name)), default=None)
        if of(few) is None or of(many) is None:
            sys.exit(f"no function of the program is the stage {stage}; name it in STAGES")
        took[stage] = round((of(many) - of(few)) / 20_000)
    if sys.argv[1:] == ["--record"]:
        THRESHOLDS.write_text(json.dumps(took, indent=2) + "\n")
    thresholds = json.loads(THRESHOLDS.read_text())
    print("| stage | instructions a row | threshold |\n|---|---|---|")
    for stage, count in took.items():
        print(f"| {stage} | {count:,} | {thresholds[stage]:,} |")
    slower = [stage for stage, count in took.items() if count > MARGIN * max(thresholds[stage], 100)]
    if slower:
        sys.exit(f"slower than before: {', '.join(slower)}")


main()
