"""Reviews of articles as the desk API takes and shows them."""

from datetime import datetime
from typing import Literal, Self
from uuid import UUID

from pydantic import BaseModel, Field, model_validator
from pydantic_core import PydanticCustomError

from app.editing.inputs import Input, Text, example
from app.editing.reviews.models import OUTCOMES
from app.editing.works.event_schemas import EventView

Outcome = Literal[OUTCOMES]  # type: ignore[valid-type]


class Closing(Input):
    model_config = example(
        outcome="attribution_updated", note="We now say that the report was withdrawn."
    )

    outcome: Outcome = Field(
        examples=["no_change"],
        description="article_corrected: readers see the correction `correction_id` on it; "
        "citation_removed: no live citation names the work any more; article_withdrawn: it is not "
        "live any more",
    )
    note: Text = Field(default=None, description="For the desk")
    correction_id: UUID | None = None

    @model_validator(mode="after")
    def _names_its_correction(self) -> Self:
        if (self.outcome == "article_corrected") != (self.correction_id is not None):
            raise PydanticCustomError(
                "correction", "`correction_id` goes with the outcome article_corrected, always."
            )
        return self


class ReviewedSection(BaseModel):
    id: UUID
    name: str


class ReviewedArticle(BaseModel):
    id: UUID
    edition: str
    headline: str = Field(description="Of the working copy")
    path: str | None
    section: ReviewedSection = Field(description="The primary one")
    live: bool


class ReviewedWork(BaseModel):
    """What happened happened to this one."""

    id: UUID
    kind: str
    title: str | None
    status: str


class Through(BaseModel):
    """One of our own articles, which rests on the work."""

    work_id: UUID
    article_id: UUID | None
    title: str | None


class ReviewView(BaseModel):
    """An article cites a work to which something happened: somebody must look at it."""

    id: UUID
    article: ReviewedArticle
    work: ReviewedWork
    event: EventView
    through: list[Through] = Field(
        description="The way from the article to the work: [] where it cites the work itself, else "
        "our own articles, the one that it cites first"
    )
    citation_ids: list[UUID] = Field(
        description="Its live citations that name the work, or one of our own articles that rest "
        "on it; internal ones too"
    )
    opened_at: datetime
    outcome: str | None = Field(description="Null while it is open")
    note: str | None
    correction_id: UUID | None
    closed_at: datetime | None
    closed_by: str | None


class ReviewPage(BaseModel):
    items: list[ReviewView] = Field(description="Those that were opened first come first")
    next: str | None = Field(description="Link to the next page")
