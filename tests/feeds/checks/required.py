"""Which fields a schema of ours demands, so that each can be asked for by itself."""

import json

from tests.feeds.checks.schemas import FOLDER


def required(name: str) -> list[tuple[str, str]]:
    """The definition in `schemas/{name}.json`, "" for the document itself, and the field."""
    schema = json.loads((FOLDER / f"{name}.json").read_text())
    parts = {"": schema, **schema.get("$defs", {})}
    return [(part, field) for part, rules in parts.items() for field in rules.get("required", ())]
