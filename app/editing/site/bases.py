"""Base URLs: what the root-relative paths of documents are appended to."""

from typing import Annotated

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from app.editing.urls import Refused, web_url


def _checked(url: str) -> str:
    try:
        stored = web_url(url)
    except Refused as refused:
        raise PydanticCustomError("url", "{reason}", {"reason": str(refused)}) from None
    if "?" in stored or "#" in stored:
        raise PydanticCustomError("base_url", "must have no query and no fragment")
    if url.endswith("/"):
        raise PydanticCustomError("base_url", "must not end with a slash: paths begin with one")
    return stored.rstrip("/")


BaseUrl = Annotated[
    str,
    Field(
        max_length=500,
        description="Absolute, http or https, without trailing slash, query or fragment",
        examples=["https://www.example.org"],
        json_schema_extra={"format": "uri", "pattern": r"^https?://[^\s?#]*[^\s?#/]$"},
    ),
    AfterValidator(_checked),
]
