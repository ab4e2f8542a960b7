"""Which JSON Schemas an operator can set."""

import time
from typing import Any

import pytest

from app.editing.schemas import dialect, patterns
from app.editing.schemas.patterns import Unusable

PUBLIC = {"x-public": True}


def _schema(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties}


def _told(document: dict[str, Any]) -> dict[str, str]:
    return {str(fault.pointer): fault.detail for fault in dialect.faults(document)}


def test_a_plain_schema_can_be_set() -> None:
    document = _schema(
        rating={"type": "integer", "minimum": 1, "maximum": 5, "x-public": True},
        stars={"$ref": "#/$defs/stars", "x-public": False, "x-widget": "slider"},
        since={"type": "string", "format": "date", "x-public": True},
    ) | {"$defs": {"stars": {"type": "number"}}, "required": ["rating"]}

    assert dialect.faults(document) == []
    assert dialect.public_names(document) == {"rating", "since"}


def test_what_a_schema_does_not_speak_of_is_not_allowed_unless_it_says_so() -> None:
    assert dialect.completed({"type": "object"})["additionalProperties"] is False
    assert dialect.completed({"additionalProperties": True})["additionalProperties"] is True


@pytest.mark.parametrize(
    ("document", "pointer", "told"),
    [
        ({}, "/type", "object"),
        ({"type": "array"}, "/type", "object"),
        ({"type": "objekt"}, "/type", "2020-12"),
        (_schema(a={"type": "integer"}), "/properties/a", "whether readers get `a`"),
        (_schema(a={"x-public": "yes"}), "/properties/a", "whether readers get `a`"),
        (_schema(a=True), "/properties/a", "whether readers get `a`"),
        (_schema(a={"minimum": "1"} | PUBLIC), "/properties/a/minimum", "2020-12"),
        (_schema(a={"requried": []} | PUBLIC), "/properties/a/requried", "no such keyword"),
        (_schema(a={"format": "iri"} | PUBLIC), "/properties/a/format", "date-time"),
        (_schema(a={"pattern": "(?=x)"} | PUBLIC), "/properties/a/pattern", "look-ahead"),
        (_schema(a={"pattern": r"(x)\1"} | PUBLIC), "/properties/a/pattern", "backreferences"),
        (_schema(a={"pattern": "[x"} | PUBLIC), "/properties/a/pattern", "unclosed"),
        (_schema(a={"pattern": "x" * 301} | PUBLIC), "/properties/a/pattern", "300"),
        (_schema(a={"pattern": "(x{99}){99}"} | PUBLIC), "/properties/a/pattern", "too high"),
        (_schema(a={"$ref": "https://example.org/s"} | PUBLIC), "/properties/a/$ref", "inside"),
        (_schema(a={"$ref": "other.json"} | PUBLIC), "/properties/a/$ref", "inside"),
        (_schema(a={"$ref": "#/$defs/b"} | PUBLIC), "/properties/a/$ref", "no subschema"),
        (_schema(a={"$ref": "#"} | PUBLIC), "/properties/a/$ref", "back"),
        ({"type": "object", "$id": "https://example.org/x"}, "/$id", "no such keyword"),
        ({"type": "object", "$schema": "http://json-schema.org/draft-07/schema#"}, "/$schema", ""),
        ({"type": "object", "patternProperties": {"^a": {}}}, "/patternProperties", ""),
        (_schema(a={"items": {"$dynamicRef": "#x"}} | PUBLIC), "/properties/a/items/$dynamicRef",
         "no such keyword"),
        ({"type": "object", "title": "x" * 70_000}, "", "64 KB"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_with_its_place(
    document: dict[str, Any], pointer: str, told: str
) -> None:
    found = _told(document)

    assert pointer in found
    assert told in found[pointer]


def test_every_fault_is_named_in_one_answer() -> None:
    found = _told(_schema(a={"type": "integer"}, b={"format": "x"} | PUBLIC) | {"colour": 1})

    assert sorted(found) == ["/colour", "/properties/a", "/properties/b/format"]


def test_data_inside_a_schema_is_not_read_as_keywords() -> None:
    document = _schema(a={"enum": [{"pattern": "[", "$ref": "x"}], "default": {"$id": 1}} | PUBLIC)

    assert dialect.faults(document) == []


def test_a_circle_through_a_child_is_found() -> None:
    inner = {"properties": {"c": {"properties": {"z": {"$ref": "#/$defs/T"}}}}}
    document = _schema(a={"$ref": "#/$defs/T/properties/c"} | PUBLIC) | {"$defs": {"T": inner}}

    assert "/$defs/T/properties/c/properties/z/$ref" in _told(document)


def test_references_cannot_multiply_without_end() -> None:
    """A billion subschemas in 2 KB."""
    doubled = {f"a{n}": {"allOf": [{"$ref": f"#/$defs/a{n + 1}"}] * 2} for n in range(30)}
    document = {"type": "object", "$defs": doubled | {"a30": {}}}

    started = time.perf_counter()
    found = _told(document)

    assert "subschemas" in found[""]
    assert time.perf_counter() - started < 1


def test_references_cannot_lead_on_and_on() -> None:
    """Longer than Python's stack is deep."""
    chain = {f"a{n}": {"$ref": f"#/$defs/a{n + 1}"} for n in range(900)} | {"a900": {}}

    found = _told(_schema(a={"$ref": "#/$defs/a0"} | PUBLIC) | {"$defs": chain})

    assert "levels, more than 50" in found[""]


def test_what_looks_again_at_all_below_it_stands_only_at_the_top() -> None:
    schema: dict[str, Any] = {"properties": {"a": {}}}
    for _ in range(13):
        schema = {"allOf": [schema], "unevaluatedProperties": False}
    whole = {"type": "object", "allOf": [schema], "unevaluatedProperties": False}

    found = _told(whole)

    assert "/allOf/0/unevaluatedProperties" in found
    assert "/unevaluatedProperties" not in found


@pytest.mark.parametrize("pattern", ["(a+)+$", "(a|aa)+$", "(.*)*b$", "([ab]*){9}c"])
def test_a_pattern_that_hangs_other_engines_takes_no_time(pattern: str) -> None:
    patterns.check(pattern)

    started = time.perf_counter()
    assert patterns.matches(pattern, "ab" * 5_000 + "!") is False

    assert time.perf_counter() - started < 1


@pytest.mark.parametrize("pattern", [r"^[A-Z]{2}-\d{4}$", r"^https?:\/\/", "^[a-z0-9]+(-[a-z]+)*$"])
def test_usual_patterns_are_taken(pattern: str) -> None:
    try:
        patterns.check(pattern)
    except Unusable as unusable:
        pytest.fail(str(unusable))
