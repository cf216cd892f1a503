#!/usr/bin/env python3
"""How time and memory grow with instances, users, page sizes and odd text: scaling.py [RUNS]"""
import pathlib
import sys

import measured

CASES = [
    *((f"{count:,} instances", count, []) for count in (10_000, 100_000, 1_000_000, 5_000_000)),
    *((f"100,000 instances, {users:,} users", 100_000, ["--users", str(users)]) for users in (100, 20_000, 1_000_000)),
    *((f"100,000 instances, pages of {size:,}", 100_000, ["--page-size", str(size)]) for size in (50, 500, 5_000)),
    ("100,000 instances, 35 % hostile text", 100_000, ["--hostile", "0.35"]),
    *((f"100,000 instances, {shape}", 100_000, ["--shape", shape]) for shape in ("reordered", "unknown", "escaped")),
]


def main():
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    base = pathlib.Path(".build-release/pages")
    made = [measured.pages(base / "-".join([str(count), *(o.strip("-") for o in options)]), count, *options) for _, count, options in CASES]
    took = [[] for _ in CASES]
    for _ in range(runs):
        for place, pages in enumerate(made):
            took[place].append(measured.audit(pages, "csv,json"))
    print("| | CPU s | wall s | peak MiB | µs of CPU an instance |\n|---|---|---|---|---|")
    for (name, count, _), one in zip(CASES, map(measured.Took.median, took)):
        print(f"| {name} | {one.cpu:.2f} | {one.wall:.2f} | {one.peak / 2**20:.0f} | {one.cpu / count * 1e6:.1f} |")


main()
