"""Collections as the desk API takes and shows them."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError

from app.editing.inputs import SOMETHING, Extras, Input, Name, Position, Text, example
from app.editing.slugs import Slug
from app.web.pages import PageQuery

MOST = 200


def _distinct(ids: list[UUID]) -> list[UUID]:
    if len(set(ids)) < len(ids):
        raise PydanticCustomError("distinct", "An article can be there only once.")
    return ids


Articles = Annotated[
    list[UUID],
    Field(max_length=MOST, description="In order; of the same edition, live or not yet"),
    AfterValidator(_distinct),
]


class CollectionFields(Input):
    title: Name = Field(examples=["Editor's choice"])
    description: Text = None
    extras: Extras = {}
    articles: Articles = []


class CollectionCreate(CollectionFields):
    model_config = example(edition="en", title="Editor's choice", articles=[SOMETHING])

    edition: str = Field(min_length=1, max_length=35, examples=["en"])
    slug: Slug | None = Field(default=None, description="Made from the title where it is left out")


class CollectionReplace(CollectionFields):
    """All of a collection, with the whole list: what is left out is emptied, but for the slug."""

    model_config = example(title="Editor's choice", articles=[SOMETHING])

    slug: Slug | None = Field(default=None, description="Left out: as it is")


class CollectionPlace(Input):
    """An article, and where to put it; if it is there already, it moves."""

    model_config = example(article_id=SOMETHING, position=0)

    article_id: UUID
    position: Position | None = Field(default=None, description="From 0; left out: the last")


class CollectionSummary(BaseModel):
    """A collection in a list."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    edition: str
    slug: str
    title: str
    description: str | None
    changed_at: datetime


class CollectionView(CollectionSummary):
    extras: dict[str, Any]
    articles: list[UUID] = Field(description="In order; readers see those that are live")


class CollectionPage(BaseModel):
    items: list[CollectionSummary] = Field(description="In the order of their slugs")
    next: str | None = Field(description="Link to the next page")


class CollectionQuery(PageQuery):
    edition: str | None = Field(default=None, min_length=1, max_length=35)
