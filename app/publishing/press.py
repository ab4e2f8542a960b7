"""The end of every writing transaction: what it changed for readers is written, last and at once.

`settle` is the `before_commit` of the database. Order: render what the desk noted, claim paths,
remember dependencies; then the lock of the change log, one flush, the jobs that follow, commit.

What is rendered was read before the lock, so somebody else may have changed it meanwhile. Under the
lock we look whether that is so, and have it made again.
"""

from collections.abc import Sequence
from uuid import UUID

from psycopg.rows import scalar_row
from sqlalchemy.ext.asyncio import AsyncSession

from app import clock, jobs
from app.database import driver, pipelined
from app.editing import changed
from app.editing.works import to_follow
from app.metrics import metrics
from app.published import changes, store
from app.published.writes import Put, Remove
from app.publishing import (
    asset_documents,
    channels,
    cited_subjects,
    embedding,
    follow_up,
    history,
    pending,
    subjects,
    tasks,
    unaware,
)
from app.publishing.pending import Pending

WHILE_NAMED = (*cited_subjects.KINDS, asset_documents.KIND)
"""The kinds of what is public only while something public names it."""


async def settle(session: AsyncSession) -> None:
    """Write what this transaction changes for readers. Nothing to do is quickly done."""
    noted = changed.take(session)
    articles = pending.take(session)
    if not noted and not articles:
        return
    began = clock.seconds()
    await session.flush()
    seen = await changes.head(session)
    named = {identity: kind for each in articles for kind, identity in each.names}
    newly = await subjects.not_yet_public(session, named)
    documents = await subjects.writes(session, noted, first_named=newly)
    embedded = await _embedded_edited(session, noted)
    left = await _remember_dependencies(session, articles)
    await history.remember(session, articles)
    numbers = await store.write(session, [*documents, *(each.write for each in articles)])
    if numbers:
        kinds = _changed_kinds(noted, documents, articles)
        await _refresh_dependents_later(session, kinds, articles, before=numbers.start)
        written = {each.id for each in documents}
        await _recheck_cited_later(session, written | named.keys() | left)
        await _refresh_channels_later(session, kinds)
        if noted:
            await _look_again(session, noted, documents, seen=seen, before=numbers.start)
        _count(numbers, articles, clock.seconds() - began)
    await _follow_up_later(session, articles, numbers)
    await _refresh_embedding_later(session, embedded)
    if any(each.kind == "extras" for each in noted):
        await jobs.defer(session, tasks.refresh_assets, queueing_lock="assets")
    await _follow(session, articles, {each: named[each] for each in newly})


def _count(numbers: range, articles: Sequence[Pending], seconds: float) -> None:
    counted = metrics()
    counted.publishes.observe(seconds)
    counted.refreshes.inc(
        sum(isinstance(each.write, Put) and each.write.change == "refresh" for each in articles)
    )
    counted.head.set(numbers.stop - 1)


async def _remember_dependencies(
    session: AsyncSession, articles: Sequence[Pending]
) -> frozenset[UUID]:
    """Returns what is no longer embedded by one of them."""
    wanted = sorted((each.write.id, subject) for each in articles for subject in each.subjects)
    values = {
        "ids": [each.write.id for each in articles],
        "articles": [article_id for article_id, _ in wanted],
        "subjects": [subject for _, subject in wanted],
    }
    async with pipelined(session) as connection:
        left = await connection.cursor(row_factory=scalar_row).execute(
            "DELETE FROM desk.dependencies WHERE article_id = ANY(%(ids)s)"
            " AND (article_id, subject_id) NOT IN"
            "   (SELECT * FROM unnest(%(articles)s::uuid[], %(subjects)s::uuid[]))"
            " RETURNING subject_id",
            values,
        )
        await connection.execute(
            "INSERT INTO desk.dependencies (article_id, subject_id)"
            " SELECT * FROM unnest(%(articles)s::uuid[], %(subjects)s::uuid[])"
            " ON CONFLICT DO NOTHING",
            values,
        )
        return frozenset(await left.fetchall())


async def _refresh_dependents_later(
    session: AsyncSession, kinds: dict[UUID, str], articles: Sequence[Pending], *, before: int
) -> None:
    """Have made again, by jobs, what embeds something whose public form changes now (`kinds`, by
    id), and what was rendered from something that has changed since it was read, or while a saved
    feed began to ask for something else.

    Asked while nobody else can publish: whoever embeds what we change and comes later looks again
    himself, and what is not in the log yet will find our dependencies. The job that fills a feed
    waits for us.
    """
    rendered = [each for each in articles if each.subjects]
    oldest = min((each.seen for each in rendered), default=before)
    everything = frozenset[UUID]().union(*(each.subjects for each in rendered))
    async with pipelined(session) as connection:
        asked = await connection.cursor(row_factory=scalar_row).execute(
            "SELECT id FROM unnest(%s::uuid[]) AS id"
            " WHERE EXISTS (SELECT FROM desk.dependencies WHERE subject_id = id)",
            (list(kinds),),
        )
        asked_too = await changes.changed_between(connection, oldest, before, everything)
        feeds = await connection.execute("SELECT id, query_edit FROM desk.feeds")
        embedded, moved = await asked.fetchall(), await asked_too.fetchall()
        asking = frozenset(await feeds.fetchall())
    for identity in embedded:
        await jobs.defer(
            session,
            tasks.refresh_dependents,
            queueing_lock=f"dependents of {identity}",
            kind=kinds[identity],
            subject_id=str(identity),
        )
    if stale := [
        each for each in rendered if each.feeds != asking or not each.subjects.isdisjoint(moved)
    ]:
        article_ids = [str(each.write.id) for each in stale]
        await jobs.defer(session, tasks.refresh_articles, article_ids=article_ids)
        await _recheck_assets_later(session, stale)


