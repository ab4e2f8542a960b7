"""What the desk's input models have in common: their base, and the fields that several have."""

from typing import Annotated, Any
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError

from app.editing.languages import Language
from app.editing.plain_fields import line, prose


def example(**fields: Any) -> ConfigDict:
    """The `model_config` of a model that shows one example of itself in OpenAPI."""
    return ConfigDict(json_schema_extra={"examples": [fields]})


SOMETHING = "5b0c7a9e-3f1d-4c55-9d0a-6f2f8f5f7d11"
"""The id in examples."""


class Input(BaseModel):
    """A field that may not be set is refused, never ignored."""

    model_config = ConfigDict(extra="forbid")


def filled_line(text: str) -> str:
    """One line of it, cleaned; a fault where nothing is left."""
    return filled(line(text))


def filled(text: str | None) -> str:
    """Text of several lines, cleaned; a fault where nothing is left."""
    tidy = prose(text)
    if tidy is None:
        raise PydanticCustomError("empty", "Must not be empty.")
    return tidy


Name = Annotated[str, Field(min_length=1, max_length=200), AfterValidator(filled_line)]
"""One line of text that is not empty."""


NARROW = 24
"""Characters that a TV has room for beside a picture."""


def _narrow(text: str | None) -> str | None:
    # Counted once it is in the form in which it is kept: that can be longer than what was sent.
    short = line(text)
    if short is not None and len(short) > NARROW:
        raise PydanticCustomError(
            "short_name", "Must have at most {most} characters.", {"most": NARROW}
        )
    return short


ShortName = Annotated[
    str | None,
    Field(max_length=NARROW, description="For narrow screens", examples=["Northgate Courier"]),
    AfterValidator(_narrow),
]

ShortLine = Annotated[str | None, Field(max_length=300), AfterValidator(line)]
"""One line of text, or nothing."""

Text = Annotated[str | None, Field(max_length=5_000), AfterValidator(prose)]
"""Plain text of several lines, or nothing."""

Names = Annotated[
    dict[Language, Name],
    Field(max_length=100, description="By language", examples=[{"fr": "Port", "fa": "بندر"}]),
]

Texts = Annotated[
    dict[Language, Annotated[str, Field(max_length=20_000), AfterValidator(filled)]],
    Field(max_length=100, description="Plain text by language"),
]

Position = Annotated[int, Field(strict=True, ge=0, le=10_000)]

Switch = Annotated[bool, Field(strict=True)]

Extras = Annotated[
    dict[str, Any],
    Field(
        description="The outlet's own fields, checked by the JSON Schema set at /desk/schemas",
        examples=[{}],
    ),
]

Note = Annotated[
    str | None,
    Field(max_length=20_000, description="Never leaves the desk"),
    AfterValidator(prose),
]


class Merge(Input):
    model_config = example(into=SOMETHING)

    into: UUID = Field(description="The one that stays")
