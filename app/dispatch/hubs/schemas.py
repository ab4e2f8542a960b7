"""Hubs as the desk API shows them."""

from datetime import datetime

from pydantic import BaseModel, Field

MOST_FEEDS = 20


class PingView(BaseModel):
    """What the hub was told of one feed last."""

    feed: str = Field(description="Its address")
    tried_at: datetime | None = Field(description="null: not yet")
    ok: bool | None
    status: int | None = Field(description="What the hub answered")
    reason: str | None = Field(description="Why it failed")
    failures: int = Field(description="How many in a row")
    next_at: datetime | None = Field(
        description="When it is told next; null: nothing new is to be told, or it was given up"
    )


class HubView(BaseModel):
    url: str
    feeds: int = Field(description="How many it was told of, or is to be")
    waiting: int = Field(description="Of how many of them it is to be told")
    failing: int = Field(description="With how many of them the last ping failed")
    last_ok_at: datetime | None = Field(description="When it took a ping last")
    pings: list[PingView] = Field(description=f"The last {MOST_FEEDS}, failed ones first")


class HubList(BaseModel):
    items: list[HubView] = Field(description="Those of the site, in its order")