async def _recheck_assets_later(session: AsyncSession, articles: Sequence[Pending]) -> None:
    """Have the documents made again of the assets that these name. They may be public only now:
    who changed in the meantime which of their fields are, has not found them."""
    named = {pair for each in articles for pair in each.names if pair[0] == asset_documents.KIND}
    if named:
        wanted = sorted((kind, str(identity)) for kind, identity in named)
        await jobs.defer(session, tasks.recheck_cited, subjects=wanted)


async def _recheck_cited_later(session: AsyncSession, candidates: set[UUID]) -> None:
    """Have looked at again, by a job, which of these works, publications, speakers and assets are
    public though nothing names them, or the other way round.

    Asked while nobody else can publish: whoever begins or ends citing one comes before or after us.
    """
    rows = await (await driver(session)).execute(
        "SELECT kind, id::text FROM published.documents document"
        " WHERE id = ANY(%s) AND kind = ANY(%s) AND (status = 200) <> EXISTS"
        "   (SELECT FROM desk.dependencies WHERE subject_id = document.id"
        "    OR subject_id = CAST(meta ->> 'moved_to' AS uuid))",
        (list(candidates), list(WHILE_NAMED)),
    )
    if subjects := await rows.fetchall():
        await jobs.defer(session, tasks.recheck_cited, subjects=subjects)


async def _refresh_channels_later(session: AsyncSession, kinds: dict[UUID, str]) -> None:
    """Have the documents and schedules made again, by jobs, that show a series or a picture whose
    public form changes now."""
    shown = [identity for identity, kind in kinds.items() if kind in ("series", "asset")]
    for kind, identity in await channels.embedding(session, shown):
        await jobs.defer(session, tasks.recheck, kind=kind, subject_id=str(identity))


async def _embedded_edited(session: AsyncSession, noted: Sequence[changed.Changed]) -> list[UUID]:
    """The publications, speakers and assets which were edited, public or not, and that documents of
    others name."""
    edited = [
        each.id
        for each in noted
        if each.kind in ("publication", "speaker", "asset") and not (each.deleted or each.again)
    ]
    return [each for each in edited if await embedding.embedders(session, each, limit=1)]


async def _refresh_embedding_later(session: AsyncSession, embedded: Sequence[UUID]) -> None:
    for identity in embedded:
        await jobs.defer(
            session,
            tasks.refresh_embedding,
            queueing_lock=f"embedding {identity}",
            subject_id=str(identity),
        )


async def _look_again(
    session: AsyncSession,
    noted: Sequence[changed.Changed],
    documents: Sequence[Put | Remove],
    *,
    seen: int,
    before: int,
) -> None:
    """Have the documents of subjects made again where what they were made of has changed since."""
    made_of = {each.id for each in documents} | {each.id for each in noted}
    made_of |= await subjects.shared(session) | await embedding.embedded(session, made_of)
    made_of |= await channels.embedded(session, made_of)
    moved = await changes.changed_between(await driver(session), seen, before, made_of)
    if await moved.fetchall():
        for each in noted:
            if not each.deleted:
                await jobs.defer(session, tasks.recheck, kind=each.kind, subject_id=str(each.id))


async def _follow_up_later(
    session: AsyncSession, articles: Sequence[Pending], numbers: range
) -> None:
    """Have what happened to works reach those who cite them, by jobs."""
    if noted := to_follow.take(session):
        before = numbers.start if numbers else await _next_number(session)
        await follow_up.defer(session, noted, before=before)
    for work_id in to_follow.take_own(session):
        await jobs.defer(session, follow_up.take_over, work_id=str(work_id))
    await unaware.follow_up(session, articles)


async def _next_number(session: AsyncSession) -> int:
    """The number that the next change gets. Until the commit nobody else takes one."""
    [last] = await (await changes.take_numbers(await driver(session), 0)).fetchall()
    return last + 1


async def _follow(
    session: AsyncSession, articles: Sequence[Pending], newly: dict[UUID, str]
) -> None:
    """Have made again what no dependency leads to yet: the translations of what is published, and
    what names a person or topic that was not public, whose editing leaves no trace in the log."""
    # Assets were held while they were read.
    newly = {identity: kind for identity, kind in newly.items() if kind != asset_documents.KIND}
    again = {identity for each in articles if each.card_changed for identity in each.translations}
    again |= {each.write.id for each in articles if not each.subjects.isdisjoint(newly)}
    if again:
        wanted = sorted(str(each) for each in again)
        await jobs.defer(session, tasks.refresh_articles, article_ids=wanted)
    cited = [(kind, str(each)) for each, kind in newly.items() if kind in WHILE_NAMED]
    if cited:
        await jobs.defer(session, tasks.recheck_cited, subjects=cited)
    for identity, kind in newly.items():
        if kind not in WHILE_NAMED:
            await jobs.defer(session, tasks.recheck, kind=kind, subject_id=str(identity))


def _changed_kinds(
    noted: Sequence[changed.Changed],
    documents: Sequence[Put | Remove],
    articles: Sequence[Pending],
) -> dict[UUID, str]:
    """The kinds of all whose public form, as others embed it, is another now; by their ids."""
    written = {write.id for write in documents}
    # Whatever embeds what is cited embeds what that names, too, and hears of it directly.
    kinds = {
        each.id: each.kind
        for each in noted
        if each.id in written and not (each.again and each.kind in WHILE_NAMED)
    }
    kinds = {each: "site" if kind == "extras" else kind for each, kind in kinds.items()}
    return kinds | {each.write.id: "article" for each in articles if each.card_changed}
