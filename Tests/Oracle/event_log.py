#!/usr/bin/env python3
"""event_log.py PACK...: runs the first Python block of the article "Process mining" over packs.

What it makes must be an event log as pm4py wants it: a case, an activity and timestamps with a zone in every row, in the order
of the cases. Where pm4py is installed, the second block is run too.
"""
import importlib.util
import pathlib
import re
import sys

import pandas

ARTICLE = pathlib.Path(__file__).resolve().parents[2] / "Sources/kfaudit/Documentation.docc/ProcessMining.md"
first, second = re.findall(r"```python\n(.*?)```", ARTICLE.read_text(encoding="utf-8"), re.DOTALL)
names = {}
exec(first, names)


def check(path, case):
    rows = pandas.read_csv(path)
    log = names["event_log"](path, case)
    for column in ["case:concept:name", "concept:name"]:
        assert all(isinstance(value, str) and value for value in log[column]), column
    for column in ["start_timestamp", "time:timestamp"]:
        assert isinstance(log[column].dtype, pandas.DatetimeTZDtype) and log[column].notna().all(), column
    assert "org:resource" in log
    expected = rows.dropna(subset=[case, "start", "last_modified"])
    assert len(log) == len(expected) > 0
    assert set(log["case:concept:name"]) == set(expected[case].astype(str))
    for _, events in log.groupby("case:concept:name", sort=False):
        assert events["time:timestamp"].is_monotonic_increasing
    return log


for pack in sys.argv[1:]:
    path = str(pathlib.Path(pack) / "instances.csv")
    log = check(path, "reference_id")
    assert log["case:concept:name"].is_unique
    cases = check(path, "common_name")["case:concept:name"].nunique()
    if importlib.util.find_spec("pm4py"):
        exec(first + second.replace("archive/latest/instances.csv", path), {})
    print(f"{len(log)} events, {cases} common names")
