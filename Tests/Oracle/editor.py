#!/usr/bin/env python3
"""editor.py SCHEMA FILE...: what an editor says of YAML files with a JSON Schema: a line each, `fits` or the first error."""
import json
import sys

import jsonschema
import yaml


class Loader(yaml.SafeLoader):
    """YAML 1.2 as editors read it: `on` is a text, and so are days and instants."""


Loader.yaml_implicit_resolvers = {
    first: [
        (tag, pattern) for tag, pattern in pairs
        if tag != "tag:yaml.org,2002:timestamp" and (tag != "tag:yaml.org,2002:bool" or first in "tTfF")
    ]
    for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def as_json(value):
    """Keys of JSON are texts."""
    if isinstance(value, dict):
        return {str(key): as_json(child) for key, child in value.items()}
    if isinstance(value, list):
        return [as_json(child) for child in value]
    return value


with open(sys.argv[1], encoding="utf-8") as file:
    schema = json.load(file)
jsonschema.Draft202012Validator.check_schema(schema)
validator = jsonschema.Draft202012Validator(schema)
for path in sys.argv[2:]:
    with open(path, encoding="utf-8") as file:
        document = as_json(yaml.load(file, Loader))
    errors = sorted(validator.iter_errors(document), key=lambda error: error.json_path)
    print(f"{errors[0].json_path}: {errors[0].message[:200]}" if errors else "fits")
