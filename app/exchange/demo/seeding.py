"""Bringing the demo newsroom into a database, through the ordinary commands.

Everything is found again by its name or key: broken off, it goes on with the next run. It is
complete once its newest article has been published, and from then on belongs to whoever tries
it out.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.database import Database, transaction_time
from app.editing.articles import citing, commands, queries
from app.editing.articles.models import Article
from app.editing.expectation import anything
from app.editing.site import commands as site
from app.editing.site import queries as site_queries
from app.exchange.demo import airing, picturing, placing, reading, shelving
from app.exchange.demo.parsing import Unreadable
from app.exchange.demo.placing import Places
from app.exchange.demo.reading import Newsroom, Piece
from app.exchange.demo.writing import NAME, article, external_id, weeks_back
from app.identity.actor import SYSTEM
from app.publishing import commands as publishing
from app.publishing.commands import Options

CHUNK = 25

Progress = Callable[[str, int, int], None]
"""Told what is at work, how much of it is done, and of how much."""

Ids = dict[tuple[str, str], UUID]


async def has_room(database: Database) -> bool:
    """Whether the demo is here, or could be made here without mixing with somebody's newsroom."""
    newsroom = reading.newsroom()
    async with database.write() as session:
        await site.ensure_site(session, SYSTEM)
        name = (await site_queries.site(session)).name
        if name == newsroom.site.name or await _newest(session, newsroom) is not None:
            return True
        return name == site.UNNAMED and not await _has_articles(session)


async def seed(
    database: Database,
    newsroom: Newsroom | None = None,
    *,
    progress: Progress = lambda work, done, total: None,
) -> bool:
    """Make the newsroom, or what is still missing of it. Whether there was anything to do.

    Where somebody's own newsroom is, nothing is done. Raises Unreadable where the content of the
    demo is wrong.
    """
    newsroom = newsroom or reading.newsroom()
    async with database.write() as session:
        await site.ensure_site(session, SYSTEM)
        if not await _is_wanted(session, newsroom):
            return False
        back = weeks_back(newsroom, await transaction_time(session))
    async with database.write() as session:
        places = await placing.settle(session, newsroom, back=back)
    await _picture(database, newsroom, places, back, progress)
    articles = await _write(database, newsroom, places, back, progress)
    async with database.write() as session:
        await placing.collect(session, newsroom, articles)
        await airing.arrange(session, newsroom.channels, places.series)
    await _publish(database, newsroom, places, articles, back, progress)
    return True


async def _is_wanted(session: AsyncSession, newsroom: Newsroom) -> bool:
    name = (await site_queries.site(session)).name
    if name == site.UNNAMED:
        return not await _has_articles(session)
    if name != newsroom.site.name:
        return False
    known = await _newest(session, newsroom)
    return known is None or (await queries.get(session, known)).versions == 0


async def _has_articles(session: AsyncSession) -> bool:
    return (await session.execute(select(exists().select_from(Article)))).scalar_one()


async def _newest(session: AsyncSession, newsroom: Newsroom) -> UUID | None:
    """The demo's newest article, where it has been written."""
    return await queries.by_external(session, NAME, external_id(_live(newsroom)[-1]))


async def _picture(
    database: Database, newsroom: Newsroom, places: Places, back: timedelta, progress: Progress
) -> None:
    """What is to be seen and heard, and what is on TV."""
    total = len(newsroom.assets)
    roll = await picturing.develop(
        database,
        newsroom.assets,
        system=NAME,
        back=back,
        progress=lambda done: progress("Picturing", done, total),
    )
    places.assets.update(roll.ids)
    async with database.write() as session:
        places.series.update(await airing.introduce(session, newsroom.channels, roll))


