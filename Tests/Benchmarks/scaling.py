#!/usr/bin/env python3
"""How time and memory grow with instances, users, page sizes and odd text: scaling.py [RUNS [PICTURE]]

PICTURE is where an SVG of the curves over the number of instances goes.
"""
import os
import pathlib
import sys

import curves
import measured

COUNTS = (10_000, 100_000, 1_000_000, 5_000_000)
EVERY = os.sched_getaffinity(0)
CASES = [
    *((f"{count:,} instances", count, [], EVERY) for count in COUNTS),
    *((f"{count:,} instances, one processor", count, [], {min(EVERY)}) for count in COUNTS),
    *((f"100,000 instances, {users:,} users", 100_000, ["--users", str(users)], EVERY) for users in (100, 20_000, 1_000_000)),
    *((f"100,000 instances, pages of {size:,}", 100_000, ["--page-size", str(size)], EVERY) for size in (50, 500, 5_000)),
    ("100,000 instances, 35 % hostile text", 100_000, ["--hostile", "0.35"], EVERY),
    *((f"100,000 instances, {shape}", 100_000, ["--shape", shape], EVERY) for shape in ("reordered", "unknown", "escaped")),
]


def main():
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    base = pathlib.Path(".build-release/pages")
    made = [measured.pages(base / "-".join([str(count), *(o.strip("-") for o in options)]), count, *options) for _, count, options, _ in CASES]
    took = [[] for _ in CASES]
    for _ in range(runs):
        for place, pages in enumerate(made):
            os.sched_setaffinity(0, CASES[place][3])
            took[place].append(measured.audit(pages, "csv,json"))
    took = list(map(measured.Took.median, took))
    print("| | CPU s | wall s | peak MiB | µs of CPU an instance |\n|---|---|---|---|---|")
    for (name, count, _, _), one in zip(CASES, took):
        print(f"| {name} | {one.cpu:.2f} | {one.wall:.2f} | {one.peak / 2**20:.0f} | {one.cpu / count * 1e6:.1f} |")
    if len(sys.argv) > 2:
        two, one = took[:len(COUNTS)], took[len(COUNTS):2 * len(COUNTS)]
        pathlib.Path(sys.argv[2]).write_text(curves.svg(COUNTS, [
            ("Wall seconds", [("two processors", [t.wall for t in two]), ("one processor", [t.wall for t in one])]),
            ("Peak MiB", [("two processors", [t.peak / 2**20 for t in two]),
                          ("64 MiB + 96 bytes an instance", [64 + 96 * count / 2**20 for count in COUNTS])]),
        ]))


main()
