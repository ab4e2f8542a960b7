"""PURE: from a piece of the demo to the article that the desk takes."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from pydantic import ValidationError

from app.editing.articles.schemas import ArticleSave
from app.editing.external_ids import ExternalIdInput
from app.exchange.demo import citing
from app.exchange.demo.linking import linked
from app.exchange.demo.parsing import Fields, Unreadable, faults
from app.exchange.demo.placing import Places
from app.exchange.demo.reading import Newsroom, Piece

NAME = "demo"
"""The system whose external ids the articles have."""

WEEK = timedelta(weeks=1)

Articles = Mapping[tuple[str, str], UUID]
"""Ids of articles by edition and key."""


def external_id(piece: Piece) -> str:
    return f"{piece.edition}/{piece.key}"


def article(piece: Piece, places: Places, articles: Articles, *, back: timedelta) -> ArticleSave:
    """The article, related to those of `articles` that it names. All dates move `back` in time.

    Raises Unreadable, naming the file and the fields that are wrong.
    """
    related = [articles.get((piece.edition, key)) for key in piece.related]
    named = {"asset": places.assets, "series": places.series}
    fields = linked(_earlier(_with_ids(piece), back), named) | {
        "section_id": places.sections[piece.edition, piece.section],
        "section_ids": [places.sections[piece.edition, path] for path in piece.sections],
        "topic_ids": [places.topics[slug] for slug in piece.topics],
        "bylines": [_byline(byline, places) for byline in piece.bylines],
        "related_ids": [identity for identity in related if identity],
        "citations": citing.citations(piece, places.shelf, external_id(piece), back=back),
        "external_ids": [ExternalIdInput(system=NAME, id=external_id(piece))],
    }
    try:
        return ArticleSave.model_validate(fields)
    except ValidationError as error:
        raise Unreadable(f"{external_id(piece)}.md: {faults(error)}") from None


def weeks_back(newsroom: Newsroom, now: datetime) -> timedelta:
    """How far all dates must move for none to be in the future: whole weeks, for the weekdays."""
    newest = max(moment for piece in newsroom.pieces for moment in _moments(piece.fields))
    return max(0, -((now - newest) // WEEK)) * WEEK


def _byline(byline: Fields, places: Places) -> Fields:
    fields = dict(byline)
    if "person" in fields:
        fields["person_id"] = places.people[fields.pop("person")]
    return fields


def _with_ids(piece: Piece) -> Fields:
    """The fields with ids for the corrections that are the same each time."""
    corrections = [
        {"id": uuid5(NAMESPACE_URL, f"{NAME}:{external_id(piece)}/corrections/{number}"), **one}
        for number, one in enumerate(piece.fields.get("corrections", []))
    ]
    return piece.fields | ({"corrections": corrections} if corrections else {})


def _earlier(fields: Fields, back: timedelta) -> Fields:
    moved: Fields = {
        name: value - back if isinstance(value, datetime) else value
        for name, value in fields.items()
    }
    if "corrections" in moved:
        moved["corrections"] = [_earlier(one, back) for one in moved["corrections"]]
    return moved


def _moments(fields: Fields) -> list[datetime]:
    inner: list[Any] = [fields, *fields.get("corrections", [])]
    return [value for one in inner for value in one.values() if isinstance(value, datetime)]
