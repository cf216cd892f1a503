#!/usr/bin/env python3
"""A server of Keyfactor Command's workflow API, written from the vendor's pages alone.

    python3 definitions_server.py SEED TRUTH [--api-versions 1|1,2] [--forbidden]

It listens on a free port of 127.0.0.1, prints that port, and serves GET /KeyfactorAPI/Workflow/Instances (filters on
ReferenceId, StartDate and Status; sorted by ReferenceId) and GET /KeyfactorAPI/Workflow/Definitions/{id}. Everything follows
from the seed. TRUTH is a file that it writes before it listens: what an audit of October 2026 has to find about the design
of approval, counted from the same rows. It ends when its stdin does.
"""
import base64
import http.server
import json
import random
import re
import sys
import threading
import urllib.parse
import uuid
from datetime import datetime, timedelta, timezone

START = datetime(2026, 10, 1, tzinfo=timezone.utc)
END = datetime(2026, 11, 1, tzinfo=timezone.utc)
NOW = datetime(2026, 11, 2, 6, 13, 20, tzinfo=timezone.utc)
KINDS = ["Email", "PowerShell", "RESTRequest", "OAuthRESTRequest", "UpdateMetadata", "NOOPStep"]
ROLES = {1: "PKI Approvers", 2: "Büro “Sicherheit”", 3: "Server Team", 4: "a <role> & more", 5: "=cmd"}
PLAIN = {"Authorization": "Basic " + base64.b64encode(b"KEYEXAMPLE\\auditor:sandbox").decode()}


