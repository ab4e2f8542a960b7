"""The publications of a desk, by all that a reference may call them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import urlsplit
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.editing.publications import commands, queries
from app.editing.publications.models import Publication
from app.editing.publications.schemas import PublicationCreate
from app.identity.actor import Actor

MOST_NUMBERS = 20


@dataclass(frozen=True)
class Known:
    id: UUID
    name: str
    kind: str
    issn: tuple[str, ...]


@dataclass
class Directory:
    """`by_name`: names, short names and other names in any case, the best first."""

    by_id: dict[UUID, Known] = field(default_factory=dict)
    by_name: dict[str, list[Known]] = field(default_factory=dict)
    by_issn: dict[str, Known] = field(default_factory=dict)

    def add(self, known: Known, names: Iterable[str | None], issn: Iterable[str]) -> None:
        for name in filter(None, names):
            self.by_name.setdefault(name.casefold(), []).append(known)
        for number in issn:
            self.by_issn.setdefault(number, known)

    def named(self, name: str, kind: str) -> Known | None:
        """The one of this name; among several rather one of this kind."""
        several = self.by_name.get(name.casefold(), [])
        return next((each for each in several if each.kind == kind), next(iter(several), None))


@dataclass(frozen=True)
class Wanted:
    """The publication of an entry, as far as the entry tells of it."""

    name: str | None
    kind: str = "other"
    issn: tuple[str, ...] = ()
    url: str | None = None

    def is_called(self, name: str) -> bool:
        return self.name is not None and self.name.casefold() == name.casefold()


async def directory(session: AsyncSession) -> Directory:
    """All that there are. Those that were merged stand for those that they lead to."""
    rows = await session.execute(
        select(Publication).order_by(Publication.merged_into_id.is_not(None), Publication.id)
    )
    publications = rows.scalars().all()
    found = Directory()
    for row in publications:
        if row.merged_into_id is None:
            found.by_id[row.id] = known(row)
    led = [(found.by_id[row.merged_into_id or row.id], row) for row in publications]
    for names in (_names, _short_names, _other_names):
        for to, row in led:
            found.add(to, names(row), ())
    for to, row in led:
        found.add(to, (), row.issn)
    return found


def known(row: Publication) -> Known:
    return Known(row.id, row.name, row.kind, tuple(row.issn))


async def find(
    session: AsyncSession, there: Directory, wanted: Wanted
) -> tuple[Known | None, list[str]]:
    """The one that is meant, and what an editor should know of how it was recognised.

    An ISSN decides before the name, and a name that nobody has before the domain of the address:
    unless that is a platform's, where others publish.
    """
    meant = next((there.by_issn[each] for each in wanted.issn if each in there.by_issn), None)
    how = "which has this ISSN"
    if meant is None and wanted.name:
        meant = there.named(wanted.name, wanted.kind)
    if meant is None and wanted.name and (at_host := await _at_host(session, wanted.url)):
        owner = there.by_id[at_host]
        if owner.kind != "platform":
            meant, how = owner, "at whose domain the address is"
    if meant is None:
        return None, []
    warnings = []
    if wanted.name and meant not in there.by_name.get(wanted.name.casefold(), []):
        warnings.append(f"the publication “{wanted.name}” was taken for “{meant.name}”, {how}")
    if others := [each for each in wanted.issn if there.by_issn.get(each) != meant]:
        warnings.append(f"the publication “{meant.name}” has no ISSN {', '.join(others)} here")
    return meant, warnings


async def create(session: AsyncSession, actor: Actor, wanted: Wanted) -> Known:
    assert wanted.name
    draft = PublicationCreate(
        name=wanted.name, kind=wanted.kind, issn=list(wanted.issn[:MOST_NUMBERS])
    )
    return known(await commands.create(session, actor, draft))


async def _at_host(session: AsyncSession, url: str | None) -> UUID | None:
    host = urlsplit(url).hostname if url else None
    return await queries.at_host(session, host) if host else None


def _names(row: Publication) -> list[str | None]:
    return [row.name]


def _short_names(row: Publication) -> list[str | None]:
    return [row.short_name]


def _other_names(row: Publication) -> list[str | None]:
    return [*row.aliases]
