"""People as the desk API takes and shows them."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.editing.external_ids import ExternalIdFilter, ExternalIds, ExternalIdView
from app.editing.inputs import Extras, Input, Name, Names, Note, ShortLine, Texts, example
from app.editing.pictures import Picture
from app.editing.slugs import Slug
from app.editing.urls import WebUrl
from app.web.pages import PageQuery


class PersonCreate(Input):
    model_config = example(
        name="Juno Tarrowby",
        role="Harbour correspondent",
        bio={"en": "Juno has watched the tide for the Courier since 2019."},
    )

    name: Name = Field(examples=["Juno Tarrowby"])
    slug: Slug | None = Field(default=None, description="Made from the name where it is left out")
    names: Names = {}
    role: ShortLine = Field(default=None, examples=["Harbour correspondent"])
    bio: Texts = {}
    image: Picture | None = None
    links: Annotated[list[WebUrl], Field(max_length=30)] = []
    external_ids: ExternalIds = []
    extras: Extras = {}
    note_internal: Note = None


class PersonReplace(PersonCreate):
    """All of a person: what is left out is emptied, but for the slug."""

    slug: Slug | None = Field(
        default=None, description="Left out: as it is. The old address redirects to the new one"
    )


class PersonSummary(BaseModel):
    """A person in a list."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    slug: str
    name: str
    names: dict[str, str]
    role: str | None
    external_ids: list[ExternalIdView]
    changed_at: datetime


class PersonView(PersonSummary):
    bio: dict[str, str]
    image: Picture | None
    links: list[str]
    extras: dict[str, Any]
    note_internal: str | None


class PersonPage(BaseModel):
    items: list[PersonSummary] = Field(description="In the order of their slugs")
    next: str | None = Field(description="Link to the next page")


class PersonQuery(PageQuery):
    q: str | None = Field(
        default=None, min_length=1, max_length=200, description="Text in a name or the slug"
    )
    external: ExternalIdFilter = None
