"""Works as the desk API takes and shows them."""

from datetime import date, datetime
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from app.editing.csl import CslExtra, CslName, CslNames, Role, Type
from app.editing.edtf import Day, Edtf
from app.editing.inputs import Input, Note, ShortLine, example
from app.editing.languages import Language
from app.editing.plain_fields import line
from app.editing.urls import WebUrl
from app.editing.works.identifiers import Identifier
from app.published import citation_words as words

Kind = Literal[words.WORK_KINDS]  # type: ignore[valid-type]
Status = Literal[words.WORK_STATUSES]  # type: ignore[valid-type]
Access = Literal[words.WORK_ACCESS]  # type: ignore[valid-type]
Visibility = Literal["public", "internal"]

Title = Annotated[str | None, Field(max_length=1_000), AfterValidator(line)]
Identifiers = Annotated[list[Identifier], Field(max_length=30)]


class _Fields(Input):
    csl_type: Type | None = Field(
        default=None, description="As CSL-JSON has it; left out, the usual one of the kind"
    )
    title: Title = Field(default=None, examples=["Harbour audit was kept secret, officials say"])
    title_original: Title = Field(default=None, description="Where `title` is a translation")
    publication_id: UUID | None = Field(default=None, description="Where it appeared")
    agency_id: UUID | None = Field(default=None, description="The agency that wrote it")
    via_id: UUID | None = Field(default=None, description="Who passed it on: a platform, a library")
    authors: CslNames = []
    contributors: dict[Role, CslNames] = Field(default={}, description="By their role in CSL")
    issued: Edtf | None = Field(default=None, description="When it appeared, as far as known: EDTF")
    accessed_on: Day | None = Field(default=None, description="When we read it there")
    url: WebUrl | None = Field(
        default=None, examples=["https://northgate-courier.example/2026/harbour-audit"]
    )
    identifiers: Identifiers = []
    number: ShortLine = Field(default=None, description="Of a report, a case, an issue, a law")
    volume: ShortLine = None
    section: ShortLine = None
    page: ShortLine = Field(default=None, examples=["1, 4-5"])
    edition: ShortLine = None
    place: ShortLine = None
    event_title: ShortLine = Field(default=None, description="Of a hearing, a conference")
    medium: ShortLine = None
    genre: ShortLine = None
    duration: Annotated[int, Field(strict=True, ge=0, le=10_000_000)] | None = Field(
        default=None, description="Seconds"
    )
    language: Language | None = None
    csl_extra: CslExtra = Field(default=CslExtra(), description="What else CSL-JSON can say of it")
    access: Access = "unknown"
    superseded_by_id: UUID | None = Field(default=None, description="The work that replaced it")
    archive_url: WebUrl | None = None
    archived_on: Day | None = None
    visibility: Visibility = Field(
        default="public",
        description="An internal one cannot be cited in public, and nobody is asked for its "
        "address",
    )
    note_internal: Note = None

    @model_validator(mode="after")
    def _is_sound(self) -> Self:
        named = (self.title, self.title_original, self.url, self.number, self.event_title)
        if not (any(named) or self.identifiers):
            raise PydanticCustomError(
                "nameless",
                "Give a `title`, a `url`, an identifier, a `number` or an `event_title`.",
            )
        if self.archived_on and not self.archive_url:
            raise PydanticCustomError("archive", "`archived_on` needs an `archive_url`.")
        return self


class WorkCreate(_Fields):
    model_config = example(
        kind="newspaper_article",
        title="Harbour audit was kept secret, officials say",
        authors=[{"family": "Okello", "given": "Sam"}],
        issued="2026-11-20",
        url="https://northgate-courier.example/2026/harbour-audit",
        identifiers=[{"scheme": "doi", "value": "10.5555/12345678"}],
    )

    kind: Literal[tuple(kind for kind in words.WORK_KINDS if kind != "own_article")] = Field(  # type: ignore[valid-type]
        examples=["newspaper_article"]
    )
    status: Status = "current"


class WorkReplace(_Fields):
    """All of a work: what is left out is emptied, but for the status."""

    model_config = example(kind="report", title="Audit of the harbour", number="114")

    kind: Kind = Field(description="Only a work made from an article can be an `own_article`")
    status: Status | None = Field(default=None, description="Left out: as it is")


class Archive(Input):
    model_config = example(archive_url="https://archive.example/1/harbour-audit")

    archive_url: WebUrl
    archived_on: Day | None = Field(default=None, description="Today where it is left out")


class IdentifierView(BaseModel):
    scheme: str
    value: str


class LinkState(BaseModel):
    """What was found at its address."""

    verdict: str | None
    broken: bool
    checked_at: datetime | None


class WorkSummary(BaseModel):
    """A work in a list."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    kind: str
    title: str | None
    publication_id: UUID | None
    authors: list[CslName]
    issued: str | None
    url: str | None
    identifiers: list[IdentifierView]
    status: str
    visibility: str
    article_id: UUID | None = Field(description="Where it is one of our own articles")
    changed_at: datetime


class WorkView(WorkSummary):
    csl_type: str
    title_original: str | None
    agency_id: UUID | None
    via_id: UUID | None
    contributors: dict[str, list[CslName]]
    accessed_on: date | None
    number: str | None
    volume: str | None
    section: str | None
    page: str | None
    edition: str | None
    place: str | None
    event_title: str | None
    medium: str | None
    genre: str | None
    duration: int | None
    language: str | None
    csl_extra: dict[str, Any]
    access: str
    superseded_by_id: UUID | None
    archive_url: str | None
    archived_on: date | None
    link: LinkState
    note_internal: str | None


class WorkPage(BaseModel):
    items: list[WorkSummary] = Field(description="The last changed first")
    next: str | None = Field(description="Link to the next page")


class Duplicate(BaseModel):
    """Another work that may be the same."""

    work: WorkSummary
    because: list[Literal["identifier", "url", "title"]] = Field(description="What they share")
    score: int = Field(description="100: the same identifier, address or title; less: alike")


class DuplicateList(BaseModel):
    items: list[Duplicate] = Field(description="The most alike first; at most 10")
