"""The words of CSL-JSON (the Citation Style Language's items) that works and speakers use.

What has a field of its own at the desk (title, issued, URL, DOI, …) cannot be sent as an extra.
"""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, create_model, model_validator
from pydantic_core import PydanticCustomError

from app.editing.inputs import Input, ShortLine
from app.editing.plain_fields import line, prose

TYPES = (
    "article", "article-journal", "article-magazine", "article-newspaper", "bill", "book",
    "broadcast", "chapter", "classic", "collection", "dataset", "document", "entry",
    "entry-dictionary", "entry-encyclopedia", "event", "figure", "graphic", "hearing", "interview",
    "legal_case", "legislation", "manuscript", "map", "motion_picture", "musical_score", "pamphlet",
    "paper-conference", "patent", "performance", "periodical", "personal_communication", "post",
    "post-weblog", "regulation", "report", "review", "review-book", "software", "song", "speech",
    "standard", "thesis", "treaty", "webpage",
)  # fmt: skip
CONTRIBUTORS = (
    "chair", "collection-editor", "compiler", "composer", "container-author", "contributor",
    "curator", "director", "editor", "editorial-director", "executive-producer", "guest", "host",
    "illustrator", "interviewer", "narrator", "organizer", "original-author", "performer",
    "producer", "recipient", "reviewed-author", "script-writer", "series-creator", "translator",
)  # fmt: skip
"""Roles besides the author."""

TEXTS = (
    "archive", "archive_collection", "archive_location", "archive-place", "authority",
    "call-number", "collection-title", "container-title", "container-title-short", "dimensions",
    "division", "event-place", "journalAbbreviation", "jurisdiction", "keyword",
    "original-publisher", "original-publisher-place", "part-title", "publisher",
    "reviewed-genre", "reviewed-title", "scale", "shortTitle", "source", "title-short", "version",
    "volume-title", "volume-title-short", "year-suffix",
)  # fmt: skip
LONG_TEXTS = ("abstract", "annote", "note", "references")
NUMBERS = (
    "chapter-number", "collection-number", "issue", "number-of-pages", "number-of-volumes",
    "page-first", "part", "printing", "supplement",
)  # fmt: skip
DATES = ("available-date", "event-date", "original-date", "submitted")


class CslName(Input):
    """A name in its parts, or whole as `literal`: of organisations, and where nobody is sure."""

    family: ShortLine = Field(default=None, examples=["Valdo"])
    given: ShortLine = Field(default=None, examples=["Ines"])
    dropping_particle: ShortLine = Field(default=None, alias="dropping-particle")
    non_dropping_particle: ShortLine = Field(default=None, alias="non-dropping-particle")
    suffix: ShortLine = None
    literal: ShortLine = None

    @model_validator(mode="after")
    def _is_one_name(self) -> "CslName":
        in_parts = any(
            (self.family, self.given, self.dropping_particle, self.non_dropping_particle,
             self.suffix)
        )  # fmt: skip
        named = bool(self.family or self.given)
        if in_parts != named or named == bool(self.literal):
            raise PydanticCustomError(
                "csl_name", "Give `family` or `given` or both, or else `literal` alone."
            )
        return self

    @property
    def shown(self) -> str:
        """As it stands under a headline: Ines van der Valdo."""
        if self.literal:
            return self.literal
        parts = (
            self.given, self.dropping_particle, self.non_dropping_particle, self.family,
            self.suffix,
        )  # fmt: skip
        return " ".join(part for part in parts if part)

    def stored(self) -> dict[str, Any]:
        """As CSL-JSON has it: only the parts that there are."""
        return self.model_dump(by_alias=True, exclude_none=True)


def _day(parts: list[int]) -> list[int]:
    """Year, month, day: as far as they are known."""
    try:
        date(*[*parts, 1, 1][:3])
    except ValueError:
        raise PydanticCustomError("date_parts", "Must be a year, a month and a day.") from None
    return parts


_Day = Annotated[
    list[Annotated[int, Field(strict=True, ge=1, le=9999)]],
    Field(min_length=1, max_length=3),
    AfterValidator(_day),
]


class CslDate(Input):
    """A day, a month or a year; two of them are a span."""

    date_parts: list[_Day] = Field(
        alias="date-parts", min_length=1, max_length=2, examples=[[[2026, 11, 20]]]
    )
    circa: Annotated[bool, Field(strict=True)] | None = None


Type = Literal[TYPES]  # type: ignore[valid-type]
Role = Literal[CONTRIBUTORS]  # type: ignore[valid-type]
CslNames = Annotated[list[CslName], Field(max_length=200)]

_Text = Annotated[str, Field(max_length=2_000), AfterValidator(line)]
_LongText = Annotated[str, Field(max_length=20_000), AfterValidator(prose)]
_Number = (
    Annotated[int, Field(strict=True, ge=0, le=10**12)]
    | Annotated[str, Field(max_length=300), AfterValidator(line)]
)


def _extras(names: tuple[str, ...], kind: Any) -> dict[str, Any]:
    return {
        name.replace("-", "_"): (kind | None, Field(default=None, alias=name)) for name in names
    }


CslExtra: type[Input] = create_model(
    "CslExtra",
    __base__=Input,
    __doc__="What CSL-JSON can say of an item besides.",
    **_extras(TEXTS, _Text),
    **_extras(LONG_TEXTS, _LongText),
    **_extras(NUMBERS, _Number),
    **_extras(DATES, CslDate),
)
