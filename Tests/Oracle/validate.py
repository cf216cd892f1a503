#!/usr/bin/env python3
"""validate.py SCHEMA DOCUMENT: says whether a document fits its JSON Schema, and whether the schema bites.

A schema that accepts anything proves nothing: the document with one key taken out, one added and one number
turned into text must each be refused, wherever that is tried.
"""
import copy
import json
import sys

import jsonschema


def objects(value, path=()):
    if isinstance(value, dict):
        yield path, value
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, child in children:
        yield from objects(child, path + (key,))


def at(document, path):
    for key in path:
        document = document[key]
    return document


def mutations(document):
    for path, value in objects(document):
        for change in ("remove", "add", "retype"):
            numbers = [key for key, child in value.items() if type(child) in (int, float)]
            if change == "retype" and not numbers or not value:
                continue
            mutant = copy.deepcopy(document)
            target = at(mutant, path)
            if change == "remove":
                key = sorted(target)[0]
                if path == ("metrics",):
                    key = "population"
                del target[key]
            elif change == "add":
                key = "unheardOf"
                target[key] = 1
            else:
                key = numbers[0]
                target[key] = str(target[key])
            yield change, path + (key,), mutant


def main():
    schema, document = (json.load(open(path, encoding="utf-8")) for path in sys.argv[1:3])
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    for error in validator.iter_errors(document):
        sys.exit(f"{sys.argv[2]}: {error.json_path}: {error.message[:200]}")
    tried = set()
    for change, path, mutant in mutations(document):
        # Elements of one array have one shape; one of them stands for all.
        shape = (change, tuple(key for key in path if isinstance(key, str)))
        if shape in tried:
            continue
        tried.add(shape)
        if validator.is_valid(mutant):
            sys.exit(f"{sys.argv[1]} does not bite: {change} {path}")
    print(f"valid; {len(tried)} mutations refused")


main()
