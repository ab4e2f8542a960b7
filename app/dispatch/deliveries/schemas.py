"""Deliveries and receipts as the desk API takes and shows them."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError

from app.dispatch.deliveries import host_keys
from app.dispatch.deliveries.parcel import KINDS, Kind, bucket_place, sftp_place
from app.dispatch.partners.schemas import FormatName
from app.editing.inputs import SOMETHING, Input, Switch, example
from app.editing.urls import Refused, web_url
from app.web.pages import PageQuery

_CHECKS = {"http": web_url, "s3": bucket_place, "sftp": sftp_place}


def _address(address: str) -> str:
    kind = KINDS.get(address.partition("://")[0])
    if kind is None:
        raise PydanticCustomError("delivery", "Must begin with https://, s3:// or sftp://user@.")
    try:
        _CHECKS[kind](address)
    except (ValueError, Refused) as error:
        said = str(error)
        reason = f"It {said}." if isinstance(error, Refused) else said
        raise PydanticCustomError("delivery", "{reason}", {"reason": reason}) from None
    return address


def _host_key(text: str) -> str:
    try:
        host_keys.read(text)
    except ValueError as error:
        raise PydanticCustomError("host_key", "{reason}", {"reason": str(error)}) from None
    return text.strip()


class DeliveryFields(Input):
    """All of a delivery: what is left out is emptied."""

    model_config = example(
        partner_id=SOMETHING,
        feed_id=SOMETHING,
        format="newsml",
        address="sftp://courier@sftp.partner.example/incoming/news.xml",
        secret="partner",  # noqa: S106
        host_key="sftp.partner.example ssh-ed25519 "
        "AAAAC3NzaC1lZDI1NTE5AAAAIJ3r0Yp8bJb6cQ1s0pZkOQm0pC0sYgqk4oD1n9m2b7aB",
    )

    partner_id: UUID
    feed_id: UUID = Field(description="A saved feed that the partner may have")
    format: FormatName
    address: Annotated[str, AfterValidator(_address)] = Field(
        max_length=2_000,
        description="Where it is pushed to: `https://…` gets a POST; "
        "`s3://bucket/folder/file.xml?endpoint=https://…&region=…` and "
        "`sftp://user@host:port/folder/file.xml` get a file, replaced as a whole each time",
        examples=["sftp://courier@sftp.partner.example/incoming/news.xml"],
    )
    secret: str | None = Field(
        default=None,
        pattern=r"^[A-Za-z0-9._-]{1,100}$",
        description="The name of one in `MASTHEAD_DELIVERY_SECRETS`. By HTTP it is optional, and "
        "signs what is sent (standardwebhooks.com)",
        examples=["partner"],
    )
    host_key: Annotated[str, AfterValidator(_host_key)] | None = Field(
        default=None,
        max_length=5_000,
        description="SFTP: the server's key, as `ssh-keyscan` prints it, or a line for each it may "
        "have. Have the partner confirm it: whoever shows it gets the feed",
    )
    active: Switch = True

    @property
    def kind(self) -> Kind:
        return KINDS[self.address.partition("://")[0]]


class ReceiptView(BaseModel):
    """What came of one push."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    at: datetime
    ok: bool
    seq: int = Field(description="The last public change that the feed showed")
    sha256: str | None = Field(description="Of what was sent; null: nothing was")
    bytes: int | None
    status: int | None = Field(description="What an HTTP server answered")
    reason: str | None = Field(description="Why it failed")
    attempts: int = Field(description="Which try in a row this was")


class DeliverySummary(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: UUID
    partner_id: UUID
    feed_id: UUID
    format: str
    kind: Kind
    address: str
    active: bool
    changed_at: datetime


class DeliveryView(DeliverySummary):
    secret: str | None
    host_key: str | None
    next_at: datetime | None = Field(
        description="When it is pushed next; null: what it shows was pushed, or was given up"
    )
    last: ReceiptView | None = Field(description="The last receipt")
    created_at: datetime


class DeliveryListQuery(PageQuery):
    partner: UUID | None = None
    feed: UUID | None = None


class DeliveryPage(BaseModel):
    items: list[DeliverySummary] = Field(description="The newest first")
    next: str | None = Field(description="Link to the next page")


class ReceiptListQuery(PageQuery):
    pass


class ReceiptPage(BaseModel):
    items: list[ReceiptView] = Field(description="The newest first, of the last 90 days")
    next: str | None = Field(description="Link to the next page")
