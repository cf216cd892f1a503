#!/usr/bin/env python3
"""Refuses what compares, searches or keys text by grapheme clusters and canonical equivalence.

    Tests/Text/lint.py [FOLDER...]     by default Sources

To Swift's String and Character a quotation mark that a combining mark follows is no quotation mark, and composed and
decomposed letters are one. Text from outside is compared by bytes: Name for keys, String+Bytes.swift for the rest. What is
allowed all the same has `// text: why` at the end of its line or alone on the line before; the folders below are allowed
as a whole. Before it looks at anything the lint sees to it that it refuses what it must.
"""
import re
import sys
from pathlib import Path

ALLOWED = {
    "Sources/CommandSandbox": "it stands in for a server, and compares as that one does",
    "Sources/Plugins": "they run at build time, over files of this repository",
}

RULES = [
    (r"\bCharacter\b", "Character is a grapheme cluster: use Unicode.Scalar or UInt8"),
    (r"\.(?:replacing|replace)\(.*\bwith:|\breplacingOccurrences\b", "use substituting(_:by:)"),
    (r"\[ *(?:String|Substring)\?? *: ?(?!:)|\bDictionary<(?:String|Substring)\b", "key by Name"),
    (r"\bSet<(?:String|Substring)\??>", "use Set<Name>"),
    (r"\.has(?:Prefix|Suffix)\b", "use begins(with:), ends(with:)"),
    (r"(?<!utf8)(?<!unicodeScalars)[?!]?\.(?:contains|split|firstIndex|lastIndex|firstRange|ranges|trimmingPrefix)"
     r"\((?:of: |separator: )?\"", "use holds(_:), parts(at:), or the view utf8"),
    (r"(?<!properties)\.is(?:Letter|Number|Whitespace|Newline|WholeNumber|Punctuation|Symbol|HexDigit)\b(?!\()",
     "ask the properties of a Unicode.Scalar"),
    (r"\.string\)? *(?:[<>]=?|[!=]=) |(?:[<>]=?|[!=]=) \w+\.string\b", "compare the Names"),
    (r"(?<!utf8)(?<!unicodeScalars)[?!]?\.(?:starts\(with: |range\(of: )\"\"(?!\.(?:utf8|unicodeScalars))",
     "use begins(with:), holds(_:)"),
    (r"\bwhereSeparator\b", "use parts(at:), or split the view unicodeScalars"),
    (r"(?<!utf8)(?<!unicodeScalars)[?!]?\.(?:first|last) *[!=]= *\"", "ask the view utf8 or unicodeScalars"),
    (r"(?<!utf8)(?<!unicodeScalars)\.(?:contains|prefix|drop|filter|first|firstIndex|lastIndex|map|allSatisfy|removeAll)"
     r"(?:\((?:where|while): )? *\{ *\$0 *[!=]= *\"",
     "walk over the view utf8 or unicodeScalars"),
    (r"\b(?:localizedCompare|localizedStandard\w+|caseInsensitiveCompare|components\(separatedBy|trimmingCharacters)\b",
     "Foundation compares by locale or canonical equivalence: use String+Bytes.swift"),
]

# A line, and whether it must be refused.
PLANTED = [
    ('let marks: Set<Character> = ["|"]', True), ('func cut(at parts: (Character) -> Bool) {}', True),
    ('text.replacing("\\\\", with: "x")', True), ('text.replace(old, with: "x")', True),
    ('text.replacingOccurrences(of: a, with: b)', True), ('var sizes: [String: Int] = [:]', True),
    ('var sizes: [String?: Int] = [:]', True), ('let names = Dictionary<String, Int>()', True),
    ('var seen = Set<String>()', True), ('path.hasPrefix("evidence/")', True),
    ('let f = paths.filter { $0.hasSuffix(".gz") }', True), ('text.split(separator: "/")', True),
    ('text?.contains(":") == true', True), ('text.lastIndex(of: "/")', True), ('"\\(text.firstIndex(of: "x"))"', True),
    ('text.allSatisfy { $0.isLetter }', True), ('text.contains { $0 == "|" }', True),
    ('text.split(whereSeparator: isMark)', True), ('if text.first == "x" {', True),
    ('text.starts(with: "evidence/")', True), ('let sizes: [ String : Int ] = [:]', True),
    ('text.drop(while: { $0 != "x" })', True), ('text.unicodeScalars.prefix { $0 != "x" }', False),
    ('text.utf8.starts(with: "x".utf8)', False), ('if left.string == right.string {', True),
    ('var seen = Set<String>()  // text:', True),
    ('let words: [String] = []  // text: nothing to allow', True),
    ('var seen = Set<String>()  // text: ours, names of formats', False),
    ('var sizes: [Name: Int] = [:]  // not [String: Int]', False), ('let example = "[String: Int].hasPrefix("', False),
    ('let raw = #"a "Set<Character>" b"#', False), ('text.utf8.contains(UInt8(ascii: ":"))', False),
    ('text.unicodeScalars.split(separator: "/")', False), ('let p = PseudonymisedCopy(pseudonyms).replacing(plan.settings)', False),
    ('let words = [String]()', False), ('isWanted ? [String]() : [:]', False), ('Self.isLetter(byte)', False),
    ('/* Set<Character> */ let x = 1', False), ('/// A `Character`.', False),
]


