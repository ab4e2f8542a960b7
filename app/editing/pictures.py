"""A picture of a thing of the desk: a person's portrait, the publisher's logo."""

from typing import Annotated

from pydantic import AfterValidator, Field

from app.editing.inputs import Input, ShortLine
from app.editing.plain_fields import line
from app.editing.urls import MediaUrl

Pixels = Annotated[int, Field(strict=True, ge=1, le=100_000)]


class Picture(Input):
    url: MediaUrl
    alt: Annotated[
        str,
        Field(max_length=2_000, description="What it shows; empty if decorative"),
        AfterValidator(lambda text: line(text) or ""),
    ] = ""
    caption: ShortLine = None
    credit: ShortLine = None
    width: Pixels | None = None
    height: Pixels | None = None
