#!/usr/bin/env python3
"""assessment_results.py FILE...: holds OSCAL documents against two validators, and sees whether they bite.

Each file must be accepted by compliance-trestle, as a model and by `trestle import` and `trestle validate`, and by the package
oscal, which carries NIST's metaschema. Neither follows references within a document, so these are followed here; identifiers
and the digests of files beside it are computed again. Then each required part is taken out and each form broken: a mutation that nobody refuses is an
error, and one that neither package refuses is printed, a line each: `only here: MUTATION`.
"""
import copy
import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile
import uuid

import trestle.oscal.assessment_results as trestle_model
from oscal import OSCAL
from trestle.core import validator_factory

NAMESPACE = uuid.UUID("a3c1e0de-5d0b-4d6a-9d0f-6b1f6f2f7e55")

# What OSCAL 1.2.1 requires of the parts that are written, by the name of the part.
REQUIRED = {
    "assessment-results": ["uuid", "metadata", "import-ap", "results"],
    "metadata": ["title", "last-modified", "version", "oscal-version"],
    "import-ap": ["href"],
    "results": ["uuid", "title", "description", "start", "reviewed-controls"],
    "reviewed-controls": ["control-selections"],
    "control-selections": ["include-controls"],
    "include-controls": ["control-id"],
    "props": ["name", "value"],
    "observations": ["uuid", "description", "methods", "collected"],
    "relevant-evidence": ["description"],
    "findings": ["uuid", "title", "description", "target"],
    "target": ["type", "target-id", "status"],
    "status": ["state"],
    "related-observations": ["observation-uuid"],
    "related-risks": ["risk-uuid"],
    "risks": ["uuid", "title", "description", "statement", "status"],
    "resources": ["uuid"],
    "rlinks": ["href"],
    "hashes": ["algorithm", "value"],
}

# Values that a member cannot have, by the name of the part and of the member; those of every part last.
BROKEN = {
    ("target", "type"): ["no kind of target", ""],
    ("target", "target-id"): ["1st-check", "a check", "", "é\u202e"],
    ("status", "state"): ["passed", "Satisfied", ""],
    ("status", "reason"): ["no token", ""],
    ("include-controls", "control-id"): ["4.9.1.1", "AC 5", ""],
    ("props", "name"): ["9", "a b", ""],
    ("props", "value"): [" a", "a ", "a\nb", "", 7],
    ("props", "class"): ["a b", ""],
    ("observations", "methods"): [[], "TEST", [""]],
    ("observations", "collected"): ["2026-11-02", "2026-11-02T07:30:12", "yesterday"],
    ("risks", "status"): ["", "not approved"],
    ("risks", "deadline"): ["2026-12-31", "2026-12-31T00:00:00"],
    ("metadata", "last-modified"): ["2026-11-02T07:30:12", ""],
    ("metadata", "oscal-version"): ["one", "9.9.9", ""],
    ("metadata", "version"): ["", " 1"],
    ("results", "start"): ["2026-11-02T07:30:12"],
    ("results", "observations"): [[], {}],
    ("results", "findings"): [[]],
    ("results", "risks"): [[]],
    ("control-selections", "include-controls"): [[]],
    ("resources", "rlinks"): [[]],
    ("hashes", "value"): ["xyz", ""],
    ("", "uuid"): ["1", "00000000-0000-1000-8000-000000000000", "g" * 36],
    ("", "observation-uuid"): ["1", "00000000-0000-4000-8000-000000000000"],
    ("", "risk-uuid"): ["1", "00000000-0000-4000-8000-000000000000"],
    ("", "href"): ["#00000000-0000-4000-8000-000000000000"],
}


def parts(value, name=""):
    """Every object with the name of its part: the key that leads to it, or to the list that it is in."""
    if isinstance(value, dict):
        yield name, value
        for key, child in value.items():
            yield from parts(child, key)
    elif isinstance(value, list):
        for child in value:
            yield from parts(child, name)


def trestle_accepts(document):
    try:
        model = trestle_model.Model(**document)
    except Exception:
        return False
    return validator_factory.all_validator.AllValidator().model_is_valid(model.assessment_results, True)


def oscal_accepts(document):
    # For a version that it does not know it would ask NIST's site, and then take the nearest one.
    if document["assessment-results"].get("metadata", {}).get("oscal-version") != "1.2.1":
        return False
    content = OSCAL.loads(json.dumps(document))
    return bool(content) and not content.validation_errors


