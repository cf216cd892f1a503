#!/usr/bin/env python3
"""Reads every CSV of packs with pandas and DuckDB by the types of datapackage.json: readers.py PACK...

Each must read as many rows as Python's csv module does, and every value must be the one that is written. Whatever else separates
cells, a semicolon, a tab or a vertical bar, none may begin with a formula. Needs pandas and duckdb.
"""
import csv
import json
import pathlib
import sys
import unicodedata

import duckdb
import pandas

csv.field_size_limit(1 << 30)
SQL = {"string": "VARCHAR", "integer": "BIGINT", "number": "DOUBLE", "boolean": "BOOLEAN", "datetime": "VARCHAR", "date": "VARCHAR"}
CONVERT = {"integer": int, "number": float, "boolean": lambda text: text == "true"}


def expected(field, text):
    return None if text == "" else CONVERT.get(field["type"], str)(text)


def same(field, written, found):
    if found is None or found != found:
        return written is None
    return written is not None and CONVERT.get(field["type"], str)(str(found).lower() if field["type"] == "boolean" else found) == written


def starts_formula(cell):
    """Whether a spreadsheet may evaluate a cell, the blanks and quotation marks at its beginning taken off."""
    for character in cell:
        if not (unicodedata.category(character) in ("Cc", "Cf", "Zs", "Zl", "Zp") or character == '"'):
            return character in "=+-@;|%＝＋－＠"
    return False


def formulas(path):
    """What begins with a formula where cells end at another character than the comma."""
    text = path.read_text(encoding="utf-8-sig")
    for separator in ";\t|\r\n":
        yield from (cell[:40] for cell in text.split(separator)[1:] if starts_formula(cell))
        yield from (cell[:40] for row in csv.reader(text.splitlines(), delimiter=separator) for cell in row[1:] if starts_formula(cell)) \
            if separator in ";\t|" else ()


def judge(pack):
    wrong, values = [], 0
    for resource in json.loads((pack / "datapackage.json").read_text(encoding="utf-8"))["resources"]:
        path, fields = pack / resource["path"], resource["schema"]["fields"]
        wrong += [f"{resource['path']}: another separator makes {cell!r}" for cell in formulas(path)]
        with open(path, encoding="utf-8-sig", newline="") as file:
            written = list(csv.reader(file))[1:]
        frame = pandas.read_csv(path, dtype=str, keep_default_na=False, na_values=[""], lineterminator=None)
        columns = {field["name"]: SQL[field["type"]] for field in fields}
        table = duckdb.sql(
            f"select * from read_csv('{path}', header=true, delim=',', quote='\"', escape='\"', columns={columns}, "
            "nullstr='', max_line_size=10000000)").fetchall()
        for reader, rows in (("pandas", frame.values.tolist()), ("DuckDB", table)):
            if len(rows) != len(written):
                wrong.append(f"{resource['path']}: {reader} reads {len(rows)} rows of {len(written)}")
            for number, (line, row) in enumerate(zip(written, rows), 2):
                for field, text, found in zip(fields, line, row):
                    values += 1
                    if not same(field, expected(field, text), found):
                        wrong.append(f"{resource['path']} {number} {field['name']}: {reader} reads {found!r}, written {text!r}")
    for line in wrong[:20]:
        print(f"{pack}: {line}")
    print(f"{pack}: {values} values read, {len(wrong)} wrong")
    return not wrong


if __name__ == "__main__":
    sys.exit(0 if all([judge(pathlib.Path(path)) for path in sys.argv[1:]]) else 1)
