"""The end of every writing transaction: what it changed for readers is written, last and at once.

`settle` is the `before_commit` of the database. Order: render what the desk noted, claim paths,
remember dependencies, defer jobs; then the lock of the change log, one flush, commit.
"""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from app import clock, jobs
from app.editing import changed
from app.metrics import metrics
from app.published import changes, store
from app.published.writes import Put, Remove
from app.publishing import pending, subjects, tasks
from app.publishing.models import Dependency
from app.publishing.pending import Pending


async def settle(session: AsyncSession) -> None:
    """Write what this transaction changes for readers. Nothing to do is quickly done."""
    noted = changed.take(session)
    articles = pending.take(session)
    if not noted and not articles:
        return
    began = clock.seconds()
    await session.flush()
    named = {identity: kind for each in articles for kind, identity in each.names}
    newly = await subjects.not_yet_public(session, named)
    documents = await subjects.writes(session, noted, first_named=newly)
    await _remember_dependencies(session, articles)
    numbers = await store.write(session, [*documents, *(each.write for each in articles)])
    if numbers:
        await _refresh_dependents_later(session, noted, documents, articles)
        await _look_again(session, articles, before=numbers.start)
        _count(numbers, articles, clock.seconds() - began)
    # A person or topic that was not public left no trace in the log if it was edited meanwhile.
    for identity in newly:
        await jobs.defer(session, tasks.recheck, kind=named[identity], subject_id=str(identity))


def _count(numbers: range, articles: Sequence[Pending], seconds: float) -> None:
    counted = metrics()
    counted.publishes.observe(seconds)
    counted.refreshes.inc(
        sum(isinstance(each.write, Put) and each.write.change == "refresh" for each in articles)
    )
    counted.head.set(numbers.stop - 1)


async def _remember_dependencies(session: AsyncSession, articles: Sequence[Pending]) -> None:
    wanted = {(each.write.id, subject) for each in articles for subject in each.subjects}
    ids = [each.write.id for each in articles]
    await session.execute(delete(Dependency).where(Dependency.article_id.in_(ids)))
    if wanted:
        rows = [{"article_id": a, "subject_id": s} for a, s in sorted(wanted)]
        await session.execute(insert(Dependency), rows)


async def _refresh_dependents_later(
    session: AsyncSession,
    noted: Sequence[changed.Changed],
    documents: Sequence[Put | Remove],
    articles: Sequence[Pending],
) -> None:
    """Have made again, by jobs, what embeds something whose public form changes now.

    Asked while nobody else can publish: whoever embeds it and comes later looks again by himself.
    """
    written = {write.id for write in documents}
    kinds = {each.id: each.kind for each in noted if each.id in written}
    kinds = {each: "site" if kind == "extras" else kind for each, kind in kinds.items()}
    kinds |= {each.write.id: "article" for each in articles if each.card_changed}
    embedded = await session.execute(
        select(Dependency.subject_id).where(Dependency.subject_id.in_(kinds)).distinct()
    )
    for identity in embedded.scalars():
        await jobs.defer(
            session, tasks.refresh_dependents, kind=kinds[identity], subject_id=str(identity)
        )


async def _look_again(session: AsyncSession, articles: Sequence[Pending], *, before: int) -> None:
    """Refresh later what was rendered from something that has changed since it was read.

    Nobody else can write to the log now, so what is not in it yet will find our dependencies.
    """
    rendered = [each for each in articles if each.subjects]
    if not rendered:
        return
    everything = frozenset[UUID]().union(*(each.subjects for each in rendered))
    oldest = min(each.seen for each in rendered)
    if moved := await changes.changed_between(session, oldest, before, list(everything)):
        stale = [str(each.write.id) for each in rendered if each.subjects & moved]
        await jobs.defer(session, tasks.refresh_articles, article_ids=stale)
