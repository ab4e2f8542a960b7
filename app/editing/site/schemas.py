"""The site and its editions as the desk API takes and shows them."""

import re
from datetime import datetime
from functools import lru_cache
from typing import Annotated, Literal
from uuid import UUID
from zoneinfo import available_timezones

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, field_validator
from pydantic_core import PydanticCustomError

from app.editing.inputs import Input, Name, Position, ShortLine, Switch, Text, example
from app.editing.languages import Direction, Language
from app.editing.pictures import Picture
from app.editing.site.bases import BaseUrl
from app.editing.site.discovery import Robots, SearchUrl, Trust
from app.editing.site.patterns import DEFAULT, PathPattern
from app.editing.slugs import is_slug
from app.editing.urls import WebUrl

History = Literal["none", "corrections", "all"]

_EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s.]{1,63}(\.[^@\s.]{1,63})+")


class Publisher(Input):
    name: Name
    legal_name: ShortLine = None
    url: WebUrl | None = None
    email: str | None = Field(default=None, max_length=254, examples=["desk@example.org"])
    postal_address: Text = None
    logo: Picture | None = None

    @field_validator("email")
    @classmethod
    def _is_an_address(cls, email: str | None) -> str | None:
        if email is not None and not _EMAIL.fullmatch(email):
            raise PydanticCustomError("email", "Must be an e-mail address.")
        return email


class Address(Input):
    """A set of bases where the site can be reached."""

    kind: Literal["canonical", "mirror", "onion", "archive"]
    priority: Position = Field(default=0, description="Clients try the lowest first")
    web: BaseUrl
    api: BaseUrl
    media: BaseUrl


class IndexNow(Input):
    """Search engines that are told of each new, changed and removed page (indexnow.org)."""

    key: str = Field(
        pattern=r"^[A-Za-z0-9-]{8,128}$",
        description="Any text of yours. It is public: engines look for it at `/indexnow-key.txt` "
        "on the host of the pages",
        examples=["5b0c7a9e3f1d4c559d0a6f2f8f5f7d11"],
    )
    endpoint: WebUrl = Field(
        default="https://api.indexnow.org/indexnow",
        description="One engine is enough: they tell each other",
    )


HubUrl = Annotated[WebUrl, Field(max_length=500)]
"""No longer: what a hub is to be told is kept under its address and that of a feed."""

PolicyKind = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{0,59}$")]


class SiteReplace(Input):
    model_config = example(
        name="The Kestrel Bay Courier",
        publisher={"name": "Kestrel Bay Press", "email": "desk@example.org"},
        addresses=[
            {
                "kind": "canonical",
                "web": "https://www.example.org",
                "api": "https://api.example.org",
                "media": "https://media.example.org",
            }
        ],
    )

    name: Name = Field(examples=["The Kestrel Bay Courier"])
    tagline: ShortLine = None
    publisher: Publisher
    policies: dict[PolicyKind, WebUrl] = Field(
        default={},
        max_length=40,
        description="Where each policy can be read, by kind",
        examples=[{"corrections": "https://www.example.org/corrections"}],
    )
    history: History = Field(
        default="corrections",
        description="Which earlier versions of articles readers can see: none, those with a "
        "correction, or all",
    )
    addresses: list[Address] = Field(min_length=1, max_length=20)
    hubs: list[HubUrl] = Field(
        default=[],
        max_length=10,
        description="WebSub hubs: feeds name them, and they are pinged when a feed changes",
        examples=[["https://hub.example.org/"]],
    )
    index_now: IndexNow | None = None
    search_url: SearchUrl | None = Field(
        default=None,
        description="The site's own search: browsers and search engines offer it",
        examples=["https://www.example.org/search?q={searchTerms}"],
    )
    robots: Robots = Field(default=Robots(), description="For `/robots.txt`")
    trust: Trust = Field(default=Trust(), description="For `/trust.txt`")

    @field_validator("addresses")
    @classmethod
    def _one_is_canonical(cls, addresses: list[Address]) -> list[Address]:
        if sum(address.kind == "canonical" for address in addresses) != 1:
            raise PydanticCustomError("canonical", "Exactly one address must be canonical.")
        return addresses

    @field_validator("hubs")
    @classmethod
    def _hubs_differ(cls, hubs: list[str]) -> list[str]:
        return list(dict.fromkeys(hubs))


class SiteView(SiteReplace):
    model_config = ConfigDict(from_attributes=True, json_schema_extra=None)

    id: UUID
    changed_at: datetime


@lru_cache(maxsize=1)
def _time_zones() -> frozenset[str]:
    return frozenset(available_timezones())


def _time_zone(key: str) -> str:
    if key not in _time_zones():
        raise PydanticCustomError(
            "time_zone", "Must be the name of a time zone (IANA), such as Europe/London."
        )
    return key


def _path_prefix(prefix: str) -> str:
    if prefix and not all(is_slug(part) for part in prefix.removeprefix("/").split("/")):
        raise PydanticCustomError(
            "path_prefix",
            "Must be empty, or parts such as /fr that begin with a slash, of lower-case letters, "
            "digits and hyphens; some words are reserved.",
        )
    return prefix


class EditionReplace(Input):
    model_config = example(
        name="Français", language="fr", time_zone="Europe/Paris", path_prefix="/fr"
    )

    name: Name = Field(examples=["Français"])
    language: Language
    direction: Direction | None = Field(
        default=None, description="Otherwise as the language is written"
    )
    time_zone: Annotated[str, AfterValidator(_time_zone)] = Field(
        default="UTC", max_length=60, examples=["Europe/Paris"]
    )
    path_prefix: Annotated[str, AfterValidator(_path_prefix)] = Field(
        max_length=60,
        pattern="^(/[^/]+)*$",
        description="What the paths of this edition begin with; empty for one of them",
        examples=["/fr"],
    )
    base_url: BaseUrl | None = Field(
        default=None, description="Where it has a host of its own; otherwise the canonical address"
    )
    path_pattern: PathPattern = DEFAULT
    is_default: Switch | None = Field(
        default=None,
        description="One edition is the default one: set another to move it. Left out: as it is",
    )
    position: Position | None = Field(default=None, description="Left out: as it is, or the last")


class EditionCreate(EditionReplace):
    model_config = example(
        code="fr", name="Français", language="fr", time_zone="Europe/Paris", path_prefix="/fr"
    )

    code: str = Field(
        max_length=35,
        pattern=r"^[a-z]{2,3}(-[a-z0-9]{2,8})*$",
        description="Its name in addresses and queries, for good",
        examples=["fr", "en-gb"],
    )


class EditionView(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: UUID
    code: str
    name: str
    language: str
    direction: Direction
    time_zone: str
    path_prefix: str
    base_url: str | None
    path_pattern: str
    is_default: bool
    position: int
    changed_at: datetime


class EditionList(BaseModel):
    items: list[EditionView] = Field(description="In the order of their positions")
    next: None = Field(default=None, description="All are in one answer")
