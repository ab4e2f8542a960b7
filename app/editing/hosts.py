"""Hosts: the names under which sites are reached, in the one form in which they are compared."""

import re
from typing import Annotated

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError, Url

_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")


def normal(text: str) -> str | None:
    """Lower case, in Punycode, without `www.`; None for what is no name of a host."""
    try:
        parsed = Url(f"https://{text.strip().rstrip('.')}/")
    except ValueError:
        return None
    bare = str(parsed) == f"https://{parsed.host}/" and parsed.host
    if not bare:
        return None
    host = bare.removeprefix("www.")
    labels = host.split(".")
    if len(labels) < 2 or labels[-1].isdigit() or len(host) > 253:
        return None
    return host if all(_LABEL.fullmatch(label) for label in labels) else None


def with_parents(host: str) -> list[str]:
    """The host and the domains that it is in, down to those of two labels: the nearest first."""
    labels = host.split(".")
    return [".".join(labels[first:]) for first in range(len(labels) - 1)]


def _checked(text: str) -> str:
    host = normal(text)
    if host is None:
        raise PydanticCustomError(
            "host", "Must be the name of a host, such as news.example.org, and nothing else."
        )
    return host


Host = Annotated[
    str,
    Field(max_length=300, examples=["northgate-courier.example"]),
    AfterValidator(_checked),
]
