"""Why a video is, or is not, on TV, as the desk API tells it."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, Field

from app.published.tv_targets import CODES, TARGETS
from app.web.pages import PageQuery

DEAD = "dead_stream"

TargetName = Literal[TARGETS]  # type: ignore[valid-type]
Code = Literal[(*CODES, DEAD)]  # type: ignore[valid-type]


class TvReportQuery(PageQuery):
    target: TargetName | None = Field(default=None, description="Only this one")
    missing: Code | None = Field(
        default=None, description="Only videos of which this is said, with the targets that say it"
    )
    on: bool | None = Field(
        default=None, description="false: only videos that a target has not. true: those it has"
    )


class TvFinding(BaseModel):
    code: str = Field(examples=["artwork_small"])
    field: str = Field(
        description="Where to fill it in: of the article, or of the asset that is its video",
        examples=["asset: poster_id"],
    )
    detail: str


class TvTarget(BaseModel):
    target: str
    name: str = Field(examples=["Roku content feed"])
    on: bool = Field(description="Whether the feed has it")
    missing: list[TvFinding] = Field(description="What keeps it out")
    warnings: list[TvFinding] = Field(description="What is lost, or may be refused there")


class TvReportItem(BaseModel):
    article_id: UUID
    asset_id: UUID | None = Field(description="Of its video, where that is one of ours")
    headline: str
    path: str
    edition: str
    published_at: datetime
    targets: list[TvTarget]


class TvReport(BaseModel):
    items: list[TvReportItem] = Field(description="The last published first")
    next: str | None = Field(
        description="Link to the next page. A page can have fewer items than asked for, or none, "
        "and still lead on: so many videos are looked at for each"
    )
