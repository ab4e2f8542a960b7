"""Which JSON Schemas an operator can set for the outlet's own fields.

They are of draft 2020-12, one document each, and cheap to check against, whoever wrote them: no
reference leads outside or in a circle, and every pattern is linear. `x-public` at each property
of the top says whether readers get it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

import orjson
from jsonschema import Draft202012Validator

from app.editing.schemas import formats, patterns
from app.errors import Fault
from app.web.pointers import pointer

LARGEST_BYTES = 64 * 1024
MOST_SUBSCHEMAS = 1_000
MOST_LEVELS = 50
"""The validator goes into each by recursion."""
_FAULTS_NAMED = 50
_DRAFT = "https://json-schema.org/draft/2020-12/schema"

Parts = tuple[str | int, ...]
Schema = dict[str, Any]

_ONE = {
    "additionalProperties", "contains", "else", "if", "items", "not", "propertyNames", "then",
    "unevaluatedItems", "unevaluatedProperties",
}  # fmt: skip
_LIST = frozenset(["allOf", "anyOf", "oneOf", "prefixItems"])
_BY_NAME = frozenset(["$defs", "dependentSchemas", "properties"])
_PLAIN = {
    "$comment", "$ref", "$schema", "const", "default", "dependentRequired", "deprecated",
    "description", "enum", "examples", "exclusiveMaximum", "exclusiveMinimum", "format",
    "maxContains", "maxItems", "maxLength", "maxProperties", "maximum", "minContains",
    "minItems", "minLength", "minProperties", "minimum", "multipleOf", "pattern", "readOnly",
    "required", "title", "type", "uniqueItems", "writeOnly",
}  # fmt: skip
_ONLY_AT_THE_TOP = frozenset(["unevaluatedItems", "unevaluatedProperties"])
"""They look again at all that is below them; inside each other, again and again."""
_KNOWN = _ONE | _LIST | _BY_NAME | _PLAIN

_META = Draft202012Validator(Draft202012Validator.META_SCHEMA)


def faults(document: Schema) -> list[Fault]:
    """Everything that is wrong with it, each with a pointer; none where it can be set."""
    if len(orjson.dumps(document)) > LARGEST_BYTES:
        return [Fault(f"It is larger than {LARGEST_BYTES // 1024} KB.", pointer="")]
    found = [
        Fault(
            f"Not JSON Schema 2020-12: {error.message[:200]}.",
            pointer=pointer(list(error.absolute_path)),
        )
        for _, error in zip(range(_FAULTS_NAMED), _META.iter_errors(document), strict=False)
    ]
    if not found:
        found += _of_the_whole(document)
        for parts, schema in _subschemas(document, ()):
            found += _of_keywords(parts, schema)
    return found[:_FAULTS_NAMED] or _of_references(document)


def completed(document: Schema) -> Schema:
    """The schema as it is kept: what it does not speak of is not allowed."""
    return {"additionalProperties": False} | document


def public_names(document: Schema | None) -> frozenset[str]:
    """The fields that readers get."""
    properties = (document or {}).get("properties", {})
    return frozenset(name for name, schema in properties.items() if schema.get("x-public") is True)


def _of_the_whole(document: Schema) -> Iterator[Fault]:
    if document.get("type") != "object":
        yield Fault('Must be "object": extras are an object.', pointer="/type")
    for name, schema in document.get("properties", {}).items():
        said = schema.get("x-public") if isinstance(schema, dict) else None
        if not isinstance(said, bool):
            yield Fault(
                f"Say whether readers get `{name}`: x-public must be true or false.",
                pointer=pointer(("properties", name)),
            )


def _of_keywords(parts: Parts, schema: Schema) -> Iterator[Fault]:
    for keyword, value in schema.items():
        if parts and keyword in _ONLY_AT_THE_TOP:
            yield Fault("Allowed only at the top.", pointer=pointer((*parts, keyword)))
        if wrong := _wrong(keyword, value):
            yield Fault(wrong, pointer=pointer((*parts, keyword)))


def _wrong(keyword: str, value: Any) -> str | None:
    if keyword not in _KNOWN and not keyword.startswith("x-"):
        return "There is no such keyword here. Names of your own begin with x-."
    if keyword == "$schema" and value.rstrip("#") != _DRAFT:
        return f"Must be {_DRAFT}."
    if keyword == "format" and value not in formats.KNOWN:
        return f"Only these are checked: {', '.join(sorted(formats.KNOWN))}."
    if keyword == "pattern":
        try:
            patterns.check(value)
        except patterns.Unusable as unusable:
            return str(unusable)
    return None


def _of_references(document: Schema) -> list[Fault]:
    try:
        whole = _size(document)
    except _BadReference as bad:
        return [Fault(bad.reason, pointer=pointer((*bad.parts, "$ref")))]
    found = []
    if whole.count > MOST_SUBSCHEMAS:
        found.append(f"{whole.count:,} subschemas, more than {MOST_SUBSCHEMAS:,}")
    if whole.levels > MOST_LEVELS:
        found.append(f"{whole.levels:,} levels, more than {MOST_LEVELS}")
    told = f"With references written out it has {' and '.join(found)}."
    return [Fault(told, pointer="")] if found else []


@dataclass(frozen=True)
class _BadReference(Exception):
    parts: Parts
    reason: str


@dataclass(frozen=True)
class _Size:
    """With all references written out: how many subschemas there are, and how many inside each
    other."""

    count: int
    levels: int


def _size(document: Schema) -> _Size:
    schemas = dict(_subschemas(document, ()))
    by_pointer = {pointer(parts): parts for parts in schemas}
    sizes: dict[Parts, _Size] = {}
    above: dict[Parts, list[Parts]] = {}
    # Each with the subschema whose reference led there. No recursion: a chain of references can be
    # longer than Python's stack is deep.
    waiting: list[tuple[Parts, Parts]] = [((), ())]
    while waiting:
        parts, via = waiting[-1]
        if parts in sizes:
            waiting.pop()
        elif parts in above:
            inner = [sizes[each] for each in above.pop(parts)]
            levels = 1 + max((each.levels for each in inner), default=0)
            sizes[parts] = _Size(1 + sum(each.count for each in inner), levels)
        else:
            steps = [((*parts, *step), via) for step, _ in _below(schemas[parts])]
            if "$ref" in schemas[parts]:
                steps.append((_target(schemas[parts]["$ref"], by_pointer, parts), parts))
            above[parts] = [each for each, _ in steps]
            for each, origin in steps:
                if each in above:
                    raise _BadReference(origin, "References must not lead back to where they are.")
            waiting += [(each, origin) for each, origin in steps if each not in sizes]
    return sizes[()]


def _target(reference: str, by_pointer: dict[str, Parts], parts: Parts) -> Parts:
    if not reference.startswith("#"):
        raise _BadReference(parts, "References must stay inside the schema: #/$defs/…")
    target = by_pointer.get(unquote(reference[1:]))
    if target is None:
        raise _BadReference(parts, f"There is no subschema at {reference[:200]}.")
    return target


def _subschemas(schema: Schema, parts: Parts) -> Iterator[tuple[Parts, Schema]]:
    yield parts, schema
    for step, inner in _below(schema):
        yield from _subschemas(inner, (*parts, *step))


def _below(schema: Schema) -> Iterator[tuple[Parts, Schema]]:
    for keyword, value in schema.items():
        if keyword in _ONE:
            inner: list[tuple[Parts, Any]] = [((keyword,), value)]
        elif keyword in _LIST:
            inner = [((keyword, index), one) for index, one in enumerate(value)]
        elif keyword in _BY_NAME:
            inner = [((keyword, name), one) for name, one in value.items()]
        else:
            continue
        # A subschema can also be true or false: then there is nothing in it.
        yield from ((step, one) for step, one in inner if isinstance(one, dict))
