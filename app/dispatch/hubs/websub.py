"""WebSub (W3C REC): the hubs of the site hear which feeds have changed.

The REC leaves open how a publisher tells its hub. What hubs take is PubSubHubbub's ping, a form
with `hub.mode=publish` and the feed's address: as `hub.url` there, as `hub.topic` in some that came
later. So a ping has both, and one feed: not every hub knows of lists.
"""

from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import urlencode

import orjson
from psycopg.rows import dict_row
from sqlalchemy.ext.asyncio import AsyncSession

from app import jobs
from app.database import Database, driver
from app.dispatch import errands, outcomes, reaching
from app.dispatch.consumers import Consumer, is_news, listings
from app.dispatch.errands import Due
from app.dispatch.outcomes import Outcome
from app.dispatch.reaching import Reaching
from app.editing import calling
from app.editing.site.queries import site
from app.feeds.bases import Bases, canonical
from app.outbound.page import Refused, Unreachable
from app.published.changes import Change
from app.published.feed_names import HUBBED, LATEST, address, named_place, section_place

KIND = "websub"
DELAY, PAUSE = 1.0, 10.0
"""Seconds: a feed is told of so much later, and again so much later at the soonest."""

AT_ONCE = 50
_FORM = "application/x-www-form-urlencoded"


async def tell(session: AsyncSession, changes: Sequence[Change]) -> None:
    """Have the hubs pinged for each feed that one of these changes has touched."""
    hubs = (await site(session)).hubs
    if not hubs or not reaching.of(session).on:
        return
    topics = await touched(session, [change for change in changes if is_news(change)])
    wanted = [(hub, topic) for hub in hubs for topic in topics]
    if wanted:
        await errands.ask(session, KIND, wanted, seq=changes[-1].seq, delay=DELAY, pause=PAUSE)


CONSUMER = Consumer("websub", tell)


async def touched(session: AsyncSession, changes: Iterable[Change]) -> list[str]:
    """The addresses of the feeds that these changes touch, in all formats that name hubs.

    What goes over several editions has a feed for each of them, too, which names hubs as well.
    """
    cursor = (await driver(session)).cursor(row_factory=dict_row)
    await cursor.execute(_ABOUT, (list(listings(changes)),))
    rows = await cursor.fetchall()
    bases = await _bases(session)
    editions = [row["slug"] for row in rows if row["kind"] == "edition"]
    return [
        bases.absolute(address(place, name)) + query
        for row in rows
        for place, query in _places(**row, editions=editions)
        for name in HUBBED
    ]


@jobs.task("hubs.ping")
async def ping(database: Database, *, target: str) -> None:
    """Tell a hub of the feeds that are due."""
    async with database.read() as session:
        due = await errands.due(session, KIND, target, most=AT_ONCE)
        listed = target in (await site(session)).hubs
        reach, agent = reaching.of(session), await calling.agent(session)
    if not listed or not reach.on:
        async with database.write() as session:
            await errands.drop(session, KIND, target)
        return
    while due:
        outcome = await _ping(reach, agent, due[0])
        # A hub that does not answer is not waited for again for each of its feeds.
        told, due = (due, []) if outcome.status is None else (due[:1], due[1:])
        async with database.write() as session:
            await errands.record(session, told, outcome, pause=PAUSE)


async def _ping(reach: Reaching, agent: str, errand: Due) -> Outcome:
    topic = errand.subject
    form = urlencode({"hub.mode": "publish", "hub.url": topic, "hub.topic": topic})
    try:
        page = await reach.post(errand.target, form.encode(), agent=agent, media_type=_FORM)
    except (Refused, Unreachable) as error:
        return outcomes.of_failure(error)
    return outcomes.of_page(page)


def _places(kind: str, slug: str, path: str, editions: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Where feeds of it are, each with its query, as their `self` links have it."""
    if kind == "edition":
        yield LATEST, f"?edition={slug}"
    elif kind == "section":
        yield section_place(path), ""
    else:
        yield named_place(kind, slug), ""
        if kind != "series":
            yield from ((named_place(kind, slug), f"?edition={code}") for code in editions)


async def _bases(session: AsyncSession) -> Bases:
    cursor = await (await driver(session)).execute(
        'SELECT "full" FROM published.documents'
        " WHERE kind = 'site' AND slug = 'site' AND status = 200"
    )
    [(document,)] = await cursor.fetchall()
    return canonical(orjson.loads(document))


_ABOUT = """
    SELECT kind, slug, path FROM published.documents
    WHERE id = ANY(%s) AND status = 200
        AND kind IN ('edition', 'section', 'topic', 'person', 'series', 'feed')
    ORDER BY kind, id
"""