def reference_fault(document):
    """What is wrong with the references within a document; None where each leads to a part of its kind."""
    found = {}
    for name, part in parts(document):
        if "uuid" in part:
            if part["uuid"] in found:
                return f"two parts have the uuid {part['uuid']}"
            found[part["uuid"]] = name
    for name, part in parts(document):
        for member, kind in [("observation-uuid", "observations"), ("risk-uuid", "risks"), ("href", "resources")]:
            reference = part.get(member)
            if reference is None or (member == "href" and not reference.startswith("#")):
                continue
            if found.get(reference.removeprefix("#")) != kind:
                return f"{member} {reference} of {name} leads to none of {kind}"
        if name == "hashes" and not re.fullmatch("[0-9a-f]{64}", part["value"]):
            return f"{part['value']} is no SHA-256"
    for result in document["assessment-results"]["results"]:
        observed = {prop["value"] for each in result["observations"] for prop in each["props"] if prop["name"] == "check"}
        for finding in result.get("findings", []):
            if finding["target"]["target-id"] not in observed:
                return f"no observation is about {finding['target']['target-id']}"
            approved = bool(finding.get("related-risks"))
            wanted = {"passed": "satisfied"}.get(value(finding, "result"), "not-satisfied")
            if finding["target"]["status"]["state"] != wanted or approved != (value(finding, "result") == "excepted"):
                return f"the finding about {finding['target']['target-id']} is not what the result says"
            if value(finding, "result") == "notJudged":
                return "a check that was not evaluated is a finding"
            incomplete = value(result["observations"][0], "completeness") == "incomplete"
            if incomplete != ("incomplete" in finding["target"]["status"].get("remarks", "")):
                return f"{finding['target']['target-id']} does not say that the population is incomplete, or says so wrongly"
        for risk in result.get("risks", []):
            observation = risk["related-observations"][0]["observation-uuid"]
            observed = next(each for each in result["observations"] if each["uuid"] == observation)
            groups = waived(risk)
            if not groups or not groups <= waived(observed):
                return f"the risk {risk['uuid']} is about groups that are not waived"
    return None


def waived(part):
    return {prop["value"] for prop in part["props"] if prop["name"] == "group" and prop.get("class") == "waived"}


def value(part, name):
    return next((prop["value"] for prop in part["props"] if prop["name"] == name), None)


def identifier_fault(text):
    """What is wrong with the document's identifier; None where it is that of its bytes without it."""
    own = json.loads(text)["assessment-results"]["uuid"]
    if own != str(uuid.uuid5(NAMESPACE, text.replace(f'"uuid" : "{own}"', '"uuid" : ""'))):
        return "the document's uuid is not that of its content"
    return None


def fact_fault(document):
    """What is wrong with the identifiers of parts; None where they are those of the facts, which must be plain texts."""
    document = document["assessment-results"]
    result = document["results"][0]
    population = result["observations"][0]
    facts = [
        value(population, "merkle-root"), value(result, "period-from"), value(result, "period-to"), result["start"],
        value(population, "server") or value(population, "source"),
    ]
    for part, name in [(result, "result"), (population, "population")]:
        if part["uuid"] != str(uuid.uuid5(NAMESPACE, "\n".join(facts + [name]))):
            return f"the uuid of the {name} is not that of its facts"
    return None


def digest_fault(document, folder):
    """The first file beside the document that has another digest; None where there is none."""
    for name, part in parts(document):
        path = os.path.join(folder, part.get("href", "")) if name == "rlinks" else ""
        for digest in part.get("hashes", []) if os.path.isfile(path) else []:
            with open(path, "rb") as file:
                if hashlib.sha256(file.read()).hexdigest() != digest["value"]:
                    return part["href"]
    return None


def verdicts(document):
    try:
        fault = reference_fault(document)
    except (KeyError, TypeError, AttributeError) as error:
        fault = repr(error)
    return trestle_accepts(document), oscal_accepts(document), fault is None


