"""Publications as the desk API takes and shows them."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError

from app.editing.countries import Country
from app.editing.hosts import Host
from app.editing.inputs import Input, Name, Note, ShortName, example
from app.editing.languages import Language
from app.editing.urls import WebUrl
from app.published.citation_words import PUBLICATION_KINDS
from app.published.standard_ids import Issn, WikidataId
from app.web.pages import PageQuery

Kind = Literal[PUBLICATION_KINDS]  # type: ignore[valid-type]

MOST_ALIASES = 100
MOST_DOMAINS = 100
_PLACE = "{name}"


class Disclosure(Input):
    """A fact that readers should know, with where it can be checked. Not a score."""

    text: Name = Field(examples=["Owned by the state"])
    source_url: WebUrl


def _attribution(text: str) -> str:
    if text.count(_PLACE) != 1 or set("{}") & set(text.replace(_PLACE, "")):
        raise PydanticCustomError(
            "attribution", "Must have {place} once, and no other braces.", {"place": _PLACE}
        )
    return text


Attribution = Annotated[
    dict[Language, Annotated[Name, AfterValidator(_attribution)]],
    Field(
        max_length=100,
        description="How the name stands in a sentence, by language",
        examples=[{"en": "the {name}"}],
    ),
]


class PublicationCreate(Input):
    model_config = example(
        name="The Northgate Courier",
        short_name="Northgate Courier",
        kind="newspaper",
        domains=["northgate-courier.example"],
        country="GB",
        language="en",
        attribution={"en": "the {name}"},
    )

    name: Name = Field(examples=["The Northgate Courier"])
    short_name: ShortName = None
    kind: Kind = Field(examples=["newspaper"])
    homepage_url: WebUrl | None = None
    domains: list[Host] = Field(
        default=[],
        max_length=MOST_DOMAINS,
        description="Hosts at which it publishes, with all below them: works with an address there "
        "are taken for its own",
    )
    issn: list[Issn] = Field(default=[], max_length=20)
    wikidata_id: WikidataId | None = None
    country: Country | None = None
    language: Language | None = None
    parent_id: UUID | None = Field(default=None, description="The publication that it is part of")
    aliases: list[Name] = Field(
        default=[], max_length=MOST_ALIASES, description="Other names that it is found by"
    )
    disclosures: list[Disclosure] = Field(default=[], max_length=20)
    attribution: Attribution = {}
    note_internal: Note = None


class PublicationReplace(PublicationCreate):
    """All of a publication: what is left out is emptied."""


class PublicationSummary(BaseModel):
    """A publication in a list."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    name: str
    short_name: str | None
    kind: str
    domains: list[str]
    country: str | None
    language: str | None
    parent_id: UUID | None
    changed_at: datetime


class PublicationView(PublicationSummary):
    homepage_url: str | None
    issn: list[str]
    wikidata_id: str | None
    aliases: list[str]
    disclosures: list[Disclosure]
    attribution: dict[str, str]
    note_internal: str | None


class PublicationPage(BaseModel):
    items: list[PublicationSummary] = Field(description="In the order of their names")
    next: str | None = Field(description="Link to the next page")


class PublicationQuery(PageQuery):
    q: str | None = Field(
        default=None, min_length=1, max_length=200, description="Text in a name or a domain"
    )
    kind: Kind | None = None
