"""Derives the rows of a pack from its raw pages, with nothing but Python's standard library.

What a row says is what the definitions of the metrics say of it, written down a second time: nothing is shared with the
program. recompute.py compares these rows with the files of the pack, and computes every figure from them.
"""
import decimal
import gzip
import json
import re
from datetime import datetime, timedelta, timezone

EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
MILLISECOND = timedelta(milliseconds=1)
COLUMNS = [
    "reference_id", "id", "status", "outcome", "workflow_type", "definition_name", "definition_version", "definition_id",
    "user", "user_kind", "action", "common_name", "subject", "start", "last_modified", "duration_ms", "step_name",
    "step_unique_name", "step_id", "status_message", "failure_class", "title", "title_rule", "data_quality",
]
STATUSES = ["CanceledForRestart", "Complete", "Failed", "Rejected", "Running", "Suspended"]
FLAGS = [
    "unknownStatus", "badDate", "negativeDuration", "futureDate", "titleTypeMismatch", "loneSurrogate", "nullTitle",
    "unknownField", "outOfWindow",
]
OUTCOMES = {
    "Failed": "failed", "Rejected": "rejected", "Running": "open", "Suspended": "open", "CanceledForRestart": "superseded",
}
# The texts of a row and of its definition, in the vendor's spelling.
TEXTS = [
    "CurrentStepId", "StatusMessage", "CurrentStepDisplayName", "CurrentStepUniqueName", "Title", "LastModified",
    "StartDate",
]
FIELDS = ["Id", "ReferenceId", "Status", "Definition", *TEXTS]
DEFINITION_TEXTS = ["Id", "DisplayName", "WorkflowType"]
LARGEST = 2**63 - 1


def camel(column):
    first, *rest = column.split("_")
    return first + "".join(word.capitalize() for word in rest)


def lower(text):
    """The ASCII letters in lower case, everything else as it is."""
    return "".join(chr(ord(c) + 32) if "A" <= c <= "Z" else c for c in text)


# Pages


def read_page(folder, path):
    """The objects of a page in their order, each with its text as received; numbers keep all their digits."""
    body = (folder / path).read_bytes()
    if path.endswith(".gz"):
        body = gzip.decompress(body)
    text = body.decode("utf-8-sig")
    return zip(json.loads(text, parse_float=decimal.Decimal), objects(text), strict=True)


def objects(text):
    """The texts of the objects in an array, from brace to brace: json.loads does not keep them."""
    depth = start = 0
    for token in re.finditer(r'"(?:[^"\\]|\\.)*"|[{}]', text):
        if token[0] == "{":
            start = start if depth else token.start()
            depth += 1
        elif token[0] == "}":
            depth -= 1
            if not depth:
                yield text[start:token.end()]


def page_paths(folder, found):
    """The pages that were reduced, in their order: those that the run names, else all in the journal's."""
    if found is not None:
        return found
    with open(folder / "evidence/journal.jsonl", encoding="utf-8") as journal:
        return [json.loads(line)["file"] for line in journal]


def exact_integer(value):
    """A number, or digits in quotes, as an integer of 64 bits; None for anything else."""
    if isinstance(value, str):
        value = int(value) if re.fullmatch(r"[0-9]+", value, re.ASCII) else None
    if isinstance(value, decimal.Decimal):
        whole = value.is_zero() or 0 <= value.adjusted() < 20 and value == value.to_integral_value()
        value = int(value) if whole else None
    return value if value is not None and -(2**63) <= value <= LARGEST else None


class Fields:
    """The known fields of an object, whatever the case of their keys, and the names of the others."""

    def __init__(self, value, known):
        spelled = {lower(name): name for name in known}
        self.values, self.unknown, self.has_lone_surrogate = {}, [], False
        for key, member in (value or {}).items():
            if lower(key) in spelled:
                self.values[spelled[lower(key)]] = member
            else:
                self.unknown.append(re.sub("[\ud800-\udfff]", "\ufffd", key))

    def raw(self, name):
        return self.values.get(name)

    def text(self, name):
        return self.clean(self.values.get(name))

    def clean(self, text):
        """Half of a surrogate pair becomes U+FFFD."""
        if text is not None and re.search("[\ud800-\udfff]", text):
            self.has_lone_surrogate = True
            text = re.sub("[\ud800-\udfff]", "\ufffd", text)
        return text


# Identifiers and times


def guid(text):
    """A GUID in its canonical form; any other text as it is."""
    digits = r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
    if text is not None and re.fullmatch(digits + "|{" + digits + "}", lower(text)):
        return lower(text).strip("{}")
    return text