def mutants(document):
    """Documents with one thing wrong, each kind of mistake once, at the first part where it can be made."""
    seen = set()
    places = [(name, index) for index, (name, _) in enumerate(parts(document))]

    def changed(index, change):
        mutant = copy.deepcopy(document)
        change(list(parts(mutant))[index][1])
        return mutant

    for name, index in places:
        part = list(parts(document))[index][1]
        for member in REQUIRED.get(name, []):
            if (name, member) not in seen and member in part:
                seen.add((name, member))
                yield f"{name} without {member}", changed(index, lambda part: part.pop(member))
        for key, broken in BROKEN.items():
            member = key[1]
            if key[0] in ("", name) and member in part and (name, key) not in seen:
                if member == "href" and not part[member].startswith("#"):
                    continue
                seen.add((name, key))
                for wrong in broken:
                    yield f"{name} with {member} {wrong!r}", changed(index, lambda part: part.update({member: wrong}))
        if name in REQUIRED and (name, None) not in seen:
            seen.add((name, None))
            yield f"{name} with an unknown member", changed(index, lambda part: part.update({"unheard-of": 1}))
    for name, change in [
        ("two observations with one uuid", lambda r: r["observations"][1].update(uuid=r["observations"][0]["uuid"])),
        ("a failed check that is satisfied", lambda r: swap(r, "not-satisfied", "satisfied")),
        ("a passed check that is not satisfied", lambda r: swap(r, "satisfied", "not-satisfied")),
        ("a finding about no check", lambda r: r["findings"][0]["target"].update({"target-id": "unheard-of"})),
        ("a waived check without its risk", lambda r: [f.pop("related-risks", None) for f in r["findings"]]),
        ("a risk of no group", lambda r: [prop.update({"name": "set"}) for prop in r["risks"][0]["props"]]),
        ("a risk of a group that is not waived", lambda r: r["risks"][0]["props"][-1].update(value="unheard-of")),
        ("a wrong word on completeness", lambda r: r["findings"][0]["target"]["status"].update(remarks="Incomplete: incomplete.")),
    ]:
        mutant = copy.deepcopy(document)
        change(mutant["assessment-results"]["results"][0])
        yield name, mutant


def swap(result, old, new):
    status = next(f["target"]["status"] for f in result["findings"] if f["target"]["status"]["state"] == old)
    status["state"] = new


def command_line_accepts(paths):
    """What a user does: makes a workspace, imports the files, and validates them all."""
    program = os.path.join(os.path.dirname(sys.executable), "trestle")
    with tempfile.TemporaryDirectory() as folder:
        commands = [["init"]]
        commands += [["import", "-f", path, "-o", f"pack-{n}"] for n, path in enumerate(paths)]
        for command in commands + [["validate", "--all"]]:
            answer = subprocess.run([program] + command, cwd=folder, capture_output=True, text=True)
            if answer.returncode:
                sys.exit(f"trestle {command}: {answer.stdout}{answer.stderr}")
        for number, path in enumerate(paths):
            with open(path, encoding="utf-8") as ours, open(
                os.path.join(folder, "assessment-results", f"pack-{number}", "assessment-results.json"), encoding="utf-8"
            ) as theirs:
                if strings(json.load(ours)) != strings(json.load(theirs)):
                    sys.exit(f"{path}: trestle imported something else")


def strings(document):
    """The texts of a document, but for instants, which trestle writes without their zero milliseconds."""
    instants = ("last-modified", "start", "collected", "deadline")
    return sorted(
        (name, key, text) for name, part in parts(document) for key, text in part.items()
        if isinstance(text, str) and key not in instants
    )


def main(paths):
    refused = 0
    for number, path in enumerate(paths):
        with open(path, encoding="utf-8", newline="") as file:
            text = file.read()
        document = json.loads(text)
        if verdicts(document) != (True, True, True):
            sys.exit(f"{path}: trestle, oscal, references: {verdicts(document)} {reference_fault(document)}")
        fault = identifier_fault(text) or digest_fault(document, os.path.dirname(path))
        if fault:
            sys.exit(f"{path}: {fault}")
        if number:
            continue
        if fact_fault(document):
            sys.exit(f"{path}: {fact_fault(document)}")
        for name, mutant in mutants(document):
            by_trestle, by_oscal, here = verdicts(mutant)
            if by_trestle and by_oscal and here:
                sys.exit(f"{path}: nobody refuses {name}")
            refused += 1
            if by_trestle and by_oscal:
                print(f"only here: {name}")
    command_line_accepts(paths)
    print(f"{len(paths)} valid; {refused} mutations refused")


paths = [os.path.abspath(path) for path in sys.argv[1:]]
# The package oscal unpacks a database into the folder that it works in.
with tempfile.TemporaryDirectory() as folder:
    os.chdir(folder)
    main(paths)
    os.chdir("/")
