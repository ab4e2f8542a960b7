"""Topics as the desk API takes and shows them."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.editing.external_ids import ExternalIdFilter, ExternalIds, ExternalIdView
from app.editing.inputs import Extras, Input, Name, Names, Note, Texts, example
from app.editing.slugs import Slug
from app.editing.topics.models import KINDS
from app.editing.urls import WebUrl
from app.web.pages import PageQuery

Kind = Literal[KINDS]  # type: ignore[valid-type]


class TopicCreate(Input):
    model_config = example(
        name="Kestrel Bay harbour", kind="place", names={"fr": "Port de Kestrel Bay"}
    )

    name: Name = Field(examples=["Kestrel Bay harbour"])
    slug: Slug | None = Field(default=None, description="Made from the name where it is left out")
    names: Names = {}
    kind: Kind = Field(default="subject", examples=["place"])
    description: Texts = {}
    same_as: Annotated[
        list[WebUrl], Field(max_length=30, description="The same thing elsewhere, as URLs")
    ] = []
    external_ids: ExternalIds = []
    extras: Extras = {}
    note_internal: Note = None


class TopicReplace(TopicCreate):
    """All of a topic: what is left out is emptied, but for the slug."""

    slug: Slug | None = Field(
        default=None, description="Left out: as it is. The old address redirects to the new one"
    )


class TopicSummary(BaseModel):
    """A topic in a list."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    slug: str
    name: str
    names: dict[str, str]
    kind: Kind
    external_ids: list[ExternalIdView]
    changed_at: datetime


class TopicView(TopicSummary):
    description: dict[str, str]
    same_as: list[str]
    extras: dict[str, Any]
    note_internal: str | None


class TopicPage(BaseModel):
    items: list[TopicSummary] = Field(description="In the order of their slugs")
    next: str | None = Field(description="Link to the next page")


class TopicQuery(PageQuery):
    q: str | None = Field(
        default=None, min_length=1, max_length=200, description="Text in a name or the slug"
    )
    kind: Kind | None = None
    external: ExternalIdFilter = None
