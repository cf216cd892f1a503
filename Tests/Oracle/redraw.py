#!/usr/bin/env python3
"""Draws a sample of a pack again, by the documentation alone (Sampling.md), and compares it with a worksheet.

usage: redraw.py PACK WORKSHEET (--size N | --rate R | --rule br-8.7) [--stratify COLUMN]
"""

import argparse
import csv
import hashlib
import sys
from decimal import Decimal
from fractions import Fraction
from math import ceil


def allocation(count, populations):
    """Shares a count out: one to each stratum first where it suffices, the rest by largest remainder."""
    filled = sum(1 for population in populations if population)
    first = 1 if count >= filled else 0
    left = [max(0, population - first) for population in populations]
    rest = min(count - first * filled, sum(left))
    if sum(left) == 0:
        return [min(population, first) for population in populations]
    quotas = [Fraction(rest * weight, sum(left)) for weight in left]
    shares = [int(quota) for quota in quotas]
    by_remainder = sorted(range(len(left)), key=lambda i: (-(quotas[i] - shares[i]), i))
    for index in by_remainder[: rest - sum(shares)]:
        shares[index] += 1
    return [min(population, first) + share for population, share in zip(populations, shares)]


def decode(cell):
    return cell[1:] if cell.startswith("'") else cell


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("pack")
    parser.add_argument("worksheet")
    parser.add_argument("--size", type=int)
    parser.add_argument("--rate")
    parser.add_argument("--rule")
    parser.add_argument("--stratify")
    options = parser.parse_args()

    with open(f"{options.pack}/manifest.json", "rb") as file:
        seed = hashlib.sha256(file.read()).hexdigest()
    with open(f"{options.pack}/instances.csv", newline="", encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))

    strata = {}
    for row in rows:
        value = row[options.stratify] if options.stratify else ""
        strata.setdefault(value, []).append(row["reference_id"])
    values = sorted(strata, key=lambda value: decode(value).encode())
    populations = [len(strata[value]) for value in values]
    if options.size:
        due = allocation(options.size, populations)
    else:
        rate = options.rate or "3%"
        share = Decimal(rate.rstrip("%")) / (100 if rate.endswith("%") else 1)
        due = [max(1, ceil(population * share)) for population in populations]

    drawn = set()
    for value, count in zip(values, due):
        rank = lambda id: hashlib.sha256(f"{seed}:{id}".encode()).digest()
        drawn.update(sorted(strata[value], key=rank)[:count])

    with open(options.worksheet, newline="", encoding="utf-8") as file:
        sheet = [row for row in csv.DictReader(file)]
    chosen = {row["reference_id"] for row in sheet if "random" in row["selected_by"].split(";")}
    if chosen != drawn or any(row["seed"] != seed or int(row["population"]) != len(rows) for row in sheet):
        sys.exit(f"different: {len(chosen - drawn)} only in the worksheet, {len(drawn - chosen)} only redrawn")
    print(f"the same {len(drawn)} instances")


main()
