#!/usr/bin/env python3
"""What a run over HTTP takes, beside the time that its server takes: http.py [RUNS]

The server is the sandbox on the same machine. A server that takes 50 ms a page cannot be read twice, eight requests at a
time, in less than two reads of its pages times 50 ms by eight; `ratio` is what a run takes beside that.
"""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

import measured

# Instances and the server's milliseconds a page.
CASES = [(100_000, 50), (100_000, 0), (400_000, 50)]
WINDOW = ["--from", "2026-01-01", "--to", "2026-10-01"]
CONCURRENCY = 8
CREDENTIALS = {"KEYFACTOR_USERNAME": r"KEYEXAMPLE\auditor", "KEYFACTOR_PASSWORD": "sandbox"}


class Run:
    """What a run took, and how many pages it fetched and kept."""

    def __init__(self, took, pack):
        self.took = took
        self.requests = json.loads((pack / "report.json").read_text())["completeness"]["requests"]
        with open(pack / "evidence/journal.jsonl", encoding="utf-8") as journal:
            lines = [json.loads(line) for line in journal]
        self.pages = sum(line["purpose"] == "read 1" and line["rows"] > 0 for line in lines)
        self.kept = len(os.listdir(pack / "evidence/pages"))


def fetch(server):
    archive = pathlib.Path(tempfile.mkdtemp(dir=measured.OUTPUT))
    try:
        took = measured.run(
            [measured.PROGRAM, "run", "--server", server, *WINDOW, "--out", archive, "--format", "csv,json", "--page-size", "500",
             "--concurrency", str(CONCURRENCY)],
            env=os.environ | CREDENTIALS, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        return Run(took, (archive / "latest").resolve())
    finally:
        shutil.rmtree(archive)


def measure(count, latency, runs):
    sandbox = subprocess.Popen(
        [measured.PROGRAM, "sandbox", "--instances", str(count), *WINDOW, "--latency", str(latency)],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        server = sandbox.stdout.readline().strip()
        return [fetch(server) for _ in range(runs)]
    finally:
        sandbox.terminate()
        sandbox.wait()


def main():
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    print("| | pages a read | requests | wall s | ratio | CPU s | ms of CPU a request | ms of CPU a page kept | peak MiB |")
    print("|---|---|---|---|---|---|---|---|---|")
    for count, latency in CASES:
        made = measure(count, latency, runs)
        one, took = made[0], measured.Took.median([run.took for run in made])
        least = 2 * one.pages * latency / 1000 / CONCURRENCY
        print(f"| {count:,} instances, {latency} ms | {one.pages} | {one.requests} | {took.wall:.2f} "
              f"| {f'{took.wall / least:.2f}' if latency else ''} | {took.cpu:.2f} | {took.cpu * 1000 / one.requests:.1f} "
              f"| {took.cpu * 1000 / one.kept:.1f} | {took.peak / 2**20:.0f} |")


main()
