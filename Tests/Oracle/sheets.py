#!/usr/bin/env python3
"""Compares report.xlsx of a pack with its CSV files, with nothing but Python's standard library.

    python3 Tests/Oracle/sheets.py PACK...

Every sheet must have the head and the rows of its CSV, cell by cell: text equal to the character (but for what XML cannot
carry, which stands as a token), numbers, shares and flags equal, instants and days the same moment. No cell may be a formula.
Prints `agreement: N cells` a pack, or the first differences and exits 1.
"""
import csv
import json
import math
import pathlib
import re
import sys
import xml.etree.ElementTree as xml
import zipfile
from datetime import datetime, timezone

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
EPOCH = datetime(1899, 12, 30, tzinfo=timezone.utc)
FIRST = datetime(1900, 3, 1, tzinfo=timezone.utc)
TOKEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufdd0-\ufdef\ufffe\uffff]")
csv.field_size_limit(1 << 30)


def plain_text(cell):
    """The text of a CSV cell, whose escapes keep spreadsheets from evaluating it."""
    cell = cell.removeprefix("'")
    if "\\u{" in cell:
        cell = re.sub(r"\\u\{([0-9A-Fa-f]+)\}|\\\\", lambda m: chr(int(m[1], 16)) if m[1] else "\\", cell)
    return cell


def sheet_text(text):
    """What readers make of a text (ST_Xstring of ECMA-376): _xHHHH_ is one character."""
    return re.sub(r"_x([0-9A-Fa-f]{4})_", lambda m: chr(int(m[1], 16)), text)


def column_number(reference):
    number = 0
    for letter in re.match("[A-Z]+", reference)[0]:
        number = number * 26 + ord(letter) - 64
    return number - 1


def sheets(path):
    """Names and rows of a workbook; a row is a list of (type, text)."""
    with zipfile.ZipFile(path) as archive:
        strings = []
        if "xl/sharedStrings.xml" in archive.namelist():
            root = xml.fromstring(archive.read("xl/sharedStrings.xml"))
            strings = ["".join(t.text or "" for t in item.iter(MAIN + "t")) for item in root]
        relations = {r.get("Id"): r.get("Target") for r in xml.fromstring(archive.read("xl/_rels/workbook.xml.rels"))}
        for sheet in xml.fromstring(archive.read("xl/workbook.xml")).iter(MAIN + "sheet"):
            root = xml.fromstring(archive.read("xl/" + relations[sheet.get(RELATION + "id")]))
            rows = []
            for row in root.iter(MAIN + "row"):
                cells = {}
                for cell in row:
                    if cell.find(MAIN + "f") is not None:
                        sys.exit(f"{path}: {sheet.get('name')}!{cell.get('r')} is a formula")
                    kind, value = cell.get("t", "n"), cell.findtext(MAIN + "v")
                    if kind == "inlineStr":
                        value = "".join(t.text or "" for t in cell.iter(MAIN + "t"))
                    elif kind == "s":
                        value = strings[int(value)]
                    if value is not None:
                        cells[column_number(cell.get("r"))] = (kind, value)
                rows.append(cells)
            yield sheet.get("name"), rows


def agree(field, written, cell):
    """Whether a cell of a sheet says what the CSV says."""
    if written == "":
        return cell is None or cell[1] == ""
    if cell is None:
        return False
    kind, value = cell
    if field["type"] == "string":
        text = TOKEN.sub(lambda m: f"⟨U+{ord(m[0]):04X}⟩", plain_text(written))
        value = sheet_text(value)
        return value == text or value.endswith("… (cut)") and text.startswith(value.removesuffix("… (cut)"))
    if field["type"] == "boolean":
        return kind != "n" and value == written
    if field["type"] in ("datetime", "date"):
        moment = datetime.fromisoformat(written)
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=timezone.utc)
        if moment < FIRST:
            return kind != "n" and value == written
        return abs(float(value) * 86_400_000 - (moment - EPOCH).total_seconds() * 1000) < 1
    return math.isclose(float(value), float(written), rel_tol=1e-14)


def judge(pack):
    resources = json.loads((pack / "datapackage.json").read_text(encoding="utf-8"))["resources"]
    book, cells, differences = dict(sheets(pack / "report.xlsx")), 0, []
    if sorted(book) != sorted(resource["name"] for resource in resources):
        differences.append(f"sheets {sorted(book)}")
    for resource in resources:
        fields, rows = resource["schema"]["fields"], book.get(resource["name"], [])
        with open(pack / resource["path"], encoding="utf-8-sig", newline="") as file:
            written = list(csv.reader(file))
        if len(written) != len(rows):
            differences.append(f"{resource['name']} has {len(rows)} rows, its CSV {len(written)}")
        for number, (line, row) in enumerate(zip(written[1:], rows[1:]), 2):
            for column, (field, text) in enumerate(zip(fields, line)):
                cells += 1
                if not agree(field, text, row.get(column)):
                    differences.append(f"{resource['name']} row {number} {field['name']}: {row.get(column)!r}, CSV {text!r}")
    for difference in differences[:20]:
        print(f"{pack}: {difference}")
    print(f"disagreement: {len(differences)}" if differences else f"agreement: {cells} cells")
    return not differences


if __name__ == "__main__":
    sys.exit(0 if all([judge(pathlib.Path(path)) for path in sys.argv[1:]]) else 1)
