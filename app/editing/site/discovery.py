"""What the site tells crawlers, trust registers and browsers, as the desk API takes it."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from app.editing.inputs import Input, example, filled_line
from app.editing.urls import WebUrl

SEARCH_TERMS = "{searchTerms}"


def _searches(url: str) -> str:
    if url.count(SEARCH_TERMS) != 1:
        raise PydanticCustomError("search_url", "Must have {{searchTerms}} in it, once.")
    return url


SearchUrl = Annotated[WebUrl, AfterValidator(_searches)]
"""The site's own page of search results; `{searchTerms}` stands for the words."""

Refused = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,59}$")]
PathPrefix = Annotated[str, Field(max_length=500, pattern=r"^/[!-\"$-~]*$")]


class Robots(Input):
    """What is asked of crawlers, on the host of the pages (RFC 9309)."""

    model_config = example(disallow=["/search"], refused=["Bytespider"], data_training="reserved")

    disallow: list[PathPrefix] = Field(
        default=[],
        max_length=200,
        description="Where none should go: what paths begin with. `*` stands for anything, `$` at "
        "the end for the end",
    )
    refused: list[Refused] = Field(
        default=[], max_length=200, description="Crawlers that should stay away, by their names"
    )
    data_training: Literal["allowed", "reserved"] | None = Field(
        default=None,
        description="Whether machines may be trained with what is published; null where nobody "
        "said so. `reserved` asks the crawlers that are known to collect for that to stay away",
    )


_Urls = Annotated[list[WebUrl], Field(max_length=200)]
Contact = Annotated[str, Field(min_length=1, max_length=300), AfterValidator(filled_line)]


class Trust(Input):
    """Who the site belongs with, by the names of trust.txt (journallist.net)."""

    model_config = example(
        belongto=["https://association.example.org"], social=["https://social.example.org/@bay"]
    )

    member: _Urls = Field(default=[], description="Members of this association")
    belongto: _Urls = Field(default=[], description="Associations that the site belongs to")
    control: _Urls = Field(default=[], description="Other sites that the publisher controls")
    controlledby: list[WebUrl] = Field(
        default=[], max_length=1, description="Who controls the publisher"
    )
    social: _Urls = Field(default=[], description="Its own accounts elsewhere")
    vendor: _Urls = []
    customer: _Urls = []
    disclosure: _Urls = Field(default=[], description="Where it tells of ownership and the like")
    contact: list[Contact] = Field(
        default=[], max_length=20, examples=[["desk@example.org"]], description="How to reach it"
    )
