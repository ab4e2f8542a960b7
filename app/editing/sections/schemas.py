"""Sections as the desk API takes and shows them."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.editing.external_ids import ExternalIds, ExternalIdView
from app.editing.inputs import (
    SOMETHING,
    Extras,
    Input,
    Name,
    Position,
    Switch,
    Text,
    example,
)
from app.editing.slugs import Slug

EditionCode = Annotated[str, Field(min_length=1, max_length=35, examples=["en"])]
SectionSlug = Annotated[Slug, Field(max_length=80, examples=["neighbours"])]


class SectionFields(Input):
    name: Name = Field(examples=["Neighbours"])
    description: Text = None
    external_ids: ExternalIds = []
    extras: Extras = {}


class SectionCreate(SectionFields):
    model_config = example(edition="en", name="Neighbours", parent_id=SOMETHING)

    edition: EditionCode
    parent_id: UUID | None = Field(default=None, description="Left out: at the top")
    slug: SectionSlug | None = Field(
        default=None, description="Made from the name where it is left out"
    )
    hidden: Switch = Field(
        default=False,
        description="Readers see neither it nor what is below it, and nothing can be published in "
        "them",
    )
    position: Position | None = Field(
        default=None, description="Among those with the same parent, from 0; left out: the last"
    )


class SectionReplace(SectionFields):
    """All of a section but its place. What is left out is emptied; slug and `hidden` stay."""

    model_config = example(name="Neighbours", description="From across the bay")

    slug: SectionSlug | None = Field(
        default=None,
        description="Left out: as it is. With another one its path and those below it change, "
        "and the old ones redirect",
    )
    hidden: Switch | None = Field(default=None, description="Left out: as it is")


class SectionMove(Input):
    model_config = example(parent_id=SOMETHING, position=0)

    parent_id: UUID | None = Field(description="null: to the top")
    position: Position | None = Field(default=None, description="From 0; left out: the last")


class SectionOrder(Input):
    model_config = example(edition="en", ids=[SOMETHING])

    edition: EditionCode
    parent_id: UUID | None = Field(default=None, description="Left out: those at the top")
    ids: list[UUID] = Field(max_length=2_000, description="All with this parent, in the new order")


class SectionView(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: UUID
    edition: str
    parent_id: UUID | None
    slug: str
    path: str = Field(description="Inside the edition", examples=["world/neighbours"])
    name: str
    description: str | None
    hidden: bool
    external_ids: list[ExternalIdView]
    extras: dict[str, Any]
    changed_at: datetime


class SectionNode(BaseModel):
    """A section in the tree."""

    id: UUID
    slug: str
    path: str
    name: str
    hidden: bool
    children: list["SectionNode"]


class SectionTree(BaseModel):
    edition: str
    items: list[SectionNode]
