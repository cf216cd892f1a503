"""Whether a pack and a peer's output say the same, cell by cell and figure by figure."""
import csv
import itertools
import json

# The pack's columns with the peers'. What a pack leaves empty, because it does not know it, is not compared: the user of a
# title that no rule reads, and how long an open instance took.
COLUMNS = {
    "reference_id": "reference_id", "id": "id", "status": "status", "workflow_type": "workflow_type", "definition_name": "workflow",
    "definition_version": "workflow_version", "definition_id": "workflow_id", "start": "start_date", "last_modified": "last_modified",
    "duration_ms": "latency_ms", "step_name": "step", "step_unique_name": "step_unique", "status_message": "status_message",
    "user": "user", "common_name": "cn",
}
TERMINAL = ("Complete", "Failed", "Rejected")


def plain(cell):
    """A cell without what keeps spreadsheets from evaluating it."""
    return cell[1:] if cell.startswith("'") else cell


def quantile(values, percent):
    """Type 7, from ascending values."""
    index, rest = divmod((len(values) - 1) * percent, 100)
    rise = values[index + 1] - values[index] if index + 1 < len(values) else 0
    return (values[index] * 100 + rise * rest) / 100


def differences(pack, peer_rows, peer_figures):
    """What differs, a line each; at most a few of the cells."""
    report = json.load(open(pack / "report.json", encoding="utf-8"))["metrics"]
    found, times = [], {}
    with open(pack / "instances.csv", newline="", encoding="utf-8") as own, open(peer_rows, newline="", encoding="utf-8") as peer:
        for own_row, peer_row in itertools.zip_longest(csv.DictReader(own), csv.DictReader(peer)):
            if own_row is None or peer_row is None:
                found.append("one has more rows")
                break
            if peer_row["status"] in TERMINAL:
                times.setdefault(peer_row["workflow_id"], []).append(int(peer_row["latency_ms"]))
            for own_name, peer_name in COLUMNS.items():
                cell = plain(own_row[own_name])
                isKnown = cell or own_name not in ("duration_ms", "user", "common_name")
                if isKnown and cell != peer_row[peer_name] and len(found) < 6:
                    found.append(f"row {own_row['reference_id']}, {own_name}: {cell!r}, {peer_row[peer_name]!r}")
    found += figures(report, peer_figures, times)
    return found


def figures(report, peer, times):
    """What differs between the figures of a report and of a peer."""
    pairs = [("instances", report["population"]["instances"], peer["rows"])]
    status = {name: count for name, count in report["population"]["byStatus"].items() if count}
    pairs += [("by status", status, {name: count for name, count in peer["status"].items() if count})]
    days = {day["day"]: day["started"] for day in report["trend"]["days"] if day["started"]}
    pairs += [("starts by day", days, peer["days"])]
    # Users are grouped whatever the case of DOMAIN\user; the pages spell each in one way.
    failed = {row["user"]: row["failed"] for row in report["failureRates"]["byUser"]}
    pairs += [(f"failed of {name}", failed.get(name, 0), user["failed"]) for name, user in peer["users"].items()]
    for definition in (row for kind in report["turnaround"] for row in kind["byDefinition"]):
        values = sorted(times.get(definition["definitionId"], []))
        pairs += [
            (f"p{percent} of {definition['definitionId']}", definition["completedOnly"][f"p{percent}"], quantile(values, percent))
            for percent in (50, 90, 95, 99) if len(values) >= 100]
    return [f"{what}: {own}, {other}" for what, own, other in pairs if own != other][:6]
