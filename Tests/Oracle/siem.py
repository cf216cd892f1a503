#!/usr/bin/env python3
"""siem.py ocsf REPORT... | test-result PREDICATE REPORT: holds what Examples make of reports against the models of the formats.

OCSF: each event must be one of py-ocsf-models' with no member more, say what the check says, and lose its validity with each
member that the class requires. Test result: the message of in-toto-attestation, with the checks of the report in its lists.
"""
import copy
import datetime
import json
import subprocess
import sys
from pathlib import Path

RECIPE = Path(__file__).resolve().parents[2] / "Examples/siem/ocsf.jq"
REQUIRED = ["activity_id", "finding_info", "metadata", "severity_id", "time", "type_uid"]
STATUS = {"passed": (1, "PASS"), "failed": (3, "FAIL"), "excepted": (3, "FAIL"), "notJudged": (2, "MANUAL")}
SEVERITY = {"info": 1, "low": 2, "medium": 3, "high": 4, "critical": 5}


def check(is_right, what):
    if not is_right:
        sys.exit(what)


def milliseconds(instant):
    return round(datetime.datetime.fromisoformat(instant.replace("Z", "+00:00")).timestamp() * 1000)


def events(path, number):
    answer = subprocess.run(
        ["jq", "-ac", "--arg", "class", str(number), "-f", RECIPE, path], capture_output=True, text=True, check=True)
    check(answer.stdout.isascii(), f"{path}: a terminal could obey a name")
    return [json.loads(line) for line in answer.stdout.splitlines()]


def ocsf(paths):
    from py_ocsf_models.events.findings.compliance_finding import ComplianceFinding
    from py_ocsf_models.events.findings.detection_finding import DetectionFinding

    refused = 0
    wrong = subprocess.run(["jq", "--arg", "class", "2005", "-f", RECIPE, paths[0]], capture_output=True)
    check(wrong.returncode != 0 and not wrong.stdout, "another class is taken")
    for path in paths:
        with open(path, encoding="utf-8") as file:
            report = json.load(file)
        for number, model in [(2003, ComplianceFinding), (2004, DetectionFinding)]:
            made = events(path, number)
            check([each["unmapped"]["check"] for each in made] == [gate["id"] for gate in report["gates"]], "other checks")
            for event, gate in zip(made, report["gates"]):
                # What the model does not know it drops.
                read = model(**copy.deepcopy(event)).model_dump(mode="json", exclude_unset=True)
                check(read == event, f"{path}: the model reads {read} for {event}")
                status, code = STATUS[gate["result"]]
                severity = 1 if gate["result"] == "passed" else SEVERITY[gate["severity"]]
                check(event["status_code"] == code and event["severity_id"] == severity, f"{path}: {event}")
                check(event["status_detail"] == gate["reason"], f"{path}: {event}")
                check(event["type_uid"] == number * 100 + 1, f"{path}: {event}")
                window = report["cover"]["window"]
                times = [milliseconds(text) for text in (report["cover"]["asOf"], window["from"], window["to"])]
                check([event["time"], event["start_time"], event["end_time"]] == times, f"{path}: {event}")
                if number == 2003:
                    standards = sorted({control.split("/")[0] for control in gate["controls"]}) or ["kfaudit policy"]
                    compliance = event["compliance"]
                    check(compliance["standards"] == standards and compliance["status_id"] == status, f"{path}: {event}")
                for member in REQUIRED + (["compliance"] if number == 2003 else []):
                    mutant = copy.deepcopy(event)
                    del mutant[member]
                    try:
                        model(**mutant)
                    except ValueError:
                        refused += 1
                        continue
                    sys.exit(f"{number} without {member} is taken")
    print(f"valid; {refused} mutations refused")


def test_result(predicate_path, report_path):
    from google.protobuf import json_format
    from in_toto_attestation.predicates.test_result.v0 import test_result_pb2
    from in_toto_attestation.v1 import statement_pb2

    with open(predicate_path, encoding="utf-8") as file:
        predicate = json.load(file)
    with open(report_path, encoding="utf-8") as file:
        report = json.load(file)
    message = json_format.ParseDict(predicate, test_result_pb2.TestResult())
    # What cosign puts around it.
    json_format.ParseDict(
        {
            "_type": "https://in-toto.io/Statement/v1", "subject": [{"name": "manifest.json", "digest": {"sha256": "0" * 64}}],
            "predicateType": "https://in-toto.io/attestation/test-result/v0.1", "predicate": predicate,
        }, statement_pb2.Statement())
    ids = {result: [gate["id"] for gate in report["gates"] if gate["result"] == result] for result in STATUS}
    lists = (list(message.passed_tests), list(message.warned_tests), list(message.failed_tests))
    check(lists == (ids["passed"], ids["excepted"], ids["failed"]), f"{lists}")
    print(message.result, message.configuration[0].name, message.configuration[0].digest["sha256"])


if sys.argv[1] == "ocsf":
    ocsf(sys.argv[2:])
else:
    test_result(*sys.argv[2:])
