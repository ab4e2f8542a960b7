"""The parameters of the list of articles."""

import re
from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated, Any
from urllib.parse import quote

from pydantic import AfterValidator, AwareDatetime, BeforeValidator, Field, WithJsonSchema

from app.delivery.routing import Given, QueryModel
from app.published.document import FORMATS, GENRES

MOST_IDS = 100
USUAL_LIMIT, MOST_ON_A_PAGE = 20, 100


class Order(StrEnum):
    NEWEST = "newest"
    OLDEST = "oldest"
    UPDATED = "updated"


def _spelled(pattern: str, wrong: str) -> BeforeValidator:
    """Only one spelling of a value: `1e1` is no limit, and `yes` is not true."""
    form = re.compile(pattern)

    def check(text: Any) -> Any:
        if isinstance(text, str) and not form.fullmatch(text):
            raise ValueError(wrong)
        return text

    return BeforeValidator(check)


def _in_utc(moment: datetime) -> datetime:
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        raise ValueError("Too far from now.") from None


_UUID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_LANGUAGE = "[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*"

_FORMATS, _GENRES = ", ".join(FORMATS), ", ".join(GENRES)
_FORMAT = f"({'|'.join(FORMATS)})"
_GENRE = f"({'|'.join(GENRES)})"

Name = Annotated[str, Field(min_length=1, max_length=400)]
Limit = Annotated[int, _spelled("[0-9]{1,4}", "Must be a number.")]
Truth = Annotated[bool, _spelled("true|false", "Must be true or false.")]
Moment = Annotated[
    AwareDatetime,
    _spelled(
        r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?(Z|[+-]\d\d:\d\d)",
        "Must be written like 2026-11-20T00:00:00Z.",
    ),
    AfterValidator(_in_utc),
    WithJsonSchema({"type": "string", "format": "date-time"}),
]
Format = Annotated[
    str,
    _spelled(_FORMAT, f"Must be one of {_FORMATS}."),
    Field(json_schema_extra={"pattern": f"^{_FORMAT}$"}),
]
Genres = Annotated[
    str,
    _spelled(f"{_GENRE}(,{_GENRE})*", f"Must be one or several of {_GENRES}."),
    Field(json_schema_extra={"pattern": f"^{_GENRE}(,{_GENRE})*$"}, max_length=300),
]
Language = Annotated[str, Field(pattern=f"^{_LANGUAGE}$", max_length=35)]
Ids = Annotated[str, Field(pattern=f"^{_UUID}(,{_UUID})*$", max_length=MOST_IDS * 37 - 1)]
External = Annotated[str, Field(pattern="^[^:]+:.+$", max_length=400)]


class ListQuery(QueryModel):
    """One of section, topic and person, with one of format, genre, language and has_video and a
    span of time, is always quick. What combines more is answered if that can be done quickly."""

    edition: Given[Name] = Field(default=None, description="Code of an edition", examples=["en"])
    section: Given[Name] = Field(
        default=None,
        description="Id or path of a section: the articles in it and in all below it. A path is "
        "one within `edition` (or the default edition), or a full one.",
        examples=["news/harbour"],
    )
    person: Given[Name] = Field(
        default=None, description="Id or slug of a person with a byline", examples=["thea-lorimark"]
    )
    topic: Given[Name] = Field(default=None, description="Id or slug of a topic")
    not_topic: Given[Name] = Field(
        default=None, description="Id or slug of a topic that they must not have"
    )
    format: Given[Format] = Field(default=None, description=_FORMATS, examples=["video"])
    genre: Given[Genres] = Field(
        default=None,
        description=f"One or several, separated by commas: {_GENRES}",
        examples=["analysis,opinion"],
    )
    language: Given[Language] = Field(
        default=None, description="BCP 47, as in the cards", examples=["en-GB"]
    )
    since: Given[Moment] = Field(
        default=None, description="Published then or later (RFC 3339)",
        examples=["2026-11-01T00:00:00Z"],
    )  # fmt: skip
    until: Given[Moment] = Field(
        default=None, description="Published before that (RFC 3339)",
        examples=["2026-12-01T00:00:00Z"],
    )  # fmt: skip
    has_video: Given[Truth] = Field(
        default=None, description="Whether there is something to watch", examples=[True]
    )
    ids: Given[Ids] = Field(
        default=None,
        description=f"Up to {MOST_IDS} ids, separated by commas: these, in this order. What is "
        "not there, or no longer, is left out. Stands alone.",
    )
    external: Given[External] = Field(
        default=None,
        description="`system:id`, the id of one article in another system. Stands alone.",
        examples=["wordpress:1787"],
    )
    order: Order = Field(
        default=Order.NEWEST,
        description="`newest` or `oldest` by publication; `updated`: the last updated first",
    )
    limit: Limit = Field(default=USUAL_LIMIT, ge=1, le=MOST_ON_A_PAGE, description="Most on a page")
    cursor: Given[str] = Field(
        default=None, max_length=2000, description="Where to go on: from `next`, never made up"
    )

    @property
    def genres(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self.genre.split(","))) if self.genre else ()

    @property
    def wanted_ids(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self.ids.split(","))) if self.ids else ()


_FILTERS = tuple(name for name in ListQuery.model_fields if name not in ("limit", "cursor"))


def spelled_out(query: ListQuery) -> str:
    """The query in one spelling, without its place in the list and the size of its pages."""
    values = {name: getattr(query, name) for name in _FILTERS if name in query.model_fields_set}
    return "&".join(
        f"{name}={quote(_text(value), safe=',:/')}"
        for name, value in values.items()
        if value not in (None, Order.NEWEST)
    )


def _text(value: Any) -> str:
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    return str(value).lower() if isinstance(value, bool) else str(value)
