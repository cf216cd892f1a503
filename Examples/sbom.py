#!/usr/bin/env python3
"""Writes the bill of materials of a program that Examples/install.sh has built, CycloneDX 1.6 in JSON, to stdout.

usage: Examples/sbom.py PROGRAM

Its components are the Swift packages as resolved, the Swift runtime, and the shared libraries that the program asks
for, with the Debian packages that they come from on this machine. With SOURCE_DATE_EPOCH it is dated.
"""

import datetime
import hashlib
import json
import os
import platform
import re
import subprocess
import sys
import urllib.parse
import uuid

SCRATCH = ".build-release"
SWIFT_LICENCE = "Apache-2.0 WITH Swift-exception"
DEBIAN_LICENCES = {"Expat": "MIT", "MIT-1": "MIT", "BSD-2-Clause": "BSD-2-Clause", "Zlib": "Zlib"}


def output(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def sha256(path):
    with open(path, "rb") as file:
        return {"alg": "SHA-256", "content": hashlib.file_digest(file, "sha256").hexdigest()}


def package_licence(folder):
    """What the licence file of a checked-out package says, as an SPDX expression; None when it is none of these."""
    for name in ("LICENSE", "LICENSE.txt", "LICENSE.md"):
        path = os.path.join(folder, name)
        if not os.path.exists(path):
            continue
        with open(path, encoding="utf-8") as file:
            text = file.read()
        if "Apache License" in text and "Version 2.0" in text:
            return SWIFT_LICENCE if "Runtime Library Exception" in text else "Apache-2.0"
        if "Permission is hereby granted, free of charge" in text:
            return "MIT"
    return None


def debian_licence(package):
    """The licence of most files of a Debian package; None when its copyright file cannot be read by a program."""
    try:
        with open(f"/usr/share/doc/{package}/copyright", encoding="utf-8") as file:
            text = file.read()
    except OSError:
        return None
    match = re.search(r"^Files:\s*\*\n(?:.+\n)*?License:\s*(\S+)", text, re.MULTILINE)
    return DEBIAN_LICENCES.get(match[1]) if match else None


def component(reference, name, version, licence, **more):
    licences = {"licenses": [{"expression": licence}]} if licence else {}
    return {"type": "library", "bom-ref": reference, "name": name, "version": version, "purl": reference} | licences | more


def swift_packages():
    """The packages of the resolved graph, and what each depends on, by reference."""
    with open("Package.resolved", encoding="utf-8") as file:
        revisions = {pin["identity"]: pin["state"]["revision"] for pin in json.load(file)["pins"]}
    root = json.loads(output("swift", "package", "--scratch-path", SCRATCH, "show-dependencies", "--format", "json"))

    def reference(node):
        return "pkg:swift/" + node["url"].removeprefix("https://").removesuffix(".git") + "@" + node["version"]

    components, edges = {}, {}

    def visit(node):
        for child in node["dependencies"]:
            name = reference(child)
            if name not in components:
                source = {"type": "vcs", "url": child["url"], "comment": "the hash is the commit"}
                source["hashes"] = [{"alg": "SHA-1", "content": revisions[child["identity"]]}]
                components[name] = component(
                    name, child["identity"], child["version"], package_licence(child["path"]),
                    scope="required", externalReferences=[source])
                edges[name] = visit(child)
        return sorted({reference(child) for child in node["dependencies"]})

    return components, edges, visit(root)


def swift_runtime():
    version = re.search(r"Swift version (\S+)", output("swift", "--version"))[1]
    reference = f"pkg:github/swiftlang/swift@swift-{version}-RELEASE"
    return component(reference, "swift-runtime", version, SWIFT_LICENCE, scope="required", description=(
        "The standard library, Foundation, Dispatch and what they are made of, linked statically."))


def debian_package(path):
    """Name, version and architecture of the package that a library comes from; None when no package has it."""
    for candidate in (path, os.path.realpath(path), path.removeprefix("/usr"), "/usr" + path):
        found = subprocess.run(["dpkg-query", "--search", candidate], capture_output=True, text=True)
        if found.returncode == 0:
            package = found.stdout.split(": ")[0]
            return output(
                "dpkg-query", "--show", "--showformat", "${Package} ${Version} ${Architecture}", package).split()
    return None


def shared_libraries(program):
    """The packages of the libraries that the program itself asks for; what those need is their package's affair."""
    needed = re.findall(r"\(NEEDED\).*\[(.+)\]", output("readelf", "--dynamic", program))
    paths = dict(re.findall(r"(\S+) => (\S+)", output("ldd", program)))
    components = {}
    for library in needed:
        package = debian_package(paths[library]) if library in paths else None
        if package is None:
            continue
        name, version, architecture = package
        distribution = platform.freedesktop_os_release()["ID"]
        reference = f"pkg:deb/{distribution}/{name}@{urllib.parse.quote(version, safe=':')}?arch={architecture}"
        found = components.setdefault(
            reference, component(reference, name, version, debian_licence(name), scope="required", properties=[],
                                 description="Not part of the program: the machine that runs it has to have it."))
        found["properties"].append({"name": "kfaudit:library", "value": f"{library} {sha256(paths[library])['content']}"})
    return components


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    program = sys.argv[1]
    version = output(program, "--version").split()
    packages, edges, direct = swift_packages()
    runtime = swift_runtime()
    libraries = shared_libraries(program)
    root = f"pkg:generic/kfaudit@{version[1]}"
    described = component(root, "kfaudit", version[1], None, hashes=[sha256(program)]) | {"type": "application"}
    if len(version) > 2:
        described["properties"] = [{"name": "kfaudit:commit", "value": version[2].strip("()")}]
    edges[root] = sorted([*direct, runtime["bom-ref"], *libraries])
    components = {runtime["bom-ref"]: runtime} | packages | libraries
    bill = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json", "bomFormat": "CycloneDX", "specVersion": "1.6",
        "version": 1, "metadata": {"component": described},
        "components": [components[name] for name in sorted(components)],
        "dependencies": [
            {"ref": name, "dependsOn": edges.get(name, [])} for name in sorted([root, *components])],
    }
    if "SOURCE_DATE_EPOCH" in os.environ:
        date = datetime.datetime.fromtimestamp(int(os.environ["SOURCE_DATE_EPOCH"]), datetime.timezone.utc)
        bill["metadata"]["timestamp"] = date.strftime("%Y-%m-%dT%H:%M:%SZ")
    # The number depends on the content alone, so that the same release has the same.
    bill["serialNumber"] = f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, json.dumps(bill, sort_keys=True))}"
    print(json.dumps(bill, indent=2))


if __name__ == "__main__":
    main()