INSTANT = re.compile(
    r"([0-9]{4})-([0-9]{2})-([0-9]{2})[Tt ]([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.([0-9]{1,7}))?"
    r"(?:[Zz]|([+-])([0-9]{2}):([0-9]{2}))?")


def milliseconds(text):
    """An instant as servers write it; what is finer than a millisecond is cut off."""
    found = INSTANT.fullmatch(text or "")
    if not found:
        return None
    year, month, day, hour, minute, second = (int(part) for part in found.groups()[:6])
    east_hours, east_minutes = int(found[9] or 0), int(found[10] or 0)
    if not 1 < year < 9999 or east_hours > 23 or east_minutes > 59:
        return None
    try:
        moment = datetime(year, month, day, hour, minute, second, tzinfo=timezone.utc)
    except ValueError:
        return None
    east = (east_hours * 60 + east_minutes) * (-1 if found[8] == "-" else 1)
    return (moment - EPOCH) // MILLISECOND - east * 60_000 + int((found[7] or "").ljust(3, "0")[:3])


def instant(value):
    if value is None:
        return None
    return (EPOCH + value * MILLISECOND).isoformat(timespec="milliseconds").replace("+00:00", "Z")


# Messages


QUOTES = str.maketrans("‘’“”", "''\"\"")
STEP_FAILED = [
    re.compile(pattern, re.DOTALL) for pattern in (
        r"step (['\"])(?P<name>.*?)\1 failed:", r"step (['\"])(?P<name>.*?)\1 failed",
        r"step(?: (?P<name>.*?))?? failed:", r"step(?: (?P<name>.*?))?? failed")
]
BUILT_IN_STEPS = {"keyfactor-enroll": "enrollStep", "keyfactor-revoke": "revokeStep"}
NUMBER_ENDS = r"(?=[ \t\r\n.,;:)]|\Z)"


class Message:
    """What a status message says."""

    def __init__(self, text):
        self.text = text or ""
        self.folded = lower(self.text.translate(QUOTES))

    def begins(self, words):
        return self.folded.startswith(words)

    def outcome(self):
        outcomes = {"issued": "issued", "revoked": "revoked", "taken under submission": "pendingAtCA"}
        return next((outcome for words, outcome in outcomes.items() if self.begins(words)), "complete")

    def failure(self, taught):
        """The class, and the name of a step that is not built in; the configuration's rules come first."""
        for rule in taught:
            words = lower((rule.get("contains") or rule.get("startsWith")).translate(QUOTES))
            if self.begins(words) or rule.get("contains") and words in self.folded:
                return rule["name"], None
        if self.begins("access is denied"):
            return "accessDenied", None
        if self.begins("either the credentials are invalid, or the ca on ") and " is not running" in self.folded:
            return "caUnavailable", None
        for words, name in (("pre-process failed", "preProcess"), ("post-process failed", "postProcess")):
            if self.begins(words):
                return name, None
        for pattern in STEP_FAILED:
            if found := pattern.match(self.folded):
                if not found["name"]:
                    break
                built_in = BUILT_IN_STEPS.get(found["name"])
                return (built_in, None) if built_in else ("customStep", self.text[slice(*found.span("name"))])
        return "unclassified", None

    def number(self, pattern):
        found = re.match(pattern, self.folded)
        return int(found[1]) if found and int(found[1]) <= LARGEST else None

    def approvals_outstanding(self):
        return self.number(r"awaiting ([0-9]+) more approval")

    def rejected_by(self):
        return self.number("workflow rejected by user with id ([0-9]+)" + NUMBER_ENDS)

    def shows_approval(self):
        return self.approvals_outstanding() is not None or self.begins("workflow rejected by user")


# Titles and names


PHRASES = {
    "enroll": " is enrolling for a certificate with ",
    "revoke": " is revoking certificate with ",
}
TYPE = r"(?:[A-Za-z][A-Za-z0-9-]*|(?:0|[1-9][0-9]*)(?:\.(?:0|[1-9][0-9]*))+)"
PAIR = r"\\(?:[\\\"+,;<> #=]|[0-9A-Fa-f]{2})"
PLAIN = r"[^\x00\"+,;<>\\]"
VALUE = re.compile(
    rf"(?P<type>{TYPE})="
    rf"(?:#(?:[0-9A-Fa-f]{{2}})+"
    rf"|\"(?P<quoted>(?:[^\x00\"\\]|\"\"|\\[\\\"]|\\(?![\\\"]))*)\""
    rf"|(?![ #])(?:(?:{PLAIN}|{PAIR})*(?:(?! ){PLAIN}|{PAIR}))?)"
    r"(?P<separator>[,+] *|\Z)")


