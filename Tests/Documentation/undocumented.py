"""Names the public symbols that have no comment; ends with 1 when there are any."""

import json
import pathlib
import sys

undocumented = []
count = 0
for path in sorted(pathlib.Path(sys.argv[1]).glob("*.symbols.json")):
    for symbol in json.loads(path.read_text())["symbols"]:
        # What the compiler makes has no place; what lies outside Sources is for tests.
        uri = symbol.get("location", {}).get("uri", "")
        if "/Sources/" not in uri or symbol["kind"]["identifier"] == "swift.extension":
            continue
        count += 1
        if "docComment" not in symbol:
            line = symbol["location"]["position"]["line"] + 1
            undocumented.append(f"{uri.removeprefix('file://')}:{line}: {'.'.join(symbol['pathComponents'])}")
print(f"{count} public symbols, {len(undocumented)} without a comment", file=sys.stderr)
sys.exit("\n".join(undocumented) or 0)
