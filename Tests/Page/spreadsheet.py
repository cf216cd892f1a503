#!/usr/bin/env python3
"""Opens the CSV files and the workbook of packs in LibreOffice: spreadsheet.py PACK...

As somebody does who double-clicks: no cell may become a formula. And with text columns read as text, as datapackage.json says
they are: every value must be the one that is written. Prints what it read; exits 1 when something is wrong.
"""
import csv
import json
import pathlib
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as xml

TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
csv.field_size_limit(1 << 30)


def opened(path, folder, columns=None):
    """The rows of a file as LibreOffice reads it: (text, formula) a cell."""
    arguments = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "fods"]
    if path.suffix == ".csv":
        # Comma, double quote, UTF-8, from line 1; then the columns' formats, and whether to detect numbers.
        formats = "/".join(f"{n}/2" for n in columns) if columns else ""
        arguments.append(f"--infilter=CSV:44,34,76,1,{formats},0,false,{'false' if columns else 'true'}")
    subprocess.run([*arguments, "--outdir", folder, path], check=True, capture_output=True)
    for _, sheet in xml.iterparse(f"{folder}/{path.stem}.fods"):
        if sheet.tag != TABLE + "table":
            continue
        for row in sheet.iter(TABLE + "table-row"):
            cells = []
            for cell in row:
                if cell.tag not in (TABLE + "table-cell", TABLE + "covered-table-cell"):
                    continue
                text = "\n".join(content(p) for p in cell.iter(TEXT + "p"))
                cells += [(text, cell.get(TABLE + "formula"))] * min(int(cell.get(TABLE + "number-columns-repeated", 1)), 64)
            yield cells


def content(paragraph):
    """The text of a paragraph, whose runs of spaces and tabs are elements."""
    parts = [paragraph.text or ""]
    for child in paragraph:
        if child.tag == TEXT + "s":
            parts.append(" " * int(child.get(TEXT + "c", 1)))
        elif child.tag == TEXT + "tab":
            parts.append("\t")
        else:
            parts.append(content(child))
        parts.append(child.tail or "")
    return "".join(parts)


def judge(pack):
    resources = json.loads((pack / "datapackage.json").read_text(encoding="utf-8"))["resources"]
    wrong, cells, texts = [], 0, 0
    for resource in resources:
        path = pack / resource["path"]
        with tempfile.TemporaryDirectory() as folder:
            for row in opened(path, folder):
                cells += len(row)
                wrong += [f"{resource['path']}: formula {formula[:80]!r}" for _, formula in row if formula]
            columns = [n for n, f in enumerate(resource["schema"]["fields"], 1) if f["type"] == "string"]
            with open(path, encoding="utf-8-sig", newline="") as file:
                written = list(csv.reader(file))
            for number, (line, row) in enumerate(zip(written, opened(path, folder, columns or [1])), 1):
                for column in columns:
                    texts += 1
                    # A cell shows its lines as paragraphs, whatever ended them.
                    expected = line[column - 1].replace("\r\n", "\n").replace("\r", "\n")
                    found = row[column - 1][0] if column <= len(row) else ""
                    if found != expected:
                        wrong.append(f"{resource['path']} {number}:{column}: {found!r}, written {line[column - 1]!r}")
    book = pack / "report.xlsx"
    if book.exists():
        with tempfile.TemporaryDirectory() as folder:
            for row in opened(book, folder):
                cells += len(row)
                wrong += [f"report.xlsx: formula {formula[:80]!r}" for _, formula in row if formula]
    for line in wrong[:20]:
        print(f"{pack}: {line}")
    print(f"{pack}: {cells} cells without {'' if not wrong else 'exception '}formula, {texts} texts compared, {len(wrong)} wrong")
    return not wrong


if __name__ == "__main__":
    sys.exit(0 if all([judge(pathlib.Path(path)) for path in sys.argv[1:]]) else 1)