class World:
    """Definitions in versions, and instances that ran on them."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.definitions = {}
        for number in range(self.random.randint(1, 6)):
            id = str(uuid.UUID(int=self.random.getrandbits(128), version=4))
            self.definitions[id] = self.versions(f"Definition {number}")
        self.gone = {key for key in self.keys() if self.random.random() < 0.15}
        self.rows = [self.row(number) for number in range(self.random.randint(0, 160))]

    def keys(self):
        return [(id, version) for id, versions in self.definitions.items() for version in versions]

    def versions(self, name):
        """Each version follows from the one before by a change or two."""
        versions, approvals = {}, [self.approval(n) for n in range(self.random.randint(0, 2))]
        kind = self.random.choice(["Enrollment", "Revocation", "Expiration"])
        for number in range(1, self.random.randint(2, 5)):
            others = [self.other(n) for n in range(self.random.randint(0, 3))]
            steps = others + [json.loads(json.dumps(step)) for step in approvals]
            self.random.shuffle(steps)
            versions[number] = {"name": f"{name} é", "type": kind, "steps": steps}
            approvals = self.changed(approvals)
        return versions

    def approval(self, number):
        return {
            "kind": "RequireApproval", "unique": f"RequireApproval{number + 1}", "enabled": self.random.random() < 0.8,
            "conditional": self.random.random() < 0.3, "roles": sorted(self.random.sample(list(ROLES), self.random.randint(0, 3))),
            "tokens": ["$(manager)"] if self.random.random() < 0.2 else [],
            "parameters": {"Least": self.random.randint(1, 3), "Text": "é"},
        }

    def other(self, number):
        secret = f"planted-{self.random.getrandbits(64):016x}"
        return {"kind": self.random.choice(KINDS), "unique": f"Other{number}", "enabled": True, "secret": secret}

    def changed(self, approvals):
        approvals = json.loads(json.dumps(approvals))
        for step in approvals:
            if self.random.random() < 0.3:
                step["enabled"] = not step["enabled"]
            if self.random.random() < 0.3:
                step["conditional"] = not step["conditional"]
            if self.random.random() < 0.4:
                step["roles"] = sorted(self.random.sample(list(ROLES), self.random.randint(0, 3)))
            if self.random.random() < 0.3:
                step["parameters"]["Least"] += 1
        if approvals and self.random.random() < 0.3:
            approvals.pop(self.random.randrange(len(approvals)))
        if self.random.random() < 0.3:
            free = {0, 1, 2} - {int(step["unique"][-1]) - 1 for step in approvals}
            if free:
                approvals.append(self.approval(min(free)))
        return approvals

    def row(self, number):
        id = self.random.choice(list(self.definitions))
        version = self.random.choice(list(self.definitions[id]))
        # Some start outside the window, which only the client cuts exactly.
        start = START + timedelta(seconds=self.random.randint(-20 * 3600, 31 * 86400 + 20 * 3600))
        status = self.random.choice(["Complete"] * 4 + ["Failed", "Rejected", "CanceledForRestart", "Suspended"])
        step = "RequireApproval1" if status == "Suspended" and self.random.random() < 0.4 else "EndNOOP"
        return {
            "Id": str(uuid.UUID(int=self.random.getrandbits(128), version=4)), "Status": status,
            "CurrentStepId": None, "StatusMessage": None, "CurrentStepDisplayName": None, "CurrentStepUniqueName": step,
            "Definition": {
                "Id": id, "DisplayName": self.definitions[id][version]["name"], "Version": version,
                "WorkflowType": self.definitions[id][version]["type"],
            },
            "Title": f"KEYEXAMPLE\\u{number % 7} is enrolling for a certificate with CN=h{number}.",
            "LastModified": stamp(start + timedelta(seconds=90)), "StartDate": stamp(start), "ReferenceId": 1000 + 3 * number,
        }

    def answer(self, id, version, api):
        if id not in self.definitions or version not in self.definitions[id] or (id, version) in self.gone:
            return None
        design = self.definitions[id][version]
        return {
            "Id": id.upper(), "DisplayName": design["name"], "Description": "planted-description",
            **({"Keys": []} if api == 2 else {"Key": "planted-key", "KeyDisplayName": None}),
            "IsPublished": True, "WorkflowType": design["type"],
            "Steps": [self.step(step, api) for step in design["steps"]],
            "DraftVersion": 9, "PublishedVersion": 8,
        }

    @staticmethod
    def step(step, api):
        if step["kind"] != "RequireApproval":
            return {
                "Id": "x", "DisplayName": step["secret"], "UniqueName": step["unique"], "ExtensionName": step["kind"],
                "Enabled": step["enabled"], "ConfigurationParameters": {"client_secret": step["secret"]}, "Signals": [],
                "Conditions": [{"Value": step["secret"]}], "Outputs": {"continue": step["secret"]},
            }
        roles = (
            {"Roles": [{"RoleId": role, "RoleName": ROLES[role]} for role in step["roles"]], "RoleTokens": step["tokens"]}
            if api == 2 else {"RoleIds": step["roles"]})
        return {
            "Id": "x", "DisplayName": "Require Approval", "UniqueName": step["unique"], "ExtensionName": "RequireApproval",
            "Enabled": step["enabled"], "ConfigurationParameters": step["parameters"],
            "Signals": [{"SignalName": "ApprovalStatus", **roles}],
            "Conditions": [{"Value": "planted-condition"}] if step["conditional"] else [], "Outputs": {"continue": "End"},
        }

    def truth(self, api):
        """What there is to find, counted row by row."""
        counts, first = {}, {}
        for row in self.rows:
            start = datetime.fromisoformat(row["StartDate"])
            if not START <= start < END:
                continue
            key = (row["Definition"]["Id"], row["Definition"]["Version"])
            total, complete = counts.get(key, (0, 0))
            counts[key] = (total + 1, complete + (row["Status"] == "Complete"))
            first[key] = min(first.get(key, row["StartDate"]), row["StartDate"])
        without, definitions, asking = [0, 0], [], set()
        for key in sorted(counts):
            instances, complete = counts[key]
            if key in self.gone:
                shows = any(
                    (row["Definition"]["Id"], row["Definition"]["Version"]) == key
                    and row["CurrentStepUniqueName"].startswith("RequireApproval")
                    and START <= datetime.fromisoformat(row["StartDate"]) < END for row in self.rows)
                if shows:
                    asking.add(key[0])
                definitions.append([*key, False, instances, complete, None, None])
                continue
            steps = self.definitions[key[0]][key[1]]["steps"]
            approvals = [step for step in steps if step["kind"] == "RequireApproval"]
            if any(step["enabled"] for step in approvals):
                asking.add(key[0])
            if not any(step["enabled"] and not step["conditional"] for step in approvals):
                without = [without[0] + instances, without[1] + complete]
            definitions.append([
                *key, True, instances, complete,
                [[
                    step["unique"], step["enabled"], step["conditional"],
                    [[role, ROLES[role] if api == 2 else None] for role in step["roles"]],
                    step["tokens"] if api == 2 else [], step["parameters"],
                ] for step in approvals],
                [step["kind"] for step in steps if step["kind"] != "RequireApproval"],
            ])
        return {
            "definitions": definitions, "withoutApproval": without if len(self.gone & counts.keys()) < len(counts) or not counts else None,
            "asking": sorted(asking), "changes": self.changes(sorted(counts), first, api),
        }

    def changes(self, keys, first, api):
        found = []
        for old, new in zip(keys, keys[1:]):
            if old[0] != new[0] or old in self.gone or new in self.gone:
                continue
            before, after = (
                {s["unique"]: s for s in self.definitions[key[0]][key[1]]["steps"] if s["kind"] == "RequireApproval"}
                for key in (old, new))
            words = []
            for name in before.keys() - after.keys():
                words.append([name, "approvalStepRemoved"])
            for name in after.keys() - before.keys():
                words.append([name, "approvalStepAdded"])
            for name in before.keys() & after.keys():
                a, b = before[name], after[name]
                could, can = ({*s["roles"], *(s["tokens"] if api == 2 else [])} for s in (a, b))
                words += [[name, word] for word, holds in [
                    ("approvalStepEnabled", b["enabled"] and not a["enabled"]),
                    ("approvalStepDisabled", a["enabled"] and not b["enabled"]),
                    ("conditionAdded", b["conditional"] and not a["conditional"]),
                    ("conditionRemoved", a["conditional"] and not b["conditional"]),
                    ("rolesWidened", bool(can - could)), ("rolesNarrowed", bool(could - can)),
                    ("parametersChanged", a["parameters"] != b["parameters"]),
                ] if holds]
            found += [[*old, new[1], name, word, first[new].replace("Z", ".000Z")] for name, word in words]
        return sorted(found)


def stamp(moment):
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def holds(condition, row):
    """Whether a row fulfils what stands between AND and OR; parentheses only group."""
    tokens = re.findall(r'\(|\)|AND|OR|\w+ -\w+ (?:"[^"]*"|-?\d+)', condition)
    text = " ".join({"AND": "and", "OR": "or"}.get(t, t) if t in "()ANDOR" else str(clause(t, row)) for t in tokens)
    return eval(text, {"__builtins__": {}}) if text else True  # only True, False, and, or and parentheses


def clause(text, row):
    field, operator, value = re.fullmatch(r'(\w+) -(\w+) "?([^"]*)"?', text).groups()
    own = row[field]
    if field == "ReferenceId":
        value = int(value)
    if field == "StartDate":
        own, value = datetime.fromisoformat(own), datetime.fromisoformat(value)
    return {
        "eq": own == value, "ne": own != value, **({} if isinstance(own, str) else {
            "lt": own < value, "le": own <= value, "gt": own > value, "ge": own >= value}),
    }[operator]


def handler(world, versions, forbidden):
    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            url = urllib.parse.urlsplit(self.path)
            query = {k.lower(): v[0] for k, v in urllib.parse.parse_qs(url.query).items()}
            if self.headers["Authorization"] != PLAIN["Authorization"]:
                return self.send(401)
            if not self.headers["x-keyfactor-requested-with"]:
                return self.send(400)
            if url.path == "/KeyfactorAPI/Workflow/Instances":
                rows = [row for row in world.rows if holds(query.get("querystring", ""), row)]
                rows.sort(key=lambda row: row["ReferenceId"], reverse=query.get("sortascending") == "1")
                limit, page = int(query.get("returnlimit", 50)), int(query.get("pagereturned", 1))
                return self.send(200, rows[(page - 1) * limit:][:limit], {"X-Total-Count": str(len(rows))})
            match = re.fullmatch(r"/KeyfactorAPI/Workflow/Definitions/([0-9a-f-]{36})", url.path)
            if not match:
                return self.send(404)
            if forbidden:
                return self.send(403)
            api = int(float(self.headers.get("x-keyfactor-api-version", "1")))
            if api not in versions:
                return self.send(400, {"ErrorCode": "0x0", "Message": "planted-message"})
            body = world.answer(match[1], int(query["definitionversion"]), api)
            return self.send(200 if body else 404, body)

        def send(self, status, body=None, headers=()):
            data = b"" if body is None else json.dumps(body, ensure_ascii=False).encode()
            self.send_response(status)
            for name, value in dict(headers).items():
                self.send_header(name, value)
            if data:
                self.send_header("Content-Type", "application/json; charset=utf-8")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def date_time_string(self, timestamp=None):
            return NOW.strftime("%a, %d %b %Y %H:%M:%S GMT")

        def log_message(self, *_):
            pass

    return Handler


def main():
    seed, truth, *options = sys.argv[1:]
    versions = {1, 2} if "--api-versions" not in options else {int(v) for v in options[options.index("--api-versions") + 1].split(",")}
    world = World(int(seed))
    with open(truth, "w", encoding="utf-8") as file:
        json.dump(world.truth(max(versions)), file)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler(world, versions, "--forbidden" in options))
    print(server.server_address[1], flush=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    sys.stdin.read()


if __name__ == "__main__":
    main()
