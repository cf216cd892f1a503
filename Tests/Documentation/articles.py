#!/usr/bin/env python3
"""Checks the links of every Markdown file, and writes the catalogue of articles as docc reads it.

    python3 Tests/Documentation/articles.py FOLDER         check, and write the translated catalogue to FOLDER
    python3 Tests/Documentation/articles.py --built FOLDER check the pages that docc built

In the repository a link is a path from the file that it stands in, which code hosts follow. docc follows only `doc:` and
leaves such a path as it is, so that it leads nowhere. Here it becomes a `doc:` link where it leads to an article, and the
path in code voice where it leads to another file, which no built page can show.
"""
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).resolve().parents[2]
CATALOGUE = "Sources/kfaudit/Documentation.docc"
INDEX = f"{CATALOGUE}/kfaudit.md"
README = "README.md"
LINK = re.compile(r"(!?)\[((?:[^\[\]]|\[[^\]]*\])*)\]\(([^()\s]+)\)")
HIDDEN = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)


def visible(text):
    """The text with code blanked out, so that places stay the same."""
    return HIDDEN.sub(lambda code: re.sub(r"[^\n]", " ", code[0]), text)


def headings(text):
    """The headings: the anchor of a code host, and that of docc."""
    fenced = re.sub(r"```.*?```", "", text, flags=re.DOTALL)
    anchors = {}
    for title in re.findall(r"^#+ (.+)$", fenced, re.MULTILINE):
        words = re.sub(r"[^\w\s-]", "", LINK.sub(r"\2", title)).strip()
        host = re.sub(r"\s", "-", words).lower()
        count = sum(1 for anchor in anchors if re.fullmatch(re.escape(host) + r"(-\d+)?", anchor))
        anchors[f"{host}-{count}" if count else host] = re.sub(r"\s+", "-", words)
    return anchors


def resolve(source, target):
    """The file of the repository that a link leads to, and its anchor."""
    path, _, anchor = target.partition("#")
    if not path:
        return source, anchor
    whole = (ROOT / source).parent / path
    try:
        return whole.resolve().relative_to(ROOT).as_posix(), anchor
    except ValueError:
        return None, anchor


def links(source, text):
    for match in LINK.finditer(visible(text)):
        if not re.match(r"[a-z]+:", match[3]):
            yield match, *resolve(source, match[3])


def check(files):
    faults = []
    for source, text in files.items():
        for match, path, anchor in links(source, text):
            line = text.count("\n", 0, match.start()) + 1
            if path is None or not (ROOT / path).exists():
                faults.append(f"{source}:{line}: {match[3]} leads to no file")
            elif anchor and anchor not in headings(files.get(path, "")):
                faults.append(f"{source}:{line}: {path} has no heading #{anchor}")
        if re.search(r"<doc:|\]\(doc:", visible(text)):
            faults.append(f"{source}: a doc: link works only in docc; write the path of the file")
    topics = {path for _, path, _ in links(INDEX, files[INDEX].partition("## Topics")[2])}
    for source in files:
        if not source.startswith(CATALOGUE) or source == INDEX:
            continue
        if source not in topics:
            faults.append(f"{source} is not among the topics of {INDEX}")
        if not re.match(r"# .+\n\nUse this when ", files[source]):
            faults.append(f"{source} does not begin with a title and \"Use this when\"")
    return faults


def translated(source, text, articles):
    parts, end = [], 0
    for match, path, anchor in links(source, text):
        words = text[match.start(2):match.end(2)]
        if match[1]:
            link = f"![{words}]({PurePosixPath(path).name})"
        elif path in articles:
            name = PurePosixPath(path).stem
            link = f"[{words}](doc:{name}{'#' + headings(articles[path])[anchor] if anchor else ''})"
        elif words.strip("`") == path:
            link = f"`{path}`"
        else:
            link = f"{words} (`{path}`)"
        parts += [text[end:match.start()], link]
        end = match.end()
    return "".join(parts) + text[end:]


def write(files, folder):
    articles = {path: text for path, text in files.items() if path.startswith(CATALOGUE) or path == README}
    for source, text in articles.items():
        if source == README:
            text = text.replace("# kfaudit\n", "# The README\n", 1)
        (folder / PurePosixPath(source).name).write_text(translated(source, text, articles), encoding="utf-8")
        for match, path, _ in links(source, text):
            if match[1]:
                shutil.copy(ROOT / path, folder)


def built(folder):
    """Links of the built pages that lead neither to a page nor out into the network."""
    pages = sorted(folder.glob("data/**/*.json"))
    for page in pages:
        for reference in json.loads(page.read_text(encoding="utf-8")).get("references", {}).values():
            if reference.get("type") == "link" and not reference["url"].startswith(("https://", "http://")):
                yield f"{page.relative_to(folder)}: {reference['url']} leads nowhere"
    if not pages:
        yield f"{folder} has no pages"


def main():
    if sys.argv[1:2] == ["--built"]:
        sys.exit("\n".join(built(Path(sys.argv[2]))) or 0)
    names = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "*.md"], cwd=ROOT, check=True,
        capture_output=True, text=True).stdout.splitlines()
    files = {name: (ROOT / name).read_text(encoding="utf-8") for name in names if (ROOT / name).exists()}
    faults = check(files)
    if faults:
        sys.exit("\n".join(faults))
    write(files, Path(sys.argv[1]))
    count = sum(1 for source, text in files.items() for _ in links(source, text))
    print(f"{len(files)} Markdown files, {count} links within the repository", file=sys.stderr)


if __name__ == "__main__":
    main()
