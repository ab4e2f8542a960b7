"""Links as the desk API shows them."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field


class CheckView(BaseModel):
    """One look at an address."""

    model_config = ConfigDict(from_attributes=True)

    checked_at: datetime
    verdict: str = Field(examples=["not_found"])
    http_status: int | None = Field(description="Null where no answer came, or nobody was asked")
    final_url: str | None = Field(description="Where redirects led")
    redirects: int
    milliseconds: int | None
    similarity: float | None = Field(
        description="To the page as it was when it was cited: below 0.85 it is `drifted`"
    )
    failures: int = Field(description="In a row, up to this one")


class CheckList(BaseModel):
    items: list[CheckView] = Field(description="The newest first")


class LinkView(BaseModel):
    """The address of a work, and what was found there."""

    model_config = ConfigDict(from_attributes=True)

    work_id: UUID
    title: str | None
    publication_id: UUID | None
    url: str
    archive_url: str | None = Field(description="What readers are shown first where it is broken")
    verdict: str | None = Field(description="Null as long as nobody has looked")
    broken: bool
    checked_at: datetime | None
    next_check_at: datetime | None
    last_check: CheckView | None


class LinkPage(BaseModel):
    items: list[LinkView] = Field(description="The last looked at first")
    next: str | None = Field(description="Link to the next page")


class LinkSummary(BaseModel):
    """How the addresses of public works are."""

    by_verdict: dict[str, int] = Field(examples=[{"ok": 812, "not_found": 3}])
    checked: int
    broken: int
    without_archive: int = Field(description="Of the broken ones: nothing can be offered instead")
    due: int = Field(description="Whose time to be looked at has come")