def split_title(title, taught):
    """The rule, its action, the user and the subject of a title; at one place the configuration's rules come first."""
    phrases = [(f"config:{place + 1}", rule["phrase"], rule["action"]) for place, rule in enumerate(taught)]
    phrases += [(rule, phrase, rule) for rule, phrase in PHRASES.items()]
    found = [(title.find(phrase), order) for order, (_, phrase, _) in enumerate(phrases) if phrase in title]
    if not found:
        return "unrecognised", None, None, None
    at, order = min(found)
    rule, phrase, action = phrases[order]
    rest = title[at + len(phrase):]
    return rule, None if action == "other" else action, title[:at] or None, rest.removesuffix(".") or None


def user_kind(user):
    if user is None:
        return None
    if user == "Timer Service":
        return "timer"
    return "domain" if "\\" in user else "principal" if "@" in user else "client"


def unescaped(value):
    """Pairs undone; None where the bytes are no text."""
    pattern = re.compile(r'\\([0-9A-Fa-f]{2})|\\([\\"+,;<> #=])|(.)', re.DOTALL)
    parts = [
        bytes.fromhex(found[1]) if found[1] else (found[2] or found[3]).encode()
        for found in pattern.finditer(value)
    ]
    try:
        return b"".join(parts).decode()
    except UnicodeDecodeError:
        return None


def unquoted(value):
    """Quotes and backslashes undone, and the digits that OpenSSL writes for what is not printable, where they give text."""
    pattern = re.compile(r'""|\\(["\\])|\\([0189A-Fa-f][0-9A-Fa-f]|7[Ff])|(.)', re.DOTALL)
    parts = [
        bytes.fromhex(found[2]) if found[2] else (found[1] or found[3] or '"').encode()
        for found in pattern.finditer(value)
    ]
    try:
        return b"".join(parts).decode()
    except UnicodeDecodeError:
        return re.sub(r'""|\\(["\\])', lambda pair: pair[1] or '"', value)


def first_common_name(name):
    """Whether a text is a name, and its first common name, empty where it has none."""
    at, common_name = 0, None
    while at < len(name):
        found = VALUE.match(name, at)
        if not found:
            return False, None
        if common_name is None and (lower(found["type"]) == "cn" or found["type"] == "2.5.4.3"):
            written = name[found.end("type") + 1:found.start("separator")]
            quoted = found["quoted"]
            common_name = (
                unescaped(written) if quoted is None
                else unquoted(quoted))
            if common_name is None:
                return False, None
        if not found["separator"]:
            return True, common_name or ""
        at = found.end()
    return False, None


def common_name(subject):
    if subject is None:
        return None
    is_name, name = first_common_name(subject)
    if not is_name:
        name = subject[3:] if lower(subject[:3]) == "cn=" else None
    return name or None


# Rows


