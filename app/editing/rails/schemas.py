"""The rows of the TV home as the desk API takes and shows them."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from app.editing.inputs import SOMETHING, Input, example
from app.editing.plain_fields import line

MOST_RAILS, MOST_ITEMS = 20, 30
KINDS = ("alert", "live", "collection", "latest", "section", "topic", "series")
NAMING = ("collection_id", "section_id", "topic_id", "series_id")
NEEDS = {
    "alert": "collection_id",
    "collection": "collection_id",
    "section": "section_id",
    "topic": "topic_id",
}

Kind = Literal[KINDS]  # type: ignore[valid-type]
Title = Annotated[str | None, Field(max_length=60), AfterValidator(line)]
Platform = Annotated[
    str, Field(pattern=r"^[a-z][a-z0-9-]{0,29}$", examples=["roku", "fire-tv", "apple-tv"])
]


class Rail(Input):
    """One row. What it shows is named by one of the ids, where its kind needs one."""

    kind: Kind = Field(
        description="alert: the articles of a collection, as a banner; live: streams that are on "
        "air; collection; latest: the newest videos; section; topic; series: the episodes of one, "
        "or without `series_id` all series"
    )
    title: Title = Field(default=None, description="Left out: the name of what it shows")
    collection_id: UUID | None = None
    section_id: UUID | None = None
    topic_id: UUID | None = None
    series_id: UUID | None = None
    limit: int = Field(
        default=20, strict=True, ge=1, le=MOST_ITEMS, description="Most items in the row"
    )
    platforms: list[Platform] = Field(
        default=[], max_length=10, description="Where it is shown; [] is everywhere"
    )

    @model_validator(mode="after")
    def _names_one_thing(self) -> "Rail":
        given = [name for name in NAMING if getattr(self, name) is not None]
        needed = [NEEDS[self.kind]] if self.kind in NEEDS else []
        may = [*needed, "series_id"] if self.kind == "series" else needed
        if set(given) - set(may) or set(needed) - set(given):
            wanted = " or ".join(may) if may else "none of the ids"
            raise PydanticCustomError(
                "rail", "A rail of this kind takes {wanted}, and nothing else.", {"wanted": wanted}
            )
        return self


class RailsReplace(Input):
    model_config = example(
        rails=[
            {"kind": "live"},
            {"kind": "collection", "collection_id": SOMETHING, "limit": 12},
            {"kind": "latest", "title": "New"},
        ]
    )

    rails: list[Rail] = Field(max_length=MOST_RAILS, description="From the top down")


class RailsView(BaseModel):
    edition: str
    section_id: UUID | None
    usual: bool = Field(description="Whether nobody has arranged them: these are the usual ones")
    rails: list[Rail]
    changed_at: datetime | None


class RailsQuery(BaseModel):
    model_config = ConfigDict(extra="forbid")

    edition: str = Field(min_length=1, max_length=35, examples=["en"])
    section: UUID | None = Field(default=None, description="Left out: the home of the edition")
