#!/usr/bin/env python3
"""Runs kfaudit and the peers interleaved on the same pages and prints a table: against_peers.py [COUNT [RUNS [OTHER]]]

OTHER is another build of the program, whose runs alternate with those of the first.
"""
import importlib.util
import json
import pathlib
import subprocess
import sys
import tempfile

import agreement
import measured

FEW = "population,normalisation,turnaround,failureRates,trend"
OURS = {
    "csv,json": ("csv,json", []),
    "csv,json, the peers' metrics": ("csv,json", ["--metrics", FEW]),
    "csv,json,ndjson,html": ("csv,json,ndjson,html", []),
}
PEERS = {"duckdb": "DuckDB", "chdb": "ClickHouse", "polars": "polars"}


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    runs = int(sys.argv[2]) if len(sys.argv) > 2 else 5
    pages = measured.pages(pathlib.Path(f".build-release/pages/{count}"), count)
    programs = {"kfaudit": measured.PROGRAM} | {"other": program for program in sys.argv[3:4]}
    peers = [name for name in PEERS if importlib.util.find_spec(name)]
    for missing in set(PEERS) - set(peers):
        print(f"{PEERS[missing]} is not installed: left out", file=sys.stderr)
    took = {}
    with tempfile.TemporaryDirectory(dir=measured.OUTPUT) as folder:
        for number in range(runs):
            for name in peers:
                took.setdefault(PEERS[name], []).append(peer(name, pages, pathlib.Path(folder)))
            for name, (formats, options) in OURS.items():
                check = (lambda pack: agree(pack, folder, peers)) if number == 0 and not options else None
                for program, path in programs.items():
                    took.setdefault(f"{program}, {name}", []).append(
                        measured.audit(pages, formats, check, *options, program=path))
            took.setdefault("sha256sum of the pages", []).append(
                measured.run(["sha256sum", *sorted(pages.iterdir())], stdout=subprocess.DEVNULL))
    show({name: measured.Took.median(runs) for name, runs in took.items()}, [PEERS[name] for name in peers], count)


def peer(name, pages, folder):
    with open(folder / f"{name}.json", "w") as figures:
        script = measured.HERE / f"peers/peer_{name}.py"
        return measured.run([sys.executable, script, pages, "-o", folder / f"{name}.csv"], stdout=figures)


def agree(pack, folder, peers):
    """Ends the benchmark when a peer says something else."""
    for name in peers:
        with open(f"{folder}/{name}.json", encoding="utf-8") as file:
            found = json.load(file)
        found = found[0] if isinstance(found, list) else found
        differences = agreement.differences(pack, f"{folder}/{name}.csv", found)
        if differences:
            sys.exit(f"{PEERS[name]} and the pack do not agree:\n" + "\n".join(differences))


def show(took, peers, count):
    best = {part: min((getattr(took[name], part) for name in peers), default=None) for part in ("cpu", "wall")}
    print(f"{count:,} instances; medians; ratios to the best peer\n")
    print("| | CPU s | ratio | wall s | ratio | peak MiB | bytes an instance beyond 64 MiB |\n|---|---|---|---|---|---|---|")
    for name, one in took.items():
        ratios = [f"{getattr(one, part) / best[part]:.2f}" if best[part] else "" for part in ("cpu", "wall")]
        print(f"| {name} | {one.cpu:.2f} | {ratios[0]} | {one.wall:.2f} | {ratios[1]} | {one.peak / 2**20:.0f} "
              f"| {max(0, one.peak - 2**26) / count:.0f} |")


main()
