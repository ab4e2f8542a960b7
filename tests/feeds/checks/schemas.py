"""JSON held against schemas written from the specifications: formats (`date-time`, `uri`) count."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema

FOLDER = Path(__file__).parents[1] / "schemas"


def errors(name: str, value: Any) -> list[str]:
    """What `schemas/{name}.json` finds wrong, with where it is."""
    return [f"{error.json_path}: {error.message}" for error in _validator(name).iter_errors(value)]


@cache
def _validator(name: str) -> jsonschema.Draft202012Validator:
    schema = json.loads((FOLDER / f"{name}.json").read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(
        schema, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
    )
