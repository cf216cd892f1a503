#!/usr/bin/env python3
"""validate.py SCHEMA FILE...: says whether documents fit their JSON Schema, and whether the schema bites.

A schema that accepts anything proves nothing. Every property must say what it is, and wherever a document has an
object, that object with any one key taken out, with a key nobody knows, or with any one value of another type must
be refused. Properties of the schema that none of the documents has are listed, a line each: `not seen: POINTER`.
"""
import json
import sys

import jsonschema

# A metric that was not asked for is absent; every other key is always written, as null if need be.
MANDATORY_METRICS = {"population", "normalisation"}
METRICS = "/properties/metrics"
# Only a report over several packs has the first, and only a pack that begins a new chain the second. The kind of leaf is
# missing in packs of before; what surrounds a report, over several packs; in a history, what no metric declares for it.
OPTIONAL = {
    ("", "servers"), ("", "chainRestart"), ("", "leaf"), ("/properties/cover", "leaf"), ("/properties/cover", "pack"),
    ("/$defs/figures", "declared")}
# What a server sent is shown as it came, and no schema knows its keys.
AS_RECEIVED = "/approvalSteps/items/properties/parameters"
SAMPLES = ["text", 1, True, [{}], {"unheardOf": 1}]


def kind(value):
    return "number" if type(value) in (int, float) else type(value).__name__


class Schema:
    """A schema that is followed along documents, and remembers which of its properties it met."""

    def __init__(self, path):
        self.path = path
        with open(path, encoding="utf-8") as file:
            self.root = json.load(file)
        jsonschema.Draft202012Validator.check_schema(self.root)
        self.validator = jsonschema.Draft202012Validator(self.root)
        self.seen = set()
        self.refused = 0

    def check(self, path):
        with open(path, encoding="utf-8") as file:
            document = json.load(file)
        for error in self.validator.iter_errors(document):
            sys.exit(f"{path}: {error.json_path}: {error.message[:200]}")
        self.follow(self.root, "", document)

    def follow(self, schema, pointer, value):
        """Visits the part of the schema that describes a value, and those below it."""
        while "$ref" in schema:
            pointer = schema["$ref"].removeprefix("#")
            schema = self.resolve(pointer)
        for index, branch in enumerate(schema.get("oneOf", [])):
            if self.validator.evolve(schema=branch).is_valid(value):
                self.follow(branch, f"{pointer}/oneOf/{index}", value)
                return
        if pointer.endswith(AS_RECEIVED):
            return
        if isinstance(value, dict):
            self.bite(schema, pointer, value)
            for key, child in value.items():
                self.follow(schema["properties"][key], f"{pointer}/properties/{key}", child)
        elif isinstance(value, list):
            first = schema.get("prefixItems", [])
            for index, child in enumerate(value):
                name = f"prefixItems/{index}" if index < len(first) else "items"
                below = first[index] if index < len(first) else schema.get("items")
                if not isinstance(below, dict):
                    sys.exit(f"{self.path} does not say what the elements of {pointer} are")
                self.follow(below, f"{pointer}/{name}", child)

    def resolve(self, pointer):
        schema = self.root
        for name in pointer.strip("/").split("/"):
            schema = schema[name]
        return schema

    def bite(self, schema, pointer, value):
        """Tries every wrong object next to a right one, each property once a type of its value."""
        validator = self.validator.evolve(schema=schema)
        self.refuse(validator, pointer, value | {"unheardOf": 1}, "has the key unheardOf")
        for key, child in value.items():
            if (pointer, key, kind(child)) in self.seen:
                continue
            self.seen.add((pointer, key, kind(child)))
            if (pointer, key) not in OPTIONAL and (pointer != METRICS or key in MANDATORY_METRICS):
                rest = {other: value[other] for other in value if other != key}
                self.refuse(validator, pointer, rest, f"lacks the key {key}")
            # A null does not tell which type it stands for, but no property is of both kinds below.
            samples = [[{}]] if child is None else [s for s in SAMPLES if kind(s) != kind(child)]
            for sample in samples:
                self.refuse(validator, pointer, value | {key: sample}, f"has {sample!r} as {key}")

    def refuse(self, validator, pointer, mutant, what):
        if validator.is_valid(mutant):
            sys.exit(f"{self.path} does not bite: an object at {pointer or '/'} that {what} fits")
        self.refused += 1

    def properties(self, schema, pointer):
        """Every property that the schema names, with the pointer to it."""
        if isinstance(schema, dict):
            for key, below in schema.get("properties", {}).items():
                yield f"{pointer}/properties/{key}", below
            for key, below in schema.items():
                yield from self.properties(below, f"{pointer}/{key}")
        elif isinstance(schema, list):
            for index, below in enumerate(schema):
                yield from self.properties(below, f"{pointer}/{index}")


def main():
    schema = Schema(sys.argv[1])
    for path in sys.argv[2:]:
        schema.check(path)
    seen = {f"{pointer}/properties/{key}" for pointer, key, _ in schema.seen}
    for pointer, below in schema.properties(schema.root, ""):
        if "$ref" in below and "description" not in below:
            below = schema.resolve(below["$ref"].removeprefix("#"))
        if not below.get("description"):
            sys.exit(f"{schema.path}: {pointer} has no description")
        if pointer not in seen:
            print(f"not seen: {pointer}")
    print(f"valid; {schema.refused} mutations refused")


main()
