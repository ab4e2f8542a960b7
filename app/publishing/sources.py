"""What the public citations of articles name: works, publications, speakers, and their news."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.database import Base, pipelined
from app.editing.citations.values import Citation
from app.editing.publications.models import Publication
from app.editing.speakers.models import Speaker
from app.editing.works.models import Work
from app.publishing.rows import grouped, select

Row = TypeVar("Row", bound=Base)


@dataclass(frozen=True, kw_only=True)
class News:
    """What happened to a work since it was issued, and readers should know."""

    id: UUID
    kind: str
    severity: str
    summary: str
    notice_url: str | None
    occurred_on: str | None


@dataclass(frozen=True, kw_only=True)
class Sources:
    """By every id that a revision may name them by: one that was merged leads to the other."""

    works: dict[UUID, Work] = field(default_factory=dict)
    publications: dict[UUID, Publication] = field(default_factory=dict)
    speakers: dict[UUID, Speaker] = field(default_factory=dict)
    news: dict[UUID, list[News]] = field(default_factory=dict)
    identifiers: dict[UUID, list[tuple[str, str]]] = field(default_factory=dict)

    def of(self, citations: Iterable[Citation]) -> "Sources":
        """Those of them that these citations name."""
        named = Named.by(citations)
        works = {identity: self.works[identity] for identity in named.works}
        issuers = {issuer for work in works.values() for issuer in issuers_of(work)}
        return Sources(
            works=works,
            publications={each: self.publications[each] for each in named.publications | issuers},
            speakers={identity: self.speakers[identity] for identity in named.speakers},
            news=self.news,
            identifiers=self.identifiers,
        )

    @property
    def ids(self) -> frozenset[UUID]:
        """Of all that may change, under the ids that they have now and those that were named."""
        rows: list[tuple[UUID, Any]] = [
            *self.works.items(),
            *self.publications.items(),
            *self.speakers.items(),
        ]
        return frozenset({identity for identity, _ in rows} | {row.id for _, row in rows})

    @property
    def told(self) -> frozenset[UUID]:
        """The ids of what is known to have happened to the works."""
        return frozenset(event.id for events in self.news.values() for event in events)

    @property
    def names(self) -> frozenset[tuple[str, UUID]]:
        """The kind and present id of all that becomes public with an article that names it."""
        return frozenset(
            {("work", row.id) for row in self.works.values()}
            | {("publication", row.id) for row in self.publications.values()}
            | {("speaker", row.id) for row in self.speakers.values()}
        )


@dataclass(frozen=True, kw_only=True)
class Named:
    """The ids that citations name, in themselves and in their chains."""

    works: frozenset[UUID]
    publications: frozenset[UUID]
    speakers: frozenset[UUID]

    @staticmethod
    def by(citations: Iterable[Citation]) -> "Named":
        works: set[UUID | None] = set()
        publications: set[UUID | None] = set()
        speakers: set[UUID | None] = set()
        for citation in citations:
            works.add(citation.work_id)
            if citation.statement:
                speakers.add(citation.statement.speaker_id)
            for hop in citation.chain:
                works.add(hop.work_id)
                publications.add(hop.publication_id)
                speakers.add(hop.speaker_id)
        return Named(works=_given(works), publications=_given(publications),
                     speakers=_given(speakers))  # fmt: skip


def issuers_of(work: Work) -> frozenset[UUID]:
    """The publications that a work names."""
    return _given({work.publication_id, work.agency_id, work.via_id})


async def load(session: AsyncSession, citations: Iterable[Citation]) -> Sources:
    return await _load(session, Named.by(citations))


async def load_works(session: AsyncSession, works: Iterable[UUID]) -> Sources:
    """These works, with who issued them and what happened to them."""
    nobody = frozenset[UUID]()
    named = Named(works=frozenset(works), publications=nobody, speakers=nobody)
    return await _load(session, named)


async def _load(session: AsyncSession, named: Named) -> Sources:
    if not (named.works or named.publications or named.speakers):
        return Sources()
    works, publications, speakers = (
        list(ids) for ids in (named.works, named.publications, named.speakers)
    )
    async with pipelined(session) as connection:
        found_works = await select(connection, Work, _OR_MERGED.format("works"), [works] * 2)
        found_publications = await select(
            connection, Publication, _PUBLICATIONS, [publications, publications, works]
        )
        found_speakers = await select(
            connection, Speaker, _OR_MERGED.format("speakers"), [speakers] * 2
        )
        news = await connection.execute(_NEWS, (works, works))
        identifiers = await connection.execute(
            "SELECT work_id, scheme, value FROM desk.work_identifiers"
            " WHERE work_id = ANY(%s) OR work_id IN"
            "   (SELECT merged_into_id FROM desk.works WHERE id = ANY(%s))"
            " ORDER BY scheme, value",
            (works, works),
        )
        return Sources(
            works=_led(await found_works.fetchall()),
            publications=_led(await found_publications.fetchall()),
            speakers=_led(await found_speakers.fetchall()),
            news={
                work_id: [News(**dict(zip(_NEWS_FIELDS, row, strict=True))) for row in rows]
                for work_id, rows in grouped(await news.fetchall()).items()
            },
            identifiers=grouped(await identifiers.fetchall()),
        )


_OR_MERGED = "id = ANY(%s) OR id IN (SELECT merged_into_id FROM desk.{} WHERE id = ANY(%s))"

_PUBLICATIONS = """id IN (
    WITH RECURSIVE named AS (
        SELECT unnest(%s::uuid[]) AS id
        UNION SELECT merged_into_id FROM desk.publications WHERE id = ANY(%s)
        UNION SELECT issuer FROM desk.works work
            LEFT JOIN desk.works kept ON kept.id = work.merged_into_id
            CROSS JOIN unnest(ARRAY[work.publication_id, work.agency_id, work.via_id,
                kept.publication_id, kept.agency_id, kept.via_id]) AS issuer
            WHERE work.id = ANY(%s)
    ), led AS (
        SELECT id FROM named
        UNION SELECT merged_into_id FROM desk.publications JOIN led USING (id)
    ) SELECT id FROM led WHERE id IS NOT NULL)"""

_NEWS_FIELDS = ("id", "kind", "severity", "summary", "notice_url", "occurred_on")

_NEWS = """
SELECT coalesce(work.merged_into_id, work.id), event.id, event.kind, event.severity, event.summary,
    event.notice_url, event.occurred_on
FROM desk.work_events event JOIN desk.works work ON work.id = event.work_id
WHERE event.work_id = ANY(%s)
   OR event.work_id IN (SELECT merged_into_id FROM desk.works WHERE id = ANY(%s))
ORDER BY event.detected_at DESC, event.id DESC
"""


def _led(rows: Iterable[Any]) -> dict[UUID, Any]:
    """Rows by id; under the id of one that was merged, the one that it leads to."""
    found = {row.id: row for row in rows}
    return {
        identity: found.get(row.merged_into_id, row) if row.merged_into_id else row
        for identity, row in found.items()
    }


def _given(identities: set[UUID | None]) -> frozenset[UUID]:
    return frozenset(identity for identity in identities if identity is not None)
