"""The newsroom's own style: one line for each citation, as a reader would be told.

Who said it, where it was reported, when, through whom. A line is made of pieces, so that each
writer can escape and mark up what comes from outside.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from app.published.citations import Citation, Hop, Link, Notice, Source, WorkRef
from app.publishing.bibliography.custom import own
from app.publishing.bibliography.relays import beyond, relay, source_of
from app.publishing.bibliography.wording.words import Words, date_text

AUTHORS_FIRST = frozenset({"book", "interview", "photo", "social_post", "speech"})
"""Kinds of works that are known by who made them. Others are known by where they stand."""

ELSEWHERE = frozenset({"other", "press_report", "published_work"})
"""Channels that say no more than the report does through which it came."""

REPORTS = frozenset(
    {"book", "broadcast_segment", "journal_article", "newspaper_article", "own_article",
     "podcast_episode", "web_page", "wire_item"}
)  # fmt: skip
"""Kinds of works that quote others. In a release or a transcript somebody speaks for themselves."""

QUOTED = frozenset({"direct", "partial_direct"})
FATES = {
    "clarification": "updated",
    "concern": "expression_of_concern",
    "correction": "corrected",
    "editors_note": "updated",
    "retraction": "retracted",
    "update": "updated",
    "withdrawal": "withdrawn",
}
"""What a work is after such an event."""


@dataclass(frozen=True)
class Piece:
    """Some text of a line. What is no phrase comes from outside, maybe in another script."""

    text: str
    role: Literal["phrase", "name", "title", "notice"] = "phrase"
    language: str | None = None
    link: Link | None = None


Segment = list[Piece]


def line(citation: Citation, words: Words, work: WorkRef | None) -> list[Piece]:
    """`work` is what was read for it (`relays.works_read`)."""
    segments = list(_segments(citation, words, work)) or [[Piece(_bare(citation, words))]]
    if citation.suffix:
        segments.append([Piece(citation.suffix, "name")])
    pieces = [
        piece
        for place, segment in enumerate(segments)
        for piece in (*([Piece(words.comma)] if place else []), *segment)
    ]
    see = [Piece(citation.prefix, "name"), Piece(" ")] if citation.prefix else []
    return see + pieces


def origins(citation: Citation, words: Words, work: WorkRef) -> Iterator[str]:
    """What stands behind the work: who is quoted in it, whom it cites."""
    source = source_of(citation)
    if source is not None and source.label not in work.authors:
        yield words.quoting.format(source.label)
    for relation, hop in beyond(citation):
        told = notice_text("current", hop.notice, words)
        yield _through(relation, words).format(hop.label) + (f" ({told})" if told else "")


def notice_text(status: str, notice: Notice | None, words: Words) -> str | None:
    """Corrected 21 November 2026; None where nothing has happened to it."""
    event = FATES.get(notice.type, "") if notice else ""
    told = words.statuses.get(status) or words.statuses.get(event)
    day = notice.occurred_on if notice else None
    if not told or not day:
        return told
    when = words.on if len(day) == len("2026-11-21") else words.during
    return f"{told} {when.format(date_text(day, words))}"


def _segments(citation: Citation, words: Words, work: WorkRef | None) -> Iterator[Segment]:
    source, heard_from, statement = source_of(citation), relay(citation), citation.statement
    if source is not None:
        yield from _who(source, words)
    if source is not None and statement is not None:
        how = words.forms.get(statement.form) or words.channels.get(statement.channel)
        if how and not (heard_from and statement.channel in ELSEWHERE):
            yield [Piece(how)]
    where = _where(citation, words, work, heard_from)
    if where and source is not None and heard_from and _is_report(citation, work):
        quoted = statement is not None and statement.form in QUOTED
        where[0] = _around(words.quoted_by if quoted else words.reported_by, where[0])
    yield from where
    if work is None and statement is not None and statement.said_on:
        yield [Piece(date_text(statement.said_on, words))]
    for relation, hop in beyond(citation):
        named = _around(_through(relation, words), [Piece(hop.label, "name")])
        yield named + _fate("current", hop.notice, words)


def _is_report(citation: Citation, work: WorkRef | None) -> bool:
    """Whether others tell what was said."""
    channel = citation.statement.channel if citation.statement else None
    return work is None or work.type in REPORTS or channel in ELSEWHERE


def _who(source: Source, words: Words) -> Iterator[Segment]:
    who = [Piece(source.label, "name")]
    if source.anonymity_reason:
        reason = [Piece(source.anonymity_reason, "name")]
        who += [Piece(" ("), *_around(words.withheld, reason), Piece(")")]
    yield who
    if source.role:
        first, space, rest = source.role.partition(" ")
        lowered = first.lower() if first.lower() in words.lowered else first
        yield [Piece(lowered + space + rest, "name")]


def _where(
    citation: Citation, words: Words, work: WorkRef | None, heard_from: Hop | None
) -> list[Segment]:
    """What to look for, and when it was issued."""
    if work is None:
        told = _fate("current", heard_from.notice, words) if heard_from else []
        return [[Piece(heard_from.label, "name"), *told]] if heard_from else []
    source = source_of(citation)
    named = {hop.label for _, hop in beyond(citation)} | ({source.label} if source else set())
    segments = list(_work(work, words, named))
    if work.issued:
        segments.append([Piece(date_text(work.issued, words))])
    if citation.locator:
        template = words.locators.get(citation.locator.label, "{}")
        segments.append(_around(template, [Piece(citation.locator.value, "name")]))
    if fate := _fate(work.status, work.notice, words):
        segments[-1:] = [[*segments[-1], *fate]] if segments else [fate]
    return segments


def _fate(status: str, notice: Notice | None, words: Words) -> Segment:
    told = notice_text(status, notice, words)
    link = Link(url=notice.url) if notice and notice.url else None
    return [Piece(" ("), Piece(told, "notice", link=link), Piece(")")] if told else []


def _work(work: WorkRef, words: Words, named: set[str]) -> Iterator[Segment]:
    """Who made it or carries it, under which title; the link is on the title where there is one.

    Whoever is `named` elsewhere in the line is not named again.
    """
    outlet = work.publication.name if work.publication else _issuer(work)
    authors = [name for name in work.authors if name not in named]
    first = authors if work.type in AUTHORS_FIRST or outlet is None else []
    names = [*first, *([outlet] if outlet and not first else [])]
    for name in names:
        yield [Piece(name, "name", link=None if work.title else work.link)]
    if work.title:
        yield _around(words.quotes, [Piece(work.title, "title", work.language, work.link)])
    if outlet and first:
        yield [Piece(outlet, "name")]
    for template, role in ((words.agency, "agency"), (words.via, "via")):
        name = own(work.csl, role)
        if isinstance(name, str) and name not in (outlet, *names, *named):
            yield _around(template, [Piece(name, "name")])


def _issuer(work: WorkRef) -> str | None:
    fields = ("container-title", "publisher", "authority")
    return next((work.csl[field] for field in fields if field in work.csl), None)


def _bare(citation: Citation, words: Words) -> str:
    """Where nobody is named and nothing can be read."""
    statement = citation.statement
    if statement is None or statement.attribution_level == "deep_background":
        return words.own_reporting
    return words.bare.get(statement.channel, words.own_reporting)


def _around(template: str, pieces: Segment) -> Segment:
    before, _, after = template.partition("{}")
    return [piece for piece in (Piece(before), *pieces, Piece(after)) if piece.text]


def _through(relation: str, words: Words) -> str:
    return words.through.get(relation) or words.through[""]
