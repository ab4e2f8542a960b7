"""Partners as the desk API takes and shows them."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError

from app.editing.inputs import SOMETHING, Input, Name, ShortLine, Switch, example
from app.feeds.table import FORMATS
from app.identity.schemas import KeyName, KeyView
from app.web.moments import Moment
from app.web.pages import PageQuery

MOST_FEEDS = 200
LONGEST_REPORT = 92
"""Days."""


def _known(name: str) -> str:
    if name not in FORMATS:
        raise PydanticCustomError(
            "format", "There is no format of this name. Known are: {known}.",
            {"known": ", ".join(FORMATS)},
        )  # fmt: skip
    return name


FormatName = Annotated[
    str, Field(json_schema_extra={"enum": list(FORMATS)}, examples=["rss"]), AfterValidator(_known)
]


class Contact(Input):
    """Whom to ask at the partner's."""

    name: ShortLine = None
    email: str | None = Field(
        default=None,
        max_length=254,
        pattern=r"^[^@\s]{1,64}@[^@\s.]{1,63}(\.[^@\s.]{1,63})+$",
        examples=["feeds@partner.example"],
    )
    phone: ShortLine = None


def _distinct(values: list[UUID]) -> list[UUID]:
    return list(dict.fromkeys(values))


class PartnerFields(Input):
    """All of a partner: what is left out is emptied."""

    model_config = example(
        name="Northgate Aggregator",
        contact={"name": "Ines Valdo", "email": "feeds@partner.example"},
        plan="Headlines, 1,000 pulls a day",
        feed_ids=[SOMETHING],
        formats=["rss", "json"],
        quota_per_day=1000,
    )

    name: Name = Field(examples=["Northgate Aggregator"])
    contact: Contact = Contact()
    plan: ShortLine = Field(default=None, description="What was agreed, in your words")
    feed_ids: Annotated[list[UUID], AfterValidator(_distinct)] = Field(
        default=[],
        max_length=MOST_FEEDS,
        description="The saved feeds that it may have, public or not",
    )
    formats: list[FormatName] | None = Field(
        default=None, min_length=1, description="The formats that it may have; null: all"
    )
    quota_per_day: int | None = Field(
        default=None,
        strict=True,
        ge=1,
        le=1_000_000_000,
        description="How often it is answered in a day (UTC), 304s included; null: as often as it "
        "likes",
    )
    active: Switch = Field(
        default=True, description="Or nothing is answered, and nothing pushed, until it is again"
    )


class PartnerSummary(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: UUID
    name: str
    plan: str | None
    quota_per_day: int | None
    active: bool
    changed_at: datetime


class PartnerFeedLinks(BaseModel):
    id: UUID
    slug: str
    title: str
    addresses: dict[str, str] = Field(
        description="By format, where the partner pulls it with its key"
    )


class PartnerView(PartnerSummary):
    contact: Contact
    feed_ids: list[UUID]
    formats: list[str] | None
    feeds: list[PartnerFeedLinks]
    created_at: datetime


class PartnerPage(BaseModel):
    items: list[PartnerSummary] = Field(description="In the order of their names")
    next: str | None = Field(description="Link to the next page")


class PartnerKeyCreate(Input):
    model_config = example(name="Their crawler")

    name: KeyName = Field(examples=["Their crawler"])
    expires_at: Moment | None = None


class PartnerKeyList(BaseModel):
    items: list[KeyView] = Field(description="The newest first, revoked and expired ones too")


class UsageQuery(BaseModel):
    model_config = ConfigDict(extra="forbid")

    since: date | None = Field(default=None, description="Left out: 30 days before `until`")
    until: date | None = Field(default=None, description="Included. Left out: today (UTC)")


class FeedUsage(BaseModel):
    feed: str = Field(description="Its slug then")
    format: str
    requests: int
    not_modified: int = Field(description="Those among them that were answered 304")
    bytes: int


class DayUsage(BaseModel):
    day: date
    requests: int
    refused: int = Field(description="Answered 429: the quota was used up")
    feeds: list[FeedUsage]


class UsageTotal(BaseModel):
    requests: int
    refused: int
    not_modified: int
    bytes: int


class UsageReport(BaseModel):
    partner_id: UUID
    since: date
    until: date
    total: UsageTotal
    days: list[DayUsage] = Field(description="Those on which it asked for anything, newest first")


class PartnerListQuery(PageQuery):
    pass
