"""What the desk takes to make a work of, and what it suggests."""

from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, Field, model_validator
from pydantic_core import PydanticCustomError

from app.editing.inputs import Input, Switch, example
from app.editing.urls import WebUrl
from app.editing.works import references
from app.editing.works.schemas import Duplicate

LARGEST_PAGE = 2_000_000

WarningCode = Literal[
    "unreachable", "status", "not_html", "captcha", "login", "consent", "not_found", "corrected",
    "nothing_to_fetch", "unknown_publication", "nothing_found",
]  # fmt: skip


class ResolveRequest(Input):
    model_config = example(
        url="https://northgate-courier.example/2026/harbour-audit",
        html="<!doctype html><title>Harbour audit was kept secret</title>",
    )

    url: WebUrl | None = None
    html: Annotated[str, Field(max_length=LARGEST_PAGE)] | None = Field(
        default=None, description="The page there, as a browser has it: then it is not fetched"
    )
    text: Annotated[str, Field(max_length=references.LONGEST)] | None = Field(
        default=None,
        description="A reference in words, a DOI, an ISBN, an address",
        examples=["doi:10.5555/12345678"],
    )
    fetch: Switch = Field(
        default=False,
        description="Whether to ask for the page at the address, or for what the DOI's registry "
        "knows. Whoever runs that server sees it",
    )

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not (self.url or self.html or self.text):
            raise PydanticCustomError("nothing", "Give a `url`, `html` or `text`.")
        return self


class Suggestion(BaseModel):
    value: Any
    source: str = Field(
        description="Where it was found", examples=["json-ld", "og:title", "link rel=canonical"]
    )


class ResolveWarning(BaseModel):
    """What an editor should know before trusting it."""

    code: WarningCode
    detail: str


class Resolved(BaseModel):
    """Suggestions; nothing is kept of them."""

    suggestions: dict[str, list[Suggestion]] = Field(
        description="By field of a work, the best guess first; `publication` is its name, where "
        "it is said"
    )
    best: dict[str, Any] | None = Field(
        description="The best guesses as a draft for POST /desk/works; null where there is nothing "
        "to name a work by"
    )
    warnings: list[ResolveWarning]
    duplicates: list[Duplicate] = Field(description="Works that it may be already")
