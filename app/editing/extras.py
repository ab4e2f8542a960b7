"""The outlet's own fields: checked by the operator's JSON Schema, and what of them is public."""

from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from typing import Any

import orjson
from jsonschema import Draft202012Validator, ValidationError, validators
from referencing import Registry
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.editing.schemas import dialect, formats, patterns
from app.editing.schemas.models import ExtrasSchema
from app.editing.schemas.queries import NOTHING
from app.errors import Fault, Invalid
from app.web.pointers import pointer as pointer_to

LARGEST_BYTES = 64 * 1024
MOST_VALUES = 2_000
LONGEST_LIST = 500
LONGEST_TEXT = 10_000
_FAULTS_NAMED = 50


async def check_extras(
    session: AsyncSession, kind: str, extras: dict[str, Any], *, pointer: str = "/extras"
) -> None:
    """Raise Invalid unless the extras of this kind of thing are as the operator's schema has it."""
    if found := await faults(session, kind, extras, pointer=pointer):
        raise Invalid("The extras cannot be accepted.", faults=found)


async def faults(
    session: AsyncSession, kind: str, extras: dict[str, Any], *, pointer: str = "/extras"
) -> list[Fault]:
    """Everything that is wrong with the extras of an article, section, person…"""
    query = select(ExtrasSchema.document).where(ExtrasSchema.kind == kind)
    schema = (await session.execute(query)).scalar_one_or_none()
    if schema is None or schema == NOTHING:
        detail = f"No extras are set up. PUT a JSON Schema to /desk/schemas/{kind} first."
        return [Fault(detail, pointer=pointer)] if extras else []
    return [
        Fault(detail, pointer=pointer + pointer_to(parts))
        for parts, detail in _oversize(extras) or islice(_misfits(schema, extras), _FAULTS_NAMED)
    ]


def public_extras(schema: dict[str, Any] | None, extras: Mapping[str, Any]) -> dict[str, Any]:
    """What readers get of them: the fields that the schema marks `"x-public": true`."""
    names = dialect.public_names(schema)
    return {name: value for name, value in extras.items() if name in names}


Misfit = tuple[tuple[str | int, ...], str]
"""Where, inside the extras, and what is wrong there."""


def _oversize(extras: dict[str, Any]) -> list[Misfit]:
    if len(orjson.dumps(extras)) > LARGEST_BYTES:
        return [((), f"They are larger than {LARGEST_BYTES // 1024} KB.")]
    found: list[Misfit] = []
    values: list[tuple[tuple[str | int, ...], Any]] = [((), extras)]
    for parts, value in values:
        if isinstance(value, str) and len(value) > LONGEST_TEXT:
            found.append((parts, f"It is longer than {LONGEST_TEXT:,} characters."))
        elif isinstance(value, list) and len(value) > LONGEST_LIST:
            found.append((parts, f"It has more than {LONGEST_LIST} items."))
        elif isinstance(value, list):
            values += [((*parts, index), one) for index, one in enumerate(value)]
        elif isinstance(value, dict):
            values += [((*parts, name), one) for name, one in value.items()]
    if len(values) > MOST_VALUES:
        found.append(((), f"There are more than {MOST_VALUES:,} values in them."))
    return found[:_FAULTS_NAMED]


def _misfits(schema: dict[str, Any], extras: dict[str, Any]) -> Iterator[Misfit]:
    check = _Validator(schema, registry=Registry(), format_checker=formats.CHECKER)
    named: set[Misfit] = set()
    for error in check.iter_errors(extras):
        for misfit in _told(error):
            if misfit not in named:
                named.add(misfit)
                yield misfit


def _told(error: ValidationError) -> Iterator[Misfit]:
    parts = tuple(error.absolute_path)
    keyword = str(error.validator)
    demanded: Any = error.validator_value
    found: Any = error.instance
    if keyword == "required":
        yield from (((*parts, name), "It is required.") for name in demanded if name not in found)
    elif keyword == "additionalProperties" and demanded is False:
        known = error.schema.get("properties", {}) if isinstance(error.schema, dict) else {}
        yield from (((*parts, n), "There is no such field.") for n in found if n not in known)
    elif keyword in _SENTENCES:
        yield parts, _SENTENCES[keyword](demanded)[:300]
    else:
        yield parts, f"It does not fit the schema ({keyword}): {error.message}"[:300]


def _json(value: Any) -> str:
    return orjson.dumps(value).decode()


_SENTENCES: dict[str, Callable[[Any], str]] = {
    "type": lambda demanded: f"Must be of type {_json(demanded)}.",
    "enum": lambda demanded: f"Must be one of {_json(demanded)}.",
    "const": lambda demanded: f"Must be {_json(demanded)}.",
    "format": lambda demanded: f"Must be in the format {demanded}.",
    "pattern": lambda demanded: f"Must match the pattern {demanded}",
    "minimum": lambda demanded: f"Must be at least {demanded}.",
    "maximum": lambda demanded: f"Must be at most {demanded}.",
    "exclusiveMinimum": lambda demanded: f"Must be more than {demanded}.",
    "exclusiveMaximum": lambda demanded: f"Must be less than {demanded}.",
    "minLength": lambda demanded: f"Must have at least {demanded} characters.",
    "maxLength": lambda demanded: f"Must have at most {demanded} characters.",
    "minItems": lambda demanded: f"Must have at least {demanded} items.",
    "maxItems": lambda demanded: f"Must have at most {demanded} items.",
    "uniqueItems": lambda demanded: "Its items must differ from each other.",
}


def _pattern(
    _: Any, pattern: str, instance: Any, __: dict[str, Any]
) -> Iterator[ValidationError]:  # fmt: skip
    if isinstance(instance, str) and not patterns.matches(pattern, instance):
        yield ValidationError("It does not match the pattern.")


_Validator: type[Draft202012Validator] = validators.extend(  # type: ignore[no-untyped-call]
    Draft202012Validator, {"pattern": _pattern}
)
