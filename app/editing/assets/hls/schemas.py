"""Looks at streams as the desk API shows them."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.editing.assets.hls.models import OWNERS
from app.web.pages import PageQuery

Owner = Literal[OWNERS]  # type: ignore[valid-type]


class StreamCheckQuery(PageQuery):
    dead: bool | None = Field(
        default=None,
        description="Whether it failed three times or more in at least an hour, while other "
        "servers could be reached",
    )
    failing: bool | None = Field(default=None, description="Whether the last look failed")
    owner_kind: Owner | None = Field(default=None, description="asset or stream")
    owner_id: UUID | None = Field(default=None, description="Of this asset or stream alone")


class StreamCheckView(BaseModel):
    """The last look at an address."""

    model_config = ConfigDict(from_attributes=True)

    owner_kind: str = Field(description="asset or stream")
    owner_id: UUID
    url: str
    checked_at: datetime
    failures: int = Field(description="In a row")
    failing_since: datetime | None
    dead: bool
    detail: str | None = Field(description="Why it failed, or why nobody can tell")
    found: dict[str, Any] = Field(
        description="What the playlist told when it could be read last: `qualities`, `audio`, "
        "`subtitles`, `closed_captions`, `is_live`, `duration` in seconds, `protections`, and "
        "`problems` in words"
    )


class StreamCheckPage(BaseModel):
    items: list[StreamCheckView] = Field(description="The last looked at first")
    next: str | None = Field(description="Link to the next page")
