"""The query parameters of the list of reviews."""

from typing import Literal
from uuid import UUID

from pydantic import Field

from app.editing.works.events import SERIOUS
from app.web.pages import PageQuery


class ReviewQuery(PageQuery):
    open: bool | None = Field(default=None, description="Only those still to be done, or closed")
    work: UUID | None = Field(
        default=None, description="What happened to it, or through it: to a work that it rests on"
    )
    article: UUID | None = None
    section: UUID | None = Field(default=None, description="With all sections below it")
    severity: Literal[tuple(sorted(SERIOUS))] | None = None  # type: ignore[valid-type]
