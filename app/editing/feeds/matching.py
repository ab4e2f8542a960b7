"""PURE: whether an article belongs into a saved feed."""

from dataclasses import dataclass
from uuid import UUID

from app.editing.feeds.schemas import FeedQuery


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What is public of an article, as far as feeds ask for it.

    `keys` are the lists that it is in: its sections and those above them, topics, people, series.
    """

    keys: frozenset[UUID]
    edition: str
    language: str
    format: str
    genre: str
    has_video: bool
    may_be_syndicated: bool


def matches(query: FeedQuery, facts: Facts) -> bool:
    """Each field that is not empty asks for one of its values, and all fields must agree."""
    named = (query.section_ids, query.topic_ids, query.person_ids, query.series_ids)
    return (
        all(not wanted or not facts.keys.isdisjoint(wanted) for wanted in named)
        and _is_one_of(query.editions or [], facts.edition)
        and _is_one_of(query.genres, facts.genre)
        and _is_one_of(query.formats, facts.format)
        and _is_in(query.languages, facts.language)
        and query.has_video in (None, facts.has_video)
        and (facts.may_be_syndicated or not query.syndication)
    )


def _is_one_of(wanted: list[str], value: str) -> bool:
    return not wanted or value in wanted


def _is_in(languages: list[str], language: str) -> bool:
    """`en` asks for `en-GB`, too."""
    return not languages or any(
        language == wanted or language.startswith(f"{wanted}-") for wanted in languages
    )
