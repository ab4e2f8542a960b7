"""The pattern by which an edition makes the paths of its articles."""

import re
from typing import Annotated

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from app.editing import own_paths

PLACEHOLDERS = ("section", "yyyy", "mm", "dd", "slug", "id")
DEFAULT = "/{section}/{yyyy}/{mm}/{slug}"

_PIECE = re.compile(r"\{([a-z]+)\}|([a-z0-9._~-]+)")
_KNOWN = ", ".join(f"{{{name}}}" for name in PLACEHOLDERS)


def _checked(pattern: str) -> str:
    if wrong := _wrong(pattern):
        raise PydanticCustomError("path_pattern", "{reason}", {"reason": wrong})
    return pattern


def _wrong(pattern: str) -> str | None:
    if not pattern.startswith("/") or pattern.endswith("/") or "//" in pattern:
        return "Must begin with a slash, not end with one, and have no empty parts."
    names: list[str] = []
    for segment in pattern[1:].split("/"):
        end = 0
        for piece in _PIECE.finditer(segment):
            if piece.start() != end:
                break
            end = piece.end()
            names += [piece[1]] if piece[1] else []
        if end < len(segment):
            return (
                f"“{segment}” cannot be read at “{segment[end:]}”: between slashes stand "
                f"lower-case ASCII letters, digits, - . _ ~ and the placeholders {_KNOWN}."
            )
        if set(segment) == {"."}:
            return "A part of a path cannot be all dots."
    if unknown := [name for name in names if name not in PLACEHOLDERS]:
        return f"There is no placeholder {{{unknown[0]}}}. Known: {_KNOWN}."
    if reserved := own_paths.wrong(pattern):
        return reserved
    if not {"slug", "id"} & set(names):
        return "Must hold {slug} or {id}: otherwise all articles would have one path."
    return None


PathPattern = Annotated[
    str,
    Field(
        max_length=200,
        description=f"How the paths of articles are made at their first publish. Known: {_KNOWN}; "
        "{slug} or {id} must be there.",
        examples=[DEFAULT],
        json_schema_extra={"pattern": r"^/.*\{(slug|id)\}"},
    ),
    AfterValidator(_checked),
]
