"""A picture of a thing of the desk: a person's portrait, the publisher's logo."""

from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from app.editing.inputs import Input, ShortLine
from app.editing.plain_fields import line
from app.editing.urls import MediaUrl

Pixels = Annotated[int, Field(strict=True, ge=1, le=100_000)]


class Picture(Input):
    """One of our own by its `asset_id`, or one elsewhere by its `url`."""

    asset_id: UUID | None = None
    url: MediaUrl | None = None
    alt: Annotated[
        str,
        Field(max_length=2_000, description="What it shows; empty if decorative"),
        AfterValidator(lambda text: line(text) or ""),
    ] = ""
    caption: ShortLine = None
    credit: ShortLine = None
    width: Pixels | None = None
    height: Pixels | None = None

    @model_validator(mode="after")
    def _is_somewhere(self) -> "Picture":
        if (self.url is None) == (self.asset_id is None):
            raise PydanticCustomError("one_place", "Give one of `asset_id` and `url`.")
        return self
