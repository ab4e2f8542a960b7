"""Reading TOML into what the desk takes, with mistakes told by file and field."""

import tomllib
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

Fields = dict[str, Any]
M = TypeVar("M", bound=BaseModel)


class Unreadable(ValueError):
    """Something in the content is wrong; the message names the file and the field."""


def toml(text: str, where: str) -> Fields:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Unreadable(f"{where}: {error}") from None


def valid(model: type[M], fields: Fields, where: str) -> M:
    try:
        return model.model_validate(fields)
    except ValidationError as error:
        raise Unreadable(f"{where}: {faults(error)}") from None


def faults(error: ValidationError) -> str:
    """The fields that are wrong, and why."""
    found = error.errors(include_url=False, include_input=False)
    return "; ".join(f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in found)
