"""Articles as the desk API takes and shows them."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator
from pydantic_core import PydanticCustomError

from app.editing import own_paths
from app.editing.articles.content import Content, Fields, Part
from app.editing.body.notices import Notice
from app.editing.body.prepare import Body, BodyHtml, BodyMarkdown
from app.editing.citations.finding import Finding
from app.editing.citations.values import MOST, Citation
from app.editing.external_ids import ExternalIdInput, ExternalIdView
from app.editing.inputs import SOMETHING, example

Stage = Literal["draft", "review", "ready"]


class ArticleSave(Fields):
    """The whole content of an article: what is left out is emptied.

    The body comes as blocks, or as HTML or Markdown to be converted. With none of the three it
    is empty.
    """

    model_config = example(
        headline="The harbour reopens",
        section_id=SOMETHING,
        bylines=[{"name": "Juno Tarrowby", "role": "Harbour correspondent"}],
        body=[
            {"type": "paragraph", "html": "The first ferry left at <strong>dawn</strong>."},
            {"type": "quote", "text": "We waited.", "attribution": "Mara Tollen, pilot"},
        ],
    )

    body: Body | None = None
    body_html: BodyHtml | None = None
    body_markdown: BodyMarkdown | None = None
    citations: list[Citation] | None = Field(
        default=None,
        max_length=MOST,
        description="The whole ordered set. Left out, they stay and are anchored in the new text",
    )
    external_ids: list[ExternalIdInput] | None = Field(
        default=None, max_length=20, description="Left as they are where this is left out"
    )
    translation_of: UUID | None = Field(
        default=None,
        description="An article of another edition that tells the same story; all that are linked "
        "to either then belong together. Left out: as it is. null: linked to none any more",
    )

    @field_validator("path")
    @classmethod
    def _can_be_its_own(cls, path: str | None) -> str | None:
        if path is not None and (reason := own_paths.wrong(path)):
            raise PydanticCustomError("path", "{reason}", {"reason": reason})
        return path

    @model_validator(mode="after")
    def _has_one_body(self) -> "ArticleSave":
        given = [self.body, self.body_html, self.body_markdown]
        if sum(form is not None for form in given) > 1:
            raise ValueError("give one of `body`, `body_html` and `body_markdown`")
        return self


class ArticleCreate(ArticleSave):
    edition: str | None = Field(
        default=None, max_length=35, description="Its code; otherwise the section's edition"
    )


class StageMove(Part):
    model_config = example(stage="review")

    stage: Stage


class Restore(Part):
    model_config = example(revision=1)

    revision: int = Field(
        strict=True, ge=1, description="The revision whose content becomes the newest one"
    )


class LiveState(BaseModel):
    """What readers have."""

    version: int
    revision: int
    path: str
    first_published_at: datetime
    published_at: datetime
    updated_at: datetime
    has_changes: bool = Field(description="Whether the working copy differs from it")


class WithdrawnState(BaseModel):
    at: datetime
    status: int
    notice: str | None


class ArticleSummary(BaseModel):
    """An article in a desk list."""

    id: UUID
    edition: str
    stage: Stage
    revision: int
    headline: str
    genre: str
    format: str
    section_ids: list[UUID]
    person_ids: list[UUID]
    topic_ids: list[UUID]
    live: LiveState | None
    withdrawn: WithdrawnState | None
    created_at: datetime
    created_by: str
    changed_at: datetime


class ArticleView(ArticleSummary):
    """An article with its working copy."""

    content: Content
    external_ids: list[ExternalIdView]
    translations: list[UUID]
    warnings: list[Notice] = Field(
        default=[],
        description="What was removed or changed in the body by this save",
    )
    findings: list[Finding] = Field(
        default=[],
        description="What a careful editor would ask about its citations, as "
        "`/desk/articles/{id}/citations/lint` tells; in the answer to a publish, only of cited "
        "works to which something happened",
    )


class ArticleSummaryPage(BaseModel):
    items: list[ArticleSummary]
    next: str | None = Field(description="Link to the next page")


class RevisionSummary(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    number: int
    created_at: datetime
    created_by: str
    restored_from: int | None
    headline: str


class RevisionList(BaseModel):
    items: list[RevisionSummary] = Field(description="The newest first")
    next: str | None


class RevisionView(RevisionSummary):
    content: Content
