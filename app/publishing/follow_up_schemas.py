"""How far the follow-up of what happened to a work has come, as the desk API shows it."""

from typing import Literal
from uuid import UUID

from pydantic import BaseModel, Field

from app.editing.works.event_schemas import EventView


class FollowedEvent(BaseModel):
    """One event, and the articles that rest on the work. What is only shown opens no reviews."""

    event: EventView
    search: Literal["running", "done", "given_up"] = Field(
        description="Whether articles are still being looked for. Where it was given up, the log "
        "says why; the operator can have it tried again"
    )
    articles: int = Field(description="Those found; each has a review")
    through_own_articles: int = Field(
        description="Of these, those that cite one of our own articles and not the work itself"
    )
    reviews_open: int
    reviews_closed: int


class ReaderProgress(BaseModel):
    """What readers see of it, in live articles that cite the work in public, or one of our own
    articles that rest on it."""

    articles: int
    up_to_date: int = Field(description="Those that show the work's notice as it is now")
    to_refresh: int


class FollowUp(BaseModel):
    work_id: UUID
    readers: ReaderProgress
    events: list[FollowedEvent] = Field(
        description="Those that are material or fatal, and reinstatements; the newest first, at "
        "most 50"
    )
