"""Speakers as the desk API takes and shows them."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from app.editing.csl import CslName
from app.editing.edtf import Edtf, bounds
from app.editing.inputs import (
    Input,
    Name,
    Names,
    Note,
    ShortLine,
    ShortName,
    example,
)
from app.editing.urls import WebUrl
from app.published.citation_words import SPEAKER_KINDS
from app.published.standard_ids import WikidataId
from app.web.pages import PageQuery

Kind = Literal[SPEAKER_KINDS]  # type: ignore[valid-type]

MOST_ALIASES = 100


class Role(Input):
    """What somebody is or was, where, and when: as far as it is known."""

    title: ShortLine = Field(default=None, examples=["Harbour master"])
    organisation_id: UUID | None = Field(
        default=None, description="A speaker that is an organisation or a group"
    )
    organisation: ShortLine = Field(
        default=None, description="Its name, where it is no speaker", examples=["Port of Calder"]
    )
    since: Edtf | None = Field(default=None, alias="from")
    until: Edtf | None = Field(default=None, alias="to")

    @model_validator(mode="after")
    def _is_sound(self) -> "Role":
        if not (self.title or self.organisation or self.organisation_id):
            raise _fault("Give a `title` or an organisation.")
        if self.organisation_id and self.organisation:
            raise _fault("Give `organisation_id` or `organisation`, not both.")
        if any("/" in end for end in (self.since, self.until) if end):
            raise _fault("`from` and `to` are dates, not spans.")
        begin = bounds(self.since)[0] if self.since else None
        end = bounds(self.until)[1] if self.until else None
        if begin and end and end < begin:
            raise _fault("It ends before it begins.")
        return self


class SpeakerCreate(Input):
    model_config = example(
        kind="person",
        name="Ines Valdo",
        csl_name={"family": "Valdo", "given": "Ines"},
        roles=[{"title": "Harbour master", "organisation": "Port of Calder", "to": "2024-06"}],
    )

    kind: Kind = Field(examples=["person"])
    name: Name = Field(examples=["Ines Valdo"])
    names: Names = {}
    aliases: list[Name] = Field(
        default=[], max_length=MOST_ALIASES, description="Other names that they are found by"
    )
    short_name: ShortName = None
    csl_name: CslName | None = Field(
        default=None, description="The name in its parts: for exports, and to be sorted by"
    )
    wikidata_id: WikidataId | None = None
    url: WebUrl | None = None
    roles: list[Role] = Field(default=[], max_length=100, description="The present one first")
    note_internal: Note = None


class SpeakerReplace(SpeakerCreate):
    """All of a speaker: what is left out is emptied."""


class SpeakerSummary(BaseModel):
    """A speaker in a list."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    kind: str
    name: str
    names: dict[str, str]
    short_name: str | None
    sort_key: str = Field(description="What lists are ordered by: made from the name")
    roles: list[Role]
    changed_at: datetime


class SpeakerView(SpeakerSummary):
    aliases: list[str]
    csl_name: CslName | None
    wikidata_id: str | None
    url: str | None
    note_internal: str | None


class SpeakerPage(BaseModel):
    items: list[SpeakerSummary] = Field(description="In the order of their names")
    next: str | None = Field(description="Link to the next page")


class SpeakerQuery(PageQuery):
    q: str | None = Field(
        default=None, min_length=1, max_length=200, description="Text in a name, in any language"
    )
    kind: Kind | None = None


def _fault(detail: str) -> PydanticCustomError:
    return PydanticCustomError("role", "{detail}", {"detail": detail})
