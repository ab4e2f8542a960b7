"""Events of works as the desk API takes and shows them."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, field_validator
from pydantic_core import PydanticCustomError

from app.editing.edtf import Edtf
from app.editing.inputs import Input, example
from app.editing.plain_fields import prose
from app.editing.urls import WebUrl
from app.published import citation_words as words

EventKind = Literal[words.EVENT_KINDS]  # type: ignore[valid-type]
Severity = Literal[words.SEVERITIES]  # type: ignore[valid-type]
Detection = Literal["manual", "json_ld", "feed", "crossref", "drift_check"]


class EventCreate(Input):
    model_config = example(
        kind="retraction",
        severity="fatal",
        summary="The paper withdrew the report: the documents were forged.",
        notice_url="https://northgate-courier.example/2026/retraction",
        occurred_on="2026-11-21",
    )

    kind: EventKind = Field(examples=["correction"])
    severity: Severity = Field(
        examples=["material"],
        description="material: what we took from it may be wrong; fatal: it is. Readers are shown "
        "both, and every article that cites it is to be looked at",
    )
    summary: str = Field(min_length=1, max_length=2_000, description="In words for readers")
    notice_url: WebUrl | None = None
    occurred_on: Edtf | None = None
    detected_by: Detection = "manual"

    @field_validator("summary")
    @classmethod
    def _says_something(cls, summary: str) -> str:
        tidy = prose(summary)
        if tidy is None:
            raise PydanticCustomError("empty", "Must not be empty.")
        return tidy


class EventView(BaseModel):
    """What happened to a work after it was issued."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    kind: str
    severity: str
    summary: str
    notice_url: str | None
    occurred_on: str | None
    detected_at: datetime
    detected_by: str
    recorded_by: str
    origin_id: UUID | None = Field(
        description="Where one of our articles inherited it from what it cites: the first event"
    )


class EventPage(BaseModel):
    items: list[EventView] = Field(description="The newest first")
    next: str | None = Field(description="Link to the next page")