async def _write(
    database: Database, newsroom: Newsroom, places: Places, back: timedelta, progress: Progress
) -> Ids:
    """All articles as drafts; once all are there, related to each other and to translations."""
    pieces, articles = newsroom.pieces, Ids()
    for done, chunk in _chunks(pieces):
        async with database.write() as session:
            for piece in chunk:
                articles[piece.edition, piece.key] = await _begun(session, piece, places, back)
        progress("Writing", done, len(pieces))
    translations: dict[str, UUID] = {}
    for done, chunk in _chunks(pieces):
        async with database.write() as session:
            for piece in chunk:
                article_id = articles[piece.edition, piece.key]
                draft = article(piece, places, articles, back=back)
                told = translations.setdefault(piece.translation or piece.key, article_id)
                if told != article_id:
                    draft = draft.model_copy(update={"translation_of": told})
                await commands.save(session, SYSTEM, article_id, draft, expected=anything)
                await _check_citations(session, piece, article_id)
        progress("Relating", done, len(pieces))
    return articles


async def _begun(session: AsyncSession, piece: Piece, places: Places, back: timedelta) -> UUID:
    known = await queries.by_external(session, NAME, external_id(piece))
    if known is not None:
        return known
    draft = article(piece, places, {}, back=back)
    saved = await commands.create(session, SYSTEM, draft, edition=piece.edition)
    return saved.article.id


async def _check_citations(session: AsyncSession, piece: Piece, article_id: UUID) -> None:
    """Raise Unreadable where a citation does not stand at words of the article, or is in error."""
    content = await queries.content(session, await queries.get(session, article_id))
    wrong = [
        f"{one.pointer}: {one.message}"
        for one in await citing.findings(session, content)
        if one.severity == "error" or one.code in ("anchor_in_doubt", "unanchored")
    ]
    if wrong:
        raise Unreadable(f"{external_id(piece)}.md: {' '.join(wrong)}")


async def _publish(
    database: Database,
    newsroom: Newsroom,
    places: Places,
    articles: Ids,
    back: timedelta,
    progress: Progress,
) -> None:
    """In the order of dates, what was published; the rest stays in its stage. With the newest
    article, things happen to what was cited."""
    done, newest = 0, _live(newsroom)[-1]
    for chunk in _rounds(newsroom.pieces):
        async with database.write() as session:
            ready = []
            for piece in chunk:
                row = await queries.get(session, articles[piece.edition, piece.key])
                for key in piece.own_articles:
                    name = (piece.edition, key)
                    await shelving.add_article(session, places.shelf, name, articles[name])
                if row.versions or row.stage != "draft":
                    continue
                if piece.own_articles:
                    draft = article(piece, places, articles, back=back)
                    await commands.save(session, SYSTEM, row.id, draft, expected=anything)
                    await _check_citations(session, piece, row.id)
                stage = "ready" if piece.stage == "live" else piece.stage
                await commands.move_stage(session, SYSTEM, row.id, stage, expected=anything)
                ready += [row.id] if piece.stage == "live" else []
            await publishing.publish_many(session, SYSTEM, ready, options=Options(quiet=True))
            if newest in chunk:
                await shelving.happen(session, newsroom.sources, places.shelf, back=back)
        done += len(chunk)
        progress("Publishing", done, len(newsroom.pieces))


def _rounds(pieces: Sequence[Piece]) -> Iterator[list[Piece]]:
    """Some at a time; one that cites our own articles begins a round, so that these are live."""
    ahead: list[Piece] = []
    for piece in pieces:
        if ahead and (piece.own_articles or len(ahead) == CHUNK):
            yield ahead
            ahead = []
        ahead.append(piece)
    yield ahead


def _live(newsroom: Newsroom) -> list[Piece]:
    return [piece for piece in newsroom.pieces if piece.stage == "live"]


def _chunks(pieces: Sequence[Piece]) -> Iterator[tuple[int, Sequence[Piece]]]:
    """Some at a time, with how many there are to the end of them."""
    for start in range(0, len(pieces), CHUNK):
        chunk = pieces[start : start + CHUNK]
        yield start + len(chunk), chunk