class Reader:
    """Reads rows as the options of a pack say."""

    def __init__(self, asked, found):
        self.as_of = milliseconds(found["asOf"])
        self.status_map = asked["statusMap"]
        self.titles = asked["settings"].get("titleRules", [])
        self.failures = asked["settings"].get("failureClasses", [])
        window = asked["window"]
        self.window = window and (milliseconds(window["from"]), milliseconds(window["to"]))

    def status(self, value, fields):
        """The status, and what stands in its column: an unknown one as it was received."""
        if isinstance(value, str):
            text = fields.clean(value)
            for name in STATUSES:
                if lower(name) == lower(text):
                    return name, name
            # A map's keys are integers just as JSON writes them.
            mapped = self.status_map.get(text)
            return mapped or "unknown", mapped or text
        if value is None:
            return "unknown", None
        value = exact_integer(value)
        mapped = self.status_map.get(str(value))
        return mapped or "unknown", mapped or f"unknown({value})"

    def is_outside(self, start):
        return self.window is not None and start is not None and not self.window[0] <= start < self.window[1]

    def row(self, value, text):
        fields = Fields(value, FIELDS)
        definition = Fields(fields.raw("Definition"), ["Version", *DEFINITION_TEXTS])
        texts = {name: fields.text(name) for name in TEXTS}
        about = {name: definition.text(name) for name in DEFINITION_TEXTS}
        status, shown = self.status(fields.raw("Status"), fields)
        s, m = milliseconds(texts["StartDate"]), milliseconds(texts["LastModified"])
        rule, title_action, user, subject = split_title(texts["Title"] or "", self.titles)
        kind_action = {"Enrollment": "enroll", "Revocation": "revoke"}.get(about["WorkflowType"])
        message = Message(texts["StatusMessage"])
        failure, step = message.failure(self.failures) if status == "Failed" else (None, None)
        unique_name = texts["CurrentStepUniqueName"]
        odd = odd_times(status, s, m, self.as_of)
        flags = odd | {
            name for name, holds in {
                "unknownStatus": status == "unknown", "nullTitle": texts["Title"] is None,
                "titleTypeMismatch": None not in (title_action, kind_action) and title_action != kind_action,
                "loneSurrogate": fields.has_lone_surrogate or definition.has_lone_surrogate,
                "unknownField": fields.unknown or definition.unknown, "outOfWindow": self.is_outside(s),
            }.items() if holds
        }
        ended = status in ("Complete", "Failed", "Rejected", "CanceledForRestart") and None not in (s, m)
        return {
            "referenceId": exact_integer(fields.raw("ReferenceId")), "id": guid(fields.raw("Id")), "status": status,
            "outcome": message.outcome() if status == "Complete" else OUTCOMES.get(status, "unknown"),
            "workflowType": about["WorkflowType"], "definitionName": about["DisplayName"],
            "definitionVersion": exact_integer(definition.raw("Version")), "definitionId": guid(about["Id"]),
            "user": user, "userKind": user_kind(user), "action": kind_action or title_action or "other",
            "commonName": common_name(subject), "subject": subject, "start": instant(s), "lastModified": instant(m),
            "durationMs": m - s if ended else None, "stepName": texts["CurrentStepDisplayName"],
            "stepUniqueName": unique_name, "stepId": guid(texts["CurrentStepId"]),
            "statusMessage": texts["StatusMessage"], "failureClass": failure, "title": texts["Title"],
            "titleRule": rule, "dataQuality": [flag for flag in FLAGS if flag in flags],
            # What the figures need besides the columns.
            "shown": shown, "s": s, "m": m, "odd": odd, "usable": not odd, "key": user_key(user), "failedStep": step,
            "approvalsOutstanding": message.approvals_outstanding(), "rejectedBy": message.rejected_by(),
            "showsApproval": message.shows_approval() or (unique_name or "").startswith("RequireApproval"),
            "unknownFields": fields.unknown + [f"Definition.{name}" for name in definition.unknown],
            "received": text,
        }


def cell(row, column):
    """What stands in a column of a row."""
    return row["shown"] if column == "status" else row[camel(column)]


def odd_times(status, s, m, as_of):
    flags = set()
    if s is None or m is None:
        flags.add("badDate")
    elif m < s:
        flags.add("negativeDuration")
    if any(x is not None and x > as_of + 300_000 for x in (s, m)):
        flags.add("futureDate")
    elif status in ("Running", "Suspended") and s is not None and m is not None and s > as_of:
        flags.add("negativeDuration")
    return flags


def user_key(user):
    """The key by which users are grouped: ASCII letters of DOMAIN\\user without case."""
    return lower(user) if user is not None and "\\" in user else user


class Population:
    """The rows of a pack's pages: those of the window, those left out, and open ones from before it."""

    def __init__(self, folder, options):
        asked, found = options["asked"], options["found"]
        self.reader = Reader(asked, found)
        received = [
            self.reader.row(*row)
            for path in page_paths(folder, found["pages"]) for row in read_page(folder, path)
        ]
        self.unknown_fields = {}
        for name in (name for row in received for name in row["unknownFields"]):
            self.unknown_fields[name] = self.unknown_fields.get(name, 0) + 1
        # Of several versions of a row the one that was modified last counts; of equal ones the later in the pages.
        newest = {}
        for row in sorted(received, key=lambda row: (row["m"] is not None, row["m"] or 0)):
            newest[row["referenceId"]] = row
        rows = sorted(newest.values(), key=lambda row: row["referenceId"])
        self.rows = [row for row in rows if "outOfWindow" not in row["dataQuality"]]
        self.out_of_window = len(rows) - len(self.rows)
        asked_for = [
            self.reader.row(*row) for path in found["openPages"] or [] for row in read_page(folder, path)
        ]
        self.older = [row for row in rows + asked_for if self.is_older(row)]

    def is_older(self, row):
        window = self.reader.window
        return (
            window is not None and row["status"] in ("Running", "Suspended") and row["s"] is not None
            and row["s"] < window[0])