def literal(text, start, end):
    """The code of a string literal and where it ends: its quotation marks and what is interpolated."""
    hashes = re.match(r"#*", text[start:end])[0]
    at = start + len(hashes)
    quotes = '"""' if text.startswith('"""', at) else '"'
    escape, code, at = "\\" + hashes, quotes, at + len(quotes)
    while at < end and not text.startswith(quotes + hashes, at):
        if text.startswith(escape + "(", at):
            inner, at = plain(text, at + len(escape) + 1, end, closing=True)
            code += "\\(" + inner + ")"
        elif text.startswith(escape, at):
            at += len(escape) + 1
        else:
            code += "\n" if text[at] == "\n" else ""
            at += 1
    return code + quotes, at + len(quotes) + len(hashes)


def plain(text, at, end, closing=False):
    """Code without comments and without what stands in literals; `closing` ends it at the parenthesis that is one too many."""
    code, depth = "", 0
    while at < end:
        if text.startswith("//", at):
            line = text.find("\n", at)
            line = end if line < 0 else line
            comment = text[at:line]
            code += comment if re.match(r"// text:", comment) else ""
            at = line
        elif text.startswith("/*", at):
            stop = text.index("*/", at) + 2
            code += "\n" * text.count("\n", at, stop)
            at = stop
        elif re.match(r'#*"', text[at:at + 9]):
            inner, at = literal(text, at, end)
            code += inner
        else:
            depth += {"(": 1, ")": -1}.get(text[at], 0)
            if closing and depth < 0:
                return code, at + 1
            code += text[at]
            at += 1
    return code, at


def complaints(text):
    """What is wrong in a file: (line, word, advice)."""
    lines = plain(text, 0, len(text))[0].split("\n")
    for number, line in enumerate(lines, 1):
        code, marker, reason = line.partition("// text:")
        if not code.strip():
            continue
        above = lines[number - 2].strip() if number > 1 else ""
        if not marker and above.startswith("// text:"):
            marker, reason = "above", above.removeprefix("// text:")
        found = [(match[0].strip(), advice) for rule, advice in RULES for match in re.finditer(rule, code)]
        if marker and not reason.strip():
            yield number, "// text:", "say why"
        elif marker and not found:
            yield number, "// text:", "there is nothing to allow here"
        elif not marker:
            for word, advice in found:
                yield number, word, advice


def main():
    for line, refused in PLANTED:
        if bool(list(complaints(line))) != refused:
            sys.exit(f"the lint must {'refuse' if refused else 'allow'} this, and does not: {line}")
    root = Path(__file__).resolve().parents[2]
    count, found = 0, []
    for folder in sys.argv[1:] or [root / "Sources"]:
        for path in sorted(Path(folder).rglob("*.swift")):
            name = path.resolve().relative_to(root).as_posix() if path.resolve().is_relative_to(root) else str(path)
            if any(name.startswith(allowed + "/") for allowed in ALLOWED):
                continue
            count += 1
            for number, word, advice in complaints(path.read_text(encoding="utf-8")):
                found.append(f"{name}:{number}: {word}: {advice}")
    print("\n".join(found) if found else f"text: {count} files compare by bytes")
    sys.exit(1 if found or count == 0 else 0)


if __name__ == "__main__":
    main()
